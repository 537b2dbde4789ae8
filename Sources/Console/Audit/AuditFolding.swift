import Foundation
import OrderedCollections
import ServiceModel

/// Keeps a flood of refused requests from filling the disk: the first of a kind is a row at once, its repeats are counted, and told once an hour.
struct AuditFolding: Sendable {
    private struct Entry {
        let row: JSON
        var repeats = 0
    }

    private struct Window {
        let start: Date
        var entries: OrderedDictionary<String, Entry> = [:]
        /// What came after there were too many kinds.
        var rest: Entry?
    }

    /// Repeats are told so long after the first, in seconds.
    private let length: TimeInterval
    /// Kinds of a caller that get a row of their own in that time.
    private let mostKinds: Int
    /// Callers that are told apart in that time.
    private let mostCallers: Int
    private var windows: OrderedDictionary<String, Window> = [:]

    init(length: TimeInterval = 3600, mostKinds: Int = 50, mostCallers: Int = 100) {
        self.length = length
        self.mostKinds = mostKinds
        self.mostCallers = mostCallers
    }

    /// - Returns: the row to write now; nil when it is counted.
    mutating func note(_ row: JSON, at moment: Date) -> JSON? {
        func part(_ name: String) -> String { row[name].string ?? "" }
        let own = "\(part("proof")) \(part("who"))"
        let caller = windows[own] != nil || windows.count < mostCallers ? own : ""
        let kind = ["action", "object", "result", "from", "detail"].map(part).joined(separator: "\n")
        var window = windows[caller] ?? Window(start: moment)
        defer { windows[caller] = window }
        if window.entries[kind] != nil {
            window.entries[kind]?.repeats += 1
            return nil
        }
        if window.entries.count < mostKinds {
            window.entries[kind] = Entry(row: row)
            return row
        }
        if window.rest == nil {
            var others = row
            others["action"] = "Other requests that were refused"
            others["object"] = "*"
            for name in ["app", "detail", "request"] { others[name] = .null }
            if caller.isEmpty { others["who"] = "others" }
            window.rest = Entry(row: others)
        }
        window.rest?.repeats += 1
        return nil
    }

    /// The repeats that have waited long enough, with how many there were. They are forgotten here.
    mutating func due(at moment: Date, all: Bool = false) -> [JSON] {
        var rows: [JSON] = []
        for (caller, window) in windows where all || moment.timeIntervalSince(window.start) >= length {
            windows[caller] = nil
            for entry in window.entries.values.elements + [window.rest].compactMap(\.self) where entry.repeats > 0 {
                var row = entry.row
                row["count"] = .integer(entry.repeats)
                row["since"] = .string(AuditLog.time(window.start))
                row["at"] = .string(AuditLog.time(moment))
                rows.append(row)
            }
        }
        return rows
    }
}
