import Foundation
import ServiceModel

/// Replays alerts over what a Prometheus remembers.
public struct Backtest: Sendable {
    /// Prometheus returns at most 11,000 points a series.
    private static let pointsPerQuery = 10_000.0

    let prometheus: any PrometheusQueries
    /// Seconds between two looks.
    let step: Double
    /// How far back.
    let seconds: Double

    /// - Parameters:
    ///   - step: seconds between two looks; the alert's `for` counts in these steps.
    ///   - seconds: how far back to look.
    public init(prometheus: any PrometheusQueries, step: Double = 60, seconds: Double) {
        self.prometheus = prometheus
        self.step = step
        self.seconds = seconds
    }

    /// How often and for how long an alert would have fired until `end`, in Unix seconds.
    public func outcome(of rule: RuleFile.Rule, end: Double) async throws(RulesError) -> AlertHistory {
        var series: [[String: String]: [Double]] = [:]
        var start = end - seconds
        while start < end {
            let stop = min(end, start + step * Self.pointsPerQuery)
            let data: JSON
            do { data = try await prometheus.queryRange(rule.expression.text, start: start, end: stop, step: step) } catch {
                throw RulesError("\(rule.name.text): \(error.message)")
            }
            for found in SampledSeries.series(data) {
                series[found.labels, default: []] += found.times.filter { $0 > (series[found.labels]?.last ?? 0) }
            }
            start = stop + step
        }
        let hold = rule.hold.flatMap { PromQLDuration.seconds($0.text) } ?? 0
        let keep = rule.keepFiring.flatMap { PromQLDuration.seconds($0.text) } ?? 0
        return AlertHistory(series.mapValues { AlertHistory.firings(at: $0, step: step, hold: hold, keep: keep, end: end) })
    }

    /// Compares each alert of `file` with the one of the same name in `old`.
    public func compare(_ file: RuleFile, with old: RuleFile?, end: Double) async throws(RulesError) -> [BacktestLine] {
        var before = Dictionary(grouping: old?.rules.filter { $0.kind == .alert } ?? [], by: \.name.text)
        var lines: [BacktestLine] = []
        for rule in file.rules where rule.kind == .alert {
            let earlier = before[rule.name.text].flatMap { $0.isEmpty ? nil : $0[0] }
            if earlier != nil { before[rule.name.text]?.removeFirst() }
            let now = try await outcome(of: rule, end: end)
            let then: AlertHistory?
            if let earlier { then = try await outcome(of: earlier, end: end) } else { then = nil }
            lines.append(BacktestLine(alert: rule.name.text, line: rule.start.line, now: now, before: then))
        }
        for (name, rules) in before.sorted(by: { $0.key < $1.key }) {
            for rule in rules {
                lines.append(BacktestLine(alert: name, line: rule.start.line, now: nil, before: try await outcome(of: rule, end: end)))
            }
        }
        return lines
    }
}

/// One alert before and after a change; nil where the file has none of the name.
public struct BacktestLine: Sendable {
    public let alert: String
    public let line: Int
    public let now: AlertHistory?
    public let before: AlertHistory?
}
