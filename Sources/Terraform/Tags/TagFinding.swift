/// One resource whose tag needs a look, or a count of it.
public struct TagFinding: Sendable, Hashable {
    /// How the rule meets the resource.
    public enum Scope: String, Sendable, Hashable {
        /// Created, updated or replaced by this plan.
        case changed
        /// It exists already, and this plan takes it over.
        case adopted
        /// It does not change: what is wrong with it is an old debt, and no fault of this plan.
        case unchanged
    }

    public let address: String
    public let type: String
    public let action: PlannedChange.Action
    public let scope: Scope
    public let verdict: TagVerdict
    /// The rule as it reads for this provider.
    public let rule: TagRule
    /// What to do, in a sentence.
    public internal(set) var fix: String?
    /// Where the configuration has to change, if it was found: relative to the current directory.
    public internal(set) var file: String?
    /// Counted from 1.
    public internal(set) var line: Int?

    let place: TagJudgement.Place
    let moduleAddress: String?
    let name: String

    /// It makes the check fail.
    public var isViolation: Bool { verdict.isViolation && scope != .unchanged }
    /// It is wrong, and no fault of this plan.
    public var isOldDebt: Bool { verdict.isViolation && scope == .unchanged }
    public var isUnknown: Bool { if case .unknown = verdict { scope != .unchanged } else { false } }

    /// The verdict in words.
    public var text: String {
        switch verdict {
        case .ok: "carries \(rule.key) = \(quoted(rule.value))"
        case .wrong(let value?): "\(rule.key) is \(quoted(value)), not \(quoted(rule.value))"
        case .wrong(nil): "\(rule.key) is a sensitive value, and not \(quoted(rule.value))"
        case .missing: "has no \(rule.key)"
        case .unknown(let reason): reason.rawValue
        case .notTaggable(let reason): reason.rawValue
        }
    }

    private func quoted(_ text: String) -> String { "\"\(text.prefix(100))\"" }
}
