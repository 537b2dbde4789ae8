public import Alerting
import Console
import Foundation
import Store

/// "Who would be told?" by the definitions repository alone: what was set on a server, and its silences, are not known here.
public struct RepositorySimulation: Sendable {
    private let simulation: AlertSimulation

    /// - Parameter repository: the folder with `jubako.yml`.
    /// - Throws: ``StandaloneServerError`` when it is none.
    public init(repository: String, environment: [String: String]) async throws {
        guard FileManager.default.fileExists(atPath: "\(repository)/jubako.yml") else {
            throw StandaloneServerError("\(repository) has no jubako.yml: name the root of the definitions repository with --definitions")
        }
        let store = try SQLiteStore.inMemory()
        let catalog = await DefinitionsRepository(root: repository).catalog(environment: environment)
        let router = AlertRouter(
            settings: ChannelSettings(store: store), owners: CatalogOwners(catalog: catalog), proofs: ProofRecords(store: store))
        simulation = AlertSimulation(router: router, links: AlertLinks(console: nil), silences: { [] })
    }

    /// Follows an alert with these labels and tells nobody.
    public func simulate(labels: [String: String], annotations: [String: String]) async throws -> AlertSimulation.Result {
        try await simulation.simulate(Alert(labels: labels, annotations: annotations, startsAt: Date()))
    }
}
