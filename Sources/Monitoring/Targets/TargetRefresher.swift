public import Definitions
import Foundation
public import Logging
public import ServiceLifecycle

/// Keeps the list of targets in memory, and reads the clusters again and again.
public actor TargetRefresher: Service {
    public struct Settings: Sendable {
        public var clusters: [WatchedCluster]
        /// From the end of a reading to the next.
        public var interval: Duration = .seconds(15)
        /// Calls at once for each cluster, and clusters at once.
        public var concurrency = 4
        /// Shared by all clusters; nil for the local engine, which has no limits.
        public var pace: CallPace?
        /// Groups that are there in any case: exporters of the platform.
        public var fixed: [TargetGroup] = []
        /// For so long there is no list while a cluster has never been read: Prometheus keeps the one that it has.
        public var patience: Duration = .seconds(60)

        public init(clusters: [WatchedCluster]) { self.clusters = clusters }
    }

    private let settings: Settings
    private let catalog: @Sendable () async -> Catalog
    private let logger: Logger
    private let start = ContinuousClock.now
    private var tasks: [Int: [ObservedTask]] = [:]
    /// Task definitions never change, so that each is read once.
    private var ports: TargetList.Ports = [:]
    public private(set) var status = TargetStatus()
    /// The document for Prometheus, ready to be sent. Nil until there is one: answer with an error then, never with an empty list.
    public private(set) var document: [UInt8]?

    /// - Parameter catalog: the catalog in force, asked for at every reading.
    public init(_ settings: Settings, catalog: @escaping @Sendable () async -> Catalog, logger: Logger) {
        self.settings = settings
        self.catalog = catalog
        self.logger = logger
        status.clusters = settings.clusters.map { .init(environment: $0.environment, cluster: $0.cluster) }
    }

    public func run() async throws {
        while !Task.isShuttingDownGracefully, !Task.isCancelled {
            await cancelWhenGracefulShutdown {
                await self.refresh()
                try? await Task.sleep(for: self.settings.interval)
            }
        }
    }

    private struct Reading: Sendable {
        let index: Int
        let result: Result<[ObservedTask], any Error>
    }

    /// Reads all clusters once. One that fails keeps the tasks that it had.
    public func refresh() async {
        let began = ContinuousClock.now
        let catalog = await catalog()
        await withTaskGroup(of: Reading.self) { group in
            for index in settings.clusters.indices {
                if index >= settings.concurrency, let done = await group.next() { note(done) }
                let reader = reader(index)
                group.addTask {
                    do { return Reading(index: index, result: .success(try await reader.tasks())) } catch {
                        return Reading(index: index, result: .failure(error))
                    }
                }
            }
            for await done in group { note(done) }
        }
        guard !Task.isCancelled else { return }
        await readPorts(for: catalog)
        let elapsed = (ContinuousClock.now - began).components
        status.duration = Double(elapsed.seconds) + Double(elapsed.attoseconds) / 1e18
        let isComplete = tasks.count == settings.clusters.count
        guard isComplete || !tasks.isEmpty && ContinuousClock.now - start > settings.patience else { return }
        let observed = settings.clusters.enumerated().map { index, cluster in
            ObservedCluster(environment: cluster.environment, cluster: cluster.cluster, host: cluster.host, tasks: tasks[index] ?? [])
        }
        let (list, bytes) = await Self.render(observed, ports, catalog, settings.fixed)
        document = bytes
        status.targets = list.groups.reduce(0) { $0 + $1.targets.count }
        status.unreachable = list.unreachable
    }

    @concurrent private static func render(
        _ clusters: [ObservedCluster], _ ports: TargetList.Ports, _ catalog: Catalog, _ fixed: [TargetGroup]
    ) async -> (TargetList, [UInt8]) {
        let list = TargetList(clusters, ports: ports, catalog: catalog, fixed: fixed)
        return (list, list.groups.discoveryDocument)
    }

    private func reader(_ index: Int) -> ClusterReader {
        ClusterReader(cluster: settings.clusters[index], pace: settings.pace, concurrency: settings.concurrency)
    }

    private func note(_ reading: Reading) {
        switch reading.result {
        case .success(let seen):
            tasks[reading.index] = seen
            status.clusters[reading.index].lastSuccess = Date()
            status.clusters[reading.index].lastError = nil
            status.clusters[reading.index].tasks = seen.count
        case .failure(let error):
            guard !(error is CancellationError), !Task.isCancelled else { return }
            let cluster = status.clusters[reading.index]
            // An engine that starts beside this one needs a moment.
            let isStarting = cluster.lastSuccess == nil && ContinuousClock.now - start < .seconds(10)
            if cluster.lastError == nil, !isStarting {
                logger.warning(
                    "the tasks of a cluster cannot be read; its targets stay as they were",
                    metadata: ["environment": "\(cluster.environment)", "cluster": "\(cluster.cluster)", "error": "\(error)"])
            }
            status.clusters[reading.index].failures += 1
            status.clusters[reading.index].lastError = isStarting ? nil : "\(error)"
        }
    }

    /// Reads the task definitions that are new among the tasks with addresses of their own: those say nowhere else which ports they have open.
    private func readPorts(for catalog: Catalog) async {
        var seen: Set<String> = []
        for (index, tasks) in tasks {
            let reader = reader(index)
            for task in tasks where task.hasOwnAddress && catalog.apps[task.family]?.monitoring?.port != nil {
                guard seen.insert(task.taskDefinition).inserted, ports[task.taskDefinition] == nil else { continue }
                // without an answer the definition's port is taken, and the next reading asks again
                if let found = try? await reader.ports(of: task.taskDefinition) { ports[task.taskDefinition] = found }
            }
        }
        ports = ports.filter { seen.contains($0.key) }
    }
}
