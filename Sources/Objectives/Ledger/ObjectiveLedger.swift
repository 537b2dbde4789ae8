import Foundation
import ServiceModel
public import Store

/// The book of objectives: a line for each local day, definitions as they were, and corrections. It outlives what Prometheus remembers.
///
/// Items: partitions `objectives/days/APP/NAME` (sort key the day), `objectives/versions/APP/NAME` (sort key the time), `objectives/corrections/APP/NAME`
/// (sort key the start and the id).
public struct ObjectiveLedger: Sendable {
    private let store: any Store

    public init(store: any Store) { self.store = store }

    /// The days of a period that are on the books, in their order.
    public func entries(app: String, objective: String, in period: Period) async throws(StoreError) -> [DayEntry] {
        let days = period.days
        guard let first = days.first, let last = days.last else { return [] }
        let byKey = Dictionary(days.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
        let items = try await store.query(partition: Self.days(app, objective), sort: .range(from: first.key, upTo: last.key + "~"))
        return items.compactMap { item in
            guard let day = byKey[item.key.sort], let json = try? JSON(parsing: item.body) else { return nil }
            return DayEntry(json, day: day)
        }
    }

    /// Books a day. A closed day stays as it is, so that reading it again changes nothing; a restatement says that it is one.
    ///
    /// - Returns: what is on the books then.
    @discardableResult
    public func book(_ entry: DayEntry, app: String, objective: String, restating: Bool = false) async throws(StoreError) -> DayEntry {
        let key = StoreKey(partition: Self.days(app, objective), sort: entry.day.key)
        while true {
            let item = try await store.get(key)
            let known = item.flatMap { try? JSON(parsing: $0.body) }.flatMap { DayEntry($0, day: entry.day) }
            if let known, known == entry || known.isClosed && !restating { return known }
            let condition = item.map { StoreCondition.version($0.version) } ?? .absent
            do throws(StoreError) {
                try await store.write([.put(key, body: entry.json.bytes, condition: condition)])
                return entry
            } catch {
                guard case .conditionFailed = error else { throw error }  // somebody else booked it meanwhile: look again
            }
        }
    }

    /// Remembers the definition that is in force, when it is another one than before.
    public func note(_ version: ObjectiveVersion, app: String, objective: String) async throws(StoreError) {
        let partition = Self.versions(app, objective)
        let last = try await store.query(partition: partition, sort: .all, limit: 1, reversed: true).first
        if let last, let json = try? JSON(parsing: last.body), json["digest"].string == version.digest { return }
        try await store.write([.put(StoreKey(partition: partition, sort: version.sortKey), body: version.json.bytes, condition: .none)])
    }

    /// All definitions so far, the oldest first.
    public func versions(app: String, objective: String) async throws(StoreError) -> [ObjectiveVersion] {
        try await store.query(partition: Self.versions(app, objective)).compactMap { (try? JSON(parsing: $0.body)).flatMap(ObjectiveVersion.init) }
    }

    public func book(_ correction: Correction, app: String, objective: String) async throws(StoreError) {
        let sort = "\(ObjectiveVersion.stamp(correction.start))/\(correction.id)"
        try await store.write([
            .put(StoreKey(partition: Self.corrections(app, objective), sort: sort), body: correction.json.bytes, condition: .absent)
        ])
    }

    /// The corrections that reach into a period.
    public func corrections(app: String, objective: String, in period: Period) async throws(StoreError) -> [Correction] {
        // a correction is for at most seven days
        let from = ObjectiveVersion.stamp(period.start - 7 * 86_400)
        let items = try await store.query(
            partition: Self.corrections(app, objective), sort: .range(from: from, upTo: ObjectiveVersion.stamp(period.end)))
        return items.compactMap { (try? JSON(parsing: $0.body)).flatMap(Correction.init) }.filter { $0.end > period.start }
    }

    private static func days(_ app: String, _ objective: String) -> String { "objectives/days/\(app)/\(objective)" }
    private static func versions(_ app: String, _ objective: String) -> String { "objectives/versions/\(app)/\(objective)" }
    private static func corrections(_ app: String, _ objective: String) -> String { "objectives/corrections/\(app)/\(objective)" }
}
