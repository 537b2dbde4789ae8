import Foundation
import HTTPTypes
import ServiceModel
import Store

/// Which rows of the audit log somebody asks for, and may see.
struct AuditFilter: Sendable {
    var app: String?
    /// A part of the name, in any case.
    var who: String?
    /// A part of what was done, in any case.
    var action: String?
    var result: AuditEvent.Result?
    /// A day or a moment, in UTC, as in 2026-12-24 or 2026-12-24T18:00; both ends count.
    var from: String?
    var to: String?
    /// The apps that the reader may see; nil for everything.
    var visible: Set<String>?

    /// - Throws: ``ConsoleError`` 400.
    init(_ visit: Visit, visible: Set<String>?) throws {
        func given(_ name: String) -> String? { visit.query[name].flatMap { $0.isEmpty ? nil : $0 } }
        func moment(_ name: String) throws -> String? {
            guard let text = given(name) else { return nil }
            guard text.wholeMatch(of: /\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,3})?)?Z?)?/) != nil else {
                throw ConsoleError(
                    status: .badRequest,
                    detail: "\(name) is a day or a moment in UTC, such as 2026-12-24 or 2026-12-24T18:00:00Z, not \(text.prefix(40))")
            }
            return text.hasSuffix("Z") ? String(text.dropLast()) : text
        }
        app = given("app")
        who = given("who")?.lowercased()
        action = given("action")?.lowercased()
        if let text = given("result") {
            guard let known = AuditEvent.Result(rawValue: text) else {
                throw ConsoleError(
                    status: .badRequest, detail: "result is one of \(AuditEvent.Result.allCases.map(\.rawValue).joined(separator: ", "))")
            }
            result = known
        }
        from = try moment("from")
        to = try moment("to")
        self.visible = visible
    }

    /// Whether every row is meant, so that the chain can be checked.
    var isAll: Bool { app == nil && who == nil && action == nil && result == nil && from == nil && to == nil && visible == nil }

    func matches(_ row: JSON) -> Bool {
        let at = row["at"].string ?? ""
        if let visible, !(row["app"].string.map(visible.contains) ?? false) { return false }
        if let app, row["app"].string != app { return false }
        if let who, !(row["who"].string ?? "").lowercased().contains(who) { return false }
        if let action, !(row["action"].string ?? "").lowercased().contains(action) { return false }
        if let result, row["result"].string != result.rawValue { return false }
        if let from, at < from { return false }
        if let to, at.prefix(to.count) > to { return false }
        return true
    }
}

/// Reads the audit log.
struct AuditReader: Sendable {
    let store: any Store

    /// Rows that one request looks at, at most: whoever looks for something rare goes on with the cursor.
    private static let mostScanned = 20_000
    private static let step = 500

    /// Rows, newest first.
    ///
    /// - Parameter before: only rows with a smaller number; nil for all.
    /// - Returns: `next` is nil when there are no more, else what `before` is to be.
    func rows(_ filter: AuditFilter, before: Int?, limit: Int) async throws -> (rows: [JSON], next: Int?) {
        var end = before ?? 999_999_999_999
        var found: [JSON] = []
        for _ in 0..<(Self.mostScanned / Self.step) {
            let items = try await store.query(
                partition: AuditLog.partition, sort: .range(from: "", upTo: AuditLog.sort(max(0, end))), limit: Self.step, reversed: true)
            for item in items {
                guard let seq = Int(item.key.sort) else { continue }
                if found.count == limit { return (found, seq + 1) }
                end = seq
                let row = (try? JSON(parsing: item.body)) ?? ["seq": .integer(seq), "action": "unreadable"]
                if filter.matches(row) { found.append(row) }
                // Rows are in the order of time: nothing older is meant.
                if let from = filter.from, let at = row["at"].string, at < from { return (found, nil) }
            }
            if items.count < Self.step { return (found, nil) }
        }
        return (found, end)
    }

    /// Some hundred rows as they are kept, oldest first.
    ///
    /// - Parameter first: the number to begin with.
    /// - Returns: `next` is nil after the last rows, else what `first` is to be.
    func rows(_ filter: AuditFilter, from first: Int) async throws -> (rows: [(line: String, row: JSON)], next: Int?) {
        let items = try await store.query(
            partition: AuditLog.partition, sort: .range(from: AuditLog.sort(first), upTo: ":"), limit: Self.step, reversed: false)
        let rows = items.map { item -> (line: String, row: JSON) in
            (String(decoding: item.body, as: UTF8.self).replacing("\n", with: " "), (try? JSON(parsing: item.body)) ?? .null)
        }
        let next = items.count == Self.step ? items.last.flatMap { Int($0.key.sort) }.map { $0 + 1 } : nil
        return (filter.isAll ? rows : rows.filter { filter.matches($0.row) }, next)
    }

    /// The number and the hash of the last row.
    func head() async throws -> (seq: Int, hash: String) {
        let item = try await store.get(AuditLog.headKey)
        let body = item.flatMap { try? JSON(parsing: $0.body) } ?? .null
        return (body["seq"].int ?? 0, body["hash"].string ?? AuditChain.start)
    }
}
