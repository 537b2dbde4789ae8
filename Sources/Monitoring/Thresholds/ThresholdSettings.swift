public import Foundation
public import ServiceModel
public import Store

/// A threshold that somebody set for an app, over what its definition and `jubako.yml` say.
public struct ThresholdSetting: Sendable, Hashable {
    public let app: String
    public let name: String
    public let value: Double
    public let setBy: String
    public let reason: String
    public let setAt: Date
    /// From then on the definition decides again; nil for never.
    public let until: Date?

    public init(app: String, name: String, value: Double, setBy: String, reason: String, setAt: Date, until: Date? = nil) {
        self.app = app
        self.name = name
        self.value = value
        self.setBy = setBy
        self.reason = reason
        self.setAt = setAt
        self.until = until
    }
}

/// The thresholds that were set on the server. They are in force at the next scrape, and end by themselves at their date.
///
/// Items: partition `monitoring/thresholds`, sort key `APP/NAME`.
public struct ThresholdSettings: Sendable {
    private static let partition = "monitoring/thresholds"
    private let store: any Store

    public init(store: any Store) { self.store = store }

    /// All that are in force, ordered by app and name.
    public func all() async throws(StoreError) -> [ThresholdSetting] {
        try await store.query(partition: Self.partition).compactMap(ThresholdSetting.init)
    }

    /// Those of one app.
    public func settings(of app: String) async throws(StoreError) -> [ThresholdSetting] {
        try await store.query(partition: Self.partition, sort: .prefix("\(app)/")).compactMap(ThresholdSetting.init)
    }

    /// Keeps a setting in the place of the one before.
    public func put(_ setting: ThresholdSetting) async throws(StoreError) {
        try await store.write([.put(Self.key(setting.app, setting.name), body: setting.json.bytes, expiry: setting.until)])
    }

    /// Lets the definition decide again.
    ///
    /// - Returns: what was set; nil when nothing was.
    @discardableResult
    public func remove(_ name: String, of app: String) async throws(StoreError) -> ThresholdSetting? {
        guard let item = try await store.get(Self.key(app, name)) else { return nil }
        try await store.write([.delete(item.key)])
        return ThresholdSetting(item)
    }

    private static func key(_ app: String, _ name: String) -> StoreKey { StoreKey(partition: partition, sort: "\(app)/\(name)") }
}

extension ThresholdSetting {
    init?(_ item: StoreItem) {
        guard let json = try? JSON(parsing: item.body), let app = json["app"].string, let name = json["name"].string,
            let value = json["value"].double, let setAt = json["set_at"].string.flatMap({ try? Date($0, strategy: .iso8601) })
        else { return nil }
        self.init(
            app: app, name: name, value: value, setBy: json["set_by"].string ?? "", reason: json["reason"].string ?? "", setAt: setAt,
            until: json["until"].string.flatMap { try? Date($0, strategy: .iso8601) })
    }

    /// The setting for the API, `null` left out.
    public var json: JSON {
        .compact([
            "app": .string(app), "name": .string(name), "value": .number(value), "set_by": .string(setBy), "reason": .string(reason),
            "set_at": .string(setAt.formatted(.iso8601)), "until": JSON(until?.formatted(.iso8601)),
        ])
    }
}

extension CatalogMetrics.Overrides {
    public init(_ settings: [ThresholdSetting]) {
        self.init()
        for setting in settings { thresholds[setting.app, default: [:]][setting.name] = setting.value }
    }
}
