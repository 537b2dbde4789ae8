import Foundation
import ServiceModel
import Store
import Synchronization
import TestSupport
import Testing

@testable import Console

private func event(_ result: AuditEvent.Result = .done, who: String = "yuki", object: String = "/apps/web/thresholds", request: String = "r1")
    -> AuditEvent
{
    AuditEvent(
        who: who, proof: who == "anonymous" ? .none : .session(id: "s1"), action: "Set a threshold", app: "web", object: object, result: result,
        change: .init(before: ["value": 0.05], after: ["value": 0.2, "token": "jbk_0123456789abcdef"], reason: "a migration"), detail: nil,
        from: "127.0.0.1", request: request)
}

private func lines(_ store: any Store) async throws -> [String] {
    try await store.query(partition: AuditLog.partition).map { String(decoding: $0.body, as: UTF8.self) }
}

/// The first row that does not fit; nil when all do.
private func firstBreak(_ store: any Store) async throws -> String? {
    var chain = AuditChain()
    let head = try await AuditReader(store: store).head()
    do {
        for line in try await lines(store) { try chain.check(line) }
        try chain.checkEnd(seq: head.seq, hash: head.hash)
        return nil
    } catch let error as AuditChain.Break { return error.description }
}

/// A store that keeps nothing in one partition.
private struct BrokenStore: Store {
    let inner: SQLiteStore
    let broken: String
    let isBroken = Flag()

    final class Flag: Sendable {
        private let state = Mutex(true)
        var value: Bool { state.withLock { $0 } }
        func repair() { state.withLock { $0 = false } }
    }

    func get(_ key: StoreKey) async throws(StoreError) -> StoreItem? { try await inner.get(key) }
    func query(partition: String, sort: StoreSortKeys, limit: Int?, reversed: Bool) async throws(StoreError) -> [StoreItem] {
        try await inner.query(partition: partition, sort: sort, limit: limit, reversed: reversed)
    }
    func write(_ writes: [StoreWrite]) async throws(StoreError) {
        let partitions = writes.map { write in
            switch write {
            case .put(let key, _, _, _), .delete(let key, _): key.partition
            }
        }
        if isBroken.value, partitions.contains(broken) { throw .diskFull("the disk is full") }
        try await inner.write(writes)
    }
}

@Suite struct `The audit log` {
    @Test func `hashes a row as its description says, so that others get the same`() {
        let row: JSON = [
            "who": "yuki <y@example.com>", "action": "Set a threshold", "at": "2026-11-26T00:00:00.000Z",
            "after": ["value": "0.2", "b": 1, "a": [true, nil, "é\"\\/日本"]], "result": "done",
        ]
        // By Python's json and hashlib.
        #expect(AuditChain.link(row, after: 0, AuditChain.start)["hash"] == "088093daedc9ff55621640707e7c9e63a0c53496b0c7e7f0cd419dd87f156ba7")
    }

