import ArgumentParser
import NIOHTTP1
import ServiceModel

/// `jubako alerts`.
struct AlertsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "alerts", abstract: "Look at an app's alerts.", subcommands: [Log.self])

    struct Log: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show the way of each alert: when it fired, came in, and was told where.")

        @Argument(help: "The app.")
        var app: String

        @Flag(help: "Print JSON.")
        var json = false

        @OptionGroup var server: ServerConnection

        func run() async throws {
            try await Invocation.run("alerts log") { _ in
                let answer = try await server.call(.GET, "/api/apps/\(ServerConnection.encoded(app))/alerts")
                guard !json else { return Terminal.output(answer["alerts"].prettyText) }
                if answer["alerts"].array.isEmpty { Terminal.output("\(app) has had no alert") }
                for entry in answer["alerts"].array { Terminal.output(Self.line(entry)) }
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
            return "\(entry["status"].string ?? "")  \(entry["alertname"].string ?? "")  \(place)\n  \(times)\(failure)"
        }
    }
}
