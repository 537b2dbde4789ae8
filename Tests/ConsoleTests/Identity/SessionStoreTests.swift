import Foundation
import ServiceModel
import Store
import Synchronization
import Testing

@testable import Console

/// A clock that a test moves.
final class TestClock: Sendable {
    private let moment = Mutex(Date(timeIntervalSince1970: 1_800_000_000))

    var read: @Sendable () -> Date { { [self] in moment.withLock { $0 } } }
    func advance(_ seconds: TimeInterval) { moment.withLock { $0 += seconds } }
}

@Suite struct `A session` {
    private let ann = Person(subject: "p#ann", name: "ann", role: .developer, teams: ["kitchen"])

    @Test func `outlives the server, and ends eight hours after its last use and after a day`() async throws {
        let clock = TestClock()
        let store = try SQLiteStore.inMemory(now: clock.read)
        let secret = try await Sessions(store: store, now: clock.read).begin(ann, agent: "Firefox", address: "192.0.2.1")
        let kept = try #require(try await store.query(partition: "identity/sessions").first)
        #expect(!kept.key.sort.contains(secret) && !String(decoding: kept.body, as: UTF8.self).contains(secret))
        let sessions = Sessions(store: store, now: clock.read)
        let caller = try #require(try await sessions.caller(secret))
        #expect(caller.name == "ann" && caller.role == .developer && caller.teams == ["kitchen"] && Freshness.isFresh(caller, now: clock.read()))
        clock.advance(301)
        let later = try #require(try await sessions.caller(secret))
        #expect(!Freshness.isFresh(later, now: clock.read()))
        for _ in 0..<2 {
            clock.advance(7 * 3600)
            #expect(try await sessions.caller(secret) != nil)
        }
        clock.advance(8 * 3600 + 1)
        #expect(try await sessions.caller(secret) == nil, "not used for eight hours")
        let busy = try await sessions.begin(ann)
        for _ in 0..<23 {
            clock.advance(3600)
            #expect(try await sessions.caller(busy) != nil)
        }
        clock.advance(3601)
        #expect(try await sessions.caller(busy) == nil, "a day is over")
    }

    @Test func `is written once a minute, and not brought back to life by that`() async throws {
        let clock = TestClock()
        let store = try SQLiteStore.inMemory(now: clock.read)
        let (here, there) = (Sessions(store: store, now: clock.read), Sessions(store: store, now: clock.read))
        let secret = try await here.begin(ann)
        func version() async throws -> Int? { try await store.query(partition: "identity/sessions").first?.version }
        for _ in 0..<10 {
            clock.advance(6)
            _ = try await here.caller(secret)
        }
        #expect(try await version() == 2)
        // Ended at another replica a moment ago: this one believes it for five seconds, and does not write it again.
        clock.advance(56)
        _ = try await here.caller(secret)
        clock.advance(4)
        try await there.end(secret)
        #expect(try await here.caller(secret) != nil)
        clock.advance(1)
        #expect(try await here.caller(secret) == nil)
        #expect(try await version() == nil)
    }

    @Test func `is seen and ended by its owner only`() async throws {
        let sessions = Sessions(store: try SQLiteStore.inMemory())
        let bob = Person(subject: "p#bob", name: "bob", role: .admin)
        let (first, second) = (try await sessions.begin(ann), try await sessions.begin(ann))
        let bobs = try await sessions.begin(bob)
        let list = try await sessions.list(of: ann.subject)
        #expect(Set(list.map(\.id)) == [Secret.hash(first), Secret.hash(second)])
        #expect(try await !sessions.end(id: String(Secret.hash(bobs).prefix(12)), of: ann.subject))
        #expect(try await !sessions.end(id: "", of: ann.subject))
        #expect(try await sessions.end(id: String(Secret.hash(first).prefix(12)), of: ann.subject))
        func alive(_ secrets: String...) async throws -> [Bool] {
            var alive: [Bool] = []
            for secret in secrets { alive.append(try await sessions.caller(secret) != nil) }
            return alive
        }
        #expect(try await alive(first, second, bobs) == [false, true, true])
        let third = try await sessions.begin(ann, replacing: second)
        #expect(try await alive(second, third) == [false, true])
    }
}
