import Deployments
import Foundation
import ServiceModel
import Synchronization
import TestSupport
import Testing

@testable import Commands

/// Counts what arrives; is away when told so.
private final class Desk: ReleaseLog {
    let begun = Mutex<[String]>([])
    let isAway = Mutex(false)

    func begin(_ draft: ReleaseDraft, of app: String) async throws -> Int {
        if isAway.withLock({ $0 }) { throw ReleaseLogError("away", isFinal: false) }
        return begun.withLock {
            $0.append(draft.id)
            return $0.count
        }
    }

    func add(_ steps: [ReleaseStep], deployment: String?, to revision: String?, number: Int, of app: String) async throws {}
    func end(_ end: ReleaseEnd, number: Int, of app: String) async throws {}
}

@Suite struct `The outbox of releases` {
    private func record(_ index: Int = 0) -> ReleaseRecord {
        ReleaseRecord(
            app: "web", draft: ReleaseDraft(kind: .deploy, by: "yuki", id: "record-\(1000 + index)", startedAt: Date() - 1000 + Double(index)))
    }

    @Test func `keeps a record until its server has it, readable by nobody else`() async throws {
        try await withTemporaryDirectory { folder in
            let outbox = ReleaseOutbox(folder: folder.appending(path: "outbox").path())
            let desk = Desk()
            desk.isAway.withLock { $0 = true }
            try outbox.keep(record(), for: "http://a")
            let files = try FileManager.default.contentsOfDirectory(atPath: outbox.folder)
            let mode = try FileManager.default.attributesOfItem(atPath: "\(outbox.folder)/\(try #require(files.first))")[.posixPermissions] as? Int
            #expect(files.count == 1 && mode == 0o600)
            #expect(await outbox.deliver(to: desk, of: "http://a").sent.isEmpty)
            desk.isAway.withLock { $0 = false }
            #expect(await outbox.deliver(to: desk, of: "http://b").sent.isEmpty)
            #expect(await outbox.deliver(to: desk, of: "http://a").sent == ["web #1"])
            #expect(await outbox.deliver(to: desk, of: "http://a").sent.isEmpty)
            #expect(desk.begun.withLock { $0 } == ["record-1000"])
        }
    }

    @Test func `keeps the newest hundred`() async throws {
        try await withTemporaryDirectory { folder in
            let outbox = ReleaseOutbox(folder: folder.path())
            for index in 0..<(ReleaseOutbox.mostRecords + 5) { try outbox.keep(record(index), for: "http://a") }
            let desk = Desk()
            let sent = await outbox.deliver(to: desk, of: "http://a").sent
            #expect(sent.count == ReleaseOutbox.mostRecords)
            #expect(desk.begun.withLock { $0.first } == "record-1005")
        }
    }
}
