public import Definitions
public import Foundation

/// What one of an objective's burn alerts sees now, in its long and in its short window.
public struct BurnWindow: Sendable, Hashable {
    /// Long and short window against the threshold, in the words of Kibana (elastic/kibana#195139).
    public enum Verdict: String, Sendable, Hashable, CaseIterable {
        /// Both are above: it fires.
        case critical
        /// Only the long one: it goes back.
        case recovering
        /// Only the short one: it begins.
        case increasing
        case acceptable
    }

    public let alert: BurnAlert
    /// The share of failures above which the alert fires.
    public let threshold: Double
    /// The query of the long window's share.
    public let query: String
    /// Shares of failures; nil while nothing happened.
    public let long: Double?
    public let short: Double?

    public var verdict: Verdict {
        switch ((long ?? 0) > threshold, (short ?? 0) > threshold) {
        case (true, true): .critical
        case (true, false): .recovering
        case (false, true): .increasing
        case (false, false): .acceptable
        }
    }

    /// Asks for all alerts of an objective.
    public static func read(_ objective: Objective, app: String, source: any SeriesSource, now: Date) async throws -> [BurnWindow] {
        let expression = BurnExpression(app: app, objective: objective)
        let time = Int(now.timeIntervalSince1970)
        var windows: [BurnWindow] = []
        for alert in objective.alerts {
            let query = expression.ratio(alert.minutes)
            windows.append(
                BurnWindow(
                    alert: alert, threshold: alert.threshold(of: objective).double, query: query,
                    long: try await source.value(query, at: time),
                    short: try await source.value(expression.ratio(alert.shortMinutes), at: time)))
        }
        return windows
    }
}
