/// What a check of a plan's tags found.
public struct TagReport: Sendable {
    public let rule: TagRule
    public internal(set) var terraformVersion = ""
    /// False for a plan of before Terraform 1.8, which does not say whether it was made with `-target`.
    public internal(set) var isCompletenessKnown = false
    /// Violations, unknowns, old debts and what is not known to take tags, as the plan orders them.
    public internal(set) var findings: [TagFinding] = []
    /// The changes to the configuration that put the violations right, as far as their places were found.
    public internal(set) var patch = ""

    /// Of what the plan creates, changes or takes over: how many have each verdict.
    public private(set) var counts: [String: Int] = [:]
    public private(set) var unchanged = 0
    var configuration = PlanConfiguration()

    init(rule: TagRule) { self.rule = rule }

    public var checked: Int { counts.values.reduce(0, +) }
    public var violations: [TagFinding] { findings.filter(\.isViolation) }
    public var unknowns: [TagFinding] { findings.filter(\.isUnknown) }
    public var oldDebts: [TagFinding] { findings.filter(\.isOldDebt) }
    public var notKnown: [TagFinding] { findings.filter { $0.verdict == .notTaggable(.notKnown) } }
    public var isPassed: Bool { !findings.contains(where: \.isViolation) }

    public func count(_ verdict: String) -> Int { counts[verdict] ?? 0 }

    mutating func count(_ verdict: TagVerdict, _ scope: TagFinding.Scope) {
        if scope == .unchanged { unchanged += 1 } else { counts[verdict.name, default: 0] += 1 }
    }

    /// Says for each violation what to write where.
    mutating func explainFixes() {
        for index in findings.indices where findings[index].verdict.isViolation {
            findings[index].fix = fix(findings[index])
        }
    }

    private func fix(_ finding: TagFinding) -> String {
        let pair = "\(finding.rule.key) = \"\(finding.rule.value)\""
        let isWrong = if case .wrong = finding.verdict { true } else { false }
        switch finding.place {
        case .provider(let key):
            let provider = configuration.providers[key]
            let alias = provider?.alias.map { ", alias \"\($0)\"" } ?? ""
            let module = provider?.module.map { " in \($0)" } ?? ""
            let name = provider?.name ?? String(key.prefix { $0 != "." })
            let block = name.hasPrefix("google") ? "default_labels" : "default_tags"
            return "\(isWrong ? "write" : "add") \(pair) \(isWrong ? "in" : "to") \(block) of the provider \"\(name)\"\(alias)\(module)"
        case .tagBlock:
            return isWrong
                ? "write value = \"\(finding.rule.value)\" in its tag block of key \"\(finding.rule.key)\""
                : "add tag { key = \"\(finding.rule.key)\", value = \"\(finding.rule.value)\", propagate_at_launch = true }: default tags do not reach it"
        case .attribute(let attribute):
            return isWrong ? "write \(pair) in its \(attribute)" : "add \(pair) to its \(attribute)"
        }
    }
}
