public import Foundation

/// Somebody's leave to deploy although the budget is gone: signed by the business and by an SRE, with a reason and an end.
public struct GateOverride: Sendable, Hashable {
    public enum Role: String, Sendable, Hashable, CaseIterable {
        case business, sre
    }

    public struct Signature: Sendable, Hashable {
        /// As people read it.
        public let person: String
        /// What tells them from everybody else, whatever name they go by.
        public let subject: String
        public let role: Role
        public let at: Date

        /// - Parameter subject: nil where the name is all there is.
        public init(person: String, subject: String? = nil, role: Role, at: Date) {
            self.person = person
            self.subject = subject ?? person
            self.role = role
            self.at = at
        }
    }

    /// The longest that one holds.
    public static let longest: TimeInterval = 7 * 86_400

    public let id: String
    public let reason: String
    public let until: Date
    public let openedBy: String?
    public private(set) var signatures: [Signature] = []
    /// The deploy that used it up; one override is for one deploy.
    public private(set) var usedBy: String?

    /// - Throws: ``BookError``.
    public init(id: String, reason: String, until: Date, openedBy: String? = nil, now: Date) throws(BookError) {
        guard !reason.allSatisfy(\.isWhitespace), reason.count <= 500 else { throw BookError("an override needs a reason of at most 500 characters") }
        guard until > now, until.timeIntervalSince(now) <= Self.longest else { throw BookError("an override ends within 7 days, and not before now") }
        self.id = id
        self.reason = reason
        self.until = until
        self.openedBy = openedBy
    }

    /// One from the books.
    init(id: String, reason: String, until: Date, openedBy: String?, signatures: [Signature], usedBy: String?) {
        self.id = id
        self.reason = reason
        self.until = until
        self.openedBy = openedBy
        self.signatures = signatures
        self.usedBy = usedBy
    }

    /// - Throws: ``BookError`` when it is used up or over, the role has signed, or the person for the other role.
    public mutating func sign(_ signature: Signature) throws(BookError) {
        guard !signatures.contains(where: { $0.role == signature.role }) else { throw BookError("\(signature.role.rawValue) has signed already") }
        guard !signatures.contains(where: { $0.subject == signature.subject }) else {
            throw BookError("\(signature.person) has signed already: the second signature is somebody else's")
        }
        guard usedBy == nil else { throw BookError("the override has let a deploy pass already") }
        guard signature.at <= until else { throw BookError("the override has ended") }
        signatures.append(signature)
    }

    public mutating func use(by deploy: String) { usedBy = deploy }

    public var isComplete: Bool { Role.allCases.allSatisfy { role in signatures.contains { $0.role == role } } }

    /// It waits for a signature or a deploy.
    public func isOpen(at now: Date) -> Bool { usedBy == nil && now < until }

    public func isInForce(at now: Date) -> Bool { isComplete && usedBy == nil && now < until }
}

/// The worst that a deploy can cost: everybody whom it reaches fails until it is rolled back by itself.
public struct Quote: Sendable, Hashable {
    /// Requests a minute now.
    public let traffic: Double
    /// The part of them that the new version gets, 0 to 1.
    public let share: Double
    /// Until the automatic rollback.
    public let minutes: Double
    /// Failures that are left; negative when overspent.
    public let leftEvents: Double
    public let leftMinutes: Double
    public let countsMinutes: Bool

    public init(traffic: Double, share: Double, minutes: Double, budget: Budget) {
        self.traffic = max(0, traffic)
        self.share = min(1, max(0, share))
        self.minutes = max(0, minutes)
        leftMinutes = budget.leftMinutes
        countsMinutes = budget.countsMinutes
        // what a calendar budget allows in the end is known in minutes only
        leftEvents = budget.isRolling ? budget.leftEvents : budget.leftMinutes * max(0, traffic)
    }

    public var worstEvents: Double { traffic * share * minutes }
    public var worstMinutes: Double { share * minutes }

    public var isUnaffordable: Bool { countsMinutes ? worstMinutes > leftMinutes : worstEvents > leftEvents }

    public var sentence: String {
        let minutes = "\(Figures.number(worstMinutes, 1)) minutes of \(Figures.number(leftMinutes, 1)) left"
        guard !countsMinutes else { return minutes }
        return "\(Figures.number(worstEvents, 0)) failures of \(Figures.number(leftEvents, 0)) left, \(minutes)"
    }
}
