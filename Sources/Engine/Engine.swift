import Foundation
import Hummingbird
public import Logging
public import ServiceLifecycle
import ServiceModel
import Store

/// A local ECS: the API, the scheduler, Docker and HAProxy, put together and kept running.
public struct Engine: Service {
    private let configuration: EngineConfiguration
    private let logger: Logger
    private let onReady: @Sendable () async -> Void

    /// - Parameter onReady: called once the API answers and HAProxy carries what the state says.
    public init(_ configuration: EngineConfiguration, logger: Logger, onReady: @escaping @Sendable () async -> Void = {}) {
        self.configuration = configuration
        self.logger = logger
        self.onReady = onReady
    }

    /// Runs until it is cancelled or shut down gracefully. Containers go on running; the next start adopts them.
    ///
    /// - Throws: ``EngineStartError`` and the errors of Docker, HAProxy and the store, each with what to do.
    public func run() async throws {
        let lock = try DirectoryLock.acquire(configuration.dataDirectory)
        let docker = DockerClient(socket: configuration.dockerSocket)
        do {
            try await run(docker)
        } catch {
            try? await docker.shutdown()
            throw error
        }
        try await docker.shutdown()
        _ = consume lock
    }

    private func run(_ docker: DockerClient) async throws {
        let store = try SQLiteStore(path: "\(configuration.dataDirectory)/engine.sqlite")
        let identity = try await Identity.load(from: store)
        let alarm = Alarm()
        let machine = try await identity.machine(docker)
        let core = try await EngineCore(
            store: store, timing: configuration.timing, locality: configuration.locality, machine: machine,
            entryPort: configuration.entryPort, alarm: alarm, logger: logger)
        let observer = CoreObserver(core: core)
        let supervisor = TaskSupervisor(
            docker: docker, engineID: identity.engineID, observer: observer, logger: logger,
            options: .init(firstProbe: configuration.timing.healthCheckFirstInterval))
        let balancing = HAProxy.Settings(
            directory: configuration.dataDirectory, address: configuration.host, environment: configuration.environment)
        let balancer = HAProxy(settings: balancing, entryPort: configuration.entryPort, logger: logger)
        let accessLog = AccessLog()
        let usage = ContainerUsage(docker: docker, machineMemory: Double(machine.memory) * 1_048_576)
        let checker = HealthChecker(
            observer: observer, firstInterval: configuration.timing.healthCheckFirstInterval,
            wrongAnswerInterval: configuration.timing.wrongAnswerInterval)
        let dataPlane = DataPlaneKeeper(core: core, balancer: balancer, entryPort: configuration.entryPort, logger: logger)
        let front = APIFront(
            core: core, logs: LogsAPI(core: core, docker: docker, locality: configuration.locality),
            metrics: EngineMetrics(
                core: core, accessLog: accessLog, usage: usage,
                cores: machine.cpu / 1024, exporterSocket: balancing.exporterSocket),
            locality: configuration.locality, logger: logger)

        try await createDefaultCluster(core)
        try await adopt(core, supervisor)
        try await withThrowingTaskGroup(of: Void.self) { parts in
            parts.addTask { await supervisor.run() }
            parts.addTask { try await balancer.run() }
            parts.addTask { await usage.run() }
            parts.addTask { try await accessLog.run(path: balancing.accessLogSocket) }
            parts.addTask { await checker.run() }
            parts.addTask { await dataPlane.run() }
            parts.addTask { await logEvents(of: balancer) }
            parts.addTask { for await _ in alarm.rings { await core.wakeUp() } }
            parts.addTask { await carryOut(core, supervisor, checker, dataPlane) }
            parts.addTask {
                await core.wakeUp()
                await checker.update(core.loadBalancingState.checkedTargets())
                try await dataPlane.applyNow()
                try await serve(front)
                throw Ended()
            }
            // The front ends the engine by a graceful shutdown, any other part by its error.
            defer { parts.cancelAll() }
            do { while try await parts.next() != nil {} } catch is Ended {}
        }
    }

