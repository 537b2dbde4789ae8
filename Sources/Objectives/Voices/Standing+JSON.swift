import Definitions
public import Foundation
public import ServiceModel

extension Standing {
    /// For the API and `--json`; what is not known is left out.
    public var json: JSON {
        let voices = Voices(self)
        let figures = Figures(self)
        return .compact([
            "app": .string(app), "team": JSON(team), "objective": .string(objective.name), "description": JSON(objective.summary),
            "indicator": .string(objective.indicator.kind), "target_percent": .string("\(objective.target)"), "state": .string(state.rawValue),
            "window": .string(objective.window.text), "time_zone": .string(budget.period.timeZone),
            "period": ["start": Self.time(budget.period.start), "end": Self.time(budget.period.end), "minutes": .integer(budget.period.minutes)],
            "remaining": JSON(budget.remaining), "pace": JSON(budget.pace),
            "events": .compact([
                "bad": .integer(budget.bad), "total": .integer(budget.total), "credited": .integer(budget.credited), "spent": .integer(budget.spent),
                "allowed": .number(budget.allowedEvents), "left": .number(budget.leftEvents), "assumed_bad": .integer(budget.assumedBad),
                "error_ratio": JSON(budget.errorRatio),
            ]),
            "minutes": [
                "allowed": .string(NSDecimalNumber(decimal: budget.allowedMinutes).stringValue), "spent": .number(budget.spentMinutes),
                "left": .number(budget.leftMinutes),
            ],
            "slices": .object(JSONObject(Slice.State.allCases.map { ($0.rawValue, .integer(budget.slices[$0] ?? 0)) }) { first, _ in first }),
            "burns": .array(
                forecasts.map { burn, forecast in
                    .compact([
                        "hours": .integer(burn.hours), "bad": .number(burn.bad), "total": .number(burn.total), "rate": JSON(burn.rate(of: budget)),
                        "forecast": forecast.json,
                    ])
                }),
            "forecast": forecast.json,
            "statement": .array(statement.lines.map(\.json)), "cost": JSON(cost), "currency": JSON(objective.cost?.currency),
            "figures": .compact([
                "remaining": .string(figures.remaining), "minutes": .string(figures.minutes), "events": .string(figures.events),
                "achieved": .string(figures.achieved), "target": .string(figures.target), "period": .string(figures.period),
                "forecast": .string(figures.forecast), "cost": JSON(figures.cost),
            ]),
            "edited_at": editedAt.map(Self.time) ?? .null,
            "voices": ["business": .string(voices.business), "developers": JSON(voices.developers), "sre": JSON(voices.sre)],
        ])
    }

    /// A time as the API and messages write it.
    public static func text(_ date: Date) -> String { date.formatted(.iso8601) }

    static func time(_ date: Date) -> JSON { .string(date.formatted(.iso8601)) }
}

extension Forecast {
    var json: JSON {
        switch self {
        case .unknown: ["is": "unknown"]
        case .gone: ["is": "gone"]
        case .lasts: ["is": "lasts"]
        case .exhausted(let date): ["is": "exhausted", "at": .string(date.formatted(.iso8601))]
        }
    }
}

extension Statement.Line {
    var json: JSON {
        .compact([
            "kind": .string(kind.rawValue), "id": id.isEmpty ? .null : .string(id), "title": .string(title), "link": JSON(link),
            "start": start.map(Standing.time) ?? .null, "events": .integer(events), "minutes": .number(minutes),
        ])
    }
}