    @Test func `keeps one chain when many write at once, also from two servers`() async throws {
        try await withTemporaryDirectory { folder in
            let path = folder.appending(path: "server.sqlite").path()
            let logs = try [SQLiteStore(path: path), SQLiteStore(path: path)].map { AuditLog(store: $0, logger: .silent) }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for index in 0..<200 {
                    group.addTask {
                        var event = event(request: "r\(index)")
                        try await logs[index % 2].begin(event)
                        event.isBegun = true
                        await logs[index % 2].record(event)
                    }
                }
                try await group.waitForAll()
            }
            let store = try SQLiteStore(path: path)
            #expect(try await firstBreak(store) == nil)
            let rows = try await lines(store).map { try JSON(parsing: $0) }
            #expect(Set(rows.compactMap { $0["request"].string }).count == 200 && rows.count == 200)
            #expect(try await store.query(partition: "audit/begun").isEmpty)
        }
    }

    @Test(arguments: [
        ("altered", "row 5: it was altered"), ("altered with a new hash", "row 6: it does not follow row 5"), ("dropped", "row 5: it is missing"),
        ("dropped at the end", "row 10: it is missing: the log has 10 rows, 9 came"), ("swapped", "row 4: it is missing, row 5 stands"),
        ("repeated", "row 6: row 5 stands in its place"), ("no JSON", "row 5: it is no JSON object"),
    ])
    func `shows what was done to its rows behind its back`(damage: String, found: String) async throws {
        let store = try SQLiteStore.inMemory()
        let log = AuditLog(store: store, logger: .silent)
        for index in 0..<10 { await log.record(event(request: "r\(index)")) }
        #expect(try await firstBreak(store) == nil)
        func body(_ seq: Int) async throws -> JSON { try JSON(parsing: try await store.get(AuditLog.key(seq))?.body ?? []) }
        var fifth = try await body(5)
        switch damage {
        case "altered":
            fifth["who"] = "somebody else"
            try await store.write([.put(AuditLog.key(5), body: fifth.bytes)])
        case "altered with a new hash":
            fifth["who"] = "somebody else"
            try await store.write([.put(AuditLog.key(5), body: AuditChain.link(fifth, after: 4, fifth["previous"].string ?? "").bytes)])
        case "dropped": try await store.write([.delete(AuditLog.key(5))])
        case "dropped at the end": try await store.write([.delete(AuditLog.key(10))])
        case "swapped":
            try await store.write([.put(AuditLog.key(4), body: fifth.bytes), .put(AuditLog.key(5), body: try await body(4).bytes)])
        case "repeated": try await store.write([.put(AuditLog.key(6), body: fifth.bytes)])
        default: try await store.write([.put(AuditLog.key(5), body: Array("[".utf8))])
        }
        let said = try #require(try await firstBreak(store))
        #expect(said.hasPrefix(found), "\(said)")
    }

    @Test func `says before an action that it cannot write it down`() async throws {
        let log = AuditLog(store: BrokenStore(inner: try SQLiteStore.inMemory(), broken: "audit/begun"), logger: .silent)
        await #expect(throws: ConsoleError.self) { try await log.begin(event()) }
    }

    @Test func `writes later what it cannot write now, and never loses what a server began and did not end`() async throws {
        let store = BrokenStore(inner: try SQLiteStore.inMemory(), broken: AuditLog.partition)
        let log = AuditLog(store: store, logger: .silent)
        var done = event(request: "r1")
        try await log.begin(done)
        done.isBegun = true
        await log.record(done)
        #expect(try await lines(store).isEmpty)
        // Another server finds what the first one began and could not end.
        store.isBroken.repair()
        await log.record(event(request: "r2"))
        #expect(try await lines(store).map { try JSON(parsing: $0)["request"] } == ["r1", "r2"])
        #expect(try await firstBreak(store) == nil)

        try await log.begin(event(request: "r3"))
        let next = Task { try await AuditLog(store: store, logger: .silent).run() }
        try await eventually("the next server tells of it") { try await lines(store).count == 3 }
        next.cancel()
        _ = await next.result
        let row = try JSON(parsing: try await lines(store)[2])
        #expect(row["request"] == "r3" && row["result"] == "unknown" && row["who"] == "yuki")
    }

    @Test func `counts a flood of refused requests in a few rows`() async throws {
        let clock = Mutex(Date(timeIntervalSince1970: 1_800_000_000))
        let store = try SQLiteStore.inMemory()
        let log = AuditLog(store: store, logger: .silent, now: { clock.withLock { $0 } })
        for index in 0..<2000 {
            await log.record(event(.denied, who: "anonymous", object: "/apps/web/\(index % 100)", request: "r\(index)"))
        }
        await log.record(event(.denied, who: "ann", request: "own"))
        #expect(try await lines(store).count == 51, "fifty kinds, and another caller's")
        clock.withLock { $0 += 3601 }
        await log.flush(all: false)
        let rows = try await lines(store).map { try JSON(parsing: $0) }
        #expect(rows.count == 102, "the repeats of the fifty, and one row for all others")
        #expect(rows.reduce(0) { $0 + ($1["count"].int ?? 1) } == 2001)
        #expect(rows.last?["object"] == "*" && rows.last?["count"] == 1000)
        #expect(try await firstBreak(store) == nil)
    }

    @Test func `keeps no secrets and no long texts`() async throws {
        let masked = AuditMask.masked([
            "channel": "https://hooks.slack.com/services/T0/B0/secretpart", "api_token": "abc", "password": "p", "note": "token jbk_0123456789ab end",
            "url": "https://user:pw@example.com/x", "value": 0.25, "whole": 3.0, "long": .string(String(repeating: "x", count: 9000)), "line": "a\nb",
        ])
        #expect(masked["channel"] == "https://hooks.slack.com/services/•••")
        #expect(masked["api_token"] == "•••" && masked["password"] == "•••" && masked["note"] == "token jbk_••• end")
        #expect(masked["url"] == "https://•••@example.com/x" && masked["value"] == "0.25" && masked["whole"] == 3 && masked["line"] == "a b")
        #expect(masked["long"].string?.count == 501)
        let store = try SQLiteStore.inMemory()
        await AuditLog(store: store, logger: .silent).record(event())
        #expect(try await !lines(store).joined().contains("0123456789abcdef"))
    }

    @Test func `writes cells that no spreadsheet takes for a formula`() {
        let line = AuditTable.line(["seq": 1, "who": "=cmd()", "action": "say \"hi\", twice", "before": ["a": 1]])
        #expect(line.hasPrefix("1,,'=cmd(),,,\"say \"\"hi\"\", twice\",") && line.contains("\"{\"\"a\"\":1}\"") && line.hasSuffix("\r\n"))
    }
}
