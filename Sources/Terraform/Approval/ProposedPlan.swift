public import Foundation
public import ServiceModel

/// A plan that somebody proposes to apply, and what became of it.
public struct ProposedPlan: Sendable {
    public enum State: String, Sendable, Hashable, CaseIterable {
        case waiting, approved, applying
        case applied
        /// The apply ended half-way.
        case failed
        /// Nobody heard of the apply any more.
        case lost
        case rejected, withdrawn
        /// A newer plan of the same change took its place.
        case superseded
        /// Another plan of the project was applied, so this one no longer fits.
        case void

        /// It may still be applied.
        public var isOpen: Bool { self == .waiting || self == .approved || self == .applying }
    }

    public struct Approval: Sendable, Hashable {
        public let person: String
        /// Who it is to the server, whatever they are called.
        public let subject: String
        public let at: Date
        /// The plan that was approved, where this one only has the same meaning.
        public var from: Int?

        public init(person: String, subject: String, at: Date, from: Int? = nil) {
            self.person = person
            self.subject = subject
            self.at = at
            self.from = from
        }
    }

    /// Who applies it.
    public struct Holder: Sendable, Hashable {
        public let person: String
        public let since: Date
        /// When the server heard of the apply for the last time.
        public var heard: Date
    }

    public let id: Int
    public let facts: BundleFacts
    /// As `PlanSummary.json`, made by the server of the plan's own JSON.
    public let summary: JSON
    /// As `TagReport.json`.
    public let check: JSON
    public let uploadedBy: String
    /// Who that is to the server, whatever they are called; nil where nobody knows.
    public let uploader: String?
    public let uploadedAt: Date
    /// It destroys or replaces more than `terraform.limits` of `jubako.yml` lets pass.
    public let isOverLimit: Bool
    public internal(set) var state = State.waiting
    /// Why it is in that state.
    public internal(set) var reason: String?
    public internal(set) var approvals: [Approval] = []
    public internal(set) var holder: Holder?
    public internal(set) var endedAt: Date?
    /// How the apply went, as `ApplyReport.json`.
    public internal(set) var report: JSON = .null

    /// So many have to approve it: one SRE, and a second one where data is lost, or much.
    public var needed: Int { wantsName ? 2 : 1 }
    /// Whoever approves it types the project's name.
    public var wantsName: Bool { losesData || isOverLimit }
    public var losesData: Bool { summary["resources"].array.contains { $0["holds_data"].bool == true } }
    public var violations: Int { check["violations"].int ?? 0 }

    public init(
        id: Int, facts: BundleFacts, summary: JSON, check: JSON, uploadedBy: String, uploader: String? = nil, uploadedAt: Date,
        isOverLimit: Bool = false
    ) {
        self.id = id
        self.facts = facts
        self.summary = summary
        self.check = check
        self.uploadedBy = uploadedBy
        self.uploader = uploader
        self.uploadedAt = uploadedAt
        self.isOverLimit = isOverLimit
    }
}

/// What is not allowed with a plan, and why.
public struct PlanBookError: Error, Sendable, Hashable, CustomStringConvertible {
    public let description: String
    /// What was sent that does not fit, if it is one thing.
    public let field: String?

    init(_ description: String, field: String? = nil) {
        self.description = description
        self.field = field
    }
}

extension ProposedPlan {
    /// - Parameters:
    ///   - digest: what was looked at, at least 8 digits of it.
    ///   - confirmed: what was typed where data is lost: the project's name.
    public mutating func approve(_ approval: Approval, digest: String, confirmed: String?) throws(PlanBookError) {
        guard state == .waiting || state == .approved else {
            throw PlanBookError("plan \(id) is \(state.rawValue), and can not be approved any more")
        }
        guard digest.count >= 8, facts.digest.hasPrefix(digest) else {
            throw PlanBookError("plan \(id) is not what you looked at: its digest is \(facts.digest.prefix(12))…")
        }
        guard violations == 0 else {
            throw PlanBookError("plan \(id) has \(violations) resource\(violations == 1 ? "" : "s") without the right tag: mend them, and plan again")
        }
        guard !isMade(by: approval) else {
            throw PlanBookError("\(approval.person) made this change: somebody else has to approve it")
        }
        guard !approvals.contains(where: { $0.subject == approval.subject }) else {
            throw PlanBookError("\(approval.person) has approved plan \(id) already" + (approvals.count < needed ? ": it needs a second person" : ""))
        }
        if wantsName, confirmed != facts.project {
            throw PlanBookError(
                "plan \(id) loses \(losesData ? "data" : "much"): type the project's name, \(facts.project), to confirm that", field: "confirm")
        }
        approvals.append(approval)
        if approvals.count >= needed { state = .approved }
    }

    /// Whether it is theirs: they sent it, or a commit has their name.
    ///
    /// A commit says of its author what its author likes: this keeps people from approving their own plans by mistake, not on purpose. Against
    /// that, protect the branch, and let CI send plans with a token of its own.
    public func isMade(by approval: Approval) -> Bool {
        let name = approval.person.lowercased()
        return approval.person == uploadedBy || approval.subject == uploader
            || facts.authors.contains { author in
                // On a server without sign-in people have names where their commits have addresses.
                let author = author.lowercased()
                return author == name || !name.contains("@") && author.prefix { $0 != "@" } == name
            }
    }

    public mutating func reject(by person: String, reason: String, now: Date) throws(PlanBookError) {
        guard state == .waiting || state == .approved else { throw PlanBookError("plan \(id) is \(state.rawValue) already") }
        end(.rejected, "\(person): \(reason)", now)
    }

    public mutating func withdraw(by person: String, now: Date) throws(PlanBookError) {
        guard state == .waiting || state == .approved else { throw PlanBookError("plan \(id) is \(state.rawValue) already") }
        end(.withdrawn, "withdrawn by \(person)", now)
    }

    /// Takes over the approvals of an earlier plan that does the same.
    mutating func inherit(from earlier: ProposedPlan) {
        approvals = earlier.approvals.filter { !isMade(by: $0) }.map { approval in
            var approval = approval
            approval.from = approval.from ?? earlier.id
            return approval
        }
        if !approvals.isEmpty, approvals.count >= needed, violations == 0 { state = .approved }
    }

    mutating func end(_ state: State, _ reason: String?, _ now: Date) {
        self.state = state
        self.reason = reason
        holder = nil
        endedAt = now
    }
}
