import Alerting
import Foundation

/// Times for people. Machines get RFC 3339 in UTC beside them.
enum TimeText {
    static func parse(_ text: String) -> Date? { Timestamp.date(text) }

    /// RFC 3339 to the second.
    static func machine(_ date: Date) -> String { "\(Timestamp.text(date).prefix(19))Z" }

    /// "3 min ago"; what cannot be read is shown as it is.
    static func ago(_ text: String, now: Date, _ words: Words) -> String {
        guard let date = parse(text) else { return text }
        let seconds = now.timeIntervalSince(date)
        if seconds < 0 { return words.sentence("in_time", ["time": duration(seconds: -seconds, words)]) }
        if seconds < 5 { return words["just_now"] }
        return words.sentence("time_ago", ["time": duration(seconds: seconds, words)])
    }

    /// "2026-11-24 05:55:03 UTC"
    static func absolute(_ text: String) -> String {
        guard let date = parse(text) else { return text }
        let iso = Timestamp.text(date)
        return "\(iso.prefix(10)) \(iso.dropFirst(11).prefix(8)) UTC"
    }

    /// In the unit that says most: "40 s", "3 min", "5 h", "12 d".
    static func duration(seconds: Double, _ words: Words) -> String {
        switch seconds {
        case ..<1: words.sentence("unit_ms", ["n": NumberText.trimmed(seconds * 1000, digits: 0)])
        case ..<90: words.sentence("unit_s", ["n": NumberText.trimmed(seconds, digits: seconds < 10 ? 1 : 0)])
        case ..<5400: words.sentence("unit_min", ["n": NumberText.trimmed(seconds / 60, digits: 0)])
        case ..<172_800: words.sentence("unit_h", ["n": NumberText.trimmed(seconds / 3600, digits: seconds < 36_000 ? 1 : 0)])
        default: words.sentence("unit_d", ["n": NumberText.trimmed(seconds / 86400, digits: 0)])
        }
    }
}
