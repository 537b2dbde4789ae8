import ArgumentParser
import NIOHTTP1
import ServiceModel

/// `jubako alerts`.
struct AlertsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "alerts", abstract: "Look at an app's alerts, and say that you look after them.",
        subcommands: [List.self, Log.self, Ack.self], defaultSubcommand: List.self)

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show what fires now.")

        @Argument(help: "The app.")
        var app: String

        @Flag(help: "Print JSON.")
        var json = false

        @OptionGroup var server: ServerConnection

        func run() async throws {
            try await Invocation.run("alerts list") { _ in
                let answer = try await server.call(.GET, AlertsCommand.path(app) + "?limit=1")
                guard !json else { return Terminal.output(answer["firing"].prettyText) }
                if answer["firing"].array.isEmpty { Terminal.output("nothing fires for \(app)") }
                for alert in answer["firing"].array {
                    let keeper = alert["acknowledgement"]
                    let words = keeper.isNull ? "nobody looks after it" : "\(keeper["by"].string ?? "?"): \(keeper["reason"].string ?? "")"
                    Terminal.output(
                        "\(alert["alertname"].string ?? "?")  since \(alert["fired_at"].string ?? "?")  \(alert["channel"].string ?? "")  \(words)")
                }
            }
        }
    }

    struct Log: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show the way of each alert: when it fired, came in, and was told where.")

        @Argument(help: "The app.")
        var app: String

        @Option(help: "How many, newest first; 500 at most.")
        var limit = 50

        @Option(help: "Go on where the page before ended.")
        var before: String?

        @Flag(help: "Print JSON.")
        var json = false

        @OptionGroup var server: ServerConnection

        func run() async throws {
            try await Invocation.run("alerts log") { _ in
                let cursor = before.map { "&cursor=\(ServerConnection.encoded($0))" } ?? ""
                let answer = try await server.call(.GET, AlertsCommand.path(app) + "?limit=\(limit)\(cursor)")
                guard !json else { return Terminal.output(answer.prettyText) }
                if answer["alerts"].array.isEmpty { Terminal.output("\(app) has had no alert") }
                for entry in answer["alerts"].array { Terminal.output(Self.line(entry)) }
                if let next = answer["next"].string { Terminal.output("\nthere are more: --before '\(next)'") }
            }
        }

        private static func line(_ entry: JSON) -> String {
            let stages: [(String, String)] = [
                ("fired", "fired_at"), ("Alertmanager", "alertmanager_at"), ("received", "received_at"), ("Slack", "sent_at"), ("over", "ended_at"),
                ("told", "resolved_sent_at"),
            ]
            let times = stages.compactMap { name, key in entry[key].string.map { "\(name) \($0)" } }.joined(separator: " → ")
            let place = [entry["channel"].string, entry["ts"].string.map { "ts \($0)" }].compactMap(\.self).joined(separator: " ")
            let failure = entry["failure"].string.map { "  not told: \($0)" } ?? ""
            let name = entry["is_channel_test"].bool == true ? "channel test" : "\(entry["status"].string ?? "")  \(entry["alertname"].string ?? "")"
            return "\(name)  \(place)\n  \(times)\(failure)"
        }
    }

    struct Ack: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say that you look after what fires.",
            discussion: "The channel reads it in the alert's thread. It is no silence: what fires later is told.")

        @Argument(help: "The app.")
        var app: String

        @Argument(help: "The alert; all that fire without it.")
        var alert: String?

        @Option(help: "What is being done.")
        var reason: String

        @OptionGroup var server: ServerConnection

        func run() async throws {
            try await Invocation.run("alerts ack") { _ in
                let body: JSON = .compact(["alertname": JSON(alert), "reason": .string(reason), "by": .string(ServerConnection.person)])
                let answer = try await server.call(.POST, AlertsCommand.path(app) + "/ack", body: body)
                let names = answer["acknowledged"].array.compactMap { $0["alertname"].string }
                Terminal.output("acknowledged: \(names.joined(separator: ", "))")
            }
        }
    }

    private static func path(_ app: String) -> String { "/api/apps/\(ServerConnection.encoded(app))/alerts" }
}
