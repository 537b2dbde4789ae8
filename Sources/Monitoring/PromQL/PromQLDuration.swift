/// Durations as Prometheus writes them: `90s`, `1h30m`.
public enum PromQLDuration {
    private static let units: [(name: String, seconds: Double)] = [
        ("y", 31_536_000), ("w", 604_800), ("d", 86_400), ("h", 3600), ("ms", 0.001), ("m", 60), ("s", 1),
    ]

    /// The seconds of a duration, nil when the text is none.
    public static func seconds(_ text: some StringProtocol) -> Double? {
        if text == "0" { return 0 }
        var rest = Substring(text)
        var seconds = 0.0
        guard !rest.isEmpty else { return nil }
        while !rest.isEmpty {
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            rest = rest.dropFirst(digits.count)
            guard let count = Double(digits), let unit = units.first(where: { rest.hasPrefix($0.name) }) else { return nil }
            seconds += count * unit.seconds
            rest = rest.dropFirst(unit.name.count)
        }
        return seconds
    }

    /// The shortest way to write a number of seconds.
    public static func text(_ seconds: Double) -> String {
        guard seconds > 0 else { return "0s" }
        var rest = (seconds * 1000).rounded()
        var text = ""
        for (name, length) in [("d", 86_400_000.0), ("h", 3_600_000), ("m", 60_000), ("s", 1000), ("ms", 1)] {
            let count = (rest / length).rounded(.down)
            if count > 0 { text += "\(Int(count))\(name)" }
            rest -= count * length
        }
        return text
    }
}
