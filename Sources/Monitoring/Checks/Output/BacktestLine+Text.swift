public import ServiceModel

extension BacktestLine {
    /// A table of what alerts would have done, in the order given.
    ///
    /// - Parameter isComparison: shows how it was before as well.
    public static func table(_ lines: [BacktestLine], isComparison: Bool) -> String {
        var rows = [["alert", "fires", "in all", "longest", "series"] + (isComparison ? ["before", "in all"] : [])]
        for line in lines {
            let now = line.now.map { [String($0.count), text($0.seconds), text($0.longest), String($0.series.count)] } ?? ["removed", "", "", ""]
            let before = line.before.map { [String($0.count), text($0.seconds)] } ?? ["new", ""]
            rows.append([line.alert] + now + (isComparison ? before : []))
        }
        let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            let cells = zip(row, widths).enumerated().map { index, cell in
                let blanks = String(repeating: " ", count: cell.1 - cell.0.count)
                return index == 0 ? cell.0 + blanks : blanks + cell.0
            }
            return cells.joined(separator: "  ")
        }.joined(separator: "\n")
    }

    public var json: JSON {
        .object(["alert": .string(alert), "line": .integer(line), "now": now?.json ?? .null, "before": before?.json ?? .null])
    }

    private static func text(_ seconds: Double) -> String { seconds == 0 ? "-" : PromQLDuration.text(seconds.rounded()) }
}

extension AlertHistory {
    /// The counts, and each firing with its labels.
    public var json: JSON {
        let all = series.flatMap { labels, firings in firings.map { (labels, $0) } }.sorted { $0.1.start < $1.1.start }
        return .object([
            "count": .integer(count), "seconds": .number(seconds), "longest_seconds": .number(longest), "series": .integer(series.count),
            "firings": .array(
                all.map { labels, firing in
                    var members = JSONObject()
                    for (name, value) in labels.sorted(by: { $0.key < $1.key }) { members[name] = .string(value) }
                    return .object(["labels": .object(members), "start": .number(firing.start), "end": .number(firing.end)])
                }),
        ])
    }
}
