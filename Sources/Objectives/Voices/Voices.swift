import Definitions
import Foundation

/// One standing in the words of three readers.
public struct Voices: Sendable, Hashable {
    /// For the business: what it means for users, and what it costs.
    public let business: String
    /// For developers: what was spent on which release, and what is left.
    public let developers: [String]
    /// For SREs: windows, burn rates, what is measured and what is not.
    public let sre: [String]

    public init(_ standing: Standing) {
        let figures = Figures(standing)
        business = Self.business(standing, figures)
        developers = Self.developers(standing, figures)
        sre = Self.sre(standing, figures)
    }

    private static func what(_ standing: Standing) -> String { standing.objective.summary ?? "\(standing.app) \(standing.objective.name)" }

    private static func business(_ standing: Standing, _ figures: Figures) -> String {
        let promise = "\(what(standing)): \(figures.target) promised for \(figures.period), \(figures.achieved) kept."
        let cost = figures.cost.map { " That is \($0)." } ?? ""
        let left = "\(figures.remaining) of the budget is left (\(figures.minutes) spent)."
        switch standing.state {
        case .unknown: return "\(promise) Nothing was counted yet, so nobody can say how it stands."
        case .healthy: return "\(promise) The promise holds: \(left)\(cost)"
        case .atRisk: return "\(promise) The promise is at risk: \(left)\(cost) \(sentence(figures.forecast))."
        case .exhausted: return "\(promise) The promise is broken: \(left)\(cost) Reliability comes before features now."
        }
    }

    private static func developers(_ standing: Standing, _ figures: Figures) -> [String] {
        var lines = ["\(figures.remaining) of the budget is left: \(figures.events), \(figures.minutes) spent; \(figures.forecast)"]
        for line in standing.statement.lines {
            let what = line.kind == .unexplained ? "unexplained" : "\(line.kind.rawValue) \(line.title)"
            lines.append("\(Figures.number(line.minutes, 2)) minutes, \(Figures.grouped(line.events)): \(what)")
        }
        return lines
    }

    private static func sre(_ standing: Standing, _ figures: Figures) -> [String] {
        let budget = standing.budget
        let measured = Figures.number((1 - budget.unmeasuredShare) * 100, 2)
        var lines = [
            "state \(standing.state.rawValue); \(figures.remaining) of the budget is left: \(figures.minutes), \(figures.events)",
            "window \(standing.objective.window.text) in \(budget.period.timeZone), \(budget.period.minutes) minutes; \(measured) % of it measured",
        ]
        if budget.assumedBad > 0 {
            lines.append(
                "\(Figures.grouped(budget.assumedBad)) of the failures stand in for missing measurements (no_data: \(standing.objective.missingData.rawValue))"
            )
        }
        if budget.credited > 0 { lines.append("\(Figures.grouped(budget.credited)) failures were taken back by corrections") }
        if !budget.isProvable {
            lines.append(
                "\(Figures.grouped(budget.total)) events cannot show \(figures.target) yet: it takes \(Figures.grouped(standing.objective.target.eventsToProve))"
                    + " without a failure")
        }
        if let editedAt = standing.editedAt {
            lines.append("edited on \(Figures.day(editedAt, budget.period.timeZone)): the days before keep what was promised then")
        }
        for (burn, forecast) in standing.forecasts {
            let rate = burn.rate(of: budget).map { "burn rate \(Figures.number($0, 2))" } ?? "no events"
            lines.append("last \(burn.hours) h: \(rate), \(Figures.text(forecast, budget.period.timeZone))")
        }
        return lines
    }

    private static func sentence(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }
}
