import AWS
public import ServiceModel

/// Where a container's output can be read.
public struct LogSource: Hashable, Sendable {
    public let group: String
    /// `PREFIX/CONTAINER/TASKID`.
    public let stream: String
    public let container: String
    public let task: String

    /// The source of `container` in the task `taskARN` of the task definition `definition`.
    ///
    /// With the awslogs driver it follows from its options; the local engine keeps every other container's output as well.
    public init(definition: JSON, container: String, taskARN: String) {
        let described = definition["containerDefinitions"].array.first { $0["name"].string == container } ?? .null
        let options = described["logConfiguration"]["options"]
        let isCloudWatch = described["logConfiguration"]["logDriver"].string == "awslogs"
        let task = taskARN.split(separator: "/").last.map(String.init) ?? taskARN
        self.container = container
        self.task = task
        group = (isCloudWatch ? options["awslogs-group"].string : nil) ?? "/jubako/\(definition["family"].string ?? "")"
        let prefix = (isCloudWatch ? options["awslogs-stream-prefix"].string : nil) ?? "ecs"
        stream = "\(prefix)/\(container)/\(task)"
    }
}

/// One line that a container wrote.
public struct LogLine: Hashable, Sendable {
    /// Seconds since 1970.
    public let time: Double
    public let message: String
    public let container: String
    public let task: String

    public init(time: Double, message: String, container: String, task: String) {
        self.time = time
        self.message = message
        self.container = container
        self.task = task
    }

    public var json: JSON {
        ["time": .number(time), "task": .string(task), "container": .string(container), "message": .string(message)]
    }
}

/// Reads one container's output onwards from where it stopped.
struct LogCursor: Sendable {
    let source: LogSource
    private var token: String?
    private var since: Int?

    /// - Parameter since: seconds since 1970; nil for everything.
    init(_ source: LogSource, since: Double?) {
        self.source = source
        self.since = since.map { Int($0 * 1000) }
    }

    /// The lines since the last look; none when there is no such stream (yet).
    mutating func next(_ calls: any ServiceCalls, pages: Int = 50) async throws(AWSError) -> [LogLine] {
        var lines: [LogLine] = []
        for _ in 0..<pages {
            let answer = try await calls.find(
                .logs, "GetLogEvents",
                .compact([
                    "logGroupName": .string(source.group), "logStreamName": .string(source.stream), "startFromHead": true, "nextToken": JSON(token),
                    "startTime": token == nil ? JSON(since) : .null,
                ]), absent: "ResourceNotFoundException")
            let events = answer["events"].array
            lines += events.map { Self.line($0, source) }
            let next = answer["nextForwardToken"].string
            let isEnd = next == nil || next == token || events.isEmpty
            token = next ?? token
            if isEnd { break }
        }
        return lines
    }

    /// The last `count` lines of `source`.
    static func tail(_ source: LogSource, _ count: Int, _ calls: any ServiceCalls) async throws(AWSError) -> [LogLine] {
        let answer = try await calls.find(
            .logs, "GetLogEvents",
            [
                "logGroupName": .string(source.group), "logStreamName": .string(source.stream), "startFromHead": false,
                "limit": .integer(min(max(count, 1), 10_000)),
            ], absent: "ResourceNotFoundException")
        return answer["events"].array.map { line($0, source) }
    }

    private static func line(_ event: JSON, _ source: LogSource) -> LogLine {
        var text = event["message"].string ?? ""
        while text.last?.isNewline == true { text.removeLast() }
        return LogLine(time: (event["timestamp"].double ?? 0) / 1000, message: text, container: source.container, task: source.task)
    }
}
