import Foundation
import HTTPTypes
import Logging
import ServiceLifecycle
import ServiceModel
import Store

/// The audit log: rows that are only ever added, each bound to the one before (``AuditChain``).
///
/// Items: partition `audit`, sort key the row's number in 12 digits; `audit/head` the last row's number and hash; `audit/begun` what is being
/// done. An action is noted there before it is done, and it is not done when that fails: a log that can be silenced by filling the disk would
/// be none. Its row takes the note's place in one transaction; a note that is left over at the next start becomes a row that says so.
actor AuditLog: AuditRecorder, Service {
    private typealias Waiting = (row: JSON, begun: StoreKey?, continuation: CheckedContinuation<Result<Void, StoreError>, Never>)

    static let partition = "audit"
    static let headKey = StoreKey(partition: "audit/head", sort: "head")
    private static let begunPartition = "audit/begun"
    /// DynamoDB takes 100 items in a transaction: two for a row, one for the head.
    private static let batch = 40

    private let store: any Store
    private let logger: Logger
    private let now: @Sendable () -> Date
    private var head: (seq: Int, hash: String, condition: StoreCondition)?
    private var waiting: [Waiting] = []
    private var isWriting = false
    private var folding: AuditFolding
    /// Rows that could not be written: they go first the next time.
    private var unkept: [(row: JSON, begun: StoreKey?)] = []

    init(store: any Store, folding: AuditFolding = AuditFolding(), logger: Logger, now: @escaping @Sendable () -> Date = { Date() }) {
        self.store = store
        self.folding = folding
        self.logger = logger
        self.now = now
    }

    // MARK: Recording

    func begin(_ event: AuditEvent) async throws {
        do {
            try await store.write([.put(Self.key(event.request), body: row(event).bytes, condition: .absent)])
        } catch {
            logger.error("an action was refused, since it cannot be written down", metadata: ["action": "\(event.action)", "error": "\(error)"])
            throw ConsoleError(
                status: .serviceUnavailable, detail: "nothing was done: the audit log cannot be written (\(error)), make room and try again")
        }
    }

    func forget(_ event: AuditEvent) async { try? await store.write([.delete(Self.key(event.request))]) }

    func record(_ event: AuditEvent) async {
        let row = row(event)
        let begun = event.isBegun ? Self.key(event.request) : nil
        let moment = now()
        let told = folding.due(at: moment)
        for row in told { await keep(row, nil) }
        switch event.result {
        case .done, .failed, .unknown: await keep(row, begun)
        case .denied, .refused:
            if let first = folding.note(row, at: moment) {
                await keep(first, begun)
            } else if let begun {
                try? await store.write([.delete(begun)])
            }
        }
    }

    /// Turns what an ended process left over into rows, and tells the counts of refused requests once they are due.
    ///
    /// One process owns a store, so at its start nobody is doing anything.
    func run() async throws {
        do {
            for item in try await store.query(partition: Self.begunPartition) {
                var row = (try? JSON(parsing: item.body)) ?? ["action": "unreadable"]
                row["result"] = .string(AuditEvent.Result.unknown.rawValue)
                row["detail"] = "the server ended before it wrote down what became of it"
                await keep(row, item.key)
            }
        } catch {
            logger.error("the audit log cannot be read", metadata: ["error": "\(error)"])
        }
        while !Task.isShuttingDownGracefully, !Task.isCancelled {
            try? await cancelWhenGracefulShutdown { try await Task.sleep(for: .seconds(60)) }
            await flush(all: false)
        }
        await flush(all: true)
    }

    /// - Parameter all: also counts that are not due yet.
    func flush(all: Bool) async {
        for row in folding.due(at: now(), all: all) { await keep(row, nil) }
        if !unkept.isEmpty { await retry() }
    }

    // MARK: Rows

    static func time(_ date: Date) -> String { date.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true)) }

    static func key(_ seq: Int) -> StoreKey { StoreKey(partition: partition, sort: sort(seq)) }
    static func sort(_ seq: Int) -> String {
        let digits = String(seq)
        return String(repeating: "0", count: max(0, 12 - digits.count)) + digits
    }

    private static func key(_ request: String) -> StoreKey { StoreKey(partition: begunPartition, sort: request) }

    private func row(_ event: AuditEvent) -> JSON {
        .compact([
            "at": .string(Self.time(now())), "who": .string(AuditMask.text(event.who)), "proof": .string(event.proof.kind),
            "token": JSON(event.proof.tokenID), "action": .string(event.action), "app": JSON(event.app.map(AuditMask.text)),
            "object": .string(AuditMask.text(event.object)), "before": AuditMask.masked(event.change?.before ?? .null),
            "after": AuditMask.masked(event.change?.after ?? .null), "reason": JSON(event.change?.reason.map(AuditMask.text)),
            "result": .string(event.result.rawValue), "detail": JSON(event.detail.map(AuditMask.text)), "from": JSON(event.from),
            "request": .string(event.request),
        ])
    }

    // MARK: Writing

    private func keep(_ row: JSON, _ begun: StoreKey?) async {
        if !unkept.isEmpty { await retry() }
        do {
            try await append(row, begun)
        } catch {
            logger.error("a row of the audit log cannot be written yet", metadata: ["row": "\(row.text)", "error": "\(error)"])
            // What was begun is on disk already; the rest is bounded by the folding.
            if unkept.count < 1000 { unkept.append((row, begun)) }
        }
    }

    private func retry() async {
        let rows = unkept
        unkept = []
        for (index, (row, begun)) in rows.enumerated() {
            do { try await append(row, begun) } catch {
                unkept = Array(rows[index...]) + unkept
                return
            }
        }
    }

    private func append(_ row: JSON, _ begun: StoreKey?) async throws(StoreError) {
        let result: Result<Void, StoreError>
        if isWriting {
            result = await withCheckedContinuation { waiting.append((row, begun, $0)) }
        } else {
            isWriting = true
            do {
                try await write([(row, begun)])
                result = .success(())
            } catch { result = .failure(error) }
            await writeWaiting()
            isWriting = false
        }
        try result.get()
    }

    /// Writes what arrived meanwhile, many rows at a time.
    private func writeWaiting() async {
        while !waiting.isEmpty {
            let some = Array(waiting.prefix(Self.batch))
            waiting.removeFirst(some.count)
            let result: Result<Void, StoreError>
            do {
                try await write(some.map { ($0.row, $0.begun) })
                result = .success(())
            } catch { result = .failure(error) }
            for one in some { one.continuation.resume(returning: result) }
        }
    }

    private func write(_ rows: [(row: JSON, begun: StoreKey?)]) async throws(StoreError) {
        for _ in 0..<20 {
            var (seq, hash, condition) = try await readHead()
            var writes: [StoreWrite] = []
            for (members, begun) in rows {
                let row = AuditChain.link(members, after: seq, hash)
                seq += 1
                hash = row["hash"].string ?? ""
                writes.append(.put(Self.key(seq), body: row.bytes, condition: .absent))
                if let begun { writes.append(.delete(begun)) }
            }
            let body: JSON = ["seq": .integer(seq), "hash": .string(hash)]
            writes.append(.put(Self.headKey, body: body.bytes, condition: condition))
            do {
                try await store.write(writes)
                if case .version(let version) = condition { condition = .version(version + 1) } else { condition = .version(1) }
                head = (seq, hash, condition)
                return
            } catch {
                head = nil
                // Another replica was faster: its rows come first.
                guard case .conditionFailed = error else { throw error }
            }
        }
        throw StoreError.unavailable("the end of the audit log does not fit its rows: jubako audit verify says where it is broken")
    }

    private func readHead() async throws(StoreError) -> (seq: Int, hash: String, condition: StoreCondition) {
        if let head { return head }
        if let item = try await store.get(Self.headKey), let body = try? JSON(parsing: item.body), let seq = body["seq"].int {
            return (seq, body["hash"].string ?? AuditChain.start, .version(item.version))
        }
        // Somebody removed it. The log goes on after its last row.
        let last = try await store.query(partition: Self.partition, sort: .all, limit: 1, reversed: true).first
        let row = last.flatMap { try? JSON(parsing: $0.body) } ?? .null
        return (last.flatMap { Int($0.key.sort) } ?? 0, row["hash"].string ?? AuditChain.start, .absent)
    }
}

extension Caller.Proof {
    /// As rows name it.
    var kind: String {
        switch self {
        case .none: "none"
        case .session: "session"
        case .token: "token"
        case .machine: "machine"
        }
    }

    /// The token's or session's id, which is no secret.
    var tokenID: String? {
        switch self {
        case .session(let id), .token(let id): id
        case .none, .machine: nil
        }
    }
}
