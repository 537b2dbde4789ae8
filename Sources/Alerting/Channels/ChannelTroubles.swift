public import Foundation
public import ServiceModel
public import Store

/// Why nothing gets into a channel.
public struct ChannelTrouble: Sendable, Hashable {
    public let channel: String
    /// Slack's word for it (`is_archived`, `not_in_channel`, `invalid_auth`, …) or ours.
    public let code: String
    public let text: String
    public let since: Date
    public var last: Date
    /// The apps whose alerts it kept back.
    public var apps: [String]
}

/// The channels that do not work, for the pages of the apps concerned. A message that gets through clears the entry.
///
/// Items: partition `alerting/troubles`, sort key channel; they expire 30 days after the last failure.
public struct ChannelTroubles: Sendable {
    private static let partition = "alerting/troubles"
    private let store: any Store
    private let memory = KeptReading<[ChannelTrouble]>()

    public init(store: any Store) {
        self.store = store
    }

    /// All channels in trouble, ordered by name.
    ///
    /// They are known within a second.
    public func all() async throws -> [ChannelTrouble] {
        let (known, turn) = memory.known()
        if let known { return known }
        let all = try await store.query(partition: Self.partition).compactMap(ChannelTrouble.init)
        memory.keep(all, turn)
        return all
    }

    /// What keeps back the alerts of `app`.
    public func troubles(of app: String) async throws -> [ChannelTrouble] {
        try await all().filter { $0.apps.contains(app) }
    }

    func note(_ error: SlackError, channel: String, apps: [String], at moment: Date) async throws {
        defer { memory.forget() }
        let known = try await store.get(Self.key(channel)).flatMap(ChannelTrouble.init)
        let trouble = ChannelTrouble(
            channel: channel, code: error.code, text: error.description, since: known?.since ?? moment, last: moment,
            apps: Array(Set(apps + (known?.apps ?? [])).sorted().prefix(100)))
        try await store.write([.put(Self.key(channel), body: trouble.json.bytes, expiry: moment + 30 * 86_400)])
    }

    func clear(channel: String) async throws {
        defer { memory.forget() }
        try await store.write([.delete(Self.key(channel))])
    }

    private static func key(_ channel: String) -> StoreKey { StoreKey(partition: partition, sort: channel) }
}

extension ChannelTrouble {
    init?(_ item: StoreItem) {
        guard let json = try? JSON(parsing: item.body), let since = json["since"].date, let last = json["last"].date else { return nil }
        self.init(
            channel: item.key.sort, code: json["code"].string ?? "", text: json["text"].string ?? "", since: since, last: last,
            apps: json["apps"].strings)
    }

    /// The trouble for the API.
    public var json: JSON {
        [
            "channel": .string(channel), "code": .string(code), "text": .string(text), "since": JSON(date: since), "last": JSON(date: last),
            "apps": JSON(apps),
        ]
    }
}
