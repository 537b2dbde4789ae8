import ArgumentParser
import Deployments
import NIOHTTP1
import ServiceModel

/// Which engine to talk to: drills exist nowhere else.
struct DrillConnection: ParsableArguments {
    @Option(name: .customLong("endpoint-url"), help: "The engine's address, instead of this machine's own (JUBAKO_ENGINE_PORT).")
    var endpointURL: String?

    func connect<Result>(_ body: (Connection) async throws -> Result) async throws -> Result {
        var options = ConnectionOptions()
        options.engine = endpointURL == nil
        options.endpointURL = endpointURL
        options.region = nil
        options.profile = nil
        return try await options.connect(region: nil, body)
    }
}

/// What all drills take.
struct DrillOptions: ParsableArguments {
    @OptionGroup var app: AppReference

    @Option(name: .customLong("for"), help: "How long, as in 90s or 5m; an hour at most.")
    var length = TimeSpan(seconds: 300)

    @Flag(help: "Exit with 1 if no alert came.")
    var requireAlert = false

    @Flag(help: "Print the report as JSON.")
    var json = false

    @OptionGroup var engine: DrillConnection
    @OptionGroup var server: ServerConnection

    func run(_ fault: String, amount: Int?) async throws {
        try await Invocation.run("drill \(fault)") { invocation in
            let (name, cluster, _) = try await app.resolve()
            let path = "/api/apps/\(ServerConnection.encoded(name))/alerts?limit=100"
            let isWatched = await server.answers()
            let plan = Drill.Plan(
                app: name, cluster: cluster, fault: fault, amount: amount, duration: .seconds(length.seconds), by: ServerConnection.person)
            try await engine.connect { connection in
                let ledger: @Sendable () async -> JSON = { [server] in (try? await server.call(.GET, path)) ?? .null }
                let report = try await Drill(plan, session: connection.session(invocation)).run(ledger: isWatched ? ledger : nil)
                invocation.progress.clear()
                Terminal.output(json ? report.json.prettyText : report.text)
                if requireAlert, report.notices.isEmpty { throw ExitCode(1) }
            }
        }
    }
}
