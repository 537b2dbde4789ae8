import Foundation
import Logging
import SystemPackage

/// The process that carries the traffic: HAProxy in master-worker mode, kept running and kept in agreement with the wanted data plane.
///
/// Servers come and go by commands to the running workers; for everything else the configuration is loaded again. Either way the file
/// on disk is written first, so that a crash ends in the wanted state.
actor HAProxy {
    struct Settings: Sendable {
        /// Where the configuration and the sockets are; its path must be short enough for a socket's (about 80 bytes).
        var directory: String
        var address = "127.0.0.1"
        var threads = 1
        var maximumConnections = 2000
        /// How long a worker may live on after a reload, in seconds: the longest time that requests get to drain.
        var hardStopAfter = 300
        /// The least time between two reloads.
        var reloadInterval = Duration.milliseconds(500)
        /// Where haproxy is looked for.
        var environment: [String: String]

        var configurationPath: String { "\(directory)/haproxy.cfg" }
        var masterSocket: String { "\(directory)/master.sock" }
        var statsSocket: String { "\(directory)/stats.sock" }
        var accessLogSocket: String { "\(directory)/access.sock" }
        var exporterSocket: String { "\(directory)/exporter.sock" }
        var delayScript: String { "\(directory)/delay.lua" }

        var configuration: HAProxyConfiguration.Settings {
            .init(
                statsSocket: statsSocket, accessLogSocket: accessLogSocket, exporterSocket: exporterSocket, delayScript: delayScript,
                address: address, threads: threads,
                maximumConnections: min(maximumConnections, Self.possibleConnections), hardStopAfter: hardStopAfter)
        }

        /// A connection takes two open files: one to the client, one to the target.
        private static var possibleConnections: Int {
            var limit = rlimit()
            guard getrlimit(.init(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return .max }
            return max(Int(clamping: limit.rlim_max) - 100, 100) / 2
        }
    }

    /// What happened to the process, newest last. One reader.
    nonisolated let events: AsyncStream<HAProxyEvent>
    let settings: Settings
    let master: MasterSocket
    let logger: Logger
    let wakeup = Wakeup()
    private let feed: AsyncStream<HAProxyEvent>.Continuation

    var desired: DataPlane
    /// Counts the calls of ``apply(_:)``.
    var generation = 0
    var appliedGeneration = 0
    /// What the running workers do; nil while none is running.
    var inForce: DataPlane?
    /// Ports of listeners that another process has.
    var blockedPorts: Set<Int> = []
    var lastReload: ContinuousClock.Instant?
    /// The last lines that the process wrote.
    var lastWords: [String] = []
    private var waiters: [(generation: Int, continuation: CheckedContinuation<Void, any Error>)] = []
    private var hasStopped = false

    /// - Parameter entryPort: where all load balancers answer.
    init(settings: Settings, entryPort: Int, logger: Logger) {
        self.settings = settings
        self.logger = logger
        master = MasterSocket(path: settings.masterSocket)
        desired = DataPlane(LoadBalancingState(), entryPort: entryPort)
        (events, feed) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(64))
    }

    /// Makes `desired` what HAProxy does, and returns when it is in force. Calls that come while one is being carried out become one.
    ///
    /// - Throws: ``HAProxyError`` when it could not be put in force; it stays wanted and is tried again.
    func apply(_ desired: DataPlane) async throws {
        guard !hasStopped else { throw HAProxyError(code: .stopped, message: "the load balancer has been stopped") }
        self.desired = desired
        generation += 1
        let generation = generation
        wakeup.wake()
        try await withCheckedThrowingContinuation { waiters.append((generation, $0)) }
    }

    /// The requests in flight to a target, in all workers.
    ///
    /// - Parameter group: the ARN of the target group.
    /// - Returns: nil when that cannot be found out now, as while the configuration is loaded again.
    func inFlight(group: String, target: TargetKey) async -> Int? {
        await inFlight(group: group).map { $0[target.serverName] ?? 0 }
    }

    /// The requests in flight to each target of a group, by ``TargetKey/serverName``; none when HAProxy is not running.
    ///
    /// - Returns: nil when that cannot be found out now, as while the configuration is loaded again.
    func inFlight(group: String) async -> [String: Int]? {
        guard let inForce else { return [:] }
        guard let pool = inForce.pools.first(where: { $0.group == group }) else { return [:] }
        guard let processes = try? await master.processes(), !processes.workers.isEmpty else { return nil }
        var counts: [String: Int] = [:]
        for worker in processes.workers + processes.oldWorkers {
            guard let answer = try? await master.run([ServerStatistics.command(pool: pool.name)], in: worker) else { return nil }
            for server in ServerStatistics.parse(answer) { counts[server.name, default: 0] += server.current }
        }
        return counts
    }

    /// Keeps HAProxy running until the task is cancelled.
    ///
    /// - Throws: ``HAProxyError`` when it cannot be started the first time: it is not installed, or its port is taken.
    func run() async throws {
        defer { stop() }
        let file = ConfigurationFile(
            path: settings.configurationPath, executable: try HAProxyConfiguration.Settings.executable(environment: settings.environment))
        try await prepare()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await self.supervise(file) }
            group.addTask { await self.followDesired(file) }
            try await group.next()
            group.cancelAll()
        }
    }

    func emit(_ event: HAProxyEvent) { feed.yield(event) }

    /// Answers the callers whose wish is in force, or could not be fulfilled.
    func answer(upTo generation: Int, _ result: Result<Void, any Error>) {
        let answered = waiters.filter { $0.generation <= generation }
        waiters.removeAll { $0.generation <= generation }
        for waiter in answered { waiter.continuation.resume(with: result) }
    }

    /// The wanted data plane without listeners whose port another process has.
    func attainable() -> DataPlane {
        let open = Set(inForce?.frontends.map(\.port) ?? [])
        var plane = desired
        var blocked: Set<Int> = []
        for frontend in desired.frontends where !frontend.isEntry && !open.contains(frontend.port) {
            if PortOccupant.isFree(frontend.port, address: settings.address) { continue }
            blocked.insert(frontend.port)
            guard !blockedPorts.contains(frontend.port) else { continue }
            let error = PortOccupant.error(port: frontend.port, use: "the listener of \(frontend.sites.map(\.host).joined(separator: ", "))")
            logger.warning("\(error)")
            emit(.listenerUnavailable(port: frontend.port, message: error.message))
        }
        blockedPorts = blocked
        plane.frontends.removeAll { blocked.contains($0.port) }
        return plane
    }

    private func stop() {
        hasStopped = true
        inForce = nil
        answer(upTo: .max, .failure(HAProxyError(code: .stopped, message: "the load balancer has been stopped")))
        feed.finish()
    }
}
