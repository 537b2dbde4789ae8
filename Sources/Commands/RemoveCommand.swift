import ArgumentParser
import Definitions
import Deployments

/// `jubako remove`.
struct RemoveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove", abstract: "Remove an app's service, and the load balancer and target group that were created for it.",
        discussion: "What the definition names as existing (load_balancer_name, target_group_name) stays, as do task definitions and logs.")

    @Argument(help: "The definition.")
    var file: String

    @Flag(name: [.customShort("n"), .long], help: "Show what would be removed, and remove nothing.")
    var dryRun = false

    @Flag(name: .shortAndLong, help: "Do not ask.")
    var yes = false

    @OptionGroup var connection: ConnectionOptions

    func run() async throws {
        try await Invocation.run("remove") { invocation in
            let definition = try await DefinitionOptions.load(file, tag: nil, .placeholders)
            try await connection.connect(region: definition.region) { connection in
                let removal = Removal(
                    app: definition.appID, cluster: definition.cluster, loadBalancing: definition.loadBalancing,
                    session: connection.session(invocation))
                let removed = try await removal.remove { proposal in
                    if dryRun {
                        for step in proposal.steps { Terminal.output("would remove \(step)") }
                        throw ExitCode.success
                    }
                    guard !yes, Terminal.isInteractive else { return }
                    for step in proposal.steps { Terminal.error("  \(Terminal.errorPaint.red("-")) \(step)") }
                    let question = "this cannot be undone; type the app's name (\(definition.appID)) to remove it:"
                    if !invocation.ask(question, accepting: [definition.appID]) { throw Stopped("nothing was removed") }
                }
                if removed.isEmpty {
                    Terminal.output("there is no service \(definition.appID) in cluster \(definition.cluster), and nothing of it is left")
                } else {
                    Terminal.output("removed \(definition.appID)")
                }
            }
        }
    }
}
