public import Foundation
import ServiceModel
public import Store

/// The overrides of the gate, as the server remembers them.
///
/// Items: partition `objectives/overrides/APP`, sort key the override's id. They expire 90 days after their end; the audit log has them for ever.
public struct OverrideBook: Sendable {
    /// So many of one app wait for a signature or a deploy at a time.
    public static let mostOpen = 20
    private static let memory: TimeInterval = 90 * 86_400
    private let store: any Store

    public init(store: any Store) { self.store = store }

    /// Of an app, those that end last first.
    public func overrides(of app: String) async throws(StoreError) -> [GateOverride] {
        try await store.query(partition: Self.partition(app)).compactMap { (try? JSON(parsing: $0.body)).flatMap(GateOverride.init) }
            .sorted { ($0.until, $0.id) > ($1.until, $1.id) }
    }

    /// - Throws: ``BookError``, `StoreError`.
    public func open(reason: String, until: Date, by person: String, for app: String, now: Date) async throws -> GateOverride {
        let override = try GateOverride(id: Self.newID(), reason: reason, until: until, openedBy: person, now: now)
        guard try await overrides(of: app).count(where: { $0.isOpen(at: now) }) < Self.mostOpen else {
            throw BookError("\(app) has \(Self.mostOpen) open overrides: sign one of them, or wait until they end")
        }
        try await store.write([write(override, app, .absent)])
        return override
    }

    /// - Returns: nil where there is no such override.
    /// - Throws: ``BookError``, `StoreError`.
    public func sign(_ id: String, of app: String, _ signature: GateOverride.Signature) async throws -> GateOverride? {
        try await change(id, app) { override throws(BookError) in try override.sign(signature) }
    }

    /// Uses an override up.
    ///
    /// - Returns: false when another deploy was quicker, or it is not in force any more.
    public func use(_ id: String, of app: String, by deploy: String, now: Date) async throws -> Bool {
        do {
            return try await change(id, app) { override throws(BookError) in
                guard override.isInForce(at: now) else { throw BookError("the override is not in force") }
                override.use(by: deploy)
            } != nil
        } catch is BookError {
            return false
        }
    }

    private func change(
        _ id: String, _ app: String, _ body: (inout GateOverride) throws(BookError) -> Void
    ) async throws -> GateOverride? {
        while true {
            guard let item = try await store.get(Self.key(id, app)), let json = try? JSON(parsing: item.body),
                var override = GateOverride(json)
            else { return nil }
            try body(&override)
            do {
                try await store.write([write(override, app, .version(item.version))])
                return override
            } catch {
                guard case .conditionFailed = error else { throw error }  // somebody else signed or used it meanwhile: look again
            }
        }
    }

    private func write(_ override: GateOverride, _ app: String, _ condition: StoreCondition) -> StoreWrite {
        .put(Self.key(override.id, app), body: override.record.bytes, condition: condition, expiry: override.until + Self.memory)
    }

    private static func newID() -> String { String(UUID().uuidString.lowercased().prefix(8)) }
    private static func partition(_ app: String) -> String { "objectives/overrides/\(app)" }
    private static func key(_ id: String, _ app: String) -> StoreKey { StoreKey(partition: partition(app), sort: id) }
}
