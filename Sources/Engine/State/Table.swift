/// A row of the engine's state: a value that is kept in memory and in the store.
protocol Record: Codable, Sendable, Equatable {
    /// The name of the table, part of the key under which rows are stored.
    static var kind: String { get }
    /// Unique within the table.
    var id: String { get }
    /// Rows with the same group can be found together, see ``Table/group(_:)``.
    var group: String? { get }
}

extension Record {
    var group: String? { nil }
}

/// One kind of record, in memory, which remembers what changed since it was last asked.
struct Table<Row: Record>: Sendable {
    private var rows: [String: Row] = [:]
    private var groups: [String: Set<String>] = [:]
    /// The value that each changed row had before its first change.
    private var before: [String: Row?] = [:]

    init() {}

    /// A table as it was stored: nothing counts as changed.
    init(stored: [Row]) {
        for row in stored { self[row.id] = row }
        before = [:]
    }

    var values: Dictionary<String, Row>.Values { rows.values }

    /// Reads, writes or (with nil) removes a row.
    subscript(id: String) -> Row? {
        get { rows[id] }
        set {
            let old = rows[id]
            guard old != newValue else { return }
            if before[id] == nil { before[id] = .some(old) }
            rows[id] = newValue
            if old?.group != newValue?.group {
                if let group = old?.group { groups[group]?.remove(id) }
                if let group = newValue?.group { groups[group, default: []].insert(id) }
            }
        }
    }

    /// Changes a row in place; does nothing when there is none.
    mutating func update(_ id: String, _ change: (inout Row) -> Void) {
        guard var row = rows[id] else { return }
        change(&row)
        self[id] = row
    }

    /// The rows of a group, in no order.
    func group(_ name: String) -> [Row] {
        groups[name, default: []].compactMap { rows[$0] }
    }

    var hasChanges: Bool { !before.isEmpty }

    /// What changed since the last call: each row as it is now, nil when it was removed.
    mutating func takeChanges() -> [TableChange<Row>] {
        defer { before = [:] }
        return before.map { TableChange(id: $0.key, before: $0.value, row: rows[$0.key]) }
    }

    /// Takes back a change that was taken but could not be stored, unless the row changed again since.
    mutating func undo(_ change: TableChange<Row>) {
        guard rows[change.id] == change.row else { return }
        self[change.id] = change.before
    }
}

/// One row before and after a change.
struct TableChange<Row: Record>: Sendable {
    let id: String
    let before: Row?
    let row: Row?
}
