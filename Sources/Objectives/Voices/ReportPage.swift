import Definitions
import Foundation

/// A report of objectives as one page of HTML, without any other file; it prints on one sheet of A4.
public enum ReportPage {
    public static func html(_ standings: [Standing]) -> String {
        let apps = Array(Set(standings.map(\.app))).sorted().joined(separator: ", ")
        let sections = standings.map(section).joined()
        return """
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Objectives of \(escaped(apps))</title>
            <style>
            @page { size: A4; margin: 12mm }
            body { font: 14px/1.4 system-ui, sans-serif; max-width: 186mm; margin: 1em auto; padding: 0 1em; color: #1a1a1a; background: #fff }
            h1 { font-size: 1.4em } h2 { font-size: 1.1em; margin: 1em 0 .2em }
            .bar { height: .8em; background: #d9d9d9; border-radius: .2em; overflow: hidden } .bar div { height: 100% }
            .healthy { background: #1d7a3a } .at_risk { background: #b26a00 } .exhausted { background: #b3261e } .unknown { background: #777 }
            table { border-collapse: collapse; width: 100%; font-size: .9em } td, th { text-align: left; padding: .15em .6em .15em 0; vertical-align: top }
            td.number, th.number { text-align: right } .small { font-size: .85em; color: #444 } section { break-inside: avoid }
            @media print { body { margin: 0; padding: 0; font-size: 10px } }
            </style></head><body>
            <h1>Objectives of \(escaped(apps))</h1>
            \(sections)</body></html>

            """
    }

    private static func section(_ standing: Standing) -> String {
        let figures = Figures(standing)
        let voices = Voices(standing)
        let width = Int(min(100, max(0, (standing.budget.remaining ?? 0) * 100)).rounded())
        // a sheet has room for so many; the rest is one line, so that the sum stays right
        let lines = folded(standing.statement.lines, to: 6)
        let rows = lines.map { line in
            "<tr><td>\(escaped(line.kind.rawValue))</td><td>\(link(line))</td><td class=\"number\">\(Figures.grouped(line.events))</td>"
                + "<td class=\"number\">\(Figures.number(line.minutes, 2))</td></tr>"
        }.joined()
        let sum =
            "<tr><th colspan=\"2\">spent</th><th class=\"number\">\(Figures.grouped(standing.statement.events))</th>"
            + "<th class=\"number\">\(Figures.number(Double(standing.statement.centiminutes) / 100, 2))</th></tr>"
        let table =
            rows.isEmpty
            ? "" : "<table><tr><th>what</th><th></th><th class=\"number\">failures</th><th class=\"number\">minutes</th></tr>\(rows)\(sum)</table>"
        return """
            <section><h2>\(escaped(standing.app)): \(escaped(standing.objective.name))</h2>
            <p>\(escaped(voices.business))</p>
            <div class="bar" role="img" aria-label="\(figures.remaining) of the budget is left"><div class="\(standing.state.rawValue)" style="width:\(width)%"></div></div>
            \(table)<p class="small">\(voices.sre.map(escaped).joined(separator: "<br>"))</p></section>

            """
    }

    private static func folded(_ lines: [Statement.Line], to count: Int) -> [Statement.Line] {
        guard lines.count > count else { return lines }
        let sorted = lines.sorted { $0.events.magnitude > $1.events.magnitude }
        let rest = sorted.dropFirst(count - 1)
        return sorted.prefix(count - 1) + [
            Statement.Line(
                kind: .unexplained, id: "", title: "\(rest.count) more", link: nil, start: nil, events: rest.reduce(0) { $0 + $1.events },
                centiminutes: rest.reduce(0) { $0 + $1.centiminutes })
        ]
    }

    private static func link(_ line: Statement.Line) -> String {
        guard let link = line.link, link.hasPrefix("http://") || link.hasPrefix("https://") else { return escaped(line.title) }
        return "<a href=\"\(escaped(link))\">\(escaped(line.title))</a>"
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;").replacing("\"", with: "&quot;")
    }
}
