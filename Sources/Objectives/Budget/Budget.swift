public import Definitions
public import Foundation

/// How much of an objective's budget is spent, counted in events and in minutes.
public struct Budget: Sendable, Hashable {
    public let period: Period
    public let now: Date
    /// The share that may fail now.
    public let share: Percent
    /// Rolling: what is left is a share of the events so far. Calendar: of the minutes of the whole period.
    public let isRolling: Bool
    /// An event is a minute.
    public let countsMinutes: Bool
    public let bad: Int
    public let total: Int
    /// Failures that corrections took back.
    public let credited: Int
    /// Failures that stand in for missing measurements.
    public let assumedBad: Int
    public let slices: [Slice.State: Int]
    /// Failures that the events so far allow: Σ budget × total, by the budget of each day.
    public let allowedEvents: Double
    /// Minutes that the whole period allows, exactly: Σ budget × minutes, by the budget of each day.
    public let allowedMinutes: Decimal
    /// Of the period, until now.
    public let elapsedMinutes: Double
    /// Those of them that count: what was not measured, as before the app was there, does not, unless the objective says so.
    public let countedMinutes: Double

    /// - Parameters:
    ///   - entries: of the period's days, at most one for each; today's as far as it is known.
    ///   - credited: failures of the period that corrections took back.
    public init(_ objective: Objective, entries: [DayEntry], credited: Int = 0, now: Date) {
        let period = Period(of: objective, at: now)
        let inside = entries.filter { $0.day.start >= period.start && $0.day.start < period.end }
        self.init(
            objective, period: period, now: now, bad: inside.reduce(0) { $0 + $1.bad }, total: inside.reduce(0) { $0 + $1.total },
            credited: credited, assumedBad: inside.reduce(0) { $0 + $1.assumedBad },
            slices: inside.reduce(into: [:]) { $0.merge($1.slices, uniquingKeysWith: +) },
            allowedEvents: inside.reduce(0) { $0 + Double($1.total) * $1.budget.fraction.double },
            allowedMinutes: Self.minutes(period, objective.budget, inside))
    }

    init(
        _ objective: Objective, period: Period, now: Date, bad: Int, total: Int, credited: Int, assumedBad: Int, slices: [Slice.State: Int],
        allowedEvents: Double, allowedMinutes: Decimal
    ) {
        self.period = period
        self.now = now
        share = objective.budget
        if case .days = objective.window { isRolling = true } else { isRolling = false }
        countsMinutes = objective.indicator.countsMinutes
        self.bad = bad
        self.total = total
        self.credited = min(credited, bad)
        self.assumedBad = assumedBad
        self.slices = slices
        self.allowedEvents = allowedEvents
        self.allowedMinutes = allowedMinutes
        elapsedMinutes = min(Double(period.minutes), max(0, now.timeIntervalSince(period.start) / 60))
        let sliceMinutes = Slice.length / 60
        let counted = slices.values.reduce(0, +) - (objective.missingData == .ignore ? slices[.unmeasured] ?? 0 : 0)
        countedMinutes = max(0, elapsedMinutes - Double(max(0, Int(elapsedMinutes / sliceMinutes) - counted)) * sliceMinutes)
    }

    /// An edited objective keeps the budget of its past days; days without an entry have today's.
    private static func minutes(_ period: Period, _ budget: Percent, _ entries: [DayEntry]) -> Decimal {
        let known = Dictionary(entries.map { ($0.day.key, $0.budget) }, uniquingKeysWith: { first, _ in first })
        let sum = period.days.reduce(into: 0) { sum, day in
            sum += (known[day.key] ?? budget).millionths * Int((day.end.timeIntervalSince(day.start) / 60).rounded())
        }
        return Decimal(sum) / Decimal(Percent.whole)
    }

    /// Failures that count.
    public var spent: Int { bad - credited }

    /// The share that failed; nil while nothing happened.
    public var errorRatio: Double? { total > 0 ? Double(spent) / Double(total) : nil }

    /// Minutes that were spent: of uptime the bad ones, of everything else the share of failures in the minutes so far that count ("at average traffic").
    public var spentMinutes: Double {
        guard !countsMinutes else { return Double(spent) }
        return (errorRatio ?? 0) * averagedMinutes
    }

    /// The minutes that all events together stand for.
    var averagedMinutes: Double { isRolling ? Double(period.minutes) : countedMinutes }

    public var leftMinutes: Double { allowed - spentMinutes }

    /// Failures that may still come, of the events so far.
    public var leftEvents: Double { allowedEvents - Double(spent) }

    /// What is left: 1 untouched, 0 gone, negative overspent; nil while nothing was counted.
    public var remaining: Double? {
        guard total > 0, allowed > 0 else { return nil }
        if isRolling, !countsMinutes { return allowedEvents > 0 ? 1 - Double(spent) / allowedEvents : nil }
        return 1 - spentMinutes / allowed
    }

    /// How many times faster than allowed it was spent so far: 1 spends it in exactly the period.
    public var pace: Double? {
        guard let errorRatio else { return nil }
        return errorRatio / share.fraction.double
    }

    /// The share of slices without a measurement.
    public var unmeasuredShare: Double {
        let all = slices.values.reduce(0, +)
        return all > 0 ? Double(slices[.unmeasured] ?? 0) / Double(all) : 0
    }

    /// Whether so many events can show the promise at all.
    public var isProvable: Bool { countsMinutes || total >= Percent(millionths: Percent.whole - share.millionths).eventsToProve || spent > 0 }

    private var allowed: Double { NSDecimalNumber(decimal: allowedMinutes).doubleValue }
}
