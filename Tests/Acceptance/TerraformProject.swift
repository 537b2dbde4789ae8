import Foundation
import ServiceModel
import Subprocess
import SystemPackage
import TestSupport

/// A project in a repository of its own, planned by the real Terraform with a stand-in for the AWS provider.
struct TerraformProject: Sendable {
    /// The repository.
    let folder: URL
    private let environment: [Environment.Key: String?]

    var directory: URL { folder.appending(path: "terraform/kirare") }

    /// Whether Terraform and the stand-in's Python package are here.
    static func isPossible() async -> Bool {
        let terraform = try? await Subprocess.run(.name("terraform"), arguments: ["version"], output: .discarded, error: .discarded)
        guard terraform?.terminationStatus.isSuccess == true else { return false }
        return await python() != nil
    }

    /// The Python that has the package `tf`.
    private static func python() async -> String? {
        let check = try? await Subprocess.run(
            .name("python3"), arguments: ["-c", "import sys, tf.runner; print(sys.executable)"], output: .string(limit: 4096), error: .discarded)
        guard check?.terminationStatus.isSuccess == true else { return nil }
        return check?.standardOutput.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// What the provider takes for the world: objects by type and id.
    var world: URL { folder.deletingLastPathComponent().appending(path: "store.json") }
    /// The folder that providers are installed from.
    var mirror: URL { folder.deletingLastPathComponent().appending(path: "mirror") }

    /// - Parameter more: for all programs.
    static func with(
        _ configuration: String, more: [Environment.Key: String?] = [:], _ body: (TerraformProject) async throws -> Void
    ) async throws {
        try await withTemporaryDirectory { folder in
            let mirror = folder.appending(path: "mirror")
            let provider = mirror.appending(path: "registry.terraform.io/hashicorp/aws/5.99.0/linux_amd64")
            try FileManager.default.createDirectory(at: provider, withIntermediateDirectories: true)
            let source = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Clients/fake_aws_provider.py")
            let program = provider.appending(path: "terraform-provider-aws_v5.99.0_x6")
            let text = try String(contentsOf: source, encoding: .utf8)
            let lines = "#!\(await python() ?? "python3")\n" + text.drop { $0 != "\n" }.dropFirst()
            try Data(lines.utf8).write(to: program)
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program.path())
            let settings = folder.appending(path: "terraform.rc")
            try Data(
                """
                provider_installation {
                  filesystem_mirror { path = "\(mirror.path())" }
                  direct { exclude = ["registry.terraform.io/*/*"] }
                }
                """.utf8
            ).write(to: settings)
            let repository = folder.appending(path: "repository")
            let project = TerraformProject(
                folder: repository,
                environment: [
                    "TF_CLI_CONFIG_FILE": settings.path(), "CHECKPOINT_DISABLE": "1", "TF_IN_AUTOMATION": "1", "NO_COLOR": "1", "GITHUB_ACTIONS": nil,
                    "TF_VAR_secret": "hunter2",
                    "FAKEAWS_STORE": folder.appending(path: "store.json").path(),
                ].merging(more) { $1 })
            try FileManager.default.createDirectory(at: project.directory, withIntermediateDirectories: true)
            try Data(configuration.utf8).write(to: project.directory.appending(path: "main.tf"))
            _ = try await project.run("git", ["init", "-q", "-b", "main"], in: repository)
            _ = try await project.terraform("init", "-input=false")
            try await body(project)
        }
    }

    /// Runs Terraform in the project and fails when it does not end with one of `codes`.
    @discardableResult
    func terraform(_ arguments: String..., accepting codes: Set<Int32> = [0], more: [Environment.Key: String?] = [:]) async throws -> String {
        let result = try await run("terraform", arguments + (arguments.first == "show" ? [] : ["-no-color"]), in: directory, more: more)
        guard codes.contains(result.code) else { throw ConditionNotMet(description: "terraform \(arguments): \(result.error) \(result.output)") }
        return result.output
    }

    /// Plans, and leaves the plan's JSON in `plan.json` of the repository.
    func plan(_ arguments: String..., accepting codes: Set<Int32> = [0]) async throws {
        let result = try await run("terraform", ["plan", "-no-color", "-input=false", "-out=plan.tfplan"] + arguments, in: directory)
        guard codes.contains(result.code) else { throw ConditionNotMet(description: "terraform plan: \(result.error) \(result.output)") }
        try Data(try await terraform("show", "-json", "plan.tfplan").utf8).write(to: folder.appending(path: "plan.json"))
    }

    func jubako(_ arguments: [String], more: [Environment.Key: String?]) async throws -> (code: Int32, output: String, error: String) {
        try await run(EngineProcess.program, arguments, in: folder, more: more)
    }

    func jubako(
        _ arguments: String..., more: [Environment.Key: String?] = [:]
    ) async throws -> (code: Int32, output: String, error: String) {
        try await run(EngineProcess.program, arguments, in: folder, more: more)
    }

    /// The environment of all programs.
    var programs: Environment { .inherit.updating(environment) }

    /// Writes a file below the repository.
    func write(_ text: String, to path: String) throws {
        let file = folder.appending(path: path)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }

    /// Commits everything but what Terraform keeps for itself, under a name.
    func commit(_ message: String, by person: String = "ann") async throws {
        try write(".terraform/\nplans/\n*.tfstate*\n", to: ".gitignore")
        try await git("add", "-A")
        try await git("-c", "user.name=\(person)", "-c", "user.email=\(person)@example.com", "commit", "-q", "-m", message)
    }

    func git(_ arguments: String...) async throws {
        let result = try await run("git", arguments, in: folder)
        guard result.code == 0 else { throw ConditionNotMet(description: "git \(arguments): \(result.error)") }
    }

    private func run(
        _ program: String, _ arguments: [String], in folder: URL, more: [Environment.Key: String?] = [:]
    ) async throws -> (code: Int32, output: String, error: String) {
        let executable = program.hasPrefix("/") ? Executable.path(FilePath(program)) : .name(program)
        let result = try await Subprocess.run(
            executable, arguments: Arguments(arguments), environment: .inherit.updating(environment.merging(more) { $1 }),
            workingDirectory: FilePath(folder.path()), output: .string(limit: 16 << 20), error: .string(limit: 1 << 20))
        guard case .exited(let code) = result.terminationStatus else { return (-1, result.standardOutput, result.standardError) }
        return (code, result.standardOutput, result.standardError)
    }
}
