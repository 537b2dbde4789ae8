import Definitions

/// Alert conditions on the recorded increases of an app's objectives.
struct BurnExpression {
    let app: String
    let objective: Objective

    /// Holds while one of `alerts` fires. Its value is the number of seconds within which this rate spends a whole budget.
    func condition(_ alerts: [BurnAlert]) -> String {
        let seconds = Fraction(objective.window.nominalDays * 86_400, 1) * objective.budget.fraction
        let parts = alerts.map { alert in
            let threshold = alert.threshold(of: objective).decimal
            var text = "(\(ratio(alert.minutes)) > \(threshold))\n  and (\(ratio(alert.shortMinutes)) > \(threshold))"
            if objective.lowTraffic.failures > 1 { text += "\n  and (\(failures(alert.minutes)) >= \(objective.lowTraffic.failures))" }
            if objective.lowTraffic.events > 0 { text += "\n  and (\(events(alert.minutes)) >= \(objective.lowTraffic.events))" }
            return "\(seconds.decimal) / (\(text))"
        }
        return parts.joined(separator: "\nor\n")
    }

    /// The share of failures of the last `minutes`; nothing while nothing happened.
    func ratio(_ minutes: Int) -> String {
        switch objective.indicator {
        case .composite(.product(let names)):
            return "1 - " + names.map { "(1 - \(component($0, minutes)))" }.joined(separator: " * ")
        case .composite(.weights(let weights)):
            // a component without events has no weight
            let sorted = weights.sorted { $0.key < $1.key }
            let shares = sorted.map { "\($0.value) * \(component($0.key, minutes))" }.joined(separator: " + ")
            let present = sorted.map { "\($0.value) * (\(sum(Measurement.totalSeries, $0.key, minutes)) > bool 0)" }.joined(separator: " + ")
            return "(\(shares)) / ((\(present)) > 0)"
        default:
            return "(\(sum(Measurement.badSeries, objective.name, minutes))) / (\(sum(Measurement.totalSeries, objective.name, minutes)) > 0)"
        }
    }

    func failures(_ minutes: Int) -> String { counts(Measurement.badSeries, minutes) }
    func events(_ minutes: Int) -> String { counts(Measurement.totalSeries, minutes) }

    private func counts(_ series: String, _ minutes: Int) -> String {
        guard case .composite(let composite) = objective.indicator else { return sum(series, objective.name, minutes) }
        return composite.components.map { sum(series, $0, minutes) }.joined(separator: " + ")
    }

    private func component(_ name: String, _ minutes: Int) -> String {
        "((\(sum(Measurement.badSeries, name, minutes))) / (\(sum(Measurement.totalSeries, name, minutes)) > 0) or vector(0))"
    }

    /// Up to an hour: the last five minutes as they are now, and the whole steps before them, so that a page does not wait for a step to end. The
    /// subquery is a second shorter than its steps, so that it has the same number of them on Prometheus 2 and 3.
    ///
    /// Longer windows: the mean of all recorded points times the number of steps. Every event is in as many points as every other, so it weighs the
    /// same; only the edges are five minutes wide.
    private func sum(_ series: String, _ name: String, _ minutes: Int) -> String {
        let now = Measurement.recorded(series, app: app, objective: name)
        guard minutes > CounterIncrease.minutes else { return "sum(\(now))" }
        guard minutes <= 60 else {
            return "sum(avg_over_time(\(now)[\(BurnAlert.text(minutes: minutes))])) * \(Fraction(minutes, CounterIncrease.minutes).decimal)"
        }
        let before = BurnAlert.text(minutes: minutes - CounterIncrease.minutes - 1)
        return "sum(\(now) + (sum_over_time(\(now)[\(before)59s:5m] offset 5m) or 0 * \(now)))"
    }
}
