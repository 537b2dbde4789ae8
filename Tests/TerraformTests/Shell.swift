import Foundation
import Subprocess
import SystemPackage

/// Other programs, as the tests use them.
enum Shell {
    struct Failed: Error, CustomStringConvertible { let description: String }

    /// Runs a program to its end and gives what it printed.
    @discardableResult
    static func run(_ program: String, _ arguments: [String], in folder: URL, environment: [Environment.Key: String?] = [:]) async throws -> String {
        let result = try await Subprocess.run(
            .name(program), arguments: Arguments(arguments), environment: .inherit.updating(environment),
            workingDirectory: FilePath(folder.path()), output: .string(limit: 16 << 20), error: .string(limit: 1 << 20))
        guard case .exited(0) = result.terminationStatus else {
            throw Failed(description: "\(program) \(arguments.joined(separator: " ")): \(result.standardError) \(result.standardOutput)")
        }
        return result.standardOutput
    }
}
