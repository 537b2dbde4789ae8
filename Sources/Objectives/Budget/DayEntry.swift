public import Definitions
public import Foundation

/// What the ledger keeps of one objective and local day. It outlives what Prometheus remembers, and the definition that it was measured by.
public struct DayEntry: Sendable, Hashable {
    public let day: LocalDay
    /// Which definition of the indicator was in force.
    public let version: String
    /// The share that might fail on that day.
    public let budget: Percent
    /// Failures and events, what stands in for missing measurements included.
    public let bad: Int
    public let total: Int
    /// What of both stands in for missing measurements, by the objective's policy.
    public let assumedBad: Int
    public let assumedTotal: Int
    /// How many slices were in which state.
    public let slices: [Slice.State: Int]
    /// Where the failures were: the number of the slice within the day, and how many.
    public let failures: [Int: Int]
    /// The day was over when it was read.
    public let isClosed: Bool

    public init(
        day: LocalDay, version: String, budget: Percent, bad: Int, total: Int, assumedBad: Int = 0, assumedTotal: Int = 0,
        slices: [Slice.State: Int] = [:], failures: [Int: Int] = [:], isClosed: Bool = true
    ) {
        self.day = day
        self.version = version
        self.budget = budget
        self.bad = bad
        self.total = total
        self.assumedBad = assumedBad
        self.assumedTotal = assumedTotal
        self.slices = slices
        self.failures = failures
        self.isClosed = isClosed
    }

    /// Sums up the slices of a day.
    ///
    /// - Parameters:
    ///   - slices: in the order of time, those until now.
    ///   - before: the last measured slice before the day, for `hold-last`.
    public init(_ objective: Objective, version: String, day: LocalDay, slices: [Slice], before: Slice? = nil, isClosed: Bool) {
        let budget = objective.budget.fraction.double
        let measured = slices.filter(\.isMeasured)
        // a day's usual traffic, for what would have happened
        let usual = measured.isEmpty ? before?.total ?? 0 : measured.reduce(0) { $0 + $1.total } / Double(measured.count)
        var states: [Slice.State: Int] = [:]
        var failures: [Int: Double] = [:]
        var (bad, total, assumedBad, assumedTotal) = (0.0, 0.0, 0.0, 0.0)
        var last = before
        for slice in slices {
            states[slice.state(budget: budget), default: 0] += 1
            var (moreBad, moreTotal) = (slice.bad, slice.total)
            if slice.isMeasured {
                last = slice
            } else {
                switch objective.missingData {
                case .ignore: (moreBad, moreTotal) = (0, 0)
                case .bad:
                    moreTotal = objective.indicator.countsMinutes ? Slice.length / 60 : usual
                    moreBad = moreTotal
                case .holdLast: (moreBad, moreTotal) = (last?.bad ?? 0, last?.total ?? 0)
                }
                assumedBad += moreBad
                assumedTotal += moreTotal
            }
            bad += moreBad
            total += moreTotal
            if moreBad > 0 { failures[Int(slice.start.timeIntervalSince(day.start) / Slice.length), default: 0] += moreBad }
        }
        self.init(
            day: day, version: version, budget: objective.budget, bad: Int(bad.rounded()), total: Int(total.rounded()),
            assumedBad: Int(assumedBad.rounded()), assumedTotal: Int(assumedTotal.rounded()), slices: states,
            failures: Self.whole(failures, sum: Int(bad.rounded())), isClosed: isClosed)
    }

    /// Whole numbers that add up to `sum`.
    private static func whole(_ failures: [Int: Double], sum: Int) -> [Int: Int] {
        let keys = failures.keys.sorted()
        let counts = LargestRemainder.shares(of: sum, by: keys.map { failures[$0] ?? 0 })
        return Dictionary(uniqueKeysWithValues: zip(keys, counts)).filter { $0.value > 0 }
    }

    /// The failures with their times.
    public var timedFailures: [TimedFailures] {
        failures.sorted { $0.key < $1.key }.map { TimedFailures(start: day.start + Double($0.key) * Slice.length, bad: $0.value) }
    }
}

/// Failures of one slice.
public struct TimedFailures: Sendable, Hashable {
    public let start: Date
    public let bad: Int

    public init(start: Date, bad: Int) {
        self.start = start
        self.bad = bad
    }
}

/// Splits a whole number by weights so that the parts add up to it (Hamilton's method).
public enum LargestRemainder {
    /// - Parameter weights: at least 0; when all are 0 the first takes everything.
    public static func shares(of sum: Int, by weights: [Double]) -> [Int] {
        let all = weights.reduce(0, +)
        guard !weights.isEmpty else { return [] }
        guard all > 0 else { return [sum] + Array(repeating: 0, count: weights.count - 1) }
        let exact = weights.map { Double(sum) * $0 / all }
        var parts = exact.map { Int($0.rounded(.down)) }
        let order = exact.indices.sorted { (exact[$0] - Double(parts[$0]), $1) > (exact[$1] - Double(parts[$1]), $0) }
        var rest = sum - parts.reduce(0, +)
        var index = 0
        while rest != 0, index < order.count * 2 {  // floating point may be off by one in either direction
            let step = rest > 0 ? 1 : -1
            if parts[order[index % order.count]] + step >= 0 {
                parts[order[index % order.count]] += step
                rest -= step
            }
            index += 1
        }
        return parts
    }
}
