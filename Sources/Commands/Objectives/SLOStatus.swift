import ArgumentParser
import Deployments
import ServiceModel

/// `jubako slo status`.
struct SLOStatus: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "status", abstract: "Show how much of each budget is left.")

    @OptionGroup var options: ObjectiveOptions

    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        try await Invocation.run("slo status") { _ in
            let reports = try await options.reports()
            guard !json else { return Terminal.output(JSON.array(reports).prettyText) }
            let rows = reports.map { report in
                let figures = report["figures"]
                func text(_ name: String) -> String { figures[name].string ?? "" }
                return [
                    Columns.name(report), (report["state"].string ?? "").replacing("_", with: " "), "\(text("remaining")) left",
                    "\(text("achieved")) of \(text("target"))", text("minutes"), text("forecast"),
                ]
            }
            Terminal.output(Columns.text(rows))
        }
    }
}

/// `jubako slo explain`.
struct SLOExplain: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain", abstract: "Say what a budget was spent on, for the business, for developers and for SREs.",
        discussion: "All three are made of the same figures.")

    @OptionGroup var options: ObjectiveOptions

    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        try await Invocation.run("slo explain") { _ in
            let reports = try await options.reports()
            guard !json else { return Terminal.output(JSON.array(reports).prettyText) }
            for report in reports {
                let voices = report["voices"]
                let paint = Terminal.outputPaint
                Terminal.output(Columns.name(report))
                for (reader, lines) in [
                    ("business", [voices["business"].string ?? ""]), ("developers", voices["developers"].strings), ("SRE", voices["sre"].strings),
                ] {
                    Terminal.output("  " + paint.dim(reader))
                    for line in lines { Terminal.output("    \(line)") }
                }
            }
        }
    }
}

/// `jubako slo report`.
struct SLOReport: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "Write the report of an app's objectives as a page of HTML, or as JSON.",
        discussion: "The page is printed on one sheet of A4.")

    @OptionGroup var options: ObjectiveOptions

    @Option(help: "A month such as 2026-11, from the server's books. (default: this one)")
    var month: String?

    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        try await Invocation.run("slo report") { _ in
            let report = try await options.report(month: month)
            Terminal.output(json ? report.json.prettyText : report.html)
        }
    }
}

/// Rows with equal columns.
enum Columns {
    /// `recipes/availability`
    static func name(_ report: JSON) -> String { "\(report["app"].string ?? "")/\(report["objective"].string ?? "")" }

    static func text(_ rows: [[String]]) -> String {
        let count = rows.map(\.count).max() ?? 0
        let widths = (0..<count).map { column in rows.map { $0.indices.contains(column) ? $0[column].count : 0 }.max() ?? 0 }
        return rows.map { row in
            row.enumerated().map { index, cell in
                index == row.count - 1 ? cell : cell + String(repeating: " ", count: widths[index] - cell.count)
            }.joined(separator: "  ")
        }.joined(separator: "\n")
    }
}
