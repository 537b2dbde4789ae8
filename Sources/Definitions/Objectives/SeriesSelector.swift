/// One metric with matchers, as PromQL writes it: `http_requests_total{method="POST"}`.
public struct SeriesSelector: Sendable, Hashable, CustomStringConvertible {
    /// A condition on a label.
    public struct Matcher: Sendable, Hashable {
        public let label: String
        /// `=`, `!=`, `=~` or `!~`.
        public let sign: String
        public let value: String

        public init(_ label: String, _ sign: String, _ value: String) {
            self.label = label
            self.sign = sign
            self.value = value
        }
    }

    public let name: String
    public var matchers: [Matcher]

    public init(name: String, _ matchers: [Matcher] = []) {
        self.name = name
        self.matchers = matchers
    }

    /// Reads a selector; nil for any other expression.
    public init?(_ text: String) {
        var rest = text.trimmingPrefix(while: \.isWhitespace)
        guard let name = rest.prefixMatch(of: /[a-zA-Z_:][a-zA-Z0-9_:]*/) else { return nil }
        self.init(name: String(name.output))
        rest = rest[name.range.upperBound...].trimmingPrefix(while: \.isWhitespace)
        guard !rest.isEmpty else { return }
        guard rest.popFirst() == "{" else { return nil }
        while true {
            rest = rest.trimmingPrefix(while: \.isWhitespace)
            if rest.first == "}" { break }
            let form = #/([a-zA-Z_][a-zA-Z0-9_]*)\s*(=~|!~|!=|=)\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')\s*/#
            guard let match = rest.prefixMatch(of: form) else { return nil }
            matchers.append(Matcher(String(match.1), String(match.2), Self.unescaped(match.3 ?? match.4 ?? "")))
            rest = rest[match.range.upperBound...]
            if rest.first == "," { rest = rest.dropFirst() } else if rest.first != "}" { return nil }
        }
        guard rest.dropFirst().allSatisfy(\.isWhitespace) else { return nil }
    }

    /// The same with one more condition, in front.
    public func adding(_ matcher: Matcher) -> SeriesSelector { SeriesSelector(name: name, [matcher] + matchers) }

    public var description: String {
        guard !matchers.isEmpty else { return name }
        return name + "{" + matchers.map { "\($0.label)\($0.sign)\"\(Self.escaped($0.value))\"" }.joined(separator: ",") + "}"
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    }

    private static func unescaped(_ text: Substring) -> String {
        var result = ""
        var isEscaped = false
        for character in text {
            if isEscaped {
                result.append(character == "n" ? "\n" : character)
                isEscaped = false
            } else if character == "\\" {
                isEscaped = true
            } else {
                result.append(character)
            }
        }
        return result
    }
}
