import Foundation

/// Why a task is to stop, in ECS's words.
struct StopReason: Sendable, Hashable, Codable {
    enum Code: String, Sendable, Hashable, Codable {
        case taskFailedToStart = "TaskFailedToStart"
        case essentialContainerExited = "EssentialContainerExited"
        case userInitiated = "UserInitiated"
        case serviceSchedulerInitiated = "ServiceSchedulerInitiated"
        case spotInterruption = "SpotInterruption"
        case terminationNotice = "TerminationNotice"
        case infrastructureHealth = "InfrastructureHealth"
    }

    let code: Code
    /// The task's `stoppedReason`.
    let text: String

    init(_ code: Code, _ text: String) {
        self.code = code
        self.text = text
    }
}

/// How a task stands, in ECS's words: what its observer sees, and what the engine keeps across a restart.
struct TaskSnapshot: Sendable, Hashable, Codable {
    enum Status: String, Sendable, Hashable, Codable {
        case pending = "PENDING"
        case running = "RUNNING"
        case stopping = "STOPPING"
        case stopped = "STOPPED"
    }

    /// A port as clients reach it.
    struct Binding: Sendable, Hashable, Codable {
        var bindIP: String
        var containerPort: Int
        var hostPort: Int
        /// `tcp` or `udp`.
        var transport: String
    }

    struct Container: Sendable, Hashable, Codable {
        var name: String
        /// The name in Docker.
        var dockerName: String
        var dockerID: String?
        var image: String
        /// The image's digest, or its id if it came from no registry.
        var imageDigest: String?
        /// PENDING, RUNNING or STOPPED.
        var status: Status
        /// Nil for a container that never ran.
        var exitCode: Int?
        /// `ErrorName: text`
        var reason: String?
        /// Nil if it has no health check.
        var health: ContainerHealth?
        var bindings: [Binding] = []
        /// The address on Docker's bridge, if it has one.
        var ip: String?
        var startedAt: Date?
        var finishedAt: Date?
        var restartCount: Int = 0
    }

    var containers: [Container]
    var status: Status
    /// Over the essential containers that have a health check.
    var health: ContainerHealth
    var stop: StopReason?
    var pullStartedAt: Date?
    var pullStoppedAt: Date?
    /// When all containers had started.
    var startedAt: Date?
    var stoppingAt: Date?
    /// When the first essential container ended, or the last container.
    var executionStoppedAt: Date?
    var stoppedAt: Date?
}

extension TaskSnapshot {
    /// How a task stood when it was last written down: what a later process starts from.
    init(_ task: ECSTask) {
        let isStopping = task.lastStatus == .stopping  // a task that drains before it stops still runs
        self.init(
            containers: task.containers.map { container in
                Container(
                    name: container.name, dockerName: "", dockerID: container.runtimeID, image: container.image, imageDigest: container.imageDigest,
                    status: Status(rawValue: container.lastStatus) ?? .pending, exitCode: container.exitCode, reason: container.reason,
                    health: ContainerHealth(rawValue: container.health.rawValue), startedAt: container.startedAt)
            },
            status: task.isStopped ? .stopped : isStopping ? .stopping : task.startedAt == nil ? .pending : .running,
            health: ContainerHealth(rawValue: task.healthStatus.rawValue) ?? .unknown, stop: isStopping ? StopReason(task) : nil,
            pullStartedAt: task.pullStartedAt, pullStoppedAt: task.pullStoppedAt, startedAt: task.startedAt, stoppingAt: task.stoppingAt,
            executionStoppedAt: task.executionStoppedAt, stoppedAt: task.stoppedAt)
    }
}
