public import ServiceModel

/// What every flow works with: the calls it makes, whom it tells, when it looks again, and whether it shall stop.
public struct Session: Sendable {
    public let calls: any ServiceCalls
    public let polling: Polling
    public let time: Timekeeper
    public let interruption: Interruption
    public let report: @Sendable (Report) -> Void

    public init(
        calls: any ServiceCalls, polling: Polling, time: Timekeeper = .system, interruption: Interruption = Interruption(),
        report: @escaping @Sendable (Report) -> Void = { _ in }
    ) {
        self.calls = calls
        self.polling = polling
        self.time = time
        self.interruption = interruption
        self.report = report
    }

    /// Waits, but no longer than until somebody asks to stop.
    ///
    /// - Returns: whether somebody did.
    func pause(_ duration: Duration) async throws -> Bool {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { [time] in try await time.sleep(duration) }
            group.addTask { [interruption] in await interruption.wait() }
            try await group.next()
            group.cancelAll()
        }
        return await interruption.isRequested
    }
}

/// What a flow tells while it goes on. It goes to people; the result goes back to the caller.
public enum Report: Sendable {
    /// Something was done: "registered recipes:4".
    case step(String)
    /// Something worth knowing, and nothing to worry about.
    case note(String)
    case warning(String)
    /// A new event of the service, in ECS's own words.
    case event(time: Double?, message: String)
    /// How the deployments stand at this moment.
    case counts([DeploymentCounts])
    /// A line that the app's container wrote.
    case log(String)
}

/// How one deployment stands.
public struct DeploymentCounts: Hashable, Sendable {
    public let id: String
    /// PRIMARY or ACTIVE, as ECS says.
    public let status: String
    /// `family:revision`.
    public let taskDefinition: String
    public let desired: Int
    public let pending: Int
    public let running: Int
    public let failed: Int
    /// IN_PROGRESS, COMPLETED or FAILED; nil where the service does not say.
    public let rolloutState: String?
    public let rolloutStateReason: String?
    public let createdAt: Double?

    /// Reads one element of a service's `deployments`.
    public init(_ deployment: JSON) {
        id = deployment["id"].string ?? ""
        status = deployment["status"].string ?? ""
        taskDefinition = Revision.name(of: deployment["taskDefinition"].string ?? "")
        desired = deployment["desiredCount"].int ?? 0
        pending = deployment["pendingCount"].int ?? 0
        running = deployment["runningCount"].int ?? 0
        failed = deployment["failedTasks"].int ?? 0
        rolloutState = deployment["rolloutState"].string
        rolloutStateReason = deployment["rolloutStateReason"].string
        createdAt = deployment["createdAt"].double
    }
}

/// Names of task definition revisions.
public enum Revision {
    /// `recipes:4` of `arn:aws:ecs:us-east-1:123456789012:task-definition/recipes:4`.
    public static func name(of arn: String) -> String {
        arn.split(separator: "/").last.map(String.init) ?? arn
    }

    /// `hako-recipes` of `arn:aws:elasticloadbalancing:…:targetgroup/hako-recipes/0123456789abcdef`; a name stays one.
    static func targetGroup(of arn: String) -> String {
        let parts = arn.split(separator: "/")
        return parts.count == 3 ? String(parts[1]) : arn
    }

    /// `recipes` and 4 of a name or ARN.
    static func parts(of arn: String) -> (family: String, number: Int)? {
        let parts = name(of: arn).split(separator: ":")
        guard parts.count == 2, let number = Int(parts[1]) else { return nil }
        return (String(parts[0]), number)
    }

    /// Whether `arn` names an earlier revision of the same family than `other`.
    static func isOlder(_ arn: String, than other: String) -> Bool {
        guard let left = parts(of: arn), let right = parts(of: other) else { return false }
        return left.family == right.family && left.number < right.number
    }
}
