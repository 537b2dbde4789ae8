public import ServiceModel

/// A condition on one label, as in `severity="page"`, `app!="x"`, `task=~"a.*"`, `team!~"a|b"`. A label that is missing counts as empty.
public struct Matcher: Sendable, Hashable, CustomStringConvertible {
    public let name: String
    public let value: String
    public let isRegex: Bool
    public let isEqual: Bool

    public init(name: String, value: String, isRegex: Bool = false, isEqual: Bool = true) {
        self.name = name
        self.value = value
        self.isRegex = isRegex
        self.isEqual = isEqual
    }

    /// Reads `name=value`, with or without quotation marks around the value; nil when it is no matcher.
    public init?(parsing text: String) {
        guard let match = text.wholeMatch(of: #/\s*([A-Za-z_][A-Za-z0-9_]*)\s*(=~|!~|!=|=)\s*(.*?)\s*/#) else { return nil }
        var value = String(match.3)
        if value.count >= 2, value.hasPrefix("\""), value.hasSuffix("\"") {
            value = String(value.dropFirst().dropLast()).replacing("\\\"", with: "\"").replacing("\\\\", with: "\\")
        }
        let sign = String(match.2)
        self.init(name: String(match.1), value: value, isRegex: sign.hasSuffix("~"), isEqual: sign.hasPrefix("="))
    }

    public var description: String {
        let sign = (isEqual ? "=" : "!") + (isRegex ? "~" : isEqual ? "" : "=")
        return "\(name)\(sign)\"\(value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\""
    }

    /// Whether alerts with `labels` are meant. A regular expression must match the whole value; one that makes no sense matches nothing.
    public func matches(_ labels: [String: String]) -> Bool {
        let label = labels[name] ?? ""
        guard isRegex else { return (label == value) == isEqual }
        guard let regex = try? Regex(value) else { return false }
        return (label.wholeMatch(of: regex) != nil) == isEqual
    }
}

extension Matcher {
    init?(_ json: JSON) {
        guard let name = json["name"].string, let value = json["value"].string else { return nil }
        self.init(name: name, value: value, isRegex: json["isRegex"].bool ?? false, isEqual: json["isEqual"].bool ?? true)
    }

    /// The matcher as Alertmanager's API has it.
    public var json: JSON { ["name": .string(name), "value": .string(value), "isRegex": .bool(isRegex), "isEqual": .bool(isEqual)] }
}
