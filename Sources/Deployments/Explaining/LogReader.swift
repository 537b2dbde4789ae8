import ServiceModel

/// Reads the output of an app's containers, of all its tasks at once.
public struct LogReader: Sendable {
    public struct Options: Sendable {
        /// Only lines after this moment, in seconds since 1970.
        public var since: Double?
        /// Only the last lines.
        public var tail: Int?
        public var follows = false
        public var container: String?
        /// The id of one task, or its beginning.
        public var task: String?

        public init() {}
    }

    /// How many tasks are read, the newest first.
    static let taskLimit = 20

    let session: Session
    let app: String
    let cluster: String
    let options: Options

    public init(app: String, cluster: String, options: Options, session: Session) {
        self.app = app
        self.cluster = cluster
        self.options = options
        self.session = session
    }

    /// Hands every line to `sink`, in order of time; with `follows`, until somebody asks to stop.
    public func read(_ sink: ([LogLine]) -> Void) async throws {
        var sources = try await sources()
        if sources.isEmpty, !options.follows {
            let filter = options.task.map { " with id \($0)" } ?? ""
            throw DeployError("there are no tasks of \(app)\(filter) in cluster \(cluster) whose output could be read: jubako status shows its tasks")
        }
        var cursors: [LogSource: LogCursor] = [:]
        var lines: [LogLine] = []
        for source in sources {
            if let tail = options.tail { lines += try await LogCursor.tail(source, tail, session.calls) }
            var cursor = LogCursor(source, since: options.since)
            if options.tail == nil || options.follows {
                let found = try await cursor.next(session.calls)
                if options.tail == nil { lines += found }
            }
            cursors[source] = cursor
        }
        lines = lines.filter { $0.time >= options.since ?? 0 }.sorted { $0.time < $1.time }
        sink(options.tail.map { Array(lines.suffix($0)) } ?? lines)
        if lines.isEmpty, let source = sources.first {
            session.report(
                .note(
                    "nothing to show: \(source.container) has written nothing to the log group \(source.group); "
                        + "on AWS only containers with the awslogs driver can be read"))
        }
        guard options.follows else { return }

        var wait: Duration?
        var looks = 0
        while true {
            let next = session.polling.next(after: wait)
            wait = next
            if try await session.pause(next) { return }
            looks += 1
            if looks % 8 == 0 { sources = try await self.sources() }
            var lines: [LogLine] = []
            for source in sources {
                var cursor = cursors[source] ?? LogCursor(source, since: options.since)
                lines += try await cursor.next(session.calls)
                cursors[source] = cursor
            }
            if !lines.isEmpty { sink(lines.sorted { $0.time < $1.time }) }
        }
    }

    /// One source for each container of each task.
    private func sources() async throws -> [LogSource] {
        var arns: [JSON] = []
        for status in ["RUNNING", "STOPPED"] {
            arns += try await session.calls.pages(
                .ecs, "ListTasks", ["cluster": .string(cluster), "serviceName": .string(app), "desiredStatus": .string(status)], items: "taskArns",
                limit: 2)
        }
        if let task = options.task { arns = arns.filter { $0.string?.split(separator: "/").last?.hasPrefix(task) == true } }
        if arns.isEmpty { return [] }
        let tasks = try await session.calls.ecs(
            "DescribeTasks", ["cluster": .string(cluster), "tasks": .array(Array(OrderedSet(arns).prefix(100)))])["tasks"].array
        let newest = tasks.sorted { ($0["createdAt"].double ?? 0) > ($1["createdAt"].double ?? 0) }.prefix(Self.taskLimit)
        var definitions: [String: JSON] = [:]
        var sources: [LogSource] = []
        for task in newest {
            guard let arn = task["taskArn"].string, let name = task["taskDefinitionArn"].string else { continue }
            if definitions[name] == nil { definitions[name] = try await LiveState.taskDefinition(name, session.calls)["taskDefinition"] }
            for container in task["containers"].array.compactMap(\.["name"].string) where options.container == nil || options.container == container {
                sources.append(LogSource(definition: definitions[name] ?? .null, container: container, taskARN: arn))
            }
        }
        return sources
    }
}
