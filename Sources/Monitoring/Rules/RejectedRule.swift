import Definitions

/// What a rule file was made of.
enum RuleOrigin: Sendable {
    /// A file of the library, line by line.
    case library(String)
    case app(RenderedRules)
    case generated(GeneratedRules)
}

/// Something in rules that promtool does not accept, and where it was written.
public struct RejectedRule: Error, Sendable, Hashable, CustomStringConvertible {
    /// The file in `rules/`, or the definition.
    public let file: String
    /// Counted from 1.
    public let line: Int
    /// Counted from 1, in characters.
    public let column: Int
    /// In promtool's words.
    public let message: String

    public var description: String { "\(file):\(line):\(column): \(message)" }

    /// Reads promtool's answer about the file at `path`.
    static func all(in answer: String, of path: String, origin: RuleOrigin) -> [RejectedRule] {
        var found: [RejectedRule] = []
        for line in answer.split(separator: "\n") {
            let text = line.trimmingPrefix(while: \.isWhitespace)
            if let start = text.firstRange(of: path + ": ") {
                found.append(rejected(text[start.upperBound...], origin))
            } else if let match = text.wholeMatch(of: /line ([0-9]+): (.+)/) {
                // the words of the YAML library come on lines of their own, after a line that says no more than that they come
                if found.last?.message.hasSuffix("errors:") == true { found.removeLast() }
                found.append(place(line: Int(match.1), column: nil, rule: nil, String(match.2), origin))
            }
        }
        return found.isEmpty ? [place(line: nil, column: nil, rule: nil, answer.split(separator: "\n").joined(separator: " "), origin)] : found
    }

    /// - Parameter text: `5:15: group "g", rule 1, "A": message`, where both places may be missing.
    private static func rejected(_ text: Substring, _ origin: RuleOrigin) -> RejectedRule {
        var text = text
        var line: Int?
        var column: Int?
        if let match = text.prefixMatch(of: #/([0-9]+):([0-9]+): /#) {
            (line, column) = (Int(match.1), Int(match.2))
            text = text[match.range.upperBound...]
        } else if let match = text.firstMatch(of: /line ([0-9]+)/) {
            line = Int(match.1)
        }
        var rule: Int?
        var group: String?
        if let match = text.prefixMatch(of: #/group "(.*?)", rule ([0-9]+), (".*?": )/#) {
            group = String(match.1)
            rule = Int(match.2)
            text = text[match.3.startIndex...]
        }
        return place(line: line, column: column, rule: rule, group: group, String(text), origin)
    }

    private static func place(
        line: Int?, column: Int?, rule: Int?, group: String? = nil, _ message: String, _ origin: RuleOrigin
    ) -> RejectedRule {
        switch origin {
        case .library(let path):
            return RejectedRule(file: path, line: line ?? 1, column: column ?? 1, message: message)
        case .app(let rendered):
            let alert = rule.flatMap { rendered.rule(number: $0) } ?? line.flatMap { rendered.rule(atLine: $0) } ?? rendered.rules.first
            return RejectedRule(file: alert?.file ?? "", line: alert?.line ?? 1, column: alert?.column ?? 1, message: message)
        case .generated(let rules):
            let source = group.flatMap { rules.origin(ofGroup: $0) } ?? line.flatMap { rules.origin(atLine: $0) } ?? rules.origins.first
            return RejectedRule(file: source?.file ?? "", line: source?.fileLine ?? 1, column: source?.column ?? 1, message: message)
        }
    }
}
