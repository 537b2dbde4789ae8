import Deployments
import Foundation
import ServiceModel
import Store
import Testing

@Suite struct `The book of releases` {
    private let store: SQLiteStore
    private let book: ReleaseBook

    init() throws {
        store = try SQLiteStore.inMemory()
        book = ReleaseBook(store: store)
    }

    private func draft(_ kind: Release.Kind = .deploy, id: String? = nil, deployment: String? = nil) -> ReleaseDraft {
        var draft = ReleaseDraft(kind: kind, by: "yuki", id: id)
        draft.deployment = deployment
        return draft
    }

    private func step(_ number: Int, _ text: String = "s") -> ReleaseStep { ReleaseStep(number: number, at: Date(), text: text) }

    @Test func `numbers the releases of each app from 1, also when many begin at the same time`() async throws {
        let book = book
        let numbers = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<20 { group.addTask { try await book.begin(ReleaseDraft(kind: .deploy, by: "a"), of: "web").release.number } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(numbers.sorted() == Array(1...20))
        #expect(try await book.begin(draft(), of: "api").release.number == 1)
    }

    @Test func `begins once what is begun twice`() async throws {
        let first = try await book.begin(draft(id: "one-and-the-same"), of: "web")
        let again = try await book.begin(draft(id: "one-and-the-same"), of: "web")
        #expect(first.isNew && !again.isNew)
        #expect(first.release.number == again.release.number)
        #expect(try await book.releases(of: "web").releases.count == 1)
    }

    @Test func `keeps each step once, so many at most, each so long`() async throws {
        let number = try await book.begin(draft(), of: "web").release.number
        try await book.add([step(1, "a"), step(2, "b")], number: number, of: "web")
        try await book.add([step(2, "b"), step(3, String(repeating: "c", count: 2000))], number: number, of: "web")
        let found = try #require(try await book.release(number, of: "web"))
        #expect(found.details.steps.map(\.number) == [1, 2, 3])
        #expect(found.details.steps[2].text.count == ReleaseBook.longestText)
        try await book.add((4...400).map { step($0) }, number: number, of: "web")
        let full = try #require(try await book.release(number, of: "web")).details
        #expect(full.steps.count == ReleaseBook.mostSteps && full.leftOut == 100)
    }

    @Test func `is read newest first, a page at a time, for one app and for all`() async throws {
        for app in ["web", "api", "web", "api", "web"] { _ = try await book.begin(draft(), of: app) }
        let first = try await book.releases(of: "web", limit: 2)
        #expect(first.releases.map(\.number) == [3, 2])
        let second = try await book.releases(of: "web", before: first.next, limit: 2)
        #expect(second.releases.map(\.number) == [1] && second.next == nil)
        let feed = try await book.feed(limit: 3)
        let rest = try await book.feed(before: feed.next, limit: 3)
        #expect((feed.releases + rest.releases).map { "\($0.app)\($0.number)" }.sorted() == ["api1", "api2", "web1", "web2", "web3"])
    }

    @Test func `tells an end once, unless somebody knows better than what was seen`() async throws {
        let number = try await book.begin(draft(deployment: "d1"), of: "web").release.number
        #expect(try await book.open().map(\.number) == [number])
        try await book.end(ReleaseEnd(outcome: "deployed"), isSeen: true, number: number, of: "web")
        #expect(try await book.open().isEmpty)
        var end = ReleaseEnd(outcome: "failed", reason: "r")
        end.verdict = ["summary": "s"]
        #expect(try await book.end(end, number: number, of: "web")?.outcome == "failed")
        #expect(try await book.end(ReleaseEnd(outcome: "deployed"), number: number, of: "web")?.outcome == "failed")
        #expect(try await book.release(number, of: "web")?.details.verdict["summary"] == "s")
    }

    @Test(arguments: ["interrupted", "timed-out", "started"])
    func `stays open while the deployment goes on without its client`(outcome: String) async throws {
        let number = try await book.begin(draft(deployment: "d1"), of: "web").release.number
        let left = try #require(try await book.end(ReleaseEnd(outcome: outcome), number: number, of: "web"))
        #expect(left.isOpen && left.follower == .fleet)
        let over = try #require(try await book.end(ReleaseEnd(outcome: "deployed"), isSeen: true, number: number, of: "web"))
        #expect(!over.isOpen && over.outcome == "deployed")
    }

    @Test func `a deployment that was seen first becomes the release of the record that comes later`() async throws {
        let seen = try await book.begin(draft(.observed, deployment: "d1"), of: "web", follower: .fleet).release
        let late = try await book.begin(draft(deployment: "d1"), of: "web").release
        #expect(late.number == seen.number && late.kind == .deploy && late.by == "yuki")
        #expect(try await book.releases(of: "web").releases.count == 1)
        #expect(try await book.end(ReleaseEnd(outcome: "deployed"), number: late.number, of: "web")?.outcome == "deployed")
    }

    @Test(
        "what is no draft says which field is wrong",
        arguments: [
            (#"{"kind": "deploy"}"#, "id"), (#"{"id": "a b", "kind": "deploy"}"#, "id"), (#"{"id": "12345678", "kind": "observed"}"#, "kind"),
            (#"{"id": "12345678", "kind": "deploy", "started_at": "1999-01-01T00:00:00Z"}"#, "started_at"),
            (#"{"id": "12345678", "kind": "deploy", "changes": {}}"#, "changes"), (#"{"id": "12345678", "kind": "deploy", "to": 4}"#, "to"),
        ])
    func objections(text: String, field: String) throws {
        let json = try JSON(parsing: text)
        #expect { try ReleaseDraft(json, by: "a") } throws: { ($0 as? ReleaseObjection)?.field == field }
    }

    @Test func `a record is the same after it was written and read`() throws {
        var record = ReleaseRecord(app: "web", draft: draft(deployment: "d1"))
        record.steps = [step(1)]
        record.end = ReleaseEnd(outcome: "rolled-back", reason: "r")
        let read = try #require(ReleaseRecord(record.json))
        #expect(read.json == record.json)
    }
}
