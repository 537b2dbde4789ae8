import ArgumentParser
import Deployments
import Foundation
import Monitoring
import ServiceModel

/// `jubako rules validate`.
struct RulesValidate: AsyncParsableCommand {
    enum Output: String, ExpressibleByArgument, CaseIterable { case human, github, sarif, json }
    enum Threshold: String, ExpressibleByArgument, CaseIterable { case error, warning, info }

    static let configuration = CommandConfiguration(
        commandName: "validate", abstract: "Check rule files: what Prometheus would load, and what would not do what it is meant for.",
        discussion: "Every check is explained in docs/checks.md. The exit code is 5 when the rules have problems.")

    @Argument(help: "Rule files, or folders of them.")
    var paths: [String] = ["rules/"]

    @Option(help: "human, github, sarif or json. Under GitHub Actions, human adds annotations.")
    var output = Output.human

    @Flag(help: "The same as --output json.")
    var json = false

    @Option(help: "What makes the exit code 5: error, warning or info.")
    var failOn = Threshold.error

    @Option(help: "The URL of a Prometheus: asks it whether the series exist, what queries cost, how often alerts would have fired.")
    var prometheus: String?

    @Option(help: "The app that the rules belong to: they may not claim another one.")
    var app: String?

    @Option(help: "How often targets are scraped.")
    var scrapeInterval = "15s"

    @Option(help: "How often rules are evaluated.")
    var evaluationInterval = "15s"

    @Option(help: "The program promtool.")
    var promtool = "promtool"

    @Flag(help: "Do not ask promtool.")
    var withoutPromtool = false

    func validate() throws {
        if let prometheus { _ = try RulesOptions.url(prometheus) }
        _ = try settings()
    }

    func run() async throws {
        try await Invocation.run("rules validate") { _ in
            var validator = RuleValidator()
            validator.settings = try settings()
            validator.promtool = withoutPromtool ? nil : Promtool(program: promtool)
            let report: RuleReport
            if let prometheus {
                report = try await PrometheusAPI.with(try RulesOptions.url(prometheus)) { api in
                    validator.prometheus = api
                    return try await validator.validate(paths)
                }
            } else {
                report = try await validator.validate(paths)
            }
            show(report)
            if report.hasFindings(from: severity) { throw RulesCommand.problems }
        }
    }

    private var severity: CheckSeverity {
        switch failOn {
        case .error: .error
        case .warning: .warning
        case .info: .info
        }
    }

    private func settings() throws -> CheckSettings {
        var settings = CheckSettings()
        settings.scrapeInterval = try RulesOptions.seconds(scrapeInterval, "--scrape-interval")
        settings.evaluationInterval = try RulesOptions.seconds(evaluationInterval, "--evaluation-interval")
        settings.app = app
        return settings
    }

    private func show(_ report: RuleReport) {
        switch json ? .json : output {
        case .json: Terminal.output(report.json.prettyText)
        case .sarif: Terminal.output(report.sarif(version: Jubako.configuration.version).prettyText)
        case .github: FileHandle.standardOutput.write(Data(report.annotations.utf8))
        case .human:
            let paint = Terminal.errorPaint
            let text = report.text { text, severity in
                switch severity {
                case .error: paint.red(text)
                case .warning: paint.yellow(text)
                case .info: paint.dim(text)
                }
            }
            Terminal.errorRaw(text)
            if GitHub.isPresent { Terminal.errorRaw(report.annotations) }
            Terminal.output(report.summary)
        }
    }
}
