import ArgumentParser
import Deployments
import Foundation
import NIOHTTP1
import ServiceModel
import Terraform

/// `jubako terraform drift`.
struct TerraformDrift: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "drift", abstract: "Look for what somebody changed past Terraform; for a schedule.",
        discussion: """
            Nothing is changed, neither the state. Attributes are named, their values never shown. With --upload the server keeps the result for each \
            project, and tells its team when there is drift that it had not seen, and when there is none any more. The exit code is 0 when there \
            is none, 2 when there is some, 1 when a project could not be looked at.
            """)

    @Argument(help: "The projects. Default: all.")
    var projects: [String] = []

    @Option(help: "A folder for what Terraform keeps between runs.")
    var out = "plans"

    @Option(help: "terraform, tofu, or the path of one. Default: terraform.program of jubako.yml, else terraform if it is on PATH, else tofu.")
    var program: String?

    @Option(help: "How many projects are looked at at once. Default: one for each core, at least 2.")
    var parallel: Int?

    @Option(help: "A folder where providers are kept for all projects; inits then take turns.")
    var pluginCache: String?

    @Option(help: "How long to wait for somebody else's lock on a state.")
    var lockTimeout = "60s"

    @Option(help: "The folder of all projects. Default: terraform.root of jubako.yml.")
    var root: String?

    @Flag(help: "Give the result to the server.")
    var upload = false

    @Flag(help: "Print the result as JSON.")
    var json = false

    @OptionGroup var server: ServerConnection

    func run() async throws {
        try await Invocation.run("terraform drift") { invocation in
            let settings = try TerraformSettings.nearest()
            let folder = try ProjectFolder(root ?? settings.root)
            let chosen = try ProjectFolder.named(projects, in: try await folder.select(changedSince: nil, abandoned: []).projects)
            var planning = PlanJob.Settings(output: URL(filePath: out).standardizedFileURL.path())
            planning.program = settings.program(program)
            planning.lockTimeout = lockTimeout
            planning.pluginCache = pluginCache ?? ProcessInfo.processInfo.environment["TF_PLUGIN_CACHE_DIR"]
            let run = DriftRun(
                chosen, root: try await folder.repository(), settings: planning, key: settings.tag,
                width: parallel ?? max(2, ProcessInfo.processInfo.activeProcessorCount))
            let results = try await invocation.stoppable {
                await run.run { invocation.progress.report(.note("\($0.name): refresh")) }
            }
            show(results)
            if upload { try await send(results) }
            if results.contains(where: { if case .failed = $0.outcome { true } else { false } }) { throw ExitCode(1) }
            if results.contains(where: { if case .looked(let report) = $0.outcome { !report.resources.isEmpty } else { false } }) {
                throw ExitCode(2)
            }
        }
    }

    private func show(_ results: [DriftRun.Result]) {
        var reports: [JSON] = []
        for result in results {
            switch result.outcome {
            case .looked(let report):
                reports.append(report.json)
                if !json { Terminal.output(report.text) }
                if !report.resources.isEmpty { GitHub.summarise("### \(report.line)\n\n```\n\(report.text)\n```\n") }
            case .failed(let errors):
                reports.append(.object(["project": .string(result.project.name), "errors": JSON(errors)]))
                for error in errors { Terminal.error("\(Terminal.errorPaint.red("✗")) \(result.project.name): \(error)") }
            }
        }
        if json { Terminal.output(JSON.object(["projects": .array(reports)]).prettyText) }
    }

    private func send(_ results: [DriftRun.Result]) async throws {
        let reports = results.compactMap { result in if case .looked(let report) = result.outcome { report.json } else { nil } }
        guard !reports.isEmpty else { return }
        _ = try await server.send(.POST, "/api/terraform/drift", body: ["projects": .array(reports), "by": .string(ServerConnection.person)])
    }
}
