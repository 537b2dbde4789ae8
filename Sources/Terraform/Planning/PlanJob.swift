import Foundation
import ServiceModel

/// Plans one project: init, plan, show, and a bundle of it all.
public struct PlanJob: Sendable {
    public struct Settings: Sendable {
        public var program = TerraformProgram("terraform")
        /// The folder of all bundles.
        public var output: String
        /// Providers are kept here for all projects; nil for Terraform's own setting.
        public var pluginCache: String?
        public var lockTimeout = "60s"
        public var origin = PlanOrigin()
        /// By project: the apps whose infrastructure it is.
        public var promises: [String: [PlanPromise]] = [:]
        let turnstile = Turnstile()

        public init(output: String) { self.output = output }
    }

    /// How far a project is.
    public enum Step: String, Sendable { case initialising = "init", planning = "plan", reading = "show", done }

    public enum Outcome: Sendable {
        case planned(bundle: PlanBundle, report: TagReport, summary: PlanSummary, folder: String)
        case failed([String])
    }

    public let project: Project
    /// The repository's root.
    let root: String
    let settings: Settings
    let rule: TagRule

    public init(project: Project, root: String, settings: Settings, rule: TagRule) {
        self.project = project
        self.root = root
        self.settings = settings
        self.rule = rule
    }

    private var data: String { "\(settings.output)/.work/\(project.name)" }

    /// The files of a project whose folder is gone are those of the commit that had them last.
    private var files: String { project.action == .destroy ? "\(data).files" : root }
    private var directory: String { project.path.isEmpty ? files : "\(files)/\(project.path)" }

    private var session: TerraformSession {
        TerraformSession(program: settings.program, directory: directory, data: data, cache: settings.pluginCache)
    }

    public func run(_ report: @Sendable (Step) -> Void) async -> Outcome {
        do {
            let (bundle, tags, summary) = try await plan(report)
            return .planned(bundle: bundle, report: tags, summary: summary, folder: bundle.folder)
        } catch let error as TerraformSession.Failed {
            return .failed(error.messages)
        } catch {
            return .failed([String(describing: error)])
        }
    }

    private func plan(_ report: @Sendable (Step) -> Void) async throws -> (PlanBundle, TagReport, PlanSummary) {
        let folder = "\(settings.output)/\(project.name)"
        if project.action == .destroy, let base = project.base {
            try? FileManager.default.removeItem(atPath: files)
            try await Repository(root: root).checkOut(base, into: files)
        }
        defer { if project.action == .destroy { try? FileManager.default.removeItem(atPath: files) } }
        let inputs = try ProjectInputs(project: project.path, root: files)
        let input = try inputs.digest()
        try? FileManager.default.removeItem(atPath: folder)
        // the plan holds secrets in clear
        try PlanBundle.makeFolder(folder)
        report(.initialising)
        if settings.pluginCache != nil {
            try await settings.turnstile.pass { try await session.initialise() }
        } else {
            try await session.initialise()
        }
        report(.planning)
        let file = "\(folder)/\(PlanBundle.File.plan.rawValue)"
        try await session.run(
            ["plan", "-input=false", "-no-color", "-json", "-detailed-exitcode", "-lock-timeout=\(settings.lockTimeout)", "-out=\(file)"]
                + (project.action == .destroy ? ["-destroy"] : []),
            accepting: [0, 2])
        report(.reading)
        let shown = Data(try await session.show(file))
        let plan = PlanFile(name: project.name, data: shown)
        var tags = try TagCheck(rule: rule).check(plan)
        if !tags.isPassed { tags.locate(in: project.path, root: files) }
        let summary = try PlanSummary(plan)
        let values = try JSON(parsing: shown)
        try PlanBundle.write(Data(SecretMask(values).masked(plan: values).bytes), to: "\(folder)/\(PlanBundle.File.json.rawValue)")
        try PlanBundle.write(
            Data(summary.markdown(title: project.name, promises: settings.promises[project.name] ?? []).utf8),
            to: "\(folder)/\(PlanBundle.File.summary.rawValue)")
        if let lock = FileManager.default.contents(atPath: "\(directory)/.terraform.lock.hcl") {
            try PlanBundle.write(lock, to: "\(folder)/\(PlanBundle.File.lock.rawValue)")
        }
        let state = try await session.pullState()
        guard try inputs.digest() == input else {
            throw TerraformError("the project's files changed while it was planned: plan again")
        }
        let bundle = try seal(folder, input: input, values: values, state: state, version: summary.terraformVersion)
        report(.done)
        return (bundle, tags, summary)
    }

    private func seal(_ folder: String, input: String, values: JSON, state: JSON?, version: String) throws -> PlanBundle {
        let origin = settings.origin
        let isDestroy = project.action == .destroy
        let (drift, meaning, providers) = (PlanMeaning.drift(of: values), PlanMeaning.digest(of: values), ProviderFiles.found(in: session.data))
        return try PlanBundle(sealing: folder) { files in
            BundleFacts(
                project: project.name, path: project.path, commit: isDestroy ? project.base : origin.commit, base: origin.base,
                authors: origin.authors, pullRequest: origin.pullRequest,
                createdAt: Date().formatted(.iso8601), tool: .init(name: settings.program.name, version: version), providers: providers,
                state: .init(state), input: input, meaning: meaning, drift: drift, isDestroy: isDestroy, files: files)
        }
    }
}
