import ArgumentParser
import Definitions
import Deployments
import Foundation
import Monitoring
import NIOHTTP1
import Objectives
import Platform
import ServiceModel

/// `jubako slo`.
struct SLOCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "slo", abstract: "Show objectives and their budgets; take them over from other tools.",
        subcommands: [SLOStatus.self, SLOReport.self, SLOExplain.self, SLORules.self, SLOImport.self, SLOExport.self],
        defaultSubcommand: SLOStatus.self)
}

/// Which objectives, and who says how they stand: the server, where one is configured, else a Prometheus.
struct ObjectiveOptions: ParsableArguments {
    @Argument(help: "Definitions.")
    var files: [String]

    @Option(help: "Only the objective with this name.")
    var objective: String?

    @Option(
        help: "Measure with the Prometheus of this URL, without the server. [env: JUBAKO_PROMETHEUS] (default: the one of jubako up on this machine)")
    var prometheus: String?

    @Option(help: "As of a time, such as 2026-12-24T18:00:00Z.")
    var at: String?

    func validate() throws {
        if let prometheus { _ = try RulesOptions.url(prometheus) }
        if let at, (try? Date(at, strategy: .iso8601)) == nil { throw ValidationError("--at \(at) is no time: write it as 2026-12-24T18:00:00Z") }
    }

    @OptionGroup var server: ServerConnection

    /// The server knows the past, incidents, releases and corrections, but only how it is now.
    var asksServer: Bool {
        prometheus == nil && at == nil && ProcessInfo.processInfo.environment["JUBAKO_PROMETHEUS"] == nil && server.isConfigured
    }

    /// How the objectives stand, as the server's API says it.
    func reports() async throws -> [JSON] {
        guard asksServer else { return try await standings().map(\.json) }
        var found: [JSON] = []
        for definition in try await ObjectiveOptions.definitions(files) {
            found += try await server.call(.GET, "/api/apps/\(ServerConnection.encoded(definition.appID))/objectives")["objectives"].array
        }
        found = found.filter { objective == nil || $0["objective"].string == objective }
        try check(!found.isEmpty)
        return found
    }

    /// The report of this month, or of another one that the server has on its books.
    func report(month: String?) async throws -> (json: JSON, html: String) {
        guard asksServer else {
            guard month == nil else { throw DeployError("only a server has past months on its books: name it with --server") }
            let standings = try await standings()
            return (.array(standings.map(\.json)), ReportPage.html(standings))
        }
        let apps = try await ObjectiveOptions.definitions(files).map { "&app=\(ServerConnection.encoded($0.appID))" }
        let answer = try await server.call(
            .GET, "/api/objectives/report?sheet=true&month=\(ServerConnection.encoded(month ?? ""))\(apps.joined())")
        try check(!answer["objectives"].array.isEmpty)
        return (answer["objectives"], answer["sheet"].string ?? "")
    }

    private func check(_ isThere: Bool) throws {
        guard !isThere else { return }
        throw DeployError(
            objective.map { "there is no objective \($0) in \(files.joined(separator: ", "))" }
                ?? "\(files.joined(separator: ", ")) has no objectives: docs/objectives.md says how to write one")
    }

    func standings() async throws -> [Standing] {
        let definitions = try await ObjectiveOptions.definitions(files)
        let environment = ProcessInfo.processInfo.environment
        let address = prometheus ?? environment["JUBAKO_PROMETHEUS"] ?? "http://127.0.0.1:\(environment["JUBAKO_PROMETHEUS_PORT"] ?? "7790")"
        let now = try at.map { try Date($0, strategy: .iso8601) } ?? Date()
        let standings = try await PrometheusAPI.with(try RulesOptions.url(address)) { api in
            try await ObjectiveReports.standings(definitions, objective: objective, prometheus: api, now: now)
        }
        try check(!standings.isEmpty)
        return standings
    }

    static func definitions(_ files: [String]) async throws -> [Definition] {
        var definitions: [Definition] = []
        for file in files { definitions.append(try await DefinitionOptions.load(file, tag: nil, .placeholders)) }
        return definitions
    }
}
