import ArgumentParser
import Monitoring

/// `jubako rules config`.
struct RulesConfig: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config", abstract: "Print what goes into a Prometheus and an Alertmanager that exist already.")

    @Option(help: "The server's address, as Prometheus and Alertmanager reach it.")
    var server = "http://127.0.0.1:7700"

    @Option(help: "The file with the server's token, as they see it.")
    var tokenFile: String?

    @Option(help: "Where the rule files lie, as Prometheus sees it.")
    var rules = "/etc/prometheus/rules/jubako/*.yml"

    func run() async throws {
        var prometheus = PrometheusConfiguration(targetsURL: "\(server)/api/prometheus/targets")
        prometheus.tokenFile = tokenFile
        prometheus.ruleFiles = [rules]
        prometheus.scrapes = [
            .init(job: "jubako", address: String(server.trimmingPrefix("http://")), keepsLabels: true, tokenFile: tokenFile)
        ]
        var alertmanager = AlertmanagerConfiguration(webhookURL: "\(server)/api/alertmanager")
        alertmanager.tokenFile = tokenFile
        Terminal.output(ExistingPrometheus.text(prometheus, alertmanager))
    }
}
