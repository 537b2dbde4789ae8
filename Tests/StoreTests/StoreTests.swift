import Foundation
import Store
import Synchronization
import Testing

private func key(_ sort: String, in partition: String = "apps") -> StoreKey { StoreKey(partition: partition, sort: sort) }

/// A clock that a test sets forward.
private final class ManualClock: Sendable {
    private let moment = Mutex(Date(timeIntervalSince1970: 1_000_000))
    var now: Date { moment.withLock { $0 } }
    func advance(by seconds: Double) { moment.withLock { $0 += seconds } }
}

@Suite struct StoreTests {
    @Test func `a written item is found with its version and body until it is deleted`() async throws {
        let store = try SQLiteStore.inMemory()
        #expect(try await store.get(key("a")) == nil)
        try await store.write([.put(key("a"), body: [1, 0, 255])])
        #expect(try await store.get(key("a")) == StoreItem(key: key("a"), version: 1, body: [1, 0, 255], expiry: nil))
        try await store.write([.put(key("a"), body: [])])
        #expect(try await store.get(key("a"))?.version == 2)
        #expect(try await store.get(key("a"))?.body == [])
        try await store.write([.delete(key("a")), .delete(key("never there"))])
        #expect(try await store.get(key("a")) == nil)
    }

    @Test(arguments: [
        (StoreCondition.none, true, true), (.absent, true, false), (.version(1), false, true), (.version(2), false, false),
    ])
    func `conditions decide by what is there`(condition: StoreCondition, whenAbsent: Bool, whenVersionOne: Bool) async throws {
        for (isThere, isAllowed) in [(false, whenAbsent), (true, whenVersionOne)] {
            for write in [StoreWrite.put(key("a"), body: [2], condition: condition), .delete(key("a"), condition: condition)] {
                let store = try SQLiteStore.inMemory()
                if isThere { try await store.write([.put(key("a"), body: [1])]) }
                let failure: StoreError?
                do throws(StoreError) {
                    try await store.write([write])
                    failure = nil
                } catch {
                    failure = error
                }
                #expect(failure == (isAllowed ? nil : .conditionFailed(key("a"))), "\(write), there: \(isThere)")
            }
        }
    }

    @Test func `several writes happen all or not at all`() async throws {
        let store = try SQLiteStore.inMemory()
        try await store.write([.put(key("a"), body: [1])])
        await #expect(throws: StoreError.conditionFailed(key("c"))) {
            try await store.write([.put(key("b"), body: [1]), .delete(key("a")), .put(key("c"), body: [], condition: .version(7))])
        }
        #expect(try await store.query(partition: "apps").map(\.key.sort) == ["a"])
    }

    @Test(
        arguments: [
            (StoreSortKeys.all, nil, false, ["", "a", "a/1", "a/2", "b", "é", "🍱"]),
            (.prefix("a/"), nil, false, ["a/1", "a/2"]),
            (.prefix("a"), 2, true, ["a/2", "a/1"]),
            (.range(from: "a/2", upTo: "é"), nil, false, ["a/2", "b"]),
            (.prefix("%"), nil, false, []),
            (.all, 0, false, []),
        ] as [(StoreSortKeys, Int?, Bool, [String])])
    func `a query selects and orders by sort key`(sort: StoreSortKeys, limit: Int?, reversed: Bool, expected: [String]) async throws {
        let store = try SQLiteStore.inMemory()
        try await store.write(["b", "é", "a/2", "a", "🍱", "", "a/1"].map { .put(key($0), body: []) } + [.put(key("a", in: "other"), body: [])])
        #expect(try await store.query(partition: "apps", sort: sort, limit: limit, reversed: reversed).map(\.key.sort) == expected)
    }

    @Test func `an expired item is invisible, absent to conditions, and swept in time`() async throws {
        let clock = ManualClock()
        let store = try SQLiteStore.inMemory(now: { clock.now })
        try await store.write([.put(key("lease"), body: [1], expiry: clock.now + 10), .put(key("lease"), body: [2], expiry: clock.now + 10)])
        #expect(try await store.get(key("lease"))?.expiry == clock.now + 10)
        clock.advance(by: 10)
        #expect(try await store.get(key("lease")) == nil)
        #expect(try await store.query(partition: "apps") == [])
        try await store.write([.put(key("lease"), body: [3], condition: .absent, expiry: clock.now + 10)])
        #expect(try await store.get(key("lease"))?.version == 1)
        clock.advance(by: 120)
        try await store.write([.put(key("other"), body: [])])
        clock.advance(by: -119)
        #expect(try await store.get(key("lease")) == nil, "the sweep removed the row itself")
    }

    @Test func `concurrent writers lose no update and fail alone`() async throws {
        try await withTemporaryStore { store, _ in
            try await store.write([.put(key("counter"), body: [])])
            let conflicts = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<16 {
                    group.addTask {
                        var conflicts = 0
                        for _ in 0..<20 { conflicts += try await increment(store) }
                        return conflicts
                    }
                }
                return try await group.reduce(0, +)
            }
            #expect(try await store.get(key("counter"))?.version == 321)
            #expect(conflicts > 0, "the writers met")
        }
    }

    @Test func `a cancelled writer does not spoil the batch it is in`() async throws {
        try await withTemporaryStore { store, _ in
            await withTaskGroup(of: Void.self) { group in
                for number in 0..<50 { group.addTask { try? await store.write([.put(key("\(number)"), body: [])]) } }
                group.cancelAll()
            }
            let kept = try await store.query(partition: "apps")
            #expect(kept.count == 50)
        }
    }

    private func increment(_ store: SQLiteStore) async throws -> Int {
        var conflicts = 0
        while true {
            let version = try #require(await store.get(key("counter"))).version
            do throws(StoreError) {
                try await store.write([.put(key("counter"), body: [], condition: .version(version))])
                return conflicts
            } catch {
                guard case .conditionFailed = error else { throw error }
                conflicts += 1
            }
        }
    }
}
