/// Durations as Prometheus writes them.
enum PromDuration {
    private static let units = ["y": 31_536_000_000, "w": 604_800_000, "d": 86_400_000, "h": 3_600_000, "m": 60_000, "s": 1_000, "ms": 1]

    /// `90s`, `1h30m`, `250ms` in milliseconds; nil for anything else and for what is beyond a century.
    static func milliseconds(_ text: String) -> Int? {
        guard WatchingNames.isDuration(text), text != "0", text.count <= 24 else { return nil }
        var sum = 0
        for match in text.matches(of: /([0-9]+)(ms|[ywdhms])/) {
            guard let number = Int(match.1), number <= 1_000_000_000, let unit = units[String(match.2)] else { return nil }
            sum += number * unit
        }
        return sum > 0 && sum < 3_153_600_000_000 ? sum : nil
    }
}
