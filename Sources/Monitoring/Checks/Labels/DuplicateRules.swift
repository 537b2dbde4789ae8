/// Finds rules that are written twice, in one file or in several.
struct DuplicateRules {
    static let check = NamedCheck(
        id: "duplicate-rule", severity: .error, summary: "the same rule is written twice: two alerts for one thing, or two writers of one series")

    private struct Key: Hashable {
        let kind: RuleFile.Rule.Kind
        let name: String
        let labels: [String]
        /// Without blanks; alerts of one name may have several expressions.
        let expression: String
    }

    static func findings(in files: [RuleFile]) -> [Finding] {
        var first: [Key: (file: String, line: Int)] = [:]
        var findings: [Finding] = []
        for file in files {
            for rule in file.rules {
                let labels = rule.labels.map { "\($0.key.text)=\($0.value.text)" }.sorted()
                let expression = rule.kind == .recording ? "" : String(decoding: rule.expression.text.utf8.filter { $0 > 0x20 }, as: UTF8.self)
                let key = Key(kind: rule.kind, name: rule.name.text, labels: labels, expression: expression)
                guard let earlier = first[key] else {
                    first[key] = (file.path, rule.start.line)
                    continue
                }
                let place = CheckedRule.place(rule.name)
                findings.append(
                    Finding(
                        check: check.id, severity: check.severity,
                        message: "\(rule.name.text) is already in \(earlier.file):\(earlier.line) with the same labels: remove one of them",
                        file: file.path, start: place.lowerBound, end: place.upperBound, rule: rule.name.text))
            }
        }
        return findings
    }
}
