/// Who looks after an app, as the definitions say it.
public struct AppOwner: Sendable, Hashable {
    /// The definition's `owner`.
    public let team: String?
    /// The definition's `monitoring.channel`.
    public let definitionChannel: String?
    /// The team's `channel` in jubako.yml.
    public let teamChannel: String?

    public init(team: String? = nil, definitionChannel: String? = nil, teamChannel: String? = nil) {
        self.team = team
        self.definitionChannel = definitionChannel
        self.teamChannel = teamChannel
    }
}

/// Where the router finds the owners of apps.
public protocol OwnerDirectory: Sendable {
    /// The owner of `app`, or nil when no definition has that name.
    func owner(of app: String) async -> AppOwner?

    /// The SREs' channel: for alerts without an owner, and for what cannot be delivered.
    var sreChannel: String? { get async }
}
