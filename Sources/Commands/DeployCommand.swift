import ArgumentParser
import Definitions
import Deployments
import ServiceModel

/// `jubako deploy`.
struct DeployCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deploy", abstract: "Bring an app to what its definition says.",
        discussion: """
            Registers a revision and updates the service only where something differs, then follows the deployment to its end.
            Exit codes: 0 deployed or nothing to do, 1 error, 2 changes (--dry-run), 3 failed or rolled back, 4 timed out and still running, \
            5 the gate is closed, 6 another deployment took its place, 130 interrupted and still running.
            """)

    @Argument(help: "The definition.")
    var file: String

    @Flag(name: .shortAndLong, help: "Compare nothing: always a new revision and new tasks.")
    var force = false

    @Option(name: .shortAndLong, help: "The image's tag, instead of the definition's.")
    var tag: String?

    @Flag(name: [.customShort("n"), .long], help: "Show what would change, and change nothing.")
    var dryRun = false

    @Flag(name: .customLong("no-wait"), help: "Return as soon as the deployment has started.")
    var noWait = false

    @OptionGroup var follow: FollowOptions
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var record: RecordOptions
    @OptionGroup var gate: GateOptions

    func run() async throws {
        try await Invocation.run("deploy") { invocation in
            let definition = try await DefinitionOptions.load(file, tag: tag, .resolve)
            try await connection.connect(region: definition.region) { connection in
                var options = Deployer.Options()
                options.timeout = .seconds(follow.timeout)
                options.waits = !noWait
                options.isForced = force
                options.isEmulated = connection.isEmulated
                options.entryPort = connection.entryPort
                if dryRun {
                    let deployer = Deployer(DesiredState(definition), options: options, session: connection.session(invocation))
                    return try await PlanCommand.show(deployer.plan(), definition, tag: tag, json: follow.json)
                }
                let redaction = await DefinitionOptions.redaction(definition, tag: tag)
                let recorder = await record.recorder(.deploy, app: definition.appID, redaction: redaction, connection, invocation)
                let deployer = Deployer(DesiredState(definition), options: options, session: connection.session(invocation, recorder))
                let result = try await record.recorded(recorder, connection) {
                    try await deployer.deploy { plan in
                        guard plan.hasChanges || !plan.issues.isEmpty else { return }
                        Terminal.error(plan.text(redaction, paint: Terminal.errorPaint))
                        guard plan.hasChanges, plan.errors.isEmpty else { return }
                        try await gate.ask(definition, server: await record.known(connection), endpoint: connection.endpoint)
                        await recorder?.begin(changes: plan.json(redaction)["changes"], from: plan.running.map(Revision.name))
                    }
                }
                try await ResultPrinter(connection: connection, invocation: invocation, file: file, json: follow.json).show(result)
            }
        }
    }
}

/// How to follow a deployment, and how to say how it ended.
struct FollowOptions: ParsableArguments {
    @Option(help: ArgumentHelp("How long to follow the deployment.", valueName: "seconds"))
    var timeout: Int = 1200

    @Flag(help: "Print the result as JSON.")
    var json = false

    func validate() throws {
        if timeout < 0 { throw ValidationError("--timeout must not be negative") }
    }
}
