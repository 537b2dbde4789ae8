import ArgumentParser
import Deployments
import Foundation
import ServiceModel
import Terraform

/// `jubako terraform apply`.
struct TerraformApply: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "apply", abstract: "Apply exactly one approved plan, or refuse and say why.",
        discussion: """
            The plan is refused when the state moved, the files or the base branch have changed, the providers or the program differ, somebody \
            changed something past Terraform, it was not approved, or somebody else applies a plan of the project. What happens is written to the \
            journal in the bundle's folder; --report reads it, after a crash too. The exit code is 0 when all is applied, 3 when it failed \
            half-way, 5 when a tag turned out wrong, 6 when it was refused and nothing was changed.
            """)

    @Argument(help: "The number of a plan at the server, or the folder of a bundle, as in plans/kirare.")
    var plan: String

    @Option(help: ArgumentHelp("Why a plan is applied that nobody approved; the journal keeps it.", valueName: "reason"))
    var withoutApproval: String?

    @Option(help: ArgumentHelp("How many resources are destroyed and replaced, where that is more than terraform.limits.", valueName: "count"))
    var allowDestroy: Int?

    @Option(help: ArgumentHelp("The project's name, or the address of a resource whose data is lost.", valueName: "name"))
    var confirm: [String] = []

    @Option(help: "terraform, tofu, or the path of one. Default: terraform.program of jubako.yml, else terraform if it is on PATH, else tofu.")
    var program: String?

    @Option(help: "A folder where providers are kept for all projects.")
    var pluginCache: String?

    @Option(help: "How long to wait for somebody else's lock on the state.")
    var lockTimeout = "60s"

    @Option(help: "The folder of all projects. Default: terraform.root of jubako.yml.")
    var root: String?

    @Option(help: "The folder where a plan of the server is laid, and its journal.")
    var out = "plans"

    @Flag(help: "Where somebody else applies a plan of the project: wait for the turn.")
    var wait = false

    @Flag(help: "Apply nothing: show how far an earlier apply came.")
    var report = false

    @Flag(help: "Print the report as JSON.")
    var json = false

    @OptionGroup var server: ServerConnection

    func validate() throws {
        if withoutApproval != nil, isNumber { throw ValidationError("plan \(plan) is at the server, which knows whether it was approved") }
        if withoutApproval?.trimmingCharacters(in: .whitespaces).isEmpty == true { throw ValidationError("--without-approval wants a reason") }
    }

    func run() async throws {
        try await Invocation.run("terraform apply") { invocation in
            if report { return try showReport() }
            let settings = try TerraformSettings.nearest()
            let desk = desk(invocation)
            let bundle = try await desk?.fetch(into: try emptied()) ?? PlanBundle(folder: folder)
            let job = try await job(bundle, settings, desk ?? NoDesk(reason: withoutApproval), invocation.interruption)
            do {
                // Ends with this block.
                async let _ = desk?.beat()
                let report = try await job.run { progress in
                    switch progress {
                    case .preparing: invocation.progress.report(.note("\(bundle.facts.project): init"))
                    case .checking: invocation.progress.report(.note("\(bundle.facts.project): looking whether all is as it was planned"))
                    case .applying: invocation.progress.report(.note("\(bundle.facts.project): apply \(bundle.digest.prefix(12))"))
                    case .step(let text): invocation.progress.report(.note(text))
                    }
                }
                show(report)
                if report.outcome != .applied { throw TerraformCommand.halfDone }
                if !report.wrongTags.isEmpty { throw TerraformCommand.violations }
            } catch let refused as ApplyRefused {
                show(refused, bundle.facts)
                throw TerraformCommand.refused
            }
        }
    }

    /// Where the bundle lies, and its journal.
    private var folder: String {
        let path = isNumber ? "\(out)/\(plan)" : plan
        return URL(filePath: path).standardizedFileURL.path().trimmingSlash
    }

    private var isNumber: Bool { Int(plan) != nil && !FileManager.default.fileExists(atPath: plan) }

    /// The server, for a plan that is there.
    private func desk(_ invocation: Invocation) -> ServerDesk? {
        guard isNumber else { return nil }
        return ServerDesk(server: server, id: plan, person: ServerConnection.person, waits: wait) { text in invocation.progress.report(.note(text)) }
    }

    /// The folder for a plan of the server, without what an earlier refusal left there.
    private func emptied() throws -> String {
        let journal = try ApplyJournal(folder: folder)
        if journal.lines.isEmpty || ApplyReport(journal.lines, isAlive: journal.isWriterAlive).outcome == .refused {
            try? FileManager.default.removeItem(atPath: folder)
        }
        return folder
    }

    private func job(
        _ bundle: PlanBundle, _ settings: TerraformSettings, _ desk: any PlanDesk, _ interruption: Interruption
    ) async throws -> ApplyJob {
        let projects = try ProjectFolder(root ?? settings.root)
        var applying = ApplyJob.Settings(
            person: ServerConnection.person,
            rule: TagRule(key: settings.tag, value: bundle.facts.project.split(separator: "/").last.map(String.init) ?? ""))
        applying.program = settings.program(program)
        applying.lockTimeout = lockTimeout
        applying.pluginCache = pluginCache ?? ProcessInfo.processInfo.environment["TF_PLUGIN_CACHE_DIR"]
        applying.limits = settings.limits
        applying.words = .init(allowed: allowDestroy, confirmed: Set(confirm))
        applying.withoutApproval = withoutApproval
        // Terraform ends what it has begun, and all of it is in the journal; a second Ctrl-C ends this process at once.
        applying.isStopping = { await interruption.isRequested }
        applying.stop = {
            while await !interruption.isRequested {
                guard (try? await Task.sleep(for: .milliseconds(100))) != nil else { return }
            }
        }
        return ApplyJob(bundle, root: try await projects.repository(), settings: applying, desk: desk)
    }

    private func showReport() throws {
        let journal = try ApplyJournal(folder: folder)
        guard !journal.lines.isEmpty else { throw TerraformError("\(plan) was never applied from here: it has no \(ApplyJournal.file)") }
        show(ApplyReport(journal.lines, isAlive: journal.isWriterAlive))
    }

    private func show(_ report: ApplyReport) { Terminal.output(json ? report.json.prettyText : report.text) }

    private func show(_ refused: ApplyRefused, _ facts: BundleFacts) {
        if json {
            return Terminal.output(
                JSON.object([
                    "project": .string(facts.project), "digest": .string(facts.digest), "outcome": "refused",
                    "refusals": .array(refused.refusals.map(\.json)),
                ]).prettyText)
        }
        Terminal.error(Terminal.errorPaint.red("refused: ") + "\(facts.project) was not applied, and nothing was changed")
        for refusal in refused.refusals { Terminal.error("  \(refusal.code.rawValue): \(refusal.text)\n    \(refusal.next)") }
        GitHub.annotate("\(facts.project) was not applied: \(refused.refusals.map(\.text).joined(separator: "; "))")
    }
}

extension String {
    fileprivate var trimmingSlash: String { count > 1 && hasSuffix("/") ? String(dropLast()) : self }
}
