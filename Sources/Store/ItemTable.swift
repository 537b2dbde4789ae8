import Foundation
import GRDB

/// The SQL of the store, over one open database connection.
enum ItemTable {
    static func prepare(_ database: any DatabaseWriter) throws {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("items") { database in
            try database.execute(
                sql: """
                    CREATE TABLE items (
                        partition TEXT NOT NULL, sort TEXT NOT NULL, version INTEGER NOT NULL, body BLOB NOT NULL, expiry REAL,
                        PRIMARY KEY (partition, sort)
                    );
                    CREATE INDEX items_expiry ON items (expiry) WHERE expiry IS NOT NULL;
                    """)
        }
        let state = try database.read { database in
            try (isNewer: migrator.hasBeenSuperseded(database), isDone: migrator.hasCompletedMigrations(database))
        }
        guard !state.isNewer else {
            throw StoreError.unavailable("the store was written by a newer version of jubako, use that version")
        }
        if !state.isDone { try migrator.migrate(database) }
    }

    static func find(_ key: StoreKey, at moment: Date, in database: Database) throws -> StoreItem? {
        let statement = try database.cachedStatement(
            sql: """
                SELECT sort, version, body, expiry FROM items WHERE partition = ? AND sort = ? AND (expiry IS NULL OR expiry > ?)
                """)
        return try Row.fetchOne(statement, arguments: [key.partition, key.sort, moment.timeIntervalSince1970])
            .map { item($0, partition: key.partition) }
    }

    static func query(
        partition: String, sort: StoreSortKeys, limit: Int?, reversed: Bool, at moment: Date, in database: Database
    ) throws -> [StoreItem] {
        var conditions = "partition = ? AND (expiry IS NULL OR expiry > ?)"
        var arguments: StatementArguments = [partition, moment.timeIntervalSince1970]
        let bounds: (from: String, upTo: String)? =
            switch sort {
            case .all: nil
            case .prefix(let prefix): (prefix, prefix + "\u{10FFFF}")
            case .range(let from, let upTo): (from, upTo)
            }
        if let bounds {
            conditions += " AND sort >= ? AND sort < ?"
            arguments += [bounds.from, bounds.upTo]
        }
        let statement = try database.cachedStatement(
            sql: "SELECT sort, version, body, expiry FROM items WHERE \(conditions) ORDER BY sort \(reversed ? "DESC" : "ASC") LIMIT ?")
        arguments += [limit ?? -1]
        return try Row.fetchAll(statement, arguments: arguments).map { item($0, partition: partition) }
    }

    /// Carries out one write, or throws ``StoreError/conditionFailed(_:)`` and changes nothing.
    static func apply(_ write: StoreWrite, at moment: Date, in database: Database) throws {
        switch write {
        case .put(let key, let body, let condition, let expiry):
            let version = try check(condition, key, at: moment, in: database)
            let statement = try database.cachedStatement(
                sql: """
                    INSERT INTO items (partition, sort, version, body, expiry) VALUES (?, ?, ?, ?, ?)
                    ON CONFLICT (partition, sort) DO UPDATE SET version = excluded.version, body = excluded.body, expiry = excluded.expiry
                    """)
            try statement.execute(arguments: [key.partition, key.sort, (version ?? 0) + 1, Data(body), expiry?.timeIntervalSince1970])
        case .delete(let key, let condition):
            _ = try check(condition, key, at: moment, in: database)
            try database.cachedStatement(sql: "DELETE FROM items WHERE partition = ? AND sort = ?").execute(arguments: [key.partition, key.sort])
        }
    }

    /// Removes expired items, a bounded number at a time so that no writer waits long.
    static func sweep(at moment: Date, in database: Database) throws {
        let statement = try database.cachedStatement(
            sql: "DELETE FROM items WHERE rowid IN (SELECT rowid FROM items WHERE expiry <= ? ORDER BY expiry LIMIT 500)")
        try statement.execute(arguments: [moment.timeIntervalSince1970])
    }

    /// The version of the item at `key`, nil when it is absent.
    private static func check(_ condition: StoreCondition, _ key: StoreKey, at moment: Date, in database: Database) throws -> Int? {
        let statement = try database.cachedStatement(
            sql: "SELECT version FROM items WHERE partition = ? AND sort = ? AND (expiry IS NULL OR expiry > ?)")
        let version = try Int.fetchOne(statement, arguments: [key.partition, key.sort, moment.timeIntervalSince1970])
        let holds =
            switch condition {
            case .none: true
            case .absent: version == nil
            case .version(let expected): version == expected
            }
        guard holds else { throw StoreError.conditionFailed(key) }
        return version
    }

    private static func item(_ row: Row, partition: String) -> StoreItem {
        let body: Data = row["body"]
        let expiry: Double? = row["expiry"]
        return StoreItem(
            key: StoreKey(partition: partition, sort: row["sort"]), version: row["version"], body: Array(body),
            expiry: expiry.map { Date(timeIntervalSince1970: $0) })
    }
}
