public import ServiceModel

/// Who keeps plans, approvals and turns: the server, or nobody.
public protocol PlanDesk: Sendable {
    /// Asks whether the plan may be applied now, and takes the project's turn.
    ///
    /// - Throws: ``ApplyRefused``.
    func begin(_ facts: BundleFacts) async throws
    /// Tells what happens. It never fails the apply; what could not be told is told with the next lines.
    func record(_ lines: [JSON]) async
    /// Gives the turn back.
    func end(_ report: ApplyReport) async throws
}

/// Without a server nobody has approved anything: somebody answers for it by name, in the journal.
public struct NoDesk: PlanDesk {
    public let reason: String?

    /// - Parameter reason: why it is applied without an approval; nil refuses.
    public init(reason: String?) { self.reason = reason }

    public func begin(_ facts: BundleFacts) async throws {
        guard reason == nil else { return }
        throw ApplyRefused([
            ApplyRefusal(
                .notApproved, "nobody has approved this plan of \(facts.project): it never was at a server",
                next: "give it to one with jubako terraform plan --upload, or say --without-approval REASON, which the journal keeps")
        ])
    }

    public func record(_ lines: [JSON]) async {}
    public func end(_ report: ApplyReport) async throws {}
}
