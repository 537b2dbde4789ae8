import ArgumentParser
import Foundation
import Monitoring
import ServiceModel

/// `jubako rules backtest`.
struct RulesBacktest: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backtest", abstract: "Replay the alerts of a rule file over what a Prometheus remembers.",
        discussion: "Says how often, and for how long, each alert would have fired; with --against, also how it was before the change.")

    @Argument(help: "A rule file.")
    var file: String

    @Option(help: "The URL of the Prometheus.")
    var prometheus: String

    @Option(help: "How many days to look back.")
    var days = 7.0

    @Option(help: "The rule file as it was before.")
    var against: String?

    @Option(help: "Time between two looks.")
    var step = "1m"

    @Flag(help: "Print the result as JSON, each firing with its labels.")
    var json = false

    func validate() throws {
        _ = try RulesOptions.url(prometheus)
        _ = try RulesOptions.seconds(step, "--step")
        guard days > 0, days <= 3660 else { throw ValidationError("--days \(days) must be more than 0 and at most 3660") }
    }

    func run() async throws {
        try await Invocation.run("rules backtest") { _ in
            let new = try RuleFile(readable: file)
            let old = try against.map { try RuleFile(readable: $0) }
            let step = try RulesOptions.seconds(step, "--step")
            // On whole steps, so that a second run of the same minute says the same.
            let end = (Date().timeIntervalSince1970 / step).rounded(.down) * step
            let lines = try await PrometheusAPI.with(try RulesOptions.url(prometheus)) { api in
                try await Backtest(prometheus: api, step: step, seconds: days * 86_400).compare(new, with: old, end: end)
            }
            if json {
                Terminal.output(JSON.object(["days": .number(days), "alerts": .array(lines.map(\.json))]).prettyText)
            } else {
                Terminal.output(lines.isEmpty ? "\(file) has no alerts" : BacktestLine.table(lines, isComparison: against != nil))
            }
        }
    }
}
