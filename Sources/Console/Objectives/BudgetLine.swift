import Foundation
import Objectives
import ServiceModel

/// The chart of how a budget was spent, beside an even spending, with marks for what it was spent on.
enum BudgetLine {
    private static let mostPoints = 240.0
    private static let mostMarks = 6

    /// - Returns: nil for what has no failures of its own, and where nothing was counted.
    static func chart(_ standing: Standing, entries: [DayEntry], corrections: [Correction]) -> JSON? {
        let budget = standing.budget
        guard let remaining = budget.remaining, !entries.isEmpty else { return nil }
        let (start, end) = (budget.period.start, budget.period.end)
        let failures = entries.sorted { $0.day < $1.day }.flatMap(\.timedFailures).filter { failure in
            !corrections.contains { $0.start <= failure.start && failure.start < $0.end }
        }
        // each failure costs what it costs in the statement, so that the line ends at what is spent
        let sum = Double(max(1, failures.reduce(0) { $0 + $1.bad }))
        let spent = 1 - remaining
        let pause = end.timeIntervalSince(start) / mostPoints
        var points: [JSON] = [point(start, 0)]
        var (count, last) = (0, start)
        var days: [(String, Double)] = []
        for failure in failures {
            if failure.start.timeIntervalSince(last) > pause { points.append(point(failure.start, spent * Double(count) / sum)) }
            count += failure.bad
            if failure.start.timeIntervalSince(last) >= pause {
                points.append(point(failure.start + Slice.length, spent * Double(count) / sum))
                last = failure.start
            }
        }
        points.append(point(min(budget.now, end), failures.isEmpty ? 0 : spent))
        for day in budget.period.days where day.start < budget.now {
            let before = failures.filter { $0.start < day.end }.reduce(0) { $0 + $1.bad }
            days.append((day.key, spent * Double(before) / sum))
        }
        // the dearest first; one that would be written over another is in the statement only
        let room = end.timeIntervalSince(start) / 8
        let causes = standing.statement.lines.filter { $0.start != nil && ($0.kind == .release || $0.kind == .incident) }
        let marks = causes.sorted { $0.events > $1.events }.reduce(into: [Statement.Line]()) { marks, line in
            let time = line.start ?? start
            if marks.count < mostMarks, marks.allSatisfy({ abs(($0.start ?? start).timeIntervalSince(time)) > room }) { marks.append(line) }
        }
        let view = StandingView(standing)
        return [
            "name": "slo_spending", "unit": "ratio", "from_unix": .number(start.timeIntervalSince1970),
            "to_unix": .number(end.timeIntervalSince1970), "step_s": .number(end.timeIntervalSince(start)),
            "series": [
                ["name": "slo_spent", "points": .array(points)],
                ["name": "slo_even", "points": [point(start, 0), point(end, 1)]],
            ],
            "marks": .array(
                marks.map { line in
                    [
                        "at_unix": .number(max(start, line.start ?? start).timeIntervalSince1970),
                        "label": .string(line.kind == .release ? "#\(line.id)" : String(line.title.prefix(16))),
                        "link": .string(view.link(line) ?? "#"),
                    ]
                }),
            "finding": ["key": "slo_chart_finding", "spent": .string("\(Figures.number(spent * 100, 1)) %")],
            "rows": .array(days.map { ["day": .string($0.0), "spent": .string("\(Figures.number($0.1 * 100, 1)) %")] }),
        ]
    }

    private static func point(_ date: Date, _ value: Double) -> JSON { [.number(date.timeIntervalSince1970), .number(max(0, value))] }
}
