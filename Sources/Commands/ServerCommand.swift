import ArgumentParser
import Deployments
import Foundation
import Logging
import Platform

/// `jubako server`: the server by itself.
struct ServerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "server", abstract: "Run the server beside an ECS, a Prometheus and an Alertmanager that exist already.",
        discussion: """
            It watches the clusters of the environments in jubako.yml, takes alerts in, and tells the teams. What Prometheus and \
            Alertmanager need is printed by `jubako rules config`. Slack's token is in SLACK_BOT_TOKEN; without one a stand-in shows the messages.
            """)

    @Option(help: "The root of the definitions repository.")
    var definitions = "."

    @Option(help: "The port. [env: JUBAKO_SERVER_PORT] (default: 7700)")
    var port: Int?

    @Option(help: "The folder of the store and of the token. [env: JUBAKO_DATA_DIR] (default: jubako in the user's state folder)")
    var dataDir: String?

    @Option(help: "Alertmanager's address. [env: JUBAKO_ALERTMANAGER] (default: http://127.0.0.1:9093)")
    var alertmanager: String?

    @Option(help: "Prometheus's address, to reload it when its rules have changed. [env: JUBAKO_PROMETHEUS]")
    var prometheus: String?

    @Option(help: "The folder to write the checked rules of all apps to; Prometheus has it in rule_files. Without it none are written.")
    var rules: String?

    @Option(help: "Seconds between two readings of the clusters.")
    var interval = 15

    @Flag(name: .shortAndLong, help: "Log more.")
    var verbose = false

    func run() async throws {
        let environment = ProcessInfo.processInfo.environment
        var settings = StandaloneServer.Settings(
            repository: definitions, directory: dataDir ?? Folders.state(environment), environment: environment)
        settings.port = try EngineOptions.port(port, "JUBAKO_SERVER_PORT", environment) ?? settings.port
        settings.alertmanager = alertmanager ?? environment["JUBAKO_ALERTMANAGER"] ?? settings.alertmanager
        settings.prometheus = prometheus ?? environment["JUBAKO_PROMETHEUS"]
        settings.rules = rules
        settings.interval = max(1, interval)
        let paint = Terminal.errorPaint
        let logger = StandardErrorLog.logger(label: "server", level: verbose ? .debug : .warning)
        do {
            try await StandaloneServer(settings, logger: logger).run { apps, clusters, link in
                Terminal.error("the server answers at http://127.0.0.1:\(settings.port): \(apps) apps, clusters \(clusters.joined(separator: ", "))")
                if let link { Terminal.error("sign in, once, within 15 minutes: \(link)") }
            }
        } catch {
            Terminal.error(paint.red("error: ") + "\(error)")
            throw ExitCode(1)
        }
    }
}
