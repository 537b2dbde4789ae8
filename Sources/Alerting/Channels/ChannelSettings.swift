public import Foundation
public import ServiceModel
public import Store

/// The channel that somebody set for an app, and when it was last proved to work.
public struct ChannelSetting: Sendable, Hashable {
    public let app: String
    /// `#name`, a channel's id, or the address of an incoming webhook.
    public let channel: String
    public let setBy: String
    public let setAt: Date
    /// When a test alert last came back from it.
    public var provedAt: Date?
    /// Where the message of the last test stands.
    public var proof: SlackAddress?
    /// Why the last test failed, if it did.
    public var failure: String?

    public init(app: String, channel: String, setBy: String, setAt: Date, provedAt: Date? = nil, proof: SlackAddress? = nil, failure: String? = nil) {
        self.app = app
        self.channel = channel
        self.setBy = setBy
        self.setAt = setAt
        self.provedAt = provedAt
        self.proof = proof
        self.failure = failure
    }
}

/// The channels that were set in the console or with `jubako channel set`.
///
/// Items: partition `alerting/channels`, sort key app.
public struct ChannelSettings: Sendable {
    private static let partition = "alerting/channels"
    private let store: any Store
    private let memory = KeptReading<[String: ChannelSetting]>()

    public init(store: any Store) {
        self.store = store
    }

    /// The setting of `app`; nil when nobody set one, and the definition's channel counts.
    ///
    /// What was set here is known at once, what another replica set within a second.
    public func channel(of app: String) async throws -> ChannelSetting? {
        let (known, turn) = memory.known()
        if let known { return known[app] }
        let all = Dictionary(try await all().map { ($0.app, $0) }) { first, _ in first }
        memory.keep(all, turn)
        return all[app]
    }

    /// All settings, ordered by app.
    public func all() async throws -> [ChannelSetting] {
        try await store.query(partition: Self.partition).compactMap(ChannelSetting.init)
    }

    /// Keeps a setting. ``ChannelProof/set(_:for:by:)`` proves it first.
    public func put(_ setting: ChannelSetting) async throws {
        defer { memory.forget() }
        try await store.write([.put(Self.key(setting.app), body: setting.json.bytes)])
    }

    /// Lets the definition decide again.
    public func remove(_ app: String) async throws {
        defer { memory.forget() }
        try await store.write([.delete(Self.key(app))])
    }

    private static func key(_ app: String) -> StoreKey { StoreKey(partition: partition, sort: app) }
}

extension ChannelSetting {
    init?(_ item: StoreItem) {
        guard let json = try? JSON(parsing: item.body), let channel = json["channel"].string, let setAt = json["set_at"].date else { return nil }
        self.init(
            app: item.key.sort, channel: channel, setBy: json["set_by"].string ?? "", setAt: setAt, provedAt: json["proved_at"].date,
            proof: json["ts"].string.map { SlackAddress(channel: json["channel_id"].string ?? channel, ts: $0) }, failure: json["failure"].string)
    }

    /// The setting for the API, `null` left out.
    public var json: JSON {
        .compact([
            "app": .string(app), "channel": .string(channel), "set_by": .string(setBy), "set_at": JSON(date: setAt),
            "proved_at": JSON(date: provedAt),
            "channel_id": JSON(proof?.channel), "ts": JSON(proof?.ts), "failure": JSON(failure),
        ])
    }
}
