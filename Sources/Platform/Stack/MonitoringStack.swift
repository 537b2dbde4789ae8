import Definitions
import Foundation
import Logging
import Monitoring
import Objectives
import ServiceLifecycle
import SystemPackage

/// Prometheus and Alertmanager beside the server: their files, their processes, and rules that follow the definitions.
struct MonitoringStack: Sendable {
    struct Settings: Sendable {
        /// Holds configuration, rules and data of both.
        var directory: String
        var prometheusPort = 7790
        var alertmanagerPort = 7793
        /// Where the server answers.
        var server: String
        /// `host:port` of the engine.
        var engine: String
        var tokenFile: String
        /// Seconds between two scrapes, and between two evaluations of the rules.
        var interval = 5
        var environment: [String: String]

        var prometheus: String { "127.0.0.1:\(prometheusPort)" }
        var alertmanager: String { "127.0.0.1:\(alertmanagerPort)" }
    }

    /// What the engine of this machine is called among the environments.
    static let environment = "local"

    let services: [any Service]

    /// Writes and checks the files. Nothing runs yet.
    ///
    /// - Throws: ``StackError``.
    init(_ settings: Settings, catalog: LiveCatalog, library: RuleLibrary, logger: Logger) async throws {
        let directory = settings.directory
        try FileManager.default.createDirectory(atPath: "\(directory)/rules", withIntermediateDirectories: true)
        let promtool = try Tool.promtool.path(environment: settings.environment)
        let amtool = try Tool.amtool.path(environment: settings.environment)
        let rules = RuleFolder(path: "\(directory)/rules", promtool: promtool)

        let address = settings.server.replacing("http://", with: "")
        var prometheus = PrometheusConfiguration(targetsURL: "\(settings.server)/api/prometheus/targets")
        prometheus.tokenFile = settings.tokenFile
        prometheus.scrapeInterval = "\(settings.interval)s"
        prometheus.evaluationInterval = "\(settings.interval)s"
        prometheus.refreshInterval = "\(settings.interval)s"
        prometheus.own = settings.prometheus
        prometheus.alertmanagers = [settings.alertmanager]
        prometheus.ruleFiles = ["\(directory)/rules/*.yml"]
        prometheus.scrapes = [
            .init(job: "jubako", address: address, keepsLabels: true, tokenFile: settings.tokenFile),
            .init(job: "engine", address: settings.engine, keepsLabels: true, labels: ["environment": Self.environment]),
            .init(
                job: "haproxy", address: settings.engine, path: "/metrics/haproxy", keepsLabels: true, labels: ["environment": Self.environment]),
        ]
        var alertmanager = AlertmanagerConfiguration(webhookURL: "\(settings.server)/api/alertmanager")
        alertmanager.tokenFile = settings.tokenFile

        let now = await catalog.catalog
        let first = try await rules.write(library, now, ObjectiveRules.all(now))
        for rule in first.rejected { logger.error("a rule is not accepted: \(rule)") }
        try await CheckedFile(path: "\(directory)/prometheus.yml", kind: .prometheus, executable: promtool).write(prometheus.text)
        try await CheckedFile(path: "\(directory)/alertmanager.yml", kind: .alertmanager, executable: amtool).write(alertmanager.text)
        services = [
            ChildProcess(
                name: "alertmanager", executable: try Self.program("prometheus-alertmanager", or: "alertmanager", settings.environment),
                arguments: [
                    "--config.file=\(directory)/alertmanager.yml", "--storage.path=\(directory)/alertmanager",
                    "--web.listen-address=\(settings.alertmanager)", "--cluster.listen-address=", "--log.level=warn",
                ], directory: directory, logger: logger),
            ChildProcess(
                name: "prometheus", executable: try Self.program("prometheus", or: "prometheus", settings.environment),
                arguments: [
                    "--config.file=\(directory)/prometheus.yml", "--storage.tsdb.path=\(directory)/prometheus",
                    "--web.listen-address=\(settings.prometheus)", "--web.enable-lifecycle", "--storage.tsdb.retention.time=15d",
                    "--log.level=warn",
                ], directory: directory, logger: logger),
            RuleKeeper(rules: rules, library: library, catalog: catalog, prometheus: "http://\(settings.prometheus)", logger: logger),
        ]
    }

    private static func program(_ name: String, or other: String, _ environment: [String: String]) throws -> FilePath {
        for folder in (environment["PATH"] ?? "").split(separator: ":").map(String.init) + ["/usr/local/bin", "/usr/bin"] {
            for candidate in [name, other] where FileManager.default.isExecutableFile(atPath: "\(folder)/\(candidate)") {
                return FilePath("\(folder)/\(candidate)")
            }
        }
        throw StackError(code: .missing, message: "\(name) is not installed: install it, for example with `apt-get install \(name)`")
    }
}
