import ArgumentParser
import Definitions
import Deployments
import ServiceModel

/// `jubako plan`.
struct PlanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan", abstract: "Show what a deploy would change.",
        discussion: "Changes nothing. Exits with 0 when there is nothing to do, 2 when there are changes, 1 on an error.")

    @Argument(help: "The definition.")
    var file: String

    @Option(name: .shortAndLong, help: "The image's tag, instead of the definition's.")
    var tag: String?

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var connection: ConnectionOptions

    func run() async throws {
        try await Invocation.run("plan") { invocation in
            let definition = try await DefinitionOptions.load(file, tag: tag, .resolve)
            let plan = try await connection.connect(region: definition.region) { connection in
                try await Deployer(DesiredState(definition), session: connection.session(invocation)).plan()
            }
            try await Self.show(plan, definition, tag: tag, json: json)
        }
    }

    /// Prints a plan and ends with its exit code.
    static func show(_ plan: Plan, _ definition: Definition, tag: String?, json: Bool) async throws {
        let redaction = await DefinitionOptions.redaction(definition, tag: tag)
        Terminal.output(json ? plan.json(redaction).prettyText : plan.text(redaction, paint: Terminal.outputPaint))
        if !plan.errors.isEmpty { throw ExitCode(1) }
        if plan.hasChanges { throw ExitCode(2) }
    }
}
