import ArgumentParser
import Definitions
import Deployments
import ServiceModel

/// `jubako rollback`.
struct RollbackCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rollback", abstract: "Take an app back to the last revision that was really up.",
        discussion: "Shows what would change and asks on a terminal, then follows the deployment. Exit codes as for deploy.")

    @OptionGroup var reference: AppReference

    @Option(help: ArgumentHelp("Go to this revision, which was up, instead of the last one.", valueName: "revision"))
    var to: Int?

    @Option(help: "Why, for the record.")
    var reason: String?

    @Flag(name: [.customShort("n"), .long], help: "Show what would change, and change nothing.")
    var dryRun = false

    @Flag(name: .shortAndLong, help: "Do not ask.")
    var yes = false

    @OptionGroup var follow: FollowOptions
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var record: RecordOptions

    func run() async throws {
        try await Invocation.run("rollback") { invocation in
            let (app, cluster, region) = try await reference.resolve()
            let redaction = try await redaction
            try await connection.connect(region: region) { connection in
                let recorder =
                    dryRun ? nil : await record.recorder(.rollback, app: app, reason: reason, redaction: redaction, connection, invocation)
                let rollback = Rollback(
                    app: app, cluster: cluster, timeout: .seconds(follow.timeout), isEmulated: connection.isEmulated,
                    session: connection.session(invocation, recorder))
                let result = try await record.recorded(recorder, connection) {
                    try await rollback.run(revision: to) { proposal in
                        let text = proposal.text(redaction, paint: dryRun ? Terminal.outputPaint : Terminal.errorPaint)
                        if dryRun {
                            Terminal.output(follow.json ? proposal.json(redaction).prettyText : text)
                            throw ExitCode(2)
                        }
                        Terminal.error(text)
                        if !yes, Terminal.isInteractive, !invocation.ask("roll back? [y/N]", accepting: ["y", "yes", "Y"]) {
                            throw Stopped("nothing was changed")
                        }
                        await recorder?.begin(
                            changes: [["action": "change", "what": "task definition", "fields": proposal.json(redaction)["changes"]]],
                            from: Revision.name(of: proposal.current), to: Revision.name(of: proposal.target.taskDefinition))
                    }
                }
                try await ResultPrinter(connection: connection, invocation: invocation, file: reference.app, json: follow.json).show(result)
            }
        }
    }

    /// What must not be shown: all that variables bring into the definition.
    private var redaction: Redaction {
        get async throws {
            guard AppReference.isFile(reference.app) else { return Redaction() }
            return Redaction(unresolved: try await DefinitionOptions.load(reference.app, tag: nil, .placeholders).taskDefinition)
        }
    }
}
