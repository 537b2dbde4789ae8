/// Runs the checks that need nobody else.
struct RuleExaminer: Sendable {
    let settings: CheckSettings

    private struct Work: Sendable {
        let file: Int
        let group: RuleFile.Group
        let rules: ArraySlice<RuleFile.Rule>
    }

    /// The findings of each file.
    func examine(_ files: [RuleFile]) async -> [[Finding]] {
        var shelves: [String: Runbooks] = [:]
        for folder in Set(files.map { Self.folder($0.path) }) { shelves[folder] = Runbooks(of: folder + "x.yml") }
        var work: [Work] = []
        for (index, file) in files.enumerated() {
            for group in file.groups { work.append(Work(file: index, group: group, rules: group.rules[...])) }
        }
        let settings = settings
        let results = await Parallel.map(work) { [shelves] item in
            item.rules.flatMap { rule in
                Self.examine(rule, item.group, files[item.file], settings, shelves[Self.folder(files[item.file].path)])
            }
        }
        var findings = files.map { file in
            file.problems.map { problem in
                Finding(
                    check: CheckCatalog.ruleFile.id, severity: CheckCatalog.ruleFile.severity, message: problem.message, file: file.path,
                    start: problem.position, end: problem.position, rule: nil)
            }
        }
        for (item, found) in zip(work, results) { findings[item.file] += found }
        return findings
    }

    private static func examine(
        _ rule: RuleFile.Rule, _ group: RuleFile.Group, _ file: RuleFile, _ settings: CheckSettings, _ runbooks: Runbooks?
    ) -> [Finding] {
        func finding(_ check: any Check, _ message: String, _ place: Range<SourcePosition>) -> Finding {
            Finding(
                check: check.id, severity: check.severity, message: message, file: file.path, start: place.lowerBound, end: place.upperBound,
                rule: rule.name.text)
        }
        if let error = rule.syntaxError {
            let place = rule.expression.position(at: error.offset)
            return [finding(CheckCatalog.syntax, error.message, place..<place)]
        }
        guard let checked = CheckedRule(rule, in: group, settings: settings, runbooks: runbooks) else { return [] }
        return CheckCatalog.ofRules.flatMap { check in
            var report = CheckReport()
            check.examine(checked, &report)
            return report.entries.map { finding(check, $0.message, $0.place) }
        }
    }

    private static func folder(_ path: String) -> String {
        path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    }
}
