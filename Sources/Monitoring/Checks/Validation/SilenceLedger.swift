/// Takes silenced findings out, and says which silences are wrong.
struct SilenceLedger {
    /// The checks that have run: a silence of another one cannot be unused.
    let checks: Set<String>

    func apply(to findings: [Finding], of file: RuleFile) -> [Finding] {
        var used: Set<Silence> = []
        var result: [Finding] = []
        let rules = file.rules.sorted { $0.start < $1.start }
        for finding in findings {
            var silences = file.silences
            if let rule = Self.rule(at: finding.start.line, in: rules) { silences += rule.silences }
            let matching = silences.filter { $0.check == finding.check && !$0.reason.isEmpty }
            if matching.isEmpty || CheckCatalog.unsilenceable.contains(finding.check) { result.append(finding) } else { used.formUnion(matching) }
        }
        var seen: Set<Silence> = []
        let all = file.silences + rules.flatMap(\.silences) + file.strayedSilences
        for silence in all where seen.insert(silence).inserted && !used.contains(silence) {
            if let finding = complaint(about: silence, isStray: file.strayedSilences.contains(silence), in: file) { result.append(finding) }
        }
        return result
    }

    private func complaint(about silence: Silence, isStray: Bool, in file: RuleFile) -> Finding? {
        let check: NamedCheck
        let message: String
        if silence.check.isEmpty || silence.reason.isEmpty {
            check = CheckCatalog.silenceReason
            message = "a silence names a check and a reason: # jubako: ignore \(silence.check.isEmpty ? "CHECK" : silence.check) REASON"
        } else if !CheckCatalog.identifiers.contains(silence.check) {
            check = CheckCatalog.silenceUnknown
            message = "there is no check \(silence.check): docs/checks.md lists them"
        } else if CheckCatalog.unsilenceable.contains(silence.check) {
            check = CheckCatalog.silenceUnknown
            message = "\(silence.check) cannot be silenced: Prometheus would not load the rule"
        } else if isStray {
            check = CheckCatalog.silenceUnused
            message = "this stands above no rule: put it on the line before a rule's first"
        } else if checks.contains(silence.check) {
            check = CheckCatalog.silenceUnused
            message = "\(silence.check) finds nothing here any more: remove the silence"
        } else {
            return nil
        }
        let end = SourcePosition(line: silence.position.line, column: (file.source.line(silence.position.line)?.count ?? 0) + 1)
        return Finding(
            check: check.id, severity: check.severity, message: message, file: file.path, start: silence.position, end: max(silence.position, end),
            rule: nil)
    }

    private static func rule(at line: Int, in rules: [RuleFile.Rule]) -> RuleFile.Rule? {
        var low = 0
        var high = rules.count
        while low < high {
            let middle = (low + high) / 2
            if rules[middle].start.line <= line { low = middle + 1 } else { high = middle }
        }
        guard low > 0, rules[low - 1].lastLine >= line else { return nil }
        return rules[low - 1]
    }
}
