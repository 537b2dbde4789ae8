import Foundation
import ServiceModel
import Subprocess
import SystemPackage

/// A command that prints credentials (`credential_process`).
struct CredentialProcess: Sendable, Hashable {
    /// Goes to `/bin/sh -c`.
    let command: String
    let environment: [String: String]
    var timeout: Duration = .seconds(60)

    func credentials() async throws(CredentialFailure) -> Credentials {
        let source = "credential_process \"\(command.split(separator: " ").first ?? "")\""
        let result: (status: TerminationStatus, output: [UInt8], complaint: String)
        do {
            result = try await run()
        } catch {
            if Task.isCancelled { throw .cancelled }
            throw .refused(error is TooSlow ? "\(source) did not end within \(timeout)" : "\(source) could not be run: \(error)")
        }
        guard result.status == .exited(0) else {
            let complaint = result.complaint.split(whereSeparator: \.isWhitespace).joined(separator: " ").prefix(300)
            throw .refused("\(source) ended with \(result.status)\(complaint.isEmpty ? "" : ": \(complaint)")")
        }
        guard (try? JSON(parsing: result.output))?["Version"].int == 1 else { throw .refused("\(source) did not print JSON with \"Version\": 1") }
        return try Credentials(document: result.output, tokenKey: "SessionToken", source: source)
    }

    private struct TooSlow: Error {}

    private func run() async throws -> (status: TerminationStatus, output: [UInt8], complaint: String) {
        var options = PlatformOptions()
        options.processGroupID = 0
        options.teardownSequence = [.gracefulShutDown(toProcessGroup: true, allowedDurationToNextStep: .seconds(1))]
        let variables = Dictionary(uniqueKeysWithValues: environment.map { (Environment.Key(stringLiteral: $0.key), $0.value) })
        return try await withThrowingTaskGroup(of: (TerminationStatus, [UInt8], String)?.self) { [options] group in
            group.addTask {
                let result = try await Subprocess.run(
                    .path("/bin/sh"), arguments: ["-c", command], environment: .custom(variables), platformOptions: options,
                    output: .bytes(limit: 65_536), error: .string(limit: 65_536))
                return (result.terminationStatus, result.standardOutput, result.standardError)
            }
            group.addTask {
                try await Task.sleep(for: timeout)
                return nil
            }
            defer { group.cancelAll() }
            guard let first = try await group.next(), let result = first else { throw TooSlow() }
            return result
        }
    }
}
