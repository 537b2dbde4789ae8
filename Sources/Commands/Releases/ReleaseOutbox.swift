import Deployments
import Foundation
import ServiceModel

/// Records that their server has not got yet, on disk: one file each, readable by nobody else.
struct ReleaseOutbox: Sendable {
    let folder: String

    /// The oldest go when there are more.
    static let mostRecords = 100
    private static let largestRecord = 512 << 10

    init(folder: String) { self.folder = folder }

    /// `$XDG_STATE_HOME/jubako/outbox`.
    init(environment: [String: String]) {
        let base = environment["XDG_STATE_HOME"].flatMap { $0.isEmpty ? nil : $0 } ?? "\(environment["HOME"] ?? "/tmp")/.local/state"
        folder = "\(base)/jubako/outbox"
    }

    /// Keeps a record until its server has it.
    func keep(_ record: ReleaseRecord, for server: String) throws {
        let files = FileManager.default
        try files.createDirectory(atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let body: JSON = ["server": .string(server), "record": record.json]
        guard body.bytes.count <= Self.largestRecord else { throw DeployError("the record of \(record.app) is too large to be kept") }
        let name = "\(ReleaseTime.text(record.draft.startedAt))-\(record.draft.id).json"
        let temporary = "\(folder)/.\(name)"
        guard files.createFile(atPath: temporary, contents: Data(body.bytes), attributes: [.posixPermissions: 0o600]),
            rename(temporary, "\(folder)/\(name)") == 0
        else { throw DeployError("the record of \(record.app) cannot be kept in \(folder): is there room, and may you write there?") }
        for old in names().dropLast(Self.mostRecords) { try? files.removeItem(atPath: "\(folder)/\(old)") }
    }

    /// Sends what waits for a server.
    ///
    /// - Returns: which releases they became, as in `web #3`, and how many the server does not want.
    func deliver(to log: any ReleaseLog, of server: String) async -> (sent: [String], refused: [String]) {
        var sent: [String] = []
        var refused: [String] = []
        for name in names() {
            let path = "\(folder)/\(name)"
            guard let body = FileManager.default.contents(atPath: path).flatMap({ try? JSON(parsing: $0) }) else { continue }
            guard body["server"].string == server else { continue }
            guard let record = ReleaseRecord(body["record"]) else {
                refused.append("\(path): it is older than 30 days, or no record")
                try? FileManager.default.removeItem(atPath: path)
                continue
            }
            do {
                sent.append("\(record.app) #\(try await record.send(to: log))")
            } catch let error as ReleaseLogError where error.isFinal {
                refused.append("\(record.app): \(error)")
            } catch {
                // The server is away again.
                break
            }
            try? FileManager.default.removeItem(atPath: path)
        }
        return (sent, refused)
    }

    /// Oldest first.
    private func names() -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).filter { $0.hasSuffix(".json") && !$0.hasPrefix(".") }.sorted()
    }
}
