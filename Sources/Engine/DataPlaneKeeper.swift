import Foundation
import Logging

/// Keeps HAProxy in agreement with the state, and watches drains: a target that is out of rotation and has nothing in flight may go.
struct DataPlaneKeeper: Sendable {
    private let core: EngineCore
    private let balancer: HAProxy
    private let entryPort: Int
    private let logger: Logger
    private let changes: AsyncStream<Void>
    private let change: AsyncStream<Void>.Continuation

    /// Between two looks at what is in flight.
    private static let drainPace = Duration.milliseconds(50)

    init(core: EngineCore, balancer: HAProxy, entryPort: Int, logger: Logger) {
        self.core = core
        self.balancer = balancer
        self.entryPort = entryPort
        self.logger = logger
        (changes, change) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// The state of load balancing is another. Bursts become one change.
    func changed() { change.yield() }

    /// Puts the state in force.
    ///
    /// - Returns: the targets that were draining when it was read: no new request reaches them any more.
    @discardableResult
    func applyNow() async throws -> Set<ECSTask.Target> {
        let (state, draining) = await core.dataPlane
        try await balancer.apply(DataPlane(state, entryPort: entryPort))
        await core.noteInForce(state)
        return draining
    }

    func run() async {
        await withDiscardingTaskGroup { group in
            var watched: Set<ECSTask.Target> = []
            for await _ in changes {
                do {
                    let draining = try await applyNow()
                    let new = draining.subtracting(watched)
                    watched = draining
                    if !new.isEmpty { group.addTask { await watchDrain(of: new) } }
                } catch {
                    logger.error("the load balancer does not have the newest targets yet", metadata: ["error": "\(error)"])
                    try? await Task.sleep(for: .seconds(1))
                    changed()
                }
            }
            group.cancelAll()
        }
    }

    private func watchDrain(of targets: Set<ECSTask.Target>) async {
        var waiting = targets
        while !waiting.isEmpty, !Task.isCancelled {
            var idle: Set<ECSTask.Target> = []
            for (group, members) in Dictionary(grouping: waiting, by: \.targetGroup) {
                // while that cannot be told, as in the middle of a reload, nobody counts as idle
                guard let inFlight = await balancer.inFlight(group: group) else { continue }
                idle.formUnion(members.filter { inFlight[$0.key.serverName] ?? 0 == 0 })
            }
            if !idle.isEmpty { await core.noteIdle(idle) }
            waiting.subtract(idle)
            waiting.formIntersection(await core.dataPlane.draining)
            if !waiting.isEmpty { try? await Task.sleep(for: Self.drainPace) }
        }
    }
}
