import ArgumentParser
import Deployments
import ServiceModel

/// `jubako why`.
struct WhyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "why", abstract: "Say why an app does not run as it should.",
        discussion: "One verdict, from stopped tasks, exit codes, health checks, events and the last lines of the container that failed.")

    @OptionGroup var reference: AppReference

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var connection: ConnectionOptions

    func run() async throws {
        try await Invocation.run("why") { invocation in
            let (app, cluster, region) = try await reference.resolve()
            let facts = try await connection.connect(region: region) { connection in
                try await FactReader(connection.client).read(app: app, cluster: cluster)
            }
            let verdict = Autopsy.verdict(facts)
            Terminal.output(json ? verdict.json.prettyText : Self.text(verdict, paint: Terminal.outputPaint))
            if verdict.cause == .noService { throw ExitCode(1) }
        }
    }

    /// The verdict for people.
    static func text(_ verdict: Autopsy.Verdict, paint: Paint) -> String {
        var lines = ["\(paint.bold("why:")) \(verdict.summary)"]
        lines += verdict.evidence.map { "  \(paint.dim("│")) \($0)" }
        lines += verdict.nextSteps.map { "  \(paint.green("→")) \($0)" }
        return lines.joined(separator: "\n")
    }
}
