import ArgumentParser
import Definitions
import Deployments
import Objectives
import ServiceModel

/// `jubako slo status`.
struct SLOStatus: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "status", abstract: "Show how much of each budget is left.")

    @OptionGroup var options: ObjectiveOptions

    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        try await Invocation.run("slo status") { _ in
            let standings = try await options.standings()
            guard !json else { return Terminal.output(JSON.array(standings.map(\.json)).prettyText) }
            let rows = standings.map { standing in
                let figures = Figures(standing)
                return [
                    "\(standing.app)/\(standing.objective.name)", standing.state.rawValue.replacing("_", with: " "), "\(figures.remaining) left",
                    "\(figures.achieved) of \(figures.target)", figures.minutes, figures.forecast,
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
            let standings = try await options.standings()
            guard !json else { return Terminal.output(JSON.array(standings.map(\.json)).prettyText) }
            for standing in standings {
                let voices = Voices(standing)
                let paint = Terminal.outputPaint
                Terminal.output("\(standing.app)/\(standing.objective.name)")
                for (reader, lines) in [("business", [voices.business]), ("developers", voices.developers), ("SRE", voices.sre)] {
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

    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        try await Invocation.run("slo report") { _ in
            let standings = try await options.standings()
            Terminal.output(json ? JSON.array(standings.map(\.json)).prettyText : ReportPage.html(standings))
        }
    }
}

/// Rows with equal columns.
enum Columns {
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
