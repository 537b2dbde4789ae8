import ArgumentParser
import Definitions
import Deployments
import Foundation
import Monitoring
import Objectives
import Platform

/// `jubako slo`.
struct SLOCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "slo", abstract: "Show objectives and their budgets; take them over from other tools.",
        subcommands: [SLOStatus.self, SLOReport.self, SLOExplain.self, SLORules.self, SLOImport.self, SLOExport.self],
        defaultSubcommand: SLOStatus.self)
}

/// Which objectives, and the Prometheus that measures them.
struct ObjectiveOptions: ParsableArguments {
    @Argument(help: "Definitions.")
    var files: [String]

    @Option(help: "Only the objective with this name.")
    var objective: String?

    @Option(help: "The URL of the Prometheus. [env: JUBAKO_PROMETHEUS] (default: the one of jubako up on this machine)")
    var prometheus: String?

    @Option(help: "As of a time, such as 2026-12-24T18:00:00Z.")
    var at: String?

    func validate() throws {
        if let prometheus { _ = try RulesOptions.url(prometheus) }
        if let at, (try? Date(at, strategy: .iso8601)) == nil { throw ValidationError("--at \(at) is no time: write it as 2026-12-24T18:00:00Z") }
    }

    func standings() async throws -> [Standing] {
        let definitions = try await ObjectiveOptions.definitions(files)
        let environment = ProcessInfo.processInfo.environment
        let address = prometheus ?? environment["JUBAKO_PROMETHEUS"] ?? "http://127.0.0.1:\(environment["JUBAKO_PROMETHEUS_PORT"] ?? "7790")"
        let now = try at.map { try Date($0, strategy: .iso8601) } ?? Date()
        let standings = try await PrometheusAPI.with(try RulesOptions.url(address)) { api in
            try await ObjectiveReports.standings(definitions, objective: objective, prometheus: api, now: now)
        }
        guard !standings.isEmpty else {
            throw DeployError(
                objective.map { "there is no objective \($0) in \(files.joined(separator: ", "))" }
                    ?? "\(files.joined(separator: ", ")) has no objectives: docs/objectives.md says how to write one")
        }
        return standings
    }

    static func definitions(_ files: [String]) async throws -> [Definition] {
        var definitions: [Definition] = []
        for file in files { definitions.append(try await DefinitionOptions.load(file, tag: nil, .placeholders)) }
        return definitions
    }
}
