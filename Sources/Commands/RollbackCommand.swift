import ArgumentParser
import Definitions
import Deployments
import ServiceModel

/// `jubako rollback`.
struct RollbackCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rollback", abstract: "Take an app back to the last revision that was really up.",
        discussion: "Shows what would change and asks on a terminal, then follows the deployment. Exit codes as for deploy.")

    @Argument(help: "The definition.")
    var file: String

    @Flag(name: [.customShort("n"), .long], help: "Show what would change, and change nothing.")
    var dryRun = false

    @Flag(name: .shortAndLong, help: "Do not ask.")
    var yes = false

    @OptionGroup var follow: FollowOptions
    @OptionGroup var connection: ConnectionOptions

    func run() async throws {
        try await Invocation.run("rollback") { invocation in
            let definition = try await DefinitionOptions.load(file, tag: nil, .placeholders)
            let redaction = Redaction(unresolved: definition.taskDefinition)
            try await connection.connect(region: definition.region) { connection in
                let rollback = Rollback(
                    app: definition.appID, cluster: definition.cluster, timeout: .seconds(follow.timeout), isEmulated: connection.isEmulated,
                    session: connection.session(invocation))
                let result = try await rollback.run { proposal in
                    let text = proposal.text(redaction, paint: dryRun ? Terminal.outputPaint : Terminal.errorPaint)
                    if dryRun {
                        Terminal.output(follow.json ? proposal.json(redaction).prettyText : text)
                        throw ExitCode(2)
                    }
                    Terminal.error(text)
                    if !yes, Terminal.isInteractive, !invocation.ask("roll back? [y/N]", accepting: ["y", "yes", "Y"]) {
                        throw Stopped("nothing was changed")
                    }
                }
                try await ResultPrinter(connection: connection, invocation: invocation, file: file, json: follow.json).show(result)
            }
        }
    }
}
