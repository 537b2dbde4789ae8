import Definitions
import Deployments
import Foundation
import Objectives
import ServiceModel

/// Asks the objectives whether a deploy may go on.
struct DeployGate: Sendable {
    /// Nil on a server without a Prometheus.
    let books: ObjectiveBooks?
    let overrides: OverrideBook
    let desk: ReleaseDesk
    let catalog: LiveCatalog

    /// How the gate stands, and by what.
    struct Look: Sendable {
        let decision: GateDecision
        let policy: GatePolicy
        /// Nil where nobody knows.
        let environment: String?
        let overrides: [GateOverride]
    }

    /// Where nothing is known of an app's rollbacks, in minutes.
    private static let usualMinutes = 5.0

    /// Looks and changes nothing.
    ///
    /// - Parameter environment: where the deploy goes; nil for where the app runs, if that is one place only.
    func look(_ app: String, environment given: String? = nil, labels: Set<String> = [], now: Date = Date()) async throws -> Look {
        let catalog = await catalog.catalog
        let entry = catalog.apps[app]
        let environment = if let given { given } else { await desk.environment(of: app) }
        let policy = catalog.organization.gate(environment: environment, team: entry?.team)
        let all = try await overrides.overrides(of: app)
        func result(_ decision: GateDecision) -> Look {
            Look(decision: decision, policy: policy, environment: environment, overrides: all)
        }
        guard let entry, !entry.objectives.isEmpty else { return result(GateDecision(policy: policy, standings: [], now: now)) }
        guard let books else { return result(GateDecision(policy: policy, unreachable: "the server knows no Prometheus")) }
        let standings: [Standing]
        let quote: Quote?
        do {
            // A promise of another environment has nothing to do with this deploy.
            standings = try await books.standings(entry, upToNow: true, now: now).filter { standing in
                environment == nil || standing.objective.environment == nil || standing.objective.environment == environment
            }
            quote = try await self.quote(standings, entry, books, now)
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            return result(GateDecision(policy: policy, unreachable: "\(error)"))
        }
        return result(GateDecision(policy: policy, standings: standings, labels: labels, overrides: all, quote: quote, now: now))
    }

    /// Decides on a deploy. An override that lets it pass is used up.
    ///
    /// - Parameter deploy: names it, for whoever looks at the override later.
    func decide(_ app: String, environment: String?, labels: Set<String>, deploy: String) async throws -> Look {
        while true {
            let now = Date()
            let look = try await look(app, environment: environment, labels: labels, now: now)
            guard case .override(let override) = look.decision.exception else { return look }
            // another deploy may have been quicker: then the next override counts, or none
            if try await overrides.use(override.id, of: app, by: deploy, now: now) { return look }
        }
    }

    /// The worst that a deploy could cost the objective that has the least left.
    private func quote(_ standings: [Standing], _ app: Catalog.App, _ books: ObjectiveBooks, _ now: Date) async throws -> Quote? {
        let counted = standings.filter { standing in
            if case .composite = standing.objective.indicator { return false }
            return standing.budget.remaining != nil
        }
        guard let worst = counted.min(by: { ($0.budget.remaining ?? 1) < ($1.budget.remaining ?? 1) }) else { return nil }
        let traffic = try await books.bookkeeper.traffic(worst.objective, app: app.name, now: now)
        return Quote(
            traffic: traffic, share: Self.share(app.definition), minutes: try await minutesToRollback(of: app.name), budget: worst.budget)
    }

    /// The part of the requests that new tasks get until it is seen that they fail: new ones of all that may run at once.
    static func share(_ definition: Definition) -> Double {
        let configuration = definition.service["deploymentConfiguration"]
        let most = configuration["maximumPercent"].double ?? 200
        let least = min(configuration["minimumHealthyPercent"].double ?? 100, 100)
        let new = min(100, most - least)
        guard new > 0, least >= 0, definition.service["desiredCount"].int != 0 else { return 1 }
        return new / (new + least)
    }

    /// The usual time of the app's deploys: the median of the last ones that arrived, of 10 seconds to an hour.
    private func minutesToRollback(of app: String) async throws -> Double {
        let times = try await desk.book.releases(of: app).releases.compactMap { release -> TimeInterval? in
            guard release.kind == .deploy, release.outcome == "deployed", let end = release.endedAt else { return nil }
            return end.timeIntervalSince(release.startedAt)
        }.sorted()
        guard !times.isEmpty else { return Self.usualMinutes }
        return min(3_600, max(10, times[times.count / 2])) / 60
    }
}
