import Foundation
import ServiceModel
public import Store

/// Every alert's way, by app, for 90 days.
///
/// Items: partition `alerting/ledger/` + app (`-` for alerts without one), sort key time of firing + `/` + fingerprint. Beside it, for all apps,
/// partition `alerting/feed`: each firing and each end, by its time.
public struct AlertLedger: Sendable {
    private let store: any Store

    static let lifetime: TimeInterval = 90 * 86_400

    public init(store: any Store) {
        self.store = store
    }

    /// A page of entries, newest first.
    public struct Page: Sendable, Hashable {
        public let entries: [LedgerEntry]
        /// Ask with this for the entries before; nil when there are none.
        public let next: String?
    }

    /// The alerts of `app`, newest first.
    ///
    /// - Parameters:
    ///   - app: nil for alerts that name no app.
    ///   - cursor: ``Page/next`` of the page after.
    /// - Throws: `StoreError`.
    public func entries(of app: String?, before cursor: String? = nil, limit: Int = 50) async throws -> Page {
        let limit = min(max(limit, 1), 500)
        let keys: StoreSortKeys = cursor.map { .range(from: "", upTo: $0) } ?? .all
        let items = try await store.query(partition: Self.partition(app), sort: keys, limit: limit + 1, reversed: true)
        let page = items.prefix(limit)
        return Page(
            entries: page.compactMap { item in (try? JSON(parsing: item.body)).flatMap(LedgerEntry.init) },
            next: items.count > limit ? page.last?.key.sort : nil)
    }

    /// The entry of one alert, to which what is only known later can be added.
    func entry(app: String?, sortKey: String) async throws -> LedgerEntry? {
        guard let item = try await store.get(StoreKey(partition: Self.partition(app), sort: sortKey)) else { return nil }
        return (try? JSON(parsing: item.body)).flatMap(LedgerEntry.init)
    }

    /// What fired and ended in all apps, newest first.
    ///
    /// - Throws: `StoreError`.
    public func feed(before cursor: String? = nil, limit: Int = 50) async throws -> (events: [AlertEvent], next: String?) {
        let keys: StoreSortKeys = cursor.map { .range(from: "", upTo: $0) } ?? .all
        let items = try await store.query(partition: Self.feedPartition, sort: keys, limit: limit + 1, reversed: true)
        let page = items.prefix(limit)
        return (page.compactMap(AlertEvent.init), items.count > limit ? page.last?.key.sort : nil)
    }

    static func put(_ entry: LedgerEntry) -> [StoreWrite] {
        let expiry = max(entry.firedAt, entry.receivedAt) + lifetime
        return [.put(StoreKey(partition: partition(entry.app), sort: entry.sortKey), body: entry.json.bytes, expiry: expiry)]
            + AlertEvent.events(of: entry).map {
                .put(StoreKey(partition: feedPartition, sort: $0.place), body: $0.json.bytes, expiry: expiry)
            }
    }

    private static let feedPartition = "alerting/feed"

    private static func partition(_ app: String?) -> String { "alerting/ledger/\(app ?? "-")" }
}
