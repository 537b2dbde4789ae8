import Foundation
import ServiceModel

/// One program in one project's folder, with a data folder of its own.
struct TerraformSession: Sendable {
    let program: TerraformProgram
    /// The project's folder.
    let directory: String
    /// Where providers and modules are kept.
    let data: String
    /// Where providers are kept for all projects; nil for Terraform's own setting.
    var cache: String?

    /// What a command said went wrong.
    struct Failed: Error, CustomStringConvertible {
        let command: String
        let diagnosis: PlanDiagnosis

        var messages: [String] { diagnosis.errors.map { "\(command): \($0)" } }
        var description: String { messages.joined(separator: "; ") }
    }

    /// - Throws: ``Failed`` when the exit code is another; ``TerraformError`` when it could not be run.
    @discardableResult
    func run(_ arguments: [String], accepting codes: Set<Int32> = [0]) async throws -> (code: Int32, output: [UInt8]) {
        let result = try await program.run(arguments, in: directory, data: data, cache: cache)
        guard codes.contains(result.code) else {
            throw Failed(
                command: arguments.first ?? "",
                diagnosis: PlanDiagnosis(
                    result.output,
                    otherwise: Self.firstError(result.error) ?? "it ended with \(result.code)"))
        }
        return (result.code, result.output)
    }

    /// The line that says what is wrong, of text for people: a warning may stand before it, and a frame around it.
    private static func firstError(_ text: String) -> String? {
        let lines = text.split(separator: "\n").map { $0.drop { !$0.isLetter } }.filter { !$0.isEmpty }
        return (lines.first { $0.hasPrefix("Error:") } ?? lines.first).map(String.init)
    }

    /// Gets providers and modules; never writes the lock file where there is one.
    func initialise() async throws {
        let hasLock = FileManager.default.fileExists(atPath: "\(directory)/.terraform.lock.hcl")
        // OpenTofu's init has known no -json for long.
        let format = program.name == "tofu" ? [] : ["-json"]
        try await run(["init", "-input=false", "-no-color"] + format + (hasLock ? ["-lockfile=readonly"] : []))
    }

    /// A plan file as JSON.
    func show(_ file: String) async throws -> [UInt8] { try await run(["show", "-json", "-no-color", file]).output }

    /// A plan that only looks at what is really there, as JSON.
    func refreshed(lockTimeout: String) async throws -> JSON {
        let file = "\(data)/refresh.tfplan"
        defer { try? FileManager.default.removeItem(atPath: file) }
        try await run(
            ["plan", "-refresh-only", "-input=false", "-no-color", "-json", "-detailed-exitcode", "-lock-timeout=\(lockTimeout)", "-out=\(file)"],
            accepting: [0, 2])
        return try JSON(parsing: try await show(file))
    }

    /// The whole state, as its backend keeps it; nil for a project without one.
    func pullState() async throws -> JSON? {
        let output = try await run(["state", "pull"]).output
        return output.allSatisfy { $0 == 0x0A || $0 == 0x20 } ? nil : try JSON(parsing: output)
    }

    /// The program's version.
    func version() async throws -> String {
        let json = try JSON(parsing: try await run(["version", "-json"]).output)
        return json["terraform_version"].string ?? ""
    }
}

extension BundleFacts.State {
    /// What `state pull` printed.
    init?(_ state: JSON?) {
        guard let state, let serial = state["serial"].int, let lineage = state["lineage"].string, !lineage.isEmpty else { return nil }
        self.init(serial: serial, lineage: lineage)
    }
}
