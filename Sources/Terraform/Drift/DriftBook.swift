public import Foundation
public import ServiceModel
public import Store

/// What was found when somebody last looked at each project, as the server remembers it.
///
/// Items: partition `terraform/drift`, sort key the project.
public struct DriftBook: Sendable {
    /// So many resources of a project are named.
    public static let mostResources = 500
    private static let partition = "terraform/drift"
    private let store: any Store

    public init(store: any Store) { self.store = store }

    /// What changed by a look.
    public enum News: Sendable, Hashable {
        case none
        /// There is drift that was not there at the look before.
        case found
        /// There is none any more.
        case gone
    }

    /// By project, those with drift first.
    public func reports() async throws(StoreError) -> [JSON] {
        let found = try await store.query(partition: Self.partition).compactMap { try? JSON(parsing: $0.body) }
        return found.filter { $0["drift"].bool == true } + found.filter { $0["drift"].bool != true }
    }

    public func report(of project: String) async throws(StoreError) -> JSON? {
        try await store.get(Self.key(project)).flatMap { try? JSON(parsing: $0.body) }
    }

    /// Keeps a look.
    ///
    /// - Parameter report: as ``DriftReport/json``.
    public func keep(_ report: JSON, of project: String, by person: String, now: Date) async throws(StoreError) -> News {
        let before = try await self.report(of: project)
        let resources = report["resources"].array.prefix(Self.mostResources)
        var kept: JSON = .object([
            "project": .string(project), "drift": .bool(!resources.isEmpty), "resources": .array(Array(resources)), "by": .string(person),
            "at": .string(now.formatted(.iso8601)),
        ])
        if !resources.isEmpty { kept["since"] = before?["drift"].bool == true ? before?["since"] ?? .null : kept["at"] }
        try await store.write([.put(Self.key(project), body: kept.bytes)])
        if resources.isEmpty { return before?["drift"].bool == true ? .gone : .none }
        return before?["resources"] == kept["resources"] ? .none : .found
    }

    private static func key(_ project: String) -> StoreKey { StoreKey(partition: partition, sort: project) }
}
