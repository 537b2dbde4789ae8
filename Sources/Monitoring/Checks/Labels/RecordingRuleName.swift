/// A recorded series says by its name what it is: level:metric:operation.
struct RecordingRuleName: RuleCheck {
    let id = "recording-rule-name"
    let severity = CheckSeverity.warning
    let summary = "the recording rule's name is not level:metric:operation"

    func examine(_ rule: CheckedRule, _ report: inout CheckReport) {
        guard rule.rule.kind == .recording else { return }
        let parts = rule.rule.name.text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count != 3 || parts.contains(where: \.isEmpty) else { return }
        report.add("name it level:metric:operation, such as app:http_requests:rate5m", at: rule.name)
    }
}

/// The level in the name says other labels than the expression keeps.
struct RecordingRuleLevel: RuleCheck {
    let id = "recording-rule-level"
    let severity = CheckSeverity.info
    let summary = "the recording rule's level names a label that its expression takes away"

    func examine(_ rule: CheckedRule, _ report: inout CheckReport) {
        guard rule.rule.kind == .recording, let level = rule.rule.name.text.split(separator: ":", omittingEmptySubsequences: false).first,
            ["app", "team", "job", "instance", "cluster", "environment", "task"].contains(String(level)), !rule.flow.canHave(String(level)),
            rule.rule.label(String(level)) == nil, let limit = rule.flow.limit
        else { return }
        report.add("the name promises the label \(level), which \(rule.text(limit)) takes away: keep it, or name another level", at: rule.name)
    }
}
