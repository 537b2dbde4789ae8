import Definitions
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import ServiceModel

/// `/audit`: who did what, and what was refused. Each row is bound to the one before; `jubako audit verify` checks that.
struct AuditEndpoints: Sendable {
    let reader: AuditReader
    let catalog: LiveCatalog

    private static let filters: [Endpoint.Field] = [
        .init(name: "app", about: "Rows of one app"), .init(name: "who", about: "A part of the name"),
        .init(name: "action", about: "A part of what was done"),
        .init(
            name: "result", about: "done, denied, refused, failed or unknown",
            schema: ["enum": .array([""] + AuditEvent.Result.allCases.map { .string($0.rawValue) })]),
        .init(name: "from", about: "The first day or moment, in UTC", schema: moment), .init(name: "to", about: "The last one", schema: moment),
    ]
    private static let moment: JSON = ["type": "string", "pattern": #"^([0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}(:[0-9]{2})?Z?)?)?$"#]

    private static let row: JSON = Schema.object([
        "seq": Schema.integer, "at": Schema.time, "who": Schema.text, "proof": ["enum": ["none", "session", "token", "machine"]],
        "token?": Schema.text, "action": Schema.text, "app?": Schema.text, "object": Schema.text, "before?": [:], "after?": [:],
        "reason?": Schema.text, "result": ["enum": JSON(AuditEvent.Result.allCases.map(\.rawValue))], "detail?": Schema.text,
        "count?": Schema.integer, "since?": Schema.time, "from?": Schema.text, "request?": Schema.text, "previous": Schema.text,
        "hash": Schema.text,
    ])

    var endpoints: [Endpoint] {
        [
            Endpoint.page(
                "/audit", template: "audit", title: "audit", "Read the audit log, newest first", permission: .review,
                query: Self.filters + Endpoint.paging(most: 500),
                returns: Schema.object(["rows": Schema.list(Self.row), "next": Schema.optional(Schema.text)])
            ) { visit in .show(try await page(visit)) },
            Endpoint.api(
                .get, "/api/audit/export", "Export the audit log, oldest first", permission: .review,
                query: Self.filters + [.init(name: "format", about: "csv or jsonl", schema: ["enum": ["csv", "jsonl"]])]
            ) { visit in try await export(visit) }.with { $0.produces = ["application/jsonl", "text/csv"] },
            Endpoint.api(
                .get, "/api/audit/head", "Read the number and the hash of the last row of the audit log", permission: .review,
                returns: Schema.object(["seq": Schema.integer, "hash": Schema.text])
            ) { _ in
                let (seq, hash) = try await reader.head()
                return .show(["seq": .integer(seq), "hash": .string(hash)])
            },
        ]
    }

    /// SREs and admins see everything, a developer the apps of their teams, a token the apps that it is limited to.
    private func visible(to caller: Caller) async -> Set<String>? {
        guard let role = caller.role, role < .sre else { return caller.apps }
        let own = Set(await catalog.catalog.apps.values.filter { $0.team.map(caller.teams.contains) ?? false }.map(\.name))
        return caller.apps.map(own.intersection) ?? own
    }

    private func page(_ visit: Visit) async throws -> JSON {
        let filter = try AuditFilter(visit, visible: await visible(to: visit.caller))
        let limit = try visit.number("limit", default: 50, in: 1...500)
        let before = try visit.number("cursor", default: 999_999_999_999, in: 0...999_999_999_999)
        let (rows, next) = try await reader.rows(filter, before: before, limit: limit)
        let kept = Self.filters.compactMap { field in
            visit.query[field.name].flatMap {
                $0.isEmpty ? nil : "&\(field.name)=\($0.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")"
            }
        }
        var answer: JSON = ["rows": .array(rows), "next": JSON(next.map(String.init))]
        guard !visit.wantsJSON else { return answer }
        answer["rows"] = .array(rows.map(Self.shown))
        for field in Self.filters { answer["chosen_\(field.name)"] = JSON(visit.query[field.name]) }
        answer["kept"] = .string(kept.joined())
        answer["results"] = .array(
            AuditEvent.Result.allCases.map {
                ["result": .string($0.rawValue), "word": .string("audit_\($0.rawValue)"), "is_chosen": .bool($0 == filter.result)]
            })
        return answer
    }

    /// A row for people: its values as text, and how its result looks.
    private static func shown(_ row: JSON) -> JSON {
        var row = row
        let states = ["done": "good", "denied": "bad", "refused": "warn", "failed": "bad", "unknown": "unknown"]
        row["state"] = .string(states[row["result"].string ?? ""] ?? "unknown")
        row["word"] = .string("audit_\(row["result"].string ?? "unknown")")
        for name in ["before", "after"] where !row[name].isNull { row[name] = .string(row[name].string ?? row[name].prettyText) }
        return row
    }

    private func export(_ visit: Visit) async throws -> Answer {
        let filter = try AuditFilter(visit, visible: await visible(to: visit.caller))
        let format = visit.query["format"] ?? "jsonl"
        guard ["csv", "jsonl"].contains(format) else { throw ConsoleError(status: .badRequest, detail: "format is csv or jsonl") }
        let isTable = format == "csv"
        let reader = reader
        let body = ResponseBody { writer in
            if isTable { try await writer.write(ByteBuffer(string: AuditTable.header)) }
            var first: Int? = 0
            while let from = first {
                let (rows, next) = try await reader.rows(filter, from: from)
                let text = rows.reduce(into: "") { $0 += isTable ? AuditTable.line($1.row) : $1.line + "\n" }
                if !text.isEmpty { try await writer.write(ByteBuffer(string: text)) }
                first = next
            }
            try await writer.finish(nil)
        }
        return .response(
            Response(
                status: .ok,
                headers: [
                    .contentType: isTable ? "text/csv; charset=utf-8; header=present" : "application/jsonl", .cacheControl: "no-store",
                    .contentDisposition: "attachment; filename=\"jubako-audit.\(format)\"", .xContentTypeOptions: "nosniff",
                ], body: body))
    }
}
