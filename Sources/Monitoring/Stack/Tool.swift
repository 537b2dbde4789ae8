import Foundation
import Subprocess
public import SystemPackage

/// One of the programs that know what Prometheus and Alertmanager take.
public enum Tool: String, Sendable {
    case promtool, amtool

    /// Where it is: in `PATH`, or where distributions put it.
    public func path(environment: [String: String]) throws(StackError) -> FilePath {
        for folder in (environment["PATH"] ?? "").split(separator: ":").map(String.init) + ["/usr/local/bin", "/usr/bin"] {
            let path = "\(folder)/\(rawValue)"
            if FileManager.default.isExecutableFile(atPath: path) { return FilePath(path) }
        }
        let package = self == .promtool ? "prometheus" : "prometheus-alertmanager"
        throw StackError(code: .missing, message: "\(rawValue) is not installed: install it, for example with `apt-get install \(package)`")
    }
}

/// What a tool says about files.
struct ToolAnswer: Sendable {
    let isAccepted: Bool
    /// Standard output and standard error.
    let text: String

    private static let limit = 4 << 20

    static func run(_ executable: FilePath, _ arguments: [String]) async throws -> ToolAnswer {
        let result = try await Subprocess.run(
            .path(executable), arguments: Arguments(arguments), output: .string(limit: limit), error: .string(limit: limit))
        return ToolAnswer(isAccepted: result.terminationStatus.isSuccess, text: result.standardOutput + result.standardError)
    }
}
