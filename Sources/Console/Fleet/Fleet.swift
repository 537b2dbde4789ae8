import AWS
import Definitions
import Foundation
import Logging
import Monitoring
import ServiceLifecycle
import ServiceModel

/// Keeps in memory how all apps do. Clusters are asked for everybody at once, never for one viewer.
actor Fleet: Service {
    private let clusters: [WatchedCluster]
    private let catalog: LiveCatalog
    private let firing: @Sendable () async -> [String: Int]
    private let hub: EventHub
    private let interval: Duration
    private let pace: CallPace?
    private let logger: Logger
    private let observe: @Sendable ([Sighting]) async -> Void
    private var services: [Place: JSON] = [:]
    private var failures: Set<String> = []
    /// Worst first, then by name.
    private(set) var apps: [FleetApp] = []
    /// The teams of all apps.
    private(set) var teams: [String] = []
    private var byName: [String: FleetApp] = [:]
    private var fingerprints: [String: String] = [:]
    private let details = SharedReadings<[JSON]>(age: .seconds(2))

    /// Where an app may run.
    private struct Place: Hashable {
        let environment: String
        let app: String
    }

    /// - Parameters:
    ///   - firing: how many alerts fire, by app.
    ///   - pace: of calls; nil for a cluster without limits.
    ///   - observe: is shown all services each time that they were read.
    init(
        clusters: [WatchedCluster], catalog: LiveCatalog, firing: @escaping @Sendable () async -> [String: Int], hub: EventHub, interval: Duration,
        pace: CallPace?, logger: Logger, observe: @escaping @Sendable ([Sighting]) async -> Void = { _ in }
    ) {
        self.clusters = clusters
        self.catalog = catalog
        self.firing = firing
        self.hub = hub
        self.interval = interval
        self.pace = pace
        self.logger = logger
        self.observe = observe
    }

    func run() async throws {
        while !Task.isShuttingDownGracefully, !Task.isCancelled {
            await cancelWhenGracefulShutdown {
                await self.refresh()
                try? await Task.sleep(for: self.interval)
            }
        }
    }

    func app(_ name: String) -> FleetApp? { byName[name] }

    /// Reads all services once, ten at a time, as ECS allows.
    func refresh() async {
        let catalog = await catalog.catalog
        var updated = ContinuousClock.now
        // What is not read yet is shown as that: with many apps and few calls a second the first reading takes minutes.
        if apps.isEmpty { await update(catalog) }
        for cluster in clusters {
            let names = catalog.apps.values.filter { $0.definition.cluster == cluster.cluster }.map(\.name).sorted()
            for start in stride(from: 0, to: names.count, by: 10) {
                guard !Task.isCancelled else { return }
                await read(Array(names[start..<min(start + 10, names.count)]), in: cluster)
                guard ContinuousClock.now - updated > interval else { continue }
                await update(catalog)
                updated = .now
            }
        }
        await update(catalog)
        await observe(sightings(catalog))
    }

    private func sightings(_ catalog: Catalog) -> [Sighting] {
        catalog.apps.values.flatMap { app in
            clusters.filter { $0.cluster == app.definition.cluster }.compactMap { place in
                services[Place(environment: place.environment, app: app.name)].flatMap {
                    $0.isNull ? nil : Sighting(app: app.name, environment: place.environment, service: $0)
                }
            }
        }
    }

    private func read(_ names: [String], in cluster: WatchedCluster) async {
        do {
            try await pace?.turn()
            let found = try await Self.describe(names, in: cluster)
            for name in names { services[Place(environment: cluster.environment, app: name)] = found[name] ?? .null }
            failures.remove(cluster.environment)
        } catch let error as AWSError where error.code == "ClusterNotFoundException" {
            for name in names { services[Place(environment: cluster.environment, app: name)] = .null }
        } catch {
            // What was known stays; the platform's page says that the cluster cannot be read.
            if failures.insert(cluster.environment).inserted {
                logger.info("services cannot be read", metadata: ["environment": "\(cluster.environment)", "error": "\(error)"])
            }
        }
    }

    /// Not on the actor: pages ask it meanwhile.
    @concurrent private static func describe(_ names: [String], in cluster: WatchedCluster) async throws -> [String: JSON] {
        let answer = try await cluster.calls.call(.ecs, "DescribeServices", ["cluster": .string(cluster.cluster), "services": JSON(names)])
        return Dictionary(answer["services"].array.map { ($0["serviceName"].string ?? "", trimmed($0)) }) { first, _ in first }
    }

    /// ECS tells the last hundred events of each service; thousands of services need not all be remembered so far back.
    private static func trimmed(_ service: JSON) -> JSON {
        var service = service
        service["events"] = .array(Array(service["events"].array.prefix(10)))
        return service
    }

    private func update(_ catalog: Catalog) async {
        let view = await Self.view(of: catalog, clusters, services, await firing())
        apps = view.apps
        teams = view.teams
        byName = view.byName
        let changed = view.fingerprints.filter { fingerprints[$0.key] != $0.value }.map(\.key)
        let isFirst = fingerprints.isEmpty
        fingerprints = view.fingerprints
        guard !isFirst, !changed.isEmpty else { return }
        // A change of everything at once is one event, not thousands of topics.
        await hub.publish(["apps"] + (changed.count > 100 ? [LiveEvent.everything] : changed.map { "app:\($0)" }))
    }

    private struct View: Sendable {
        let apps: [FleetApp]
        let byName: [String: FleetApp]
        let teams: [String]
        let fingerprints: [String: String]
    }

    /// All that pages show, worked out once for all of them.
    @concurrent private static func view(
        of catalog: Catalog, _ clusters: [WatchedCluster], _ services: [Place: JSON], _ firing: [String: Int]
    ) async -> View {
        var all: [FleetApp] = []
        for app in catalog.apps.values {
            let places = clusters.filter { $0.cluster == app.definition.cluster }
            // Where an app runs in several environments, the one where it does worst stands for it.
            let states = places.map { place in
                FleetApp(
                    name: app.name, team: app.team, environment: place.environment, cluster: place.cluster,
                    service: services[Place(environment: place.environment, app: app.name)], firing: firing[app.name] ?? 0)
            }
            if let worst = states.min(by: { rank($0) < rank($1) }) { all.append(worst) }
        }
        let ranked = all.map { (app: $0, rank: rank($0)) }.sorted { ($0.rank, $0.app.name) < ($1.rank, $1.app.name) }
        let byName = Dictionary(all.map { ($0.name, $0) }) { first, _ in first }
        return View(
            apps: ranked.map(\.app), byName: byName, teams: Set(all.compactMap(\.team)).sorted(), fingerprints: byName.mapValues(\.fingerprint))
    }

    private static func rank(_ app: FleetApp) -> Int { FleetApp.State.allCases.firstIndex(of: app.health.state) ?? 0 }

    // MARK: One app

    /// The tasks of an app, those that ended lately among them.
    ///
    /// - Throws: `AWSError`.
    func tasks(of app: FleetApp) async throws -> [JSON] {
        guard let cluster = clusters.first(where: { $0.environment == app.environment && $0.cluster == app.cluster }) else { return [] }
        return try await details.value("\(app.environment)/\(app.name)") {
            var arns: [JSON] = []
            for status in ["RUNNING", "STOPPED"] {
                let input: JSON = ["cluster": .string(app.cluster), "serviceName": .string(app.name), "desiredStatus": .string(status)]
                arns += try await cluster.calls.call(.ecs, "ListTasks", input)["taskArns"].array
            }
            if arns.isEmpty { return [] }
            let input: JSON = ["cluster": .string(app.cluster), "tasks": .array(Array(arns.prefix(100)))]
            return try await cluster.calls.call(.ecs, "DescribeTasks", input)["tasks"].array
        }
    }

    /// The connection to the cluster of an app.
    func calls(of app: FleetApp) -> (any ClusterCalls)? {
        clusters.first { $0.environment == app.environment && $0.cluster == app.cluster }?.calls
    }
}
