import ServiceModel

/// Rows of the audit log as CSV (RFC 4180), for spreadsheets.
enum AuditTable {
    private static let columns = [
        "seq", "at", "who", "proof", "token", "action", "app", "object", "result", "count", "since", "reason", "detail", "before", "after", "from",
        "request", "previous", "hash",
    ]

    static let header = columns.joined(separator: ",") + "\r\n"

    static func line(_ row: JSON) -> String { columns.map { cell(row[$0]) }.joined(separator: ",") + "\r\n" }

    private static func cell(_ value: JSON) -> String {
        guard !value.isNull else { return "" }
        var text = value.string ?? value.text
        // A spreadsheet would take it for a formula.
        if let first = text.first, value.string != nil, "=+-@\t\r".contains(first) { text = "'" + text }
        guard text.contains(where: { ",\"\r\n".contains($0) }) || text.hasPrefix(" ") || text.hasSuffix(" ") else { return text }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
}