    private struct Ended: Error {}

    private func serve(_ front: APIFront) async throws {
        let application = Application(
            router: front.routes(),
            configuration: .init(address: .hostname(configuration.host, port: configuration.port), serverName: "jubako-engine"),
            onServerRunning: { _ in await onReady() }, logger: logger)
        do {
            try await application.run()
        } catch {
            guard !PortOccupant.isFree(configuration.port, address: configuration.host) else { throw error }
            throw PortOccupant.error(port: configuration.port, use: "the engine's API", option: "--port")
        }
    }

    /// ECS has a cluster called `default` for whoever names none.
    private func createDefaultCluster(_ core: EngineCore) async throws {
        _ = try await core.change { (change) throws(EngineError) in try change.createCluster([:]) }
    }

    /// Takes over the containers of an earlier process: those of known tasks go on, others are removed.
    private func adopt(_ core: EngineCore, _ supervisor: TaskSupervisor) async throws {
        let containers = try await supervisor.containers()
        for (task, definition) in await core.unfinishedTasks {
            await supervisor.adopt(TaskSpec(task, definition), containers: containers[task.id] ?? [], previous: TaskSnapshot(task))
            if task.lastStatus == .stopping { await supervisor.stop(taskID: task.id, reason: StopReason(task)) }
        }
        let known = await core.knownTasks
        for task in containers.keys where !known.contains(task) { await supervisor.remove(taskID: task) }
    }

    /// Does outside what the state wants done.
    private func carryOut(_ core: EngineCore, _ supervisor: TaskSupervisor, _ checker: HealthChecker, _ dataPlane: DataPlaneKeeper) async {
        for await order in core.orders {
            switch order {
            case .run(let task, let definition): await supervisor.run(TaskSpec(task, definition))
            case .stop(let task): await supervisor.stop(taskID: task.id, reason: StopReason(task))
            case .kill(let task): for container in task.containers { if let id = container.runtimeID { await supervisor.kill(containerID: id) } }
            case .remove(let id): await supervisor.remove(taskID: id)
            case .loadBalancingChanged:
                await checker.update(core.loadBalancingState.checkedTargets())
                dataPlane.changed()
            }
        }
    }

    private func logEvents(of balancer: HAProxy) async {
        for await event in balancer.events {
            switch event {
            case .started(let id): logger.info("haproxy runs", metadata: ["pid": "\(id)"])
            case .reloaded: logger.debug("haproxy reloaded")
            case .exited(let reason): logger.warning("haproxy ended and is started again", metadata: ["reason": "\(reason)"])
            case .startFailed(let reason): logger.error("haproxy does not start", metadata: ["reason": "\(reason)"])
            case .listenerUnavailable(_, let message): logger.warning("\(message)")
            }
        }
    }
}

/// Brings what is observed outside into the state.
private struct CoreObserver: TaskObserver, TargetHealthObserver {
    let core: EngineCore

    func taskChanged(_ taskID: String, _ snapshot: TaskSnapshot) async {
        await core.note { $0.observe(snapshot, of: taskID) }
    }

    func targetHealthChanged(_ target: CheckedTarget, to health: TargetHealth) async {
        await core.note { $0.observe(health, of: target) }
    }
}

extension TaskSpec {
    init(_ task: ECSTask, _ definition: TaskDefinition) {
        self.init(
            id: task.id, arn: task.arn, cluster: task.cluster, family: definition.family, revision: definition.revision,
            taskDefinition: definition.body,
            overrides: task.overrides)
    }
}

extension StopReason {
    /// Why a task that is to stop does.
    init(_ task: ECSTask) {
        self.init(task.stopCode.flatMap(Code.init(rawValue:)) ?? .userInitiated, task.stoppedReason ?? "")
    }
}
