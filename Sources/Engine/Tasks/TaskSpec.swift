import ServiceModel

/// A task as it was asked for: which containers, and for whom.
struct TaskSpec: Sendable, Hashable {
    /// The last part of the ARN: 32 hexadecimal digits.
    var id: String
    var arn: String
    /// The cluster's name.
    var cluster: String
    var family: String
    var revision: Int
    /// In the form of a RegisterTaskDefinition request (camelCase).
    var taskDefinition: JSON
    /// The `overrides` of RunTask, or null.
    var overrides: JSON = .null

    init(id: String, arn: String, cluster: String, family: String, revision: Int, taskDefinition: JSON, overrides: JSON = .null) {
        self.id = id
        self.arn = arn
        self.cluster = cluster
        self.family = family
        self.revision = revision
        self.taskDefinition = taskDefinition
        self.overrides = overrides
    }

    /// The label by which an engine finds its containers and volumes.
    static let engineLabel = "jubako.engine"
    /// The label that carries the task's id.
    static let taskLabel = "jubako.task"
    /// The label that carries the container's name in the task definition.
    static let containerLabel = "com.amazonaws.ecs.container-name"
}

/// A task definition that this engine cannot run, with the text for the task's `stoppedReason`.
struct TaskPlanError: Error, Sendable, Hashable, CustomStringConvertible {
    let message: String

    var description: String { message }

    static func unsupported(_ what: String) -> TaskPlanError {
        TaskPlanError(message: "\(what) is not supported by this engine yet")
    }

    /// What needs AWS's secret stores, in the words of ECS's agent.
    static func resources(_ what: String) -> TaskPlanError {
        TaskPlanError(message: "ResourceInitializationError: unable to pull secrets or registry auth: \(what) not supported by this engine yet")
    }
}
