import Foundation
import ServiceModel

/// A service: a number of tasks that is kept running.
struct ECSService: Record {
    static let kind = "service"
    var id: String { arn }
    let arn: String
    let name: String
    let cluster: String
    var status = Status.active
    var desiredCount: Int
    /// The settings that callers give and DescribeServices returns: launchType, loadBalancers, deploymentConfiguration, …
    var settings: JSON
    var tags: JSON = []
    let createdAt: Date
    let clientToken: String?
    /// Newest first. Those that are over stay for ListServiceDeployments and rollbacks.
    var deployments: [Deployment] = []
    /// Newest first, at most ``eventLimit``.
    private(set) var events: [Event] = []
    /// Whether the last steady state was announced, so that it is announced once.
    var announcedSteady = false
    /// Tasks that ended without being asked to; nil in what an earlier version stored.
    var unexpectedStops: Int?
    /// When the service was drained or deleted.
    var deletedAt: Date?

    static let eventLimit = 100
    static let deploymentLimit = 20

    enum Status: String, Codable {
        case active = "ACTIVE"
        case draining = "DRAINING"
        case inactive = "INACTIVE"
    }

    struct Event: Codable, Sendable, Equatable {
        let id: String
        let createdAt: Date
        let message: String
    }

    /// Adds an event in ECS's form: `(service NAME) …`, or `(service NAME, taskSet ID) …`.
    mutating func say(_ message: String, taskSet: String? = nil, at now: Date) {
        let subject = taskSet.map { "(service \(name), taskSet \($0))" } ?? "(service \(name))"
        events.insert(Event(id: Identifier.uuid(), createdAt: now, message: "\(subject) \(message)"), at: 0)
        if events.count > Self.eventLimit { events.removeLast(events.count - Self.eventLimit) }
    }

    /// The deployment that the service is to become.
    var primary: Deployment? { deployments.first { $0.status == .primary } }

    mutating func updateDeployment(_ id: String, at now: Date, _ change: (inout Deployment) -> Void) {
        guard let index = deployments.firstIndex(where: { $0.id == id }) else { return }
        let old = deployments[index]
        change(&deployments[index])
        if deployments[index] != old { deployments[index].updatedAt = now }
    }

    var isDaemon: Bool { settings["schedulingStrategy"].string == "DAEMON" }
    var loadBalancers: [JSON] { settings["loadBalancers"].array }
    var healthCheckGracePeriod: Double { Double(settings["healthCheckGracePeriodSeconds"].int ?? 0) }
}

/// A rollout of one task definition to a service.
struct Deployment: Codable, Sendable, Equatable {
    /// `ecs-svc/` and 19 digits.
    let id: String
    var status = Status.primary
    let taskDefinition: String
    var desiredCount: Int
    var rolloutState = RolloutState.inProgress
    var rolloutStateReason: String
    let createdAt: Date
    var updatedAt: Date
    var startedAt: Date
    var finishedAt: Date?
    /// Consecutive failures: reset when a task becomes healthy.
    var failedTasks = 0
    var throttle = Throttle()
    /// The deployment that this one rolls back from.
    var rollsBackFrom: String?
    /// The circuit breaker or a caller ended it.
    var wasRolledBack = false
    /// Tasks that were ever started by it.
    var startedTasks = 0
    let revision: String

    enum Status: String, Codable {
        case primary = "PRIMARY"
        case active = "ACTIVE"
        case inactive = "INACTIVE"
    }

    enum RolloutState: String, Codable {
        case inProgress = "IN_PROGRESS"
        case completed = "COMPLETED"
        case failed = "FAILED"
    }

    init(taskDefinition: String, desiredCount: Int, now: Date, rollsBackFrom: String? = nil, reason: String? = nil) {
        let id = "ecs-svc/\(Identifier.digits19())"
        self.id = id
        self.taskDefinition = taskDefinition
        self.desiredCount = desiredCount
        self.rollsBackFrom = rollsBackFrom
        rolloutStateReason = reason ?? "ECS deployment \(id) in progress."
        createdAt = now
        updatedAt = now
        startedAt = now
        revision = Identifier.digits19()
    }
}
