import Foundation

/// Holds a folder for one process: two engines on one state would undo each other's work.
struct DirectoryLock: ~Copyable {
    private let descriptor: Int32

    /// - Throws: ``EngineStartError`` when another process holds the folder, or it cannot be made.
    static func acquire(_ directory: String) throws -> DirectoryLock {
        do {
            try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw EngineStartError(message: "the state folder \(directory) cannot be made: \(error.localizedDescription)")
        }
        let path = "\(directory)/engine.lock"
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw EngineStartError(message: "\(path) cannot be written: \(String(cString: strerror(errno)))")
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let owner =
                (try? String(contentsOfFile: path, encoding: .utf8)).map { " (process \($0.trimmingCharacters(in: .whitespacesAndNewlines)))" } ?? ""
            close(descriptor)
            throw EngineStartError(
                message: "another engine\(owner) uses the state folder \(directory); stop it, or choose another folder with --data-dir")
        }
        ftruncate(descriptor, 0)
        let text = "\(ProcessInfo.processInfo.processIdentifier)\n"
        _ = text.withCString { write(descriptor, $0, strlen($0)) }
        return DirectoryLock(descriptor: descriptor)
    }

    private init(descriptor: Int32) { self.descriptor = descriptor }

    deinit { close(descriptor) }
}
