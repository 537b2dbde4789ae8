import Definitions
import Foundation
import Objectives
import ServiceModel

/// A standing as pages show it: the figures of ``Figures``, with sentences in the reader's language.
struct StandingView {
    let standing: Standing
    private let figures: Figures

    init(_ standing: Standing) {
        self.standing = standing
        figures = Figures(standing)
    }

    /// The row of a list, and the head of a page.
    var row: JSON {
        .compact([
            "app": .string(standing.app), "team": JSON(standing.team), "name": .string(standing.objective.name),
            "what": .string(standing.objective.summary ?? standing.objective.name), "state": .string(state),
            "word": .string("slo_\(standing.state.rawValue)"), "target": .string(figures.target),
            "achieved": .string(standing.budget.errorRatio == nil ? "–" : figures.achieved),
            "remaining": JSON(remaining), "left": remaining == nil ? .null : .string(figures.remaining),
            "left_minutes": .string(figures.leftMinutes), "allowed_minutes": .string(figures.allowedMinutes),
            "forecast": forecast, "period": .string(period), "promise": promise,
        ])
    }

    /// To a tenth of a percent.
    private var remaining: Double? { standing.budget.remaining.map { ($0 * 1000).rounded() / 1000 } }

    private var state: String {
        switch standing.state {
        case .healthy: "good"
        case .atRisk: "warn"
        case .exhausted: "bad"
        case .unknown: "unknown"
        }
    }

    private var forecast: JSON {
        switch standing.forecast {
        case .unknown: ["key": "slo_forecast_unknown"]
        case .gone: ["key": "slo_forecast_gone"]
        case .lasts: ["key": "slo_forecast_lasts"]
        case .exhausted(let date): ["key": "slo_forecast_date", "day": .string(Figures.day(date, standing.budget.period.timeZone))]
        }
    }

    /// `2026-11`, or the first and the last day.
    private var period: String {
        let period = standing.budget.period
        if standing.objective.window == .month { return String(Figures.day(period.start, period.timeZone).prefix(7)) }
        return "\(Figures.day(period.start, period.timeZone)) – \(Figures.day(period.end - 1, period.timeZone))"
    }

    private var values: JSON {
        [
            "what": .string(standing.objective.summary ?? "\(standing.app) \(standing.objective.name)"), "target": .string(figures.target),
            "achieved": .string(figures.achieved), "period": .string(period), "left": .string(figures.remaining),
            "left_minutes": .string(figures.leftMinutes), "spent_minutes": .string(figures.spentMinutes),
            "allowed_minutes": .string(figures.allowedMinutes), "spent_events": .string(figures.spentEvents),
            "allowed_events": .string(figures.allowedEvents), "left_events": .string(figures.leftEvents), "cost": .string(figures.cost ?? ""),
            "measured": .string(Figures.number((1 - standing.budget.unmeasuredShare) * 100, 2)),
            "window": .string(standing.objective.window.text), "zone": .string(standing.budget.period.timeZone),
            "minutes": .string(Figures.grouped(standing.budget.period.minutes)), "total": .string(Figures.grouped(standing.budget.total)),
            "credited": .string(Figures.grouped(standing.budget.credited)), "assumed": .string(Figures.grouped(standing.budget.assumedBad)),
            "policy": .string(standing.objective.missingData.rawValue),
            "needed": .string(Figures.grouped(standing.objective.target.eventsToProve)),
            "edited": .string(standing.editedAt.map { Figures.day($0, standing.budget.period.timeZone) } ?? ""),
        ]
    }

    private func said(_ key: String) -> JSON {
        var said = values
        said["key"] = .string(key)
        return said
    }

    /// What it means to users, in one sentence.
    var promise: JSON { said("slo_biz_\(standing.state.rawValue)") }

    /// What one reader wants to know, sentence by sentence.
    func voice(_ reader: Reader) -> JSON {
        let budget = standing.budget
        guard budget.total > 0 else { return .array([promise, said("slo_sre_window")]) }
        var isComposite = false
        if case .composite = standing.objective.indicator { isComposite = true }
        var lines: [JSON] = []
        switch reader {
        case .business:
            lines = [promise]
            if budget.leftEvents > 0, !isComposite { lines.append(said("slo_biz_left")) }
            if figures.cost != nil { lines.append(said("slo_biz_cost")) }
        case .developers:
            lines = [said(isComposite ? "slo_dev_minutes" : "slo_dev_left")]
        case .sre:
            lines = [said(isComposite ? "slo_dev_minutes" : "slo_dev_left"), said("slo_sre_window")]
            if budget.assumedBad > 0 { lines.append(said("slo_sre_assumed")) }
            if budget.credited > 0 { lines.append(said("slo_sre_credited")) }
            if !budget.isProvable { lines.append(said("slo_sre_unproved")) }
            if standing.editedAt != nil { lines.append(said("slo_sre_edited")) }
            for (burn, forecast) in standing.forecasts {
                var line: JSON = ["hours": .integer(burn.hours), "rate": .string(burn.rate(of: budget).map { Figures.number($0, 2) } ?? "–")]
                if case .exhausted(let date) = forecast {
                    line["key"] = "slo_sre_burn_out"
                    line["day"] = .string(Figures.day(date, budget.period.timeZone))
                } else {
                    line["key"] = "slo_sre_burn"
                }
                lines.append(line)
            }
        }
        return .array(lines)
    }

    enum Reader: String, CaseIterable {
        case business = "biz"
        case developers = "dev"
        case sre
    }

    /// The statement: its lines, and the sum that they have.
    var statement: JSON {
        [
            "of": .string("\(standing.app) \(standing.objective.name)"),
            "lines": .array(
                standing.statement.lines.map { line in
                    .compact([
                        "word": .string("slo_line_\(line.kind.rawValue)"), "title": line.kind == .unexplained ? .null : .string(line.title),
                        "link": JSON(link(line)), "at": JSON(line.start.map(TimeText.machine)), "failures": .string(Figures.grouped(line.events)),
                        "minutes": .string(Self.minutes(line.centiminutes)),
                    ])
                }),
            "failures": .string(Figures.grouped(standing.statement.events)),
            "minutes": .string(Self.minutes(standing.statement.centiminutes)),
        ]
    }

    /// On this server, by whatever name it is reached.
    func link(_ line: Statement.Line) -> String? {
        switch line.kind {
        case .release: "/apps/\(standing.app.percentEncoded)/releases/\(line.id)"
        case .incident: "/apps/\(standing.app.percentEncoded)/alerts"
        case .correction: "#corrections"
        case .unexplained: nil
        }
    }

    /// Always two digits, as an account has them.
    private static func minutes(_ hundredths: Int) -> String {
        let (whole, rest) = hundredths.magnitude.quotientAndRemainder(dividingBy: 100)
        return (hundredths < 0 ? "-" : "") + "\(Figures.grouped(Int(whole))).\(rest < 10 ? "0" : "")\(rest)"
    }
}
