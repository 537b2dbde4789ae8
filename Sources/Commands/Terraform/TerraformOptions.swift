import ArgumentParser
import Definitions
import Foundation
import Terraform

/// Which project a plan belongs to, and which tag says so.
struct ProjectOptions: ParsableArguments {
    @Option(help: "The project: the name of its directory, and the value of its tag.")
    var project: String?

    @Option(help: "The project's directory, where places and patches are looked for. Default: the project's below terraform.root of jubako.yml.")
    var directory: String?

    @Option(help: "The tag's key. Default: terraform.tag of jubako.yml, or Project.")
    var key: String?

    @Option(help: "The tag's value, if it is not the project's name.")
    var value: String?

    func validate() throws {
        guard project != nil || directory != nil || value != nil else {
            throw ValidationError("name the project with --project, or its directory with --directory")
        }
        for (option, text) in [("--project", project), ("--key", key), ("--value", value)] where text?.isEmpty == true {
            throw ValidationError("\(option) is empty")
        }
    }

    func rule() throws -> TagRule {
        let settings = try TerraformSettings.nearest()
        return TagRule(key: key ?? settings.tag, value: value ?? name ?? "")
    }

    /// The last part of the project's path.
    var name: String? {
        let path = project ?? directory.map { URL(filePath: $0).standardizedFileURL.path() }
        return path?.split(separator: "/").last.map(String.init)
    }

    /// Nil if there is none to be found.
    func folder() throws -> String? {
        if let directory {
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: directory, isDirectory: &isFolder), isFolder.boolValue else {
                throw TerraformError("\(directory) is no directory")
            }
            return directory
        }
        guard let project else { return nil }
        let path = "\(try TerraformSettings.nearest().root)/\(project)"
        return FileManager.default.fileExists(atPath: path) ? path : nil
    }
}

/// The plan that a verb reads.
struct PlanOptions: ParsableArguments {
    @Argument(help: "What terraform show -json PLANFILE printed; - reads stdin.")
    var plan: String

    func file() throws -> PlanFile {
        plan == "-" ? PlanFile(name: "stdin", data: FileHandle.standardInput.readDataToEndOfFile()) : try PlanFile(path: plan)
    }
}

/// What `jubako.yml` says of Terraform.
struct TerraformSettings {
    /// The folder of the projects, as seen from the current directory.
    let root: String
    let organization: Organization.Terraform

    var tag: String { organization.tag }
    var abandoned: [String] { organization.abandoned }
    var limits: ApplyLimits { ApplyLimits(destroy: organization.destroyLimit, replace: organization.replaceLimit) }

    static func nearest() throws -> TerraformSettings {
        let here = FileManager.default.currentDirectoryPath
        guard let file = Organization.file(around: here) else { return TerraformSettings(root: "terraform", organization: .init()) }
        let terraform = try Organization.load(file).terraform
        let folder = URL(filePath: file).deletingLastPathComponent().appending(path: terraform.root).standardizedFileURL.path()
        return TerraformSettings(root: Self.relative(folder, to: URL(filePath: here).resolvingSymlinksInPath().path()), organization: terraform)
    }

    /// By project: the apps beside `jubako.yml` whose infrastructure it is.
    static func promises() async -> [String: [PlanPromise]] {
        guard let file = Organization.file(around: FileManager.default.currentDirectoryPath) else { return [:] }
        let folder = URL(filePath: file).deletingLastPathComponent().path()
        let catalog = await LiveCatalog.load(CatalogSource(repository: folder, loader: DefinitionLoader(cacheDirectory: nil))).catalog
        let apps = catalog.apps.values.filter { $0.definition.project != nil }.sorted { $0.name < $1.name }
        return Dictionary(grouping: apps) { $0.definition.project ?? "" }.mapValues { apps in
            apps.map { app in
                PlanPromise(app: app.name, team: app.team, objectives: app.objectives.map { "\($0.name) \($0.target) %" })
            }
        }
    }

    /// The program that plans and applies.
    func program(_ named: String?) -> TerraformProgram {
        if let name = named ?? organization.program { return TerraformProgram(name) }
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        func has(_ program: String) -> Bool { folders.contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(program)") } }
        return TerraformProgram(!has("terraform") && has("tofu") ? "tofu" : "terraform")
    }

    private static func relative(_ path: String, to folder: String) -> String {
        let path = path.split(separator: "/")
        let folder = folder.split(separator: "/")
        let shared = zip(path, folder).prefix { $0 == $1 }.count
        let parts = [Substring](repeating: "..", count: folder.count - shared) + path.dropFirst(shared)
        return parts.isEmpty ? "." : parts.joined(separator: "/")
    }
}
