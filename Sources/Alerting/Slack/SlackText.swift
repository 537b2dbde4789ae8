import Foundation

/// Slack's own little markup: what must be escaped, how links and times are written.
enum SlackText {
    /// `text` without meaning to Slack, at most `limit` characters of it.
    static func escape(_ text: String, limit: Int = 500) -> String {
        var escaped = ""
        for character in cut(text, limit).unicodeScalars {
            switch character {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            default: escaped.unicodeScalars.append(character)
            }
        }
        return escaped
    }

    static func cut(_ text: String, _ limit: Int) -> String {
        guard text.utf8.count > limit, text.count > limit else { return text }
        return text.prefix(max(0, limit - 1)) + "…"
    }

    /// A link, or only its words when `url` is no web address.
    static func link(_ url: String?, _ words: String) -> String {
        guard let url, isWebAddress(url) else { return escape(words) }
        return "<\(url.replacing("&", with: "&amp;"))|\(escape(words).replacing("|", with: "¦"))>"
    }

    static func isWebAddress(_ url: String) -> Bool {
        (url.hasPrefix("https://") || url.hasPrefix("http://")) && url.utf8.count <= 2_000
            && url.utf8.allSatisfy { $0 > 0x20 && $0 != UInt8(ascii: "<") && $0 != UInt8(ascii: ">") && $0 != UInt8(ascii: "|") }
    }

    /// A time in the reader's own zone, and in UTC where that is not understood.
    static func time(_ date: Date) -> String {
        let text = Timestamp.text(date)
        return "<!date^\(Int(date.timeIntervalSince1970))^{date_short_pretty} {time_secs}|\(text.prefix(10)) \(text.dropFirst(11).prefix(8)) UTC>"
    }

    /// How long something lasted: `2 s`, `5 min`, `3 h 20 min`.
    static func length(from start: Date, to end: Date) -> String {
        let seconds = max(0, Int(end.timeIntervalSince(start).rounded()))
        switch seconds {
        case ..<60: return "\(seconds) s"
        case ..<3_600: return "\(seconds / 60) min"
        default: return "\(seconds / 3_600) h" + (seconds / 60 % 60 == 0 ? "" : " \(seconds / 60 % 60) min")
        }
    }
}
