import Foundation

/// Leads what promtool says of a file of tests back to the lines of the file.
struct RuleTestOutput {
    private struct Test {
        /// `alertname` or `expr`.
        let kind: String
        let subject: String
        let time: Double?
        let position: SourcePosition
    }

    private let source: SourceText
    private let tests: [Test]
    private let patterns: [SourceScalar]

    init(_ source: SourceText) {
        self.source = source
        let root = (try? YAMLTreeReader.read(source))?.0
        let groups = root?["tests"]?.list ?? []
        tests = groups.flatMap { group in
            [("alert_rule_test", "alertname"), ("promql_expr_test", "expr")].flatMap { key, kind in
                (group[key]?.list ?? []).map { test in
                    Test(
                        kind: kind, subject: test[kind]?.scalar?.text ?? "", time: (test["eval_time"]?.scalar?.text).flatMap(PromQLDuration.seconds),
                        position: test.start)
                }
            }
        }
        patterns = (root?["rule_files"]?.list ?? []).compactMap(\.scalar)
    }

    func failures(in complaints: String) -> [RuleTestFailure] {
        var failures: [RuleTestFailure] = []
        var used: Set<SourcePosition> = []
        var lines = complaints.split(separator: "\n").map(String.init)[...]
        while let line = lines.popFirst() {
            let text = line.trimmingCharacters(in: .whitespaces)
            if text.isEmpty || text == "FAILED:" || text.hasSuffix("unmarshal errors:") { continue }
            if let match = text.wholeMatch(of: #/(alertname|expr): (.*), time: (.*?), ?/#) {
                let subject = match.1 == "expr" ? String(match.2.dropFirst().dropLast()) : String(match.2)
                let details = lines.prefix { $0.hasPrefix("        ") }
                lines = lines.dropFirst(details.count)
                let position = position(String(match.1), subject, PromQLDuration.seconds(match.3), &used)
                let message = ["\(subject) at \(match.3) is not what the test expects"] + details.map { "  " + $0.dropFirst(8) }
                failures.append(RuleTestFailure(file: source.file, position: position, message: message.joined(separator: "\n")))
            } else if let match = text.wholeMatch(of: #/WARNING: no file match pattern (.*)/#) {
                let pattern = patterns.first { match.1.hasSuffix($0.text) }
                failures.append(failure("there is no rule file \(match.1): correct rule_files", at: pattern?.start))
            } else if let match = text.wholeMatch(of: #/(?:yaml: )?line (\d+): (.*)/#), let number = Int(match.1) {
                failures.append(failure(String(match.2), at: SourcePosition(line: number, column: 1)))
            } else {
                failures.append(failure(text, at: patterns.first?.start))
            }
        }
        return failures
    }

    private func failure(_ message: String, at position: SourcePosition?) -> RuleTestFailure {
        RuleTestFailure(file: source.file, position: position ?? SourcePosition(line: 1, column: 1), message: message)
    }

    private func position(_ kind: String, _ subject: String, _ time: Double?, _ used: inout Set<SourcePosition>) -> SourcePosition {
        let candidates = tests.filter { test in
            guard test.kind == kind, test.time == time else { return false }
            return test.subject == subject || kind == "expr" && Self.words(test.subject) == Self.words(subject)
        }
        let test = candidates.first { !used.contains($0.position) } ?? candidates.first
        if let test { used.insert(test.position) }
        return test?.position ?? SourcePosition(line: 1, column: 1)
    }

    /// promtool writes expressions with Go's escapes and its own blanks.
    private static func words(_ text: String) -> String { text.filter { $0.isLetter || $0.isNumber } }
}

extension YAMLTree {
    fileprivate subscript(key: String) -> YAMLTree? { map?.first { $0.key.text == key }?.value }
}
