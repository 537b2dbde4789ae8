import ArgumentParser
import Deployments
import Foundation
import NIOHTTP1
import ServiceModel

/// `jubako logs`.
struct LogsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "logs", abstract: "Show what an app's containers wrote.",
        discussion:
            "Reads CloudWatch Logs: containers with the awslogs driver, and on the local engine every container. An app by its name is asked of the server, where one is named."
    )

    /// How many lines are shown when nothing else is asked for.
    static let defaultTail = 100

    @OptionGroup var reference: AppReference

    @Flag(name: .shortAndLong, help: "Go on showing new lines until Ctrl-C.")
    var follow = false

    @Option(help: ArgumentHelp("Only lines of the last while: 30s, 10m, 2h, 1d.", valueName: "time"))
    var since: TimeSpan?

    @Option(help: ArgumentHelp("Only the last lines.", valueName: "n"))
    var tail: Int?

    @Option(help: ArgumentHelp("Only this container.", valueName: "name"))
    var container: String?

    @Option(help: ArgumentHelp("Only this task; the beginning of its id will do.", valueName: "id"))
    var task: String?

    @Flag(help: "Print one JSON object a line.")
    var json = false

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var server: ServerConnection

    func validate() throws {
        if let tail, tail < 0 { throw ValidationError("--tail must not be negative") }
    }

    func run() async throws {
        try await Invocation.run("logs") { invocation in
            if !follow, since == nil, reference.asksServer(server, connection) { return try await readFromServer() }
            let (app, cluster, region) = try await reference.resolve()
            var options = LogReader.Options()
            options.since = since.map { Date().timeIntervalSince1970 - $0.seconds }
            options.tail = tail ?? (since == nil ? Self.defaultTail : nil)
            options.follows = follow
            options.container = container
            options.task = task
            try await connection.connect(region: region) { connection in
                let reader = LogReader(app: app, cluster: cluster, options: options, session: connection.session(invocation))
                try await reader.read { lines in
                    for line in lines { Terminal.output(json ? line.json.text : Self.text(line)) }
                }
            }
        }
    }

    private func readFromServer() async throws {
        var query = ["lines=\(min(max(tail ?? Self.defaultTail, 1), 2000))"]
        for (name, value) in [("task", task ?? ""), ("container", container ?? "")] where !value.isEmpty || name == "task" {
            query.append("\(name)=\(ServerConnection.encoded(value))")
        }
        let answer = try await server.call(.GET, "/api/apps/\(ServerConnection.encoded(reference.app))/logs?\(query.joined(separator: "&"))")
        if let problem = answer["problem"].string { throw DeployError(problem) }
        for line in answer["lines"].array { Terminal.output(json ? line.text : ServerReports.line(line)) }
    }

    private static func text(_ line: LogLine) -> String {
        "\(Terminal.outputPaint.dim("\(line.task.prefix(8)) \(line.container) │")) \(line.message)"
    }
}

/// A length of time as people write it: `90`, `30s`, `10m`, `2h`, `1d`.
struct TimeSpan: ExpressibleByArgument, Sendable {
    let seconds: Double

    init(seconds: Double) { self.seconds = seconds }

    init?(argument: String) {
        let units: [Character: Double] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
        let factor = argument.last.flatMap { units[$0] }
        guard let number = Double(factor == nil ? argument[...] : argument.dropLast()), number >= 0, number.isFinite else { return nil }
        seconds = number * (factor ?? 1)
    }
}
