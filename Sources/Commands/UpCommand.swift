import ArgumentParser
import Definitions
import Deployments
import Engine
import Foundation
import Logging
import Platform

/// `jubako up`: the platform on this machine.
struct UpCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "up", abstract: "Run the whole platform on this machine, and deploy apps to it.",
        discussion: "Ctrl-C stops it cleanly. The apps' containers go on running, and the next start takes them over.")

    @Argument(help: "Definitions to deploy. An app that runs as its definition says is left alone.")
    var files: [String] = []

    @OptionGroup var engine: EngineOptions

    @Option(help: "The port of the server, which takes alerts in and tells the teams. [env: JUBAKO_SERVER_PORT] (default: 7700)")
    var serverPort: Int?

    @Option(help: "The port of Prometheus. [env: JUBAKO_PROMETHEUS_PORT] (default: 7790)")
    var prometheusPort: Int?

    @Option(help: "The port of Alertmanager. [env: JUBAKO_ALERTMANAGER_PORT] (default: 7793)")
    var alertmanagerPort: Int?

    @Option(help: "Seconds between two scrapes, and between two evaluations of the rules.")
    var interval = 5

    @Flag(help: "Leave out the server, Prometheus and Alertmanager: the apps run, and nobody watches them.")
    var unwatched = false

    func run() async throws {
        let configuration = try engine.configuration()
        var platform = PlatformConfiguration(engine: configuration)
        let environment = configuration.environment
        platform.serverPort = try EngineOptions.port(serverPort, "JUBAKO_SERVER_PORT", environment) ?? platform.serverPort
        platform.prometheusPort = try EngineOptions.port(prometheusPort, "JUBAKO_PROMETHEUS_PORT", environment) ?? platform.prometheusPort
        platform.alertmanagerPort = try EngineOptions.port(alertmanagerPort, "JUBAKO_ALERTMANAGER_PORT", environment) ?? platform.alertmanagerPort
        platform.interval = max(1, interval)
        platform.watches = !unwatched
        let logger = StandardErrorLog.logger(label: "engine", level: engine.verbose ? .debug : .warning)
        let progress = ProgressPrinter()
        let paint = Terminal.errorPaint
        let up = Up(platform, files: files, logger: logger) { [platform] news in
            switch news {
            case .ready(let seconds, let link):
                progress.report(
                    .step("the engine answers at http://\(configuration.host):\(configuration.port) (\((seconds * 10).rounded() / 10) s)"))
                guard let link else { break }
                progress.report(.step("your apps at http://127.0.0.1:\(platform.serverPort); sign in, once: \(link)"))
                progress.report(
                    .step(
                        "watched by Prometheus at http://127.0.0.1:\(platform.prometheusPort), alerts at http://127.0.0.1:\(platform.serverPort)/slack"
                    ))
            case .deploying(let app): progress.report(.note("deploying \(app)"))
            case .progress(let report): progress.report(report)
            case .deployed(let result, let file):
                progress.clear()
                progress.report(result.outcome.exitCode == 0 ? .step(result.text) : .warning(result.text))
                if let verdict = result.verdict { Terminal.error(WhyCommand.text(verdict, paint: paint)) }
                Terminal.output(Self.invitation(result, file: file, configuration.port))
            case .failed(let file, let error):
                progress.clear()
                let lines = (error as? DefinitionProblems)?.problems.map(\.description) ?? ["\(file): \(error)"]
                for line in lines { Terminal.error(paint.red("error: ") + line) }
            case .settled: Terminal.error(paint.dim("Ctrl-C stops the platform; the apps go on running."))
            }
        }
        do {
            try await up.run()
        } catch {
            progress.clear()
            Terminal.error(paint.red("error: ") + "\(error)")
            throw ExitCode(1)
        }
        Terminal.error("stopped; the apps go on running, the next start takes them over")
    }

    /// Where the app answers, and the next three things to try.
    private static func invitation(_ result: DeployResult, file: String, _ port: Int) -> String {
        let url = result.addresses.first ?? "(no load balancer)"
        let engine =
            "http://127.0.0.1:\(port)" == Connection.engineURL(ProcessInfo.processInfo.environment)
            ? "--engine" : "--endpoint-url http://127.0.0.1:\(port)"
        let program = CommandLine.arguments.first ?? "jubako"
        return """

              \(result.app) answers at \(url)

              Try next:
                curl \(url)/recipes
                \(program) status \(engine) \(file)
                \(program) logs \(engine) --follow \(file)

            """
    }
}
