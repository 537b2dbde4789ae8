/// Finds the channel of an alert. It asks at delivery time, so a change in the console counts from the next message on.
public struct AlertRouter: Sendable {
    private let settings: ChannelSettings
    private let owners: any OwnerDirectory
    private let proofs: ProofRecords

    public init(settings: ChannelSettings, owners: any OwnerDirectory, proofs: ProofRecords) {
        self.settings = settings
        self.owners = owners
        self.proofs = proofs
    }

    /// Where an alert with `labels` would go now, and why.
    public func route(labels: [String: String]) async throws -> Route {
        try await route(labels: labels, diversion: nil)
    }

    var sreChannel: String? { get async { await owners.sreChannel } }

    func route(labels: [String: String], diversion: Diversion?) async throws -> Route {
        var facts = RoutingFacts(app: labels["app"].flatMap { $0.isEmpty ? nil : $0 }, diversion: diversion)
        if let token = labels[PendingProof.label] { facts.proof = try await proofs.find(token) }
        facts.sreChannel = await owners.sreChannel
        if facts.proof == nil, diversion == nil, let app = facts.app {
            facts.setChannel = try await settings.channel(of: app)?.channel
            if facts.setChannel == nil { facts.owner = await owners.owner(of: app) }
        }
        return Route(facts)
    }
}
