import Foundation
import ServiceModel
import Store
import Synchronization
import Testing

@testable import Deployments

/// A log that may be away, over a real book.
private final class FaultyLog: ReleaseLog {
    let book: ReleaseBook
    let failure: Mutex<ReleaseLogError?>

    init(failure: ReleaseLogError? = nil) throws {
        book = ReleaseBook(store: try SQLiteStore.inMemory())
        self.failure = Mutex(failure)
    }

    private func answer() throws { if let failure = failure.withLock({ $0 }) { throw failure } }

    func begin(_ draft: ReleaseDraft, of app: String) async throws -> Int {
        try answer()
        return try await book.begin(draft, of: app).release.number
    }

    func add(_ steps: [ReleaseStep], deployment: String?, to revision: String?, number: Int, of app: String) async throws {
        try answer()
        try await book.add(steps, deployment: deployment, to: revision, number: number, of: app)
    }

    func end(_ end: ReleaseEnd, number: Int, of app: String) async throws {
        try answer()
        try await book.end(end, number: number, of: app)
    }
}

@Suite struct `A recorder of releases` {
    private static let away = ReleaseLogError("nobody answers", isFinal: false)

    /// Records a deploy that succeeds; the log comes or goes in the middle of it.
    ///
    /// - Returns: what could not be sent, and what it complained of.
    private func deploy(_ log: FaultyLog, then: ReleaseLogError?? = nil) async throws -> (unsent: ReleaseRecord?, troubles: [String]) {
        let troubles = Mutex<[String]>([])
        let record = ReleaseRecord(app: "web", draft: ReleaseDraft(kind: .deploy, by: "yuki"))
        let recorder = ReleaseRecorder(record, log: log, redaction: Redaction()) { text in troubles.withLock { $0.append(text) } }
        var unsent: ReleaseRecord?
        _ = try await recorder.recorded(by: ScriptedCalls([:]), unsent: { unsent = $0 }) {
            recorder.report(.step("before it begins"))
            await recorder.begin(changes: [], from: "web:1")
            if let then { log.failure.withLock { $0 = then } }
            recorder.report(.step("registered web:2"))
            recorder.report(
                .counts(service(revision: 2, deployments: [deployment("d2", revision: 2)])["deployments"].array.map(DeploymentCounts.init)))
            var result = DeployResult(app: "web", cluster: "default", outcome: .deployed)
            result.taskDefinition = arn(2)
            return result
        }
        return (unsent, troubles.withLock { $0 })
    }

    private func check(_ log: FaultyLog) async throws {
        let releases = try await log.book.releases(of: "web").releases
        #expect(releases.count == 1)
        let found = try #require(try await log.book.release(1, of: "web"))
        #expect(found.release.outcome == "deployed" && found.release.deployment == "d2")
        #expect(found.release.from == "web:1" && found.release.to == "web:2")
        #expect(found.details.steps.map(\.text).suffix(1) == ["registered web:2"])
    }

    @Test func `writes down begin, steps and end`() async throws {
        let log = try FaultyLog()
        let (unsent, troubles) = try await deploy(log)
        #expect(unsent == nil && troubles.isEmpty)
        try await check(log)
    }

    @Test func `goes on without its log, says so once, and sends all at the end when it is back`() async throws {
        let log = try FaultyLog(failure: Self.away)
        let (unsent, troubles) = try await deploy(log, then: .some(nil))
        #expect(unsent == nil && troubles == ["this is not recorded yet: nobody answers"])
        try await check(log)
    }

    @Test(arguments: [true, false])
    func `leaves a record that is sent later, once`(wasThereAtFirst: Bool) async throws {
        let log = try FaultyLog(failure: wasThereAtFirst ? nil : Self.away)
        let (unsent, troubles) = try await deploy(log, then: Self.away)
        let record = try #require(unsent)
        #expect(troubles.count == 1)
        log.failure.withLock { $0 = nil }
        for _ in 0..<2 { try await record.send(to: log) }
        try await check(log)
    }

    @Test func `keeps nothing that the log refuses for good`() async throws {
        let log = try FaultyLog(failure: ReleaseLogError("no app web", isFinal: true))
        let (unsent, troubles) = try await deploy(log)
        #expect(unsent == nil && troubles == ["the server does not record this: no app web"])
    }
}
