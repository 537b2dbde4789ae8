import ArgumentParser
import Definitions
import Deployments
import ServiceModel

/// `jubako oneshot`.
struct OneshotCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "oneshot", abstract: "Run a command once in a task of its own.",
        discussion: """
            Waits for its end, passes its output on and exits with its exit code (127 when it has none). Ctrl-C stops the task.
            Put -- before a command that has options of its own: jubako oneshot app.yml -- ls -l
            """)

    @Option(name: .shortAndLong, help: ArgumentHelp("Start this sidecar as well.", valueName: "name"))
    var container: [String] = []

    @Option(name: .shortAndLong, help: ArgumentHelp("Set an environment variable of the app.", valueName: "name=value"))
    var env: [String] = []

    @Option(help: "CPU units of the app.")
    var appCpu: Int?

    @Option(help: ArgumentHelp("Memory limit of the app.", valueName: "MiB"))
    var appMemory: Int?

    @Option(help: ArgumentHelp("Memory reservation of the app.", valueName: "MiB"))
    var appMemoryReservation: Int?

    @Option(name: .shortAndLong, help: "The image's tag, instead of the definition's.")
    var tag: String?

    @Flag(name: [.customShort("n"), .long], help: "Show what would be run, and run nothing.")
    var dryRun = false

    @Flag(name: .customLong("no-wait"), help: "Print the task's ARN and return.")
    var noWait = false

    @Option(help: ArgumentHelp("Stop the task after this long.", valueName: "seconds"))
    var timeout = 86_400

    @Flag(help: "Print the result as JSON; the app's output goes to stderr then.")
    var json = false

    @OptionGroup var connection: ConnectionOptions

    @Argument(help: "The definition.")
    var file: String

    @Argument(help: "The command and its arguments.")
    var command: [String]

    func validate() throws {
        if command.isEmpty { throw ValidationError("say which command to run: jubako oneshot \(file) COMMAND") }
        for pair in env where !pair.contains("=") { throw ValidationError("--env takes NAME=VALUE, not \(pair)") }
        if timeout < 0 { throw ValidationError("--timeout must not be negative") }
    }

    func run() async throws {
        try await Invocation.run("oneshot", logsGoToOutput: !json) { invocation in
            let definition = try await DefinitionOptions.load(file, tag: tag, dryRun ? .placeholders : .resolve)
            let taskDefinition = try definition.oneshot(containers: container)
            var options = Oneshot.Options()
            options.command = command
            options.environment = env.map { pair in
                let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                return (String(parts[0]), String(parts[1]))
            }
            (options.cpu, options.memory, options.memoryReservation) = (appCpu, appMemory, appMemoryReservation)
            options.timeout = .seconds(timeout)
            options.waits = !noWait
            try await connection.connect(region: definition.region) { connection in
                let oneshot = Oneshot(
                    cluster: definition.cluster, taskDefinition: taskDefinition, runTask: definition.runTask, options: options,
                    session: connection.session(invocation))
                if dryRun {
                    let request = oneshot.request("\(taskDefinition["family"].string ?? "")")
                    Terminal.output(JSON.object(["registerTaskDefinition": taskDefinition, "runTask": request]).prettyText)
                    return
                }
                let result = try await oneshot.run()
                invocation.progress.clear()
                if json || noWait { Terminal.output(json ? result.json.prettyText : result.json.text) }
                if result.exitCode != 0 { throw ExitCode(result.exitCode) }
            }
        }
    }
}
