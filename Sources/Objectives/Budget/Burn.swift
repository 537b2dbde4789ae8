import Definitions
public import Foundation

/// How fast a budget was spent lately.
public struct Burn: Sendable, Hashable {
    public let hours: Int
    public let bad: Double
    public let total: Double

    public init(hours: Int, bad: Double, total: Double) {
        self.hours = hours
        self.bad = bad
        self.total = total
    }

    /// Without failures that do not count.
    func less(_ failures: Int) -> Burn { Burn(hours: hours, bad: max(0, bad - Double(failures)), total: total) }

    /// The fan of forecasts: a quarter of a day, a day, three days.
    public static let fan = [6, 24, 72]

    public var errorRatio: Double? { total > 0 ? bad / total : nil }

    /// Failures ÷ allowed failures.
    public func rate(of budget: Budget) -> Double? { errorRatio.map { $0 / budget.share.fraction.double } }
}

/// When the budget is gone if failures go on as they do.
public enum Forecast: Sendable, Hashable {
    case unknown
    case gone
    /// It outlasts the period.
    case lasts
    case exhausted(Date)

    /// What is left ÷ failures a minute. Of a rolling window that is remaining × window ÷ burn rate.
    public init(_ budget: Budget, _ burn: Burn) {
        guard let remaining = budget.remaining else {
            self = .unknown
            return
        }
        guard remaining > 0 else {
            self = .gone
            return
        }
        guard let ratio = burn.errorRatio else {
            self = .unknown
            return
        }
        let left = remaining * NSDecimalNumber(decimal: budget.allowedMinutes).doubleValue
        guard ratio > 0 else {
            self = .lasts
            return
        }
        let end = budget.now + left / ratio * 60
        let horizon = budget.isRolling ? budget.now + Double(budget.period.minutes) * 60 : budget.period.end
        self = end < horizon ? .exhausted(end) : .lasts
    }
}
