import Definitions

/// What the alerts of an objective say to people.
struct AlertWords {
    static let burnAlert = "ErrorBudgetBurn"
    static let absenceAlert = "ObjectiveNotMeasured"

    let app: String
    let objective: Objective
    let runbooks: String?

    private var what: String { objective.summary ?? objective.name }

    func burn(_ alerts: [BurnAlert]) -> [String: String] {
        let minutes = alerts.map(\.minutes).min() ?? 60
        let expression = BurnExpression(app: app, objective: objective)
        let share = (objective.budget.fraction * Fraction(100, 1)).decimal
        let allowed = "Allowed are \(share) % of \(window)."
        return [
            "summary": "\(app), \(what): at this rate the budget of \(window) is gone in {{ $value | humanizeDuration }}",
            "description": "Within the last \(BurnAlert.text(minutes: minutes)) "
                + "\(number(expression.failures(minutes))) of \(number(expression.events(minutes))) \(failures). \(allowed)",
            "runbook_url": address(Self.burnAlert),
        ]
    }

    var absence: [String: String] {
        [
            "summary": "\(app), \(what): nobody knows how it does",
            "description":
                "For 15 minutes there was nothing to count for the objective \(objective.name) of \(app): the series that it reads is gone.",
            "runbook_url": address(Self.absenceAlert),
        ]
    }

    private var window: String {
        switch objective.window {
        case .days(let days): "\(days) days"
        case .month: "a month"
        case .quarter: "a quarter"
        }
    }

    private var failures: String {
        switch objective.indicator {
        case .availability: "requests failed"
        case .latency(_, let milliseconds): "requests took longer than \(Fraction(milliseconds, 1_000).decimal) s"
        case .ratio: "events failed"
        case .uptime: "minutes were down"
        case .composite: "events failed"
        }
    }

    private func number(_ expression: String) -> String { "{{ with query `\(expression)` }}{{ . | first | value | printf \"%.0f\" }}{{ end }}" }

    private func address(_ alert: String) -> String {
        let base = runbooks.map { $0.hasSuffix("/") ? $0 : $0 + "/" } ?? "docs/runbooks/"
        return "\(base)\(alert).md"
    }
}
