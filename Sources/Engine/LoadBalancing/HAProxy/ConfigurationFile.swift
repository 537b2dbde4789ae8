import Foundation
import Subprocess
import SystemPackage

/// The file that HAProxy starts from and loads again: always the last configuration that was wanted and found good.
struct ConfigurationFile: Sendable {
    let path: String
    let executable: FilePath

    /// Replaces the file in one step, readable by its owner only.
    ///
    /// - Parameter isChecked: asks HAProxy first whether it takes the text; the file stays as it was when not.
    func write(_ text: String, isChecked: Bool) async throws {
        let candidate = path + ".new"
        do {
            let file = try FileDescriptor.open(
                FilePath(candidate), .writeOnly, options: [.create, .truncate], permissions: [.ownerRead, .ownerWrite])
            try file.closeAfter { _ = try file.writeAll(text.utf8) }
        } catch {
            throw HAProxyError(code: .files, message: "cannot write haproxy's configuration to \(candidate): \(error)")
        }
        if isChecked { try await check(candidate) }
        guard rename(candidate, path) == 0 else {
            throw HAProxyError(code: .files, message: "cannot move haproxy's configuration to \(path): \(String(cString: strerror(errno)))")
        }
    }

    private func check(_ candidate: String) async throws {
        let result = try await Subprocess.run(
            .path(executable), arguments: ["-c", "-q", "-f", candidate], output: .discarded, error: .string(limit: 65_536))
        guard !result.terminationStatus.isSuccess else { return }
        let reasons = result.standardError.split(separator: "\n").filter { $0.contains("ALERT") }.joined(separator: "; ")
        throw HAProxyError(code: .configurationRejected, message: "haproxy does not accept the generated configuration \(candidate): \(reasons)")
    }
}

extension HAProxyConfiguration.Settings {
    /// The path of haproxy: in `PATH`, or where distributions put it outside of users' paths.
    static func executable(
        environment: [String: String], folders: [String] = ["/usr/local/sbin", "/usr/sbin", "/sbin"]
    ) throws(HAProxyError) -> FilePath {
        for folder in (environment["PATH"] ?? "").split(separator: ":").map(String.init) + folders {
            let path = "\(folder)/haproxy"
            if FileManager.default.isExecutableFile(atPath: path) { return FilePath(path) }
        }
        throw HAProxyError(code: .missing, message: "haproxy is not installed: install it, for example with `apt-get install haproxy`")
    }
}
