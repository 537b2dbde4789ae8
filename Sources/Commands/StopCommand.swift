import ArgumentParser
import Definitions
import Deployments

/// `jubako stop`.
struct StopCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stop", abstract: "Set an app's desired count to 0; the service stays, and deploy starts it again.")

    @Argument(help: "The definition.")
    var file: String

    @Flag(name: [.customShort("n"), .long], help: "Show what would change, and change nothing.")
    var dryRun = false

    @OptionGroup var connection: ConnectionOptions

    func run() async throws {
        try await Invocation.run("stop") { invocation in
            let definition = try await DefinitionOptions.load(file, tag: nil, .placeholders)
            try await connection.connect(region: definition.region) { connection in
                let removal = Removal(
                    app: definition.appID, cluster: definition.cluster, loadBalancing: nil, session: connection.session(invocation))
                guard try await removal.stop(isDryRun: dryRun) else {
                    return Terminal.output("there is no service \(definition.appID) in cluster \(definition.cluster)")
                }
                Terminal.output("\(dryRun ? "would stop" : "stopped") \(definition.appID): its desired count \(dryRun ? "would be" : "is") 0")
            }
        }
    }
}
