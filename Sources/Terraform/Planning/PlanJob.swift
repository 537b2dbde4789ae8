import Crypto
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

    private var directory: String { project.path.isEmpty ? root : "\(root)/\(project.path)" }

    public func run(_ report: @Sendable (Step) -> Void) async -> Outcome {
        do {
            let (bundle, tags, summary, folder) = try await plan(report)
            return .planned(bundle: bundle, report: tags, summary: summary, folder: folder)
        } catch let error as Failed {
            return .failed(error.messages)
        } catch {
            return .failed([String(describing: error)])
        }
    }

    private struct Failed: Error { let messages: [String] }

    private func plan(_ report: @Sendable (Step) -> Void) async throws -> (PlanBundle, TagReport, PlanSummary, String) {
        let folder = "\(settings.output)/\(project.name)"
        let inputs = try InputTree.digest(directory)
        try? FileManager.default.removeItem(atPath: folder)
        // plan and JSON hold secrets in clear
        try makeFolder(folder)
        report(.initialising)
        let hasLock = FileManager.default.fileExists(atPath: "\(directory)/.terraform.lock.hcl")
        let arguments = ["init", "-input=false", "-no-color", "-json"] + (hasLock ? ["-lockfile=readonly"] : [])
        if settings.pluginCache != nil {
            try await settings.turnstile.pass { _ = try await run(arguments) }
        } else {
            try await run(arguments)
        }
        report(.planning)
        let file = "\(folder)/\(PlanBundle.File.plan.rawValue)"
        try await run(
            ["plan", "-input=false", "-no-color", "-json", "-detailed-exitcode", "-lock-timeout=\(settings.lockTimeout)", "-out=\(file)"],
            accepting: [0, 2])
        report(.reading)
        let json = try await run(["show", "-json", "-no-color", file])
        try write(Data(json), to: "\(folder)/\(PlanBundle.File.json.rawValue)")
        if let lock = FileManager.default.contents(atPath: "\(directory)/.terraform.lock.hcl") {
            try write(lock, to: "\(folder)/\(PlanBundle.File.lock.rawValue)")
        }
        let plan = PlanFile(name: project.name, data: Data(json))
        var tags = try TagCheck(rule: rule).check(plan)
        if !tags.isPassed { tags.locate(in: project.path, root: root) }
        let summary = try PlanSummary(plan)
        guard try InputTree.digest(directory) == inputs else {
            throw TerraformError("the project's files changed while it was planned: plan again")
        }
        let bundle = try PlanBundle(
            project: project.name, commit: await commit(), tree: inputs, terraformVersion: summary.terraformVersion, state: await state(),
            folder: folder)
        try write(Data(summary.markdown(title: project.name).utf8), to: "\(folder)/summary.md")
        report(.done)
        return (bundle, tags, summary, folder)
    }

    @discardableResult
    private func run(_ arguments: [String], accepting codes: Set<Int32> = [0]) async throws -> [UInt8] {
        let data = "\(settings.output)/.work/\(project.name)"
        let result = try await settings.program.run(arguments, in: directory, data: data, cache: settings.pluginCache)
        guard codes.contains(result.code) else {
            var errors = PlanDiagnosis(result.output).errors
            if errors.isEmpty {
                errors = [result.error.split(separator: "\n").first { !$0.isEmpty }.map { String($0.prefix(300)) } ?? "it ended with \(result.code)"]
            }
            throw Failed(messages: errors.map { "\(arguments[0]): \($0)" })
        }
        return result.output
    }

    /// Serial and lineage of the state that was planned against; null for a project without one.
    private func state() async -> JSON {
        let data = "\(settings.output)/.work/\(project.name)"
        guard let result = try? await settings.program.run(["state", "pull"], in: directory, data: data, cache: settings.pluginCache),
            let state = try? JSON(parsing: result.output)
        else { return .null }
        return .compact(["serial": state["serial"], "lineage": state["lineage"]])
    }

    private func commit() async -> String? { try? await Repository(root: root).head() }

    private func makeFolder(_ path: String) throws(TerraformError) {
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw TerraformError("\(path) cannot be made: \(error.localizedDescription)")
        }
    }

    private func write(_ data: Data, to path: String) throws(TerraformError) {
        guard FileManager.default.createFile(atPath: path, contents: data, attributes: [.posixPermissions: 0o600]) else {
            throw TerraformError("\(path) cannot be written")
        }
    }
}

/// The digest of what a project's folder holds: names and contents of all files but what Terraform keeps for itself.
enum InputTree {
    static func digest(_ folder: String) throws(TerraformError) -> String {
        var hash = SHA256()
        let tree = try Tree(root: folder, top: "")
        for (path, entry) in tree.folders.sorted(by: { $0.key < $1.key }) {
            for name in entry.files.sorted() {
                let file = ConfigurationFolder.join(path, name)
                hash.update(data: Data("\(file)\u{0}".utf8))
                hash.update(data: Data(SHA256.hash(data: FileManager.default.contents(atPath: "\(folder)/\(file)") ?? Data())))
            }
        }
        return hash.finalize().map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
