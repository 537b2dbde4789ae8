import AWS
public import ServiceModel

/// Runs one task to its end: a migration, a batch, a console command.
public struct Oneshot: Sendable {
    public struct Options: Sendable {
        public var command: [String] = []
        public var environment: [(name: String, value: String)] = []
        public var cpu: Int?
        public var memory: Int?
        public var memoryReservation: Int?
        /// Stop the task after this long.
        public var timeout: Duration = .seconds(86_400)
        public var waits = true

        public init() {}
    }

    /// How the task ended.
    public struct Result: Sendable {
        public let cluster: String
        public let task: String
        /// The exit code of the container `app`, 127 when it has none; 0 when nobody waited.
        public let exitCode: Int32
        public let isFinished: Bool
        public let stoppedReason: String?
        public let containers: [JSON]

        public var json: JSON {
            .compact([
                "cluster": .string(cluster), "task_arn": .string(task), "exitCode": isFinished ? .integer(Int(exitCode)) : .null,
                "stoppedReason": JSON(stoppedReason), "containers": containers.isEmpty ? .null : .array(containers),
            ])
        }
    }

    /// The exit code of a task whose app container never ran.
    static let noExitCode: Int32 = 127
    /// How long a task may take to stop once it was asked to: ECS's longest stop timeout and some time for itself.
    static let stopLimit = Duration.seconds(180)

    let session: Session
    let cluster: String
    /// The RegisterTaskDefinition request.
    let taskDefinition: JSON
    /// What RunTask needs besides.
    let runTask: JSON
    let options: Options

    public init(cluster: String, taskDefinition: JSON, runTask: JSON, options: Options, session: Session) {
        self.cluster = cluster
        self.taskDefinition = taskDefinition
        self.runTask = runTask
        self.options = options
        self.session = session
    }

    /// The RunTask request for the revision `arn`.
    public func request(_ arn: String) -> JSON {
        let environment = options.environment.map { JSON.compact(["name": .string($0.name), "value": .string($0.value)]) }
        let override = JSON.compact([
            "name": "app", "command": JSON(options.command), "environment": environment.isEmpty ? .null : .array(environment),
            "cpu": JSON(options.cpu), "memory": JSON(options.memory), "memoryReservation": JSON(options.memoryReservation),
        ])
        var request = runTask
        request["cluster"] = .string(cluster)
        request["taskDefinition"] = .string(arn)
        request["count"] = 1
        request["overrides"] = ["containerOverrides": [override]]
        request["startedBy"] = "jubako oneshot"
        return request
    }

    /// Registers the revision if it changed, runs the task, passes its output on, and waits for its end. When somebody asks to stop, the
    /// task is stopped, as soon as its name is known.
    public func run() async throws -> Result {
        let revision = try await TaskDefinitionRegistrar(session: session).registerIfChanged(taskDefinition)
        if await session.interruption.isRequested { throw Stopped("stopped before a task was started") }
        var request = request(revision)
        request["clientToken"] = .string(Token.make())
        let answer: JSON
        do {
            answer = try await session.calls.ecs("RunTask", request)
        } catch {
            guard error.message == "No Container Instances were found in your cluster." else { throw error }
            throw DeployError("no task was started: the cluster \(cluster) has no container instances")
        }
        guard let arn = answer["tasks"][0]["taskArn"].string else {
            let reasons = answer["failures"].array.map { $0["reason"].string ?? $0.text }
            let reason = reasons.isEmpty ? "ECS gave no reason" : Set(reasons).sorted().joined(separator: ", ")
            throw DeployError("no task was started: \(reason)\(Self.hint(reason))")
        }
        session.report(.step("started \(Revision.name(of: revision)), task \(arn.split(separator: "/").last ?? "")"))
        guard options.waits else {
            return Result(cluster: cluster, task: arn, exitCode: 0, isFinished: false, stoppedReason: nil, containers: [])
        }
        return try await wait(arn)
    }

    private func wait(_ arn: String) async throws -> Result {
        var log = LogCursor(LogSource(definition: taskDefinition, container: "app", taskARN: arn), since: nil)
        var deadline = session.time.now() + options.timeout
        var pause: Duration?
        var isThrottled = false
        var (isStopping, hasStarted) = (false, false)
        while true {
            let isAsked = await session.interruption.isRequested
            if !isStopping, isAsked || session.time.now() >= deadline {
                let why = isAsked ? "stopped by jubako oneshot" : "stopped by jubako oneshot: not finished in time"
                session.report(.warning(isAsked ? "stopping the task" : "the time is up, stopping the task"))
                _ = try await session.calls.ecs("StopTask", ["cluster": .string(cluster), "task": .string(arn), "reason": .string(why)])
                isStopping = true
                deadline = session.time.now() + Self.stopLimit
                pause = nil
            } else if isStopping, session.time.now() >= deadline {
                throw DeployError("the task \(arn) was asked to stop and still runs: aws ecs describe-tasks shows it")
            }
            do {
                let answer = try await session.calls.ecs("DescribeTasks", ["cluster": .string(cluster), "tasks": [.string(arn)]])
                isThrottled = false
                let task = answer["tasks"][0]
                if task["lastStatus"].string == "RUNNING", !hasStarted {
                    hasStarted = true
                    session.report(.note("the task is running"))
                }
                // The last lines are there once the task is stopped, so the task is looked at first.
                for line in (try? await log.next(session.calls)) ?? [] { session.report(.log(line.message)) }
                if task["lastStatus"].string == "STOPPED" { return finished(arn, task) }
            } catch {
                guard error.isTransient else { throw error }
                isThrottled = error.isThrottling
            }
            let next = session.polling.next(after: pause, isThrottled: isThrottled)
            pause = next
            if isStopping {
                try await session.time.sleep(next)
            } else {
                _ = try await session.pause(next)
            }
        }
    }

    private func finished(_ arn: String, _ task: JSON) -> Result {
        let containers = task["containers"].array.map {
            JSON.compact(["name": $0["name"], "exitCode": $0["exitCode"], "reason": $0["reason"]])
        }
        for container in containers {
            let name = container["name"].string ?? ""
            if let code = container["exitCode"].int {
                session.report(.note("\(name) ended with exit code \(code)"))
            } else {
                session.report(
                    .warning("\(name) ended without an exit code: \(container["reason"].string ?? task["stoppedReason"].string ?? "no reason given")")
                )
            }
        }
        let code = containers.first { $0["name"].string == "app" }?["exitCode"].int
        return Result(
            cluster: cluster, task: arn, exitCode: code.map { Int32(truncatingIfNeeded: $0) } ?? Self.noExitCode, isFinished: true,
            stoppedReason: task["stoppedReason"].string, containers: containers)
    }

    private static func hint(_ reason: String) -> String {
        if reason.contains("RESOURCE:MEMORY") { return "; no container instance has enough memory left: ask for less (--app-memory) or free some" }
        if reason.contains("RESOURCE:CPU") { return "; no container instance has enough CPU left: ask for less (--app-cpu) or free some" }
        if reason.contains("RESOURCE:PORTS") { return "; a host port of the task is taken" }
        return ""
    }
}
