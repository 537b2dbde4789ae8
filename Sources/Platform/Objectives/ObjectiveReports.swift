import Console
public import Definitions
public import Foundation
public import Monitoring
public import Objectives
import Store

/// How objectives stand, by a Prometheus alone: for the command line, where no server answers.
public struct ObjectiveReports: Sendable {
    /// Reads everything anew; nothing is kept.
    public static func standings(
        _ definitions: [Definition], objective: String? = nil, prometheus: any PrometheusQueries, now: Date = Date()
    ) async throws -> [Standing] {
        let ledger = ObjectiveLedger(store: try SQLiteStore.inMemory())
        let bookkeeper = Bookkeeper(ledger: ledger, source: PrometheusSeries(prometheus))
        var standings: [Standing] = []
        for definition in definitions {
            let all = try await bookkeeper.standings(
                app: definition.appID, team: definition.owner, objectives: definition.objectives, now: now)
            standings += all.filter { objective == nil || $0.objective.name == objective }
        }
        return standings
    }
}
