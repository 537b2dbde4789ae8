import Foundation
import Mustache
import ServiceModel

/// A JSON value as templates see it: its members by name, its texts escaped, and the words of the reader's language.
///
/// `{{word(state)}}`, `{{ago(at)}}`, `{{time(at)}}`, `{{percent(ratio)}}`, `{{count(n)}}`, `{{seconds(n)}}` and `{{bytes(n)}}` write for people;
/// `{{meaning(.)}}` says what a threshold means; `{{sentence(health)}}` writes `{"key": "…", "name": value, …}` with the words of that key; `{{path(name)}}` is for parts of addresses.
struct View: MustacheParent, MustacheCustomRenderable, MustacheTransformable {
    let value: JSON
    let language: Language
    let now: Date

    /// What the frame adds to every page. Only these are looked for further out when a member is missing.
    static let global: Set<String> = ["t", "me", "page", "form"]

    func child(named name: String) -> Any? {
        // `{{#reason}}<b>{{reason}}</b>{{/reason}}`: within a text the names are those around it.
        guard case .object(let members) = value else { return nil }
        guard let member = members[name] else { return Self.global.contains(name) ? nil : null }
        return wrapped(member)
    }

    private func wrapped(_ value: JSON) -> Any {
        switch value {
        case .array(let elements): elements.map { wrapped($0) }
        case .bool(let value): value
        default: View(value: value, language: language, now: now)
        }
    }

    private var null: View { View(value: .null, language: language, now: now) }

    var renderText: String {
        switch value {
        case .string(let text): text
        case .null: ""
        default: value.text
        }
    }

    /// An empty text is nothing, too: `{{#reason}}…{{/reason}}`.
    var isNull: Bool { value.isNull || value.string == "" }

    func transform(_ name: String) -> Any? {
        if value.isNull { return "" }
        let words = Words(language)
        switch name {
        case "word": return words["\(value.string ?? value.text)"]
        case "sentence": return words.sentence(value)
        case "meaning": return words.meaning(of: value["name"].string ?? "") ?? value["meaning"].string ?? ""
        case "ago": return TimeText.ago(value.string ?? "", now: now, words)
        case "time": return TimeText.absolute(value.string ?? "")
        case "seconds": return value.double.map { TimeText.duration(seconds: $0, words) }
        case "percent": return value.double.map { NumberText.percent($0) }
        case "count": return value.double.map { NumberText.count($0) }
        case "bytes": return value.double.map { NumberText.bytes($0) }
        case "svg": return Chart(value, title: words[value["name"].string ?? ""] + ": " + words.sentence(value["finding"])).svg
        case "path": return (value.string ?? value.text).percentEncoded
        default: return nil
        }
    }
}

/// The words of one language as `{{t.key}}`.
struct WordList: MustacheParent {
    let words: Words

    func child(named name: String) -> Any? { words[name] }
}

/// Numbers for people, the same in all languages.
enum NumberText {
    /// 0.9995 as 99.95 %, at most three digits after the point.
    static func percent(_ ratio: Double) -> String { trimmed(ratio * 100, digits: 3) + " %" }

    /// 12345 as 12,345.
    static func count(_ number: Double) -> String {
        let whole = trimmed(number, digits: 1).split(separator: ".")
        let sign = whole.first?.hasPrefix("-") == true ? "-" : ""
        let digits = Array((whole.first ?? "0").drop { $0 == "-" })
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { text += "," }
            text.append(digit)
        }
        return sign + text + (whole.count > 1 ? "." + whole[1] : "")
    }

    static func bytes(_ number: Double) -> String {
        var number = number
        for unit in ["B", "KiB", "MiB", "GiB"] {
            if number < 1024 { return "\(trimmed(number, digits: number < 10 ? 1 : 0)) \(unit)" }
            number /= 1024
        }
        return "\(trimmed(number, digits: 1)) TiB"
    }

    static func trimmed(_ number: Double, digits: Int) -> String {
        let scale = [1, 10, 100, 1000][min(digits, 3)]
        guard let scaled = Int(exactly: (number * Double(scale)).rounded()) else { return String(number) }
        let (whole, part) = (abs(scaled) / scale, abs(scaled) % scale)
        var text = (scaled < 0 ? "-" : "") + String(whole)
        if part > 0 {
            text += "." + String(scale + part).dropFirst()
            while text.last == "0" { text.removeLast() }
        }
        return text
    }
}
