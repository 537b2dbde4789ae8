import ArgumentParser
import Deployments
import Foundation
import NIOCore
import NIOHTTP1
import ServiceModel
import Terraform

/// `jubako terraform plan`.
struct TerraformPlan: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan", abstract: "Plan projects side by side, check their tags, and keep each plan as a bundle.",
        discussion: """
            Each bundle is a folder with the plan file, its JSON without secrets, the lock file, a summary, and bundle.json with their digests; the plan \
            file holds secrets in clear, so keep it where only those may read it who may apply it. The exit code is 1 when a project could not be planned, 5 when \
            a tag is wrong or missing, 2 when something would change, 0 otherwise.
            """)

    @Argument(help: "The projects. Without names: those that --changed-since finds.")
    var projects: [String] = []

    @Option(help: "A branch or commit: the projects that changed since this branch left it.")
    var changedSince: String?

    @Option(help: "The branch that the change goes to, for the seal. Default: what --changed-since says.")
    var base: String?

    @Flag(help: "All projects.")
    var all = false

    @Option(help: "The folder of the bundles.")
    var out = "plans"

    @Option(help: "terraform, tofu, or the path of one. Default: terraform.program of jubako.yml, else terraform if it is on PATH, else tofu.")
    var program: String?

    @Option(help: "How many projects are planned at once. Default: one for each core, at least 2.")
    var parallel: Int?

    @Option(help: "A folder where providers are kept for all projects; inits then take turns.")
    var pluginCache: String?

    @Option(help: "How long to wait for somebody else's lock on a state.")
    var lockTimeout = "60s"

    @Option(help: "The folder of all projects. Default: terraform.root of jubako.yml.")
    var root: String?

    @Option(help: "The tag's key. Default: terraform.tag of jubako.yml, or Project.")
    var key: String?

    @Flag(help: "Propose each plan that changes something to the server, where an SRE approves it.")
    var upload = false

    @Flag(help: "Print the result as JSON.")
    var json = false

    @OptionGroup var server: ServerConnection

    func validate() throws {
        guard [!projects.isEmpty, changedSince != nil, all].count(where: { $0 }) == 1 else {
            throw ValidationError("name projects, or give --changed-since REF, or --all")
        }
    }

    func run() async throws {
        try await Invocation.run("terraform plan") { invocation in
            let settings = try TerraformSettings.nearest()
            let folder = try ProjectFolder(root ?? settings.root)
            let selection = try await folder.select(changedSince: changedSince, abandoned: settings.abandoned)
            let chosen = try ProjectFolder.named(projects, in: selection.projects)
            var planning = PlanJob.Settings(output: URL(filePath: out).standardizedFileURL.path())
            planning.program = settings.program(program)
            planning.lockTimeout = lockTimeout
            planning.promises = await TerraformSettings.promises()
            let promises = planning.promises
            planning.pluginCache = try pluginCache.map(Self.folder) ?? ProcessInfo.processInfo.environment["TF_PLUGIN_CACHE_DIR"]
            let root = try await folder.repository()
            planning.origin = await PlanOrigin(root: root, base: changedSince ?? base, pullRequest: GitHub.pullRequest)
            let made = planning
            let jobs = chosen.filter { [.plan, .destroy].contains($0.action) }.map { project in
                PlanJob(project: project, root: root, settings: made, rule: TagRule(key: key ?? settings.tag, value: Self.last(project.name)))
            }
            for gone in chosen where gone.action != .plan {
                invocation.progress.report(.warning("\(gone.name): \(gone.reasons.last?.text ?? gone.action.rawValue)"))
            }
            let width = parallel ?? max(2, ProcessInfo.processInfo.activeProcessorCount)
            // Ctrl-C ends the plans, and lets Terraform give its locks back.
            let results = try await invocation.stoppable {
                await PlanRun(jobs, width: width).run { project, step in
                    if step != .done { invocation.progress.report(.note("\(project.name): \(step.rawValue)")) }
                }
            }
            if await invocation.interruption.isRequested { throw ExitCode(Invocation.interrupted) }
            show(results, promises)
            if upload { try await propose(results) }
            if let code = Self.code(results) { throw code }
        }
    }

    /// Gives the plans that change something, and whose tags are right, to the server.
    private func propose(_ results: [PlanRun.Result]) async throws {
        for result in results {
            guard case .planned(let bundle, let report, let summary, _) = result.outcome, report.isPassed, summary.hasChanges else { continue }
            var body = bundle.transport
            body["by"] = .string(ServerConnection.person)
            let plan = try await server.send(.POST, "/api/terraform/plans", body: body, timeout: .seconds(300))
            let approved = plan["approvals"][0]["from"].int.map { "; the approval of plan \($0) holds, since it does the same" } ?? ""
            Terminal.error(
                "\(result.project.name): plan \(plan["id"].int ?? 0) is \(plan["state"].string ?? "") at \(server.base)/terraform/plans/\(plan["id"].int ?? 0)\(approved)"
            )
        }
    }

    private func show(_ results: [PlanRun.Result], _ promises: [String: [PlanPromise]]) {
        let paint = Terminal.errorPaint
        for result in results {
            switch result.outcome {
            case .failed(let errors):
                for error in errors { Terminal.error("\(paint.red("✗")) \(result.project.name): \(error)") }
                GitHub.annotate("\(result.project.name): \(errors.first ?? "")")
            case .planned(_, let report, let summary, _):
                Terminal.errorRaw(report.text { mark, finding in finding.isViolation ? paint.red(mark) : paint.yellow(mark) })
                if GitHub.isPresent {
                    Terminal.errorRaw(report.annotations)
                    GitHub.summarise(
                        summary.markdown(title: result.project.name, promises: promises[result.project.name] ?? [])
                            + (report.isPassed ? "" : report.markdown(limit: 20_000)))
                }
            }
        }
        if json {
            let list = results.map { result in
                var json = result.json
                json["apps"] = .array((promises[result.project.name] ?? []).map(\.json))
                return json
            }
            return Terminal.output(JSON.object(["projects": .array(list)]).prettyText)
        }
        for result in results {
            switch result.outcome {
            case .failed: Terminal.output("\(result.project.name): failed")
            case .planned(let bundle, let report, let summary, let folder):
                let wrong = report.isPassed ? "" : "; \(report.violations.count) without the right \(report.rule.key)"
                Terminal.output("\(result.project.name): \(summary.line)\(wrong)\n    \(folder) \(bundle.digest.prefix(12))")
                guard summary.hasChanges else { continue }
                for promise in promises[result.project.name] ?? [] { Terminal.output("    touches \(promise.text)") }
            }
        }
    }

    private static func code(_ results: [PlanRun.Result]) -> ExitCode? {
        var codes: Set<Int32> = []
        for result in results {
            switch result.outcome {
            case .failed: codes.insert(1)
            case .planned(_, let report, let summary, _): codes.insert(!report.isPassed ? 5 : summary.hasChanges ? 2 : 0)
            }
        }
        return [1, 5, 2].first(where: codes.contains).map { ExitCode($0) }
    }

    private static func last(_ name: String) -> String { name.split(separator: "/").last.map(String.init) ?? name }

    private static func folder(_ path: String) throws -> String {
        let url = URL(filePath: path).standardizedFileURL
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        return url.path()
    }
}
