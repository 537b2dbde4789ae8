public import Foundation
import GRDB

/// The embedded store: one table in one SQLite file, for one process.
///
/// Writes that arrive while another is on its way to the disk share the next transaction, so many writers cost few
/// disk flushes. Two processes may open the same file without harm, but who owns a file is for its user to settle.
public struct SQLiteStore: Store {
    private let database: any DatabaseWriter
    private let commits: GroupCommit
    private let path: String
    private let now: @Sendable () -> Date

    /// Opens the file at `path`, and makes it (mode 0600) and its folder (mode 0700) when they do not exist.
    ///
    /// - Parameter now: the clock that items expire by.
    /// - Throws: ``StoreError`` when the file cannot be opened, is no store, or was written by a newer version.
    public init(path: String, now: @escaping @Sendable () -> Date = { Date() }) throws(StoreError) {
        let database = try mapped(path) {
            try prepareFile(at: path)
            var configuration = Configuration()
            configuration.label = "store"
            configuration.busyMode = .timeout(5)
            configuration.prepareDatabase { database in try database.execute(sql: "PRAGMA synchronous = FULL") }
            return try DatabasePool(path: path, configuration: configuration)
        }
        try self.init(database: database, path: path, now: now)
    }

    /// A store without a file, for tests and trials. Nothing of it remains.
    public static func inMemory(now: @escaping @Sendable () -> Date = { Date() }) throws(StoreError) -> SQLiteStore {
        let database = try mapped("memory") { try DatabaseQueue() }
        return try SQLiteStore(database: database, path: "memory", now: now)
    }

    private init(database: any DatabaseWriter, path: String, now: @escaping @Sendable () -> Date) throws(StoreError) {
        try mapped(path) { try ItemTable.prepare(database) }
        self.database = database
        self.path = path
        self.now = now
        commits = GroupCommit(database: database, path: path, now: now)
    }

    public func get(_ key: StoreKey) async throws(StoreError) -> StoreItem? {
        let moment = now()
        return try await read { database in try ItemTable.find(key, at: moment, in: database) }
    }

    public func query(partition: String, sort: StoreSortKeys, limit: Int?, reversed: Bool) async throws(StoreError) -> [StoreItem] {
        let moment = now()
        return try await read { database in
            try ItemTable.query(partition: partition, sort: sort, limit: limit, reversed: reversed, at: moment, in: database)
        }
    }

    public func write(_ writes: [StoreWrite]) async throws(StoreError) {
        guard !writes.isEmpty else { return }
        try await commits.write(writes)
    }

    /// Closes the file. Later calls throw; open files also close by themselves when the last copy of the store is gone.
    public func close() throws(StoreError) {
        try mapped(path) { try database.close() }
    }

    /// GRDB's own async functions end when the caller's task is cancelled; a read is too short for that to be worth an error case.
    private func read<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws(StoreError) -> Value {
        let path = path
        let result: Result<Value, StoreError> = await withCheckedContinuation { continuation in
            database.asyncRead { database in
                continuation.resume(returning: Result { () throws(StoreError) in try mapped(path) { try body(database.get()) } })
            }
        }
        return try result.get()
    }
}

private func prepareFile(at path: String) throws {
    let folder = URL(filePath: path).deletingLastPathComponent()
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw StoreError.unavailable("the store \(path) cannot be opened: \(String(cString: strerror(errno)))") }
    // The files that SQLite puts beside this one take over its mode.
    let isOwn = fchmod(descriptor, 0o600) == 0
    close(descriptor)
    guard isOwn else { throw StoreError.unavailable("the store \(path) belongs to another user: its mode cannot be set to 0600") }
}
