import Definitions
public import Foundation

/// The figures of a standing as people read them. All voices take theirs from here, so that they cannot disagree.
public struct Figures: Sendable, Hashable {
    /// `97.3 %`; "unknown" while nothing was counted.
    public let remaining: String
    /// `0.6 of 22.32 minutes`.
    public let minutes: String
    /// `27 of 1,000 requests that may fail`.
    public let events: String
    /// `99.9986 %`.
    public let achieved: String
    public let target: String
    public let forecast: String
    public let period: String
    public let cost: String?
    /// Of the minutes and of the failures by themselves, for texts in other languages.
    public let leftMinutes: String
    public let spentMinutes: String
    public let allowedMinutes: String
    public let leftEvents: String
    public let spentEvents: String
    public let allowedEvents: String

    public init(_ standing: Standing) {
        let budget = standing.budget
        remaining = budget.remaining.map { "\(Self.number($0 * 100, 1)) %" } ?? "unknown"
        let allowed = NSDecimalNumber(decimal: budget.allowedMinutes).stringValue
        leftMinutes = Self.number(budget.leftMinutes, 2)
        spentMinutes = Self.number(budget.spentMinutes, 2)
        allowedMinutes = allowed
        leftEvents = Self.number(budget.leftEvents, budget.leftEvents.magnitude < 100 ? 1 : 0)
        spentEvents = Self.grouped(budget.spent)
        allowedEvents = Self.number(budget.allowedEvents, budget.allowedEvents < 100 ? 1 : 0)
        minutes = "\(spentMinutes) of \(allowed) minutes"
        events = "\(spentEvents) of \(allowedEvents) \(Self.unit(standing.objective)) that may fail so far"
        achieved = budget.errorRatio.map { "\(Self.number((1 - $0) * 100, 4)) %" } ?? "unknown"
        target = "\(standing.objective.target) %"
        forecast = Self.text(standing.forecast, budget.period.timeZone)
        switch standing.objective.window {
        case .days(let days): period = "the last \(days) days"
        case .month: period = Self.month(budget.period)
        case .quarter: period = "the quarter from \(Self.day(budget.period.start, budget.period.timeZone))"
        }
        cost = standing.cost.flatMap { cost in standing.objective.cost.map { "\(Self.grouped(cost)) \($0.currency)" } }
    }

    /// What an objective counts.
    static func unit(_ objective: Objective) -> String {
        switch objective.indicator {
        case .availability, .latency: "requests"
        case .uptime: "minutes"
        case .ratio: "events"
        case .composite: "billionths"
        }
    }

    /// A few events are counted, not put in percent: "3 of 4 requests failed".
    static func share(_ bad: Int, of total: Int, _ unit: String) -> String {
        guard total >= 1_000 else { return "\(bad) of \(total) \(unit) failed" }
        return "\(number(Double(bad) / Double(total) * 100, 3)) % of \(grouped(total)) \(unit) failed"
    }

    static func text(_ forecast: Forecast, _ zone: String) -> String {
        switch forecast {
        case .unknown: "nobody can say yet"
        case .gone: "the budget is gone"
        case .lasts: "the budget lasts"
        case .exhausted(let date): "at this rate the budget is gone on \(day(date, zone))"
        }
    }

    public static func day(_ date: Date, _ zone: String) -> String {
        date.formatted(.iso8601.year().month().day().timeZone(TimeZone(identifier: zone)))
    }

    private static func month(_ period: Period) -> String { String(day(period.start, period.timeZone).prefix(7)) }

    /// Rounded to so many digits, without zeros at the end.
    public static func number(_ value: Double, _ digits: Int) -> String {
        let scale = (0..<digits).reduce(1.0) { scale, _ in scale * 10 }
        let units = (value.magnitude * scale).rounded()
        guard units < 9e15 else { return "\(value)" }
        let text = Fraction(Int(units), Int(scale)).decimal
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let whole = grouped(Int(parts[0]) ?? 0)
        return (value < 0 && units > 0 ? "-" : "") + whole + (parts.count > 1 ? ".\(parts[1])" : "")
    }

    public static func grouped(_ number: Int) -> String {
        let digits = String(number.magnitude)
        let groups = stride(from: digits.count, to: 0, by: -3).reversed().map { end in String(digits.prefix(end).suffix(min(3, end))) }
        return (number < 0 ? "-" : "") + groups.joined(separator: ",")
    }
}

extension Date.ISO8601FormatStyle {
    fileprivate func timeZone(_ zone: TimeZone?) -> Self {
        var style = self
        style.timeZone = zone ?? .gmt
        return style
    }
}
