import Foundation
public import SystemPackage

/// A file of Prometheus's or Alertmanager's that is replaced only by one that they accept.
public struct CheckedFile: Sendable {
    public enum Kind: Sendable {
        /// `prometheus.yml`, checked with all rule files that it names.
        case prometheus
        case alertmanager

        var tool: Tool { self == .prometheus ? .promtool : .amtool }
    }

    public let path: String
    public let kind: Kind
    private let executable: FilePath

    /// - Parameter executable: promtool's or amtool's path; see ``Tool/path(environment:)``.
    public init(path: String, kind: Kind, executable: FilePath) {
        self.path = path
        self.kind = kind
        self.executable = executable
    }

    /// Writes the file in one step after the tool has accepted the text.
    ///
    /// - Returns: false when the file says so already.
    /// - Throws: ``StackError``; the file is then as it was.
    @discardableResult
    public func write(_ text: String) async throws -> Bool {
        if let present = try? String(contentsOfFile: path, encoding: .utf8), present == text { return false }
        let candidate = path + ".new"
        try AtomicFile.write(text, to: candidate)
        let arguments = kind == .prometheus ? ["check", "config", candidate] : ["check-config", candidate]
        let answer = try await ToolAnswer.run(executable, arguments)
        guard answer.isAccepted else {
            try? FileManager.default.removeItem(atPath: candidate)
            let reasons = answer.text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
                .filter { $0.contains("FAILED") || $0.contains("line ") || $0.contains(": ") }.joined(separator: "; ").replacing(
                    candidate, with: path)
            throw StackError(code: .rejected, message: "\(kind.tool.rawValue) does not accept \(path), the one before stays: \(reasons)")
        }
        try AtomicFile.move(candidate, to: path)
        return true
    }
}

/// Files that are there whole or not at all, for their owner only: they may name where secrets are.
enum AtomicFile {
    static func write(_ text: String, to path: String) throws(StackError) {
        do {
            let options: FileDescriptor.OpenOptions = [.create, .truncate]
            let file = try FileDescriptor.open(FilePath(path), .writeOnly, options: options, permissions: [.ownerRead, .ownerWrite])
            try file.closeAfter { _ = try file.writeAll(text.utf8) }
        } catch {
            throw StackError(code: .files, message: "cannot write \(path): \(error)")
        }
    }

    static func move(_ candidate: String, to path: String) throws(StackError) {
        guard rename(candidate, path) == 0 else {
            throw StackError(code: .files, message: "cannot move \(candidate) to \(path): \(String(cString: strerror(errno)).lowercased())")
        }
    }
}
