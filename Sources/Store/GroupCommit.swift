import Foundation
import GRDB
import Synchronization

/// Gathers the writes that arrive while a transaction is being flushed, and puts them into the next one together.
///
/// A writer waits for the transaction that its write is in. Nobody's task owns the transaction, so a cancelled writer
/// spoils it for no one: its own write is carried out as well.
final class GroupCommit: Sendable {
    private struct Waiting {
        let writes: [StoreWrite]
        let continuation: CheckedContinuation<Result<Void, StoreError>, Never>
    }

    private struct State {
        var waiting: [Waiting] = []
        var nextSweep = Date.distantPast
    }

    private let state = Mutex(State())
    private let database: any DatabaseWriter
    private let path: String
    private let now: @Sendable () -> Date

    init(database: any DatabaseWriter, path: String, now: @escaping @Sendable () -> Date) {
        self.database = database
        self.path = path
        self.now = now
    }

    func write(_ writes: [StoreWrite]) async throws(StoreError) {
        let result: Result<Void, StoreError> = await withCheckedContinuation { continuation in
            let isFirst = state.withLock { state in
                state.waiting.append(Waiting(writes: writes, continuation: continuation))
                return state.waiting.count == 1
            }
            // The writer's queue is serial: this batch collects writes until the one before it is on disk.
            if isFirst { database.asyncWriteWithoutTransaction { database in self.commitWaiting(in: database) } }
        }
        try result.get()
    }

    private func commitWaiting(in database: Database) {
        let moment = now()
        let (batch, isSweepDue) = state.withLock { state in
            defer { state.waiting = [] }
            let isDue = moment >= state.nextSweep
            if isDue { state.nextSweep = moment + 60 }
            return (state.waiting, isDue)
        }
        var results: [Result<Void, StoreError>]
        do {
            results = try mapped(path) { try commit(batch.map(\.writes), sweep: isSweepDue, at: moment, in: database) }
        } catch {
            results = batch.map { _ in .failure(error) }
        }
        for (waiting, result) in zip(batch, results) { waiting.continuation.resume(returning: result) }
    }

    /// A failed condition undoes only the write it belongs to; anything else that fails undoes the batch.
    private func commit(_ batch: [[StoreWrite]], sweep: Bool, at moment: Date, in database: Database) throws -> [Result<Void, StoreError>] {
        var results: [Result<Void, StoreError>] = []
        try database.inTransaction(.immediate) {
            for writes in batch {
                do {
                    try database.inSavepoint {
                        for write in writes { try ItemTable.apply(write, at: moment, in: database) }
                        return .commit
                    }
                    results.append(.success(()))
                } catch let error as StoreError {
                    results.append(.failure(error))
                }
            }
            if sweep { try ItemTable.sweep(at: moment, in: database) }
            return .commit
        }
        return results
    }
}
