import ServiceModel

/// Checks every resource of a plan for the tag of its project.
public struct TagCheck: Sendable {
    public var rule: TagRule

    public init(rule: TagRule) { self.rule = rule }

    /// - Throws: ``TerraformError`` when the file is not the whole, faultless plan that a verdict needs.
    public func check(_ file: PlanFile) throws(TerraformError) -> TagReport {
        let judge = TagJudge(rule: rule)
        var report = TagReport(rule: rule)
        let outline = try PlanReader(file: file).read { change, outline throws(TerraformError) in
            guard let scope = Self.scope(of: change) else { return }
            let judgement = judge.judge(change, in: outline.configuration)
            report.count(judgement.verdict, scope)
            if judgement.verdict == .ok { return }
            if case .notTaggable(let reason) = judgement.verdict, reason != .notKnown { return }
            if scope == .unchanged, !judgement.verdict.isViolation { return }
            report.findings.append(
                TagFinding(
                    address: change.address, type: change.type, action: change.action, scope: scope, verdict: judgement.verdict, rule: judgement.rule,
                    place: judgement.place, moduleAddress: change.moduleAddress, name: change.name))
        }
        report.terraformVersion = outline.terraformVersion
        report.isCompletenessKnown = outline.isCompletenessKnown
        report.configuration = outline.configuration
        report.explainFixes()
        return report
    }

    /// Nil for what the rule does not meet: data sources, what goes away, and objects that a replacement left behind.
    static func scope(of change: PlannedChange) -> TagFinding.Scope? {
        guard change.isManaged, change.deposed == nil else { return nil }
        switch change.action {
        case .create, .update, .replace, .other: return change.isImport ? .adopted : .changed
        case .noOp: return change.isImport ? .adopted : .unchanged
        case .delete, .forget, .read: return nil
        }
    }
}
