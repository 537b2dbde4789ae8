import Foundation
import ServiceModel

/// A task: the containers of one task definition revision, running together once.
struct ECSTask: Record {
    static let kind = "task"
    /// 32 hexadecimal digits.
    let id: String
    let arn: String
    let cluster: String
    /// `service:NAME` or `family:NAME`, as ECS names it.
    let groupName: String
    /// The ARN of the service, nil for a task started by itself.
    let service: String?
    /// The deployment's id for a service's task, else what the caller said.
    let startedBy: String?
    let taskDefinition: String
    var overrides: JSON = [:]
    var launchType = "EC2"
    var tags: JSON = []
    var enableExecuteCommand = false

    var desiredStatus = Status.running
    var lastStatus = Status.pending
    var containers: [Container]
    var healthStatus = Health.unknown
    var createdAt: Date
    var pullStartedAt: Date?
    var pullStoppedAt: Date?
    var startedAt: Date?
    var stoppingAt: Date?
    var executionStoppedAt: Date?
    var stoppedAt: Date?
    var stopCode: String?
    var stoppedReason: String?
    /// Counts the changes of state.
    var version = 1
    /// The load balancer targets that the task is registered as.
    var targets: [Target] = []
    /// When the task was first seen healthy.
    var healthySince: Date?
    /// CPU units and MiB that the task holds of the machine's.
    let reservation: Resources

    /// Tasks are found by their service, or by their cluster when they have none.
    var group: String? { service ?? "cluster/\(cluster)" }

    enum Status: String, Codable, Sendable {
        case provisioning = "PROVISIONING"
        case pending = "PENDING"
        case activating = "ACTIVATING"
        case running = "RUNNING"
        case deactivating = "DEACTIVATING"
        case stopping = "STOPPING"
        case deprovisioning = "DEPROVISIONING"
        case stopped = "STOPPED"
    }

    enum Health: String, Codable, Sendable {
        case healthy = "HEALTHY"
        case unhealthy = "UNHEALTHY"
        case unknown = "UNKNOWN"
    }

    struct Container: Codable, Sendable, Equatable {
        let name: String
        let arn: String
        var image: String
        var imageDigest: String?
        var runtimeID: String?
        var lastStatus = "PENDING"
        var exitCode: Int?
        var reason: String?
        var health = Health.unknown
        var networkBindings: JSON = []
        var essential: Bool
        var startedAt: Date?
    }

    /// One registration with a target group.
    struct Target: Codable, Sendable, Hashable {
        let targetGroup: String
        /// The id of the registered target: the container instance's.
        let id: String
        let port: Int
    }

    /// The task is on its way to run or runs: it counts as live.
    var isLive: Bool { desiredStatus == .running && lastStatus != .stopped }
    var isStopped: Bool { lastStatus == .stopped }
    var isRunning: Bool { isLive && lastStatus == .running }
}

/// CPU units (1,024 a core), memory in MiB, and host ports.
struct Resources: Codable, Sendable, Equatable {
    var cpu = 0
    var memory = 0
    /// Fixed host ports as `80/tcp`.
    var ports: Set<String> = []
}
