import Foundation

/// One line of what promtool says of a file, led back to the place that it means.
struct PromtoolComplaint {
    private let file: RuleFile
    private let text: String

    static func findings(_ complaints: [String], in file: RuleFile) -> [Finding] {
        complaints.flatMap { complaint -> [Finding] in
            // "yaml: unmarshal errors:" is followed by a line for each.
            let lines = complaint.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
            let texts = lines.count > 1 && lines[0].hasSuffix("errors:") ? Array(lines.dropFirst()) : [lines.joined(separator: " ")]
            return texts.map { PromtoolComplaint(file: file, text: $0).finding }
        }
    }

    private var finding: Finding {
        var rest = Substring(text)
        var written: SourcePosition?
        while let match = rest.prefixMatch(of: #/(\d+):(\d+): /#), let line = Int(match.1), let column = Int(match.2) {
            if line > 0, written == nil { written = SourcePosition(line: line, column: max(1, column)) }
            rest = rest[match.range.upperBound...]
        }
        if let match = rest.prefixMatch(of: #/(?:yaml: )?line (\d+): /#), let line = Int(match.1) {
            return finding(String(rest[match.range.upperBound...]), whole(line: line))
        }
        if let match = rest.prefixMatch(of: #/group "(.*?)", rule (\d+), "(.*?)": /#) {
            let message = String(rest[match.range.upperBound...])
            let group = file.groups.first { $0.name == match.1 }
            let candidates = group?.rules.filter { $0.name.text == match.3 } ?? []
            let near = candidates.first { rule in written.map { (rule.start.line...rule.lastLine).contains($0.line) } ?? true } ?? candidates.first
            if let rule = near { return finding(message, in: rule, written: written) }
            return finding(message, written.map { $0..<$0 } ?? start)
        }
        return finding(String(rest), written.map { $0..<$0 } ?? start)
    }

    private func finding(_ message: String, in rule: RuleFile.Rule, written: SourcePosition?) -> Finding {
        if let match = message.prefixMatch(of: #/could not parse expression: (?:(\d+):(\d+): )?/#) {
            let text = String(message[match.range.upperBound...]).replacing(#/^parse error: /#, with: "")
            guard let line = match.1.flatMap({ Int($0) }), let column = match.2.flatMap({ Int($0) }) else {
                return finding(text, CheckedRule.place(rule.expression), rule)
            }
            let offset = Self.offset(line: line, column: column, in: rule.expression.text)
            let place = rule.expression.position(at: offset)
            return finding(text, place..<SourcePosition(line: place.line, column: place.column + 1), rule)
        }
        if let match = message.prefixMatch(of: #/(label|annotation) "(.*?)": /#),
            let value = match.1 == "label" ? rule.label(String(match.2)) : rule.annotation(String(match.2))
        {
            return finding(message, CheckedRule.place(value), rule)
        }
        if let match = message.wholeMatch(of: #/invalid (?:label|annotation) name: (.*)/#),
            let pair = (rule.labels + rule.annotations).first(where: { $0.key.text == match.1 })
        {
            return finding(message, CheckedRule.place(pair.key), rule)
        }
        return finding(message, written.map { $0..<$0 } ?? CheckedRule.place(rule.name), rule)
    }

    /// promtool counts lines and bytes of the expression from 1.
    private static func offset(line: Int, column: Int, in text: String) -> Int {
        var start = 0
        var number = 1
        for (index, byte) in text.utf8.enumerated() where number < line && byte == 0x0A {
            number += 1
            start = index + 1
        }
        return min(start + max(0, column - 1), text.utf8.count)
    }

    private var start: Range<SourcePosition> { SourcePosition(line: 1, column: 1)..<SourcePosition(line: 1, column: 1) }

    private func whole(line: Int) -> Range<SourcePosition> {
        let text = file.source.line(line) ?? ""
        let indentation = text.prefix { $0 == " " }.count
        return SourcePosition(line: line, column: indentation + 1)..<SourcePosition(line: line, column: max(indentation, text.count) + 1)
    }

    private func finding(_ message: String, _ place: Range<SourcePosition>, _ rule: RuleFile.Rule? = nil) -> Finding {
        Finding(
            check: CheckCatalog.promtool.id, severity: CheckCatalog.promtool.severity, message: message, file: file.path, start: place.lowerBound,
            end: place.upperBound, rule: rule?.name.text)
    }
}
