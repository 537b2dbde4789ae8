/// The forms of names that Prometheus and Slack ask for.
enum WatchingNames {
    /// Prometheus's durations: `30s`, `1h30m`, units from large to small.
    static func isDuration(_ text: String) -> Bool {
        if text == "0" { return true }
        let form = /([0-9]+y)?([0-9]+w)?([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?([0-9]+ms)?/
        return !text.isEmpty && text.wholeMatch(of: form) != nil
    }

    /// `#name`, or the id of a public (C…) or private (G…) channel.
    static func isChannel(_ text: String) -> Bool {
        text.wholeMatch(of: /#[^\s#@,.:A-Z]{1,80}/) != nil || text.wholeMatch(of: /[CG][A-Z0-9]{8,}/) != nil
    }

    static func isAlert(_ text: String) -> Bool { text.wholeMatch(of: /[A-Z][A-Za-z0-9]*/) != nil }

    static func isLabel(_ text: String) -> Bool { text.wholeMatch(of: /[a-zA-Z_][a-zA-Z0-9_]*/) != nil && !text.hasPrefix("__") }
}
