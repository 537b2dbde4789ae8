public import Definitions
public import Foundation

/// Reads what Prometheus has recorded for an objective.
public struct SliceReader: Sendable {
    private let source: any SeriesSource

    public init(source: any SeriesSource) { self.source = source }

    /// Prometheus takes at most 11,000 points an answer; a few days of slices are far below.
    private static let daysAtOnce = 7

    /// The whole slices of `days` that are over at `now`, by day.
    ///
    /// Each slice is read one second past its end, so that Prometheus 2 and 3 give the same steps, and only when it was recorded just before: a
    /// Prometheus that was down has no value for it, instead of its last one once more.
    public func slices(_ objective: Objective, app: String, days: [LocalDay], now: Date) async throws -> [LocalDay: [Slice]] {
        guard let measurement = Measurement(objective, app: app) else { return [:] }
        var slices: [LocalDay: [Slice]] = [:]
        var rest = days.sorted().filter { $0.start < now }[...]
        while let first = rest.first {
            let some = rest.prefix(Self.daysAtOnce)
            rest = rest.dropFirst(Self.daysAtOnce)
            let step = Int(Slice.length)
            let start = Int(first.start.timeIntervalSince1970) + step + 1
            let end = min(Int((some.last ?? first).end.timeIntervalSince1970) + 1, Int(now.timeIntervalSince1970))
            guard start <= end else { continue }
            func recorded(_ series: String) -> String {
                "max(last_over_time(\(Measurement.recorded(series, app: app, objective: objective.name))[150s]))"
            }
            let bad = try await source.range(recorded(Measurement.badSeries), start: start, end: end, step: step)
            let total = try await source.range(recorded(Measurement.totalSeries), start: start, end: end, step: step)
            let presence = try await source.range(measurement.presence, start: start, end: end, step: step)
            for day in some {
                var found: [Slice] = []
                var slice = day.start
                while slice + Slice.length <= day.end, slice + Slice.length + 1 <= now {
                    let time = Int(slice.timeIntervalSince1970) + step + 1
                    let isMeasured = bad[time] != nil && total[time] != nil && (presence[time] ?? 0) > 0
                    found.append(Slice(start: slice, bad: bad[time] ?? 0, total: total[time] ?? 0, isMeasured: isMeasured))
                    slice += Slice.length
                }
                slices[day] = found
            }
        }
        return slices
    }

    /// What has happened since the last whole slice of a day, as if it were one; nil when that was not measured.
    func current(_ objective: Objective, app: String, day: LocalDay, now: Date) async throws -> Slice? {
        let start = day.start + (now.timeIntervalSince(day.start) / Slice.length).rounded(.down) * Slice.length
        let (time, seconds) = (Int(now.timeIntervalSince1970), Int(now.timeIntervalSince(start)))
        guard seconds > 0, let measurement = Measurement(objective, app: app, seconds: seconds) else { return nil }
        guard let bad = try await source.value(measurement.bad, at: time), let total = try await source.value(measurement.total, at: time),
            try await source.value(measurement.presence, at: time) ?? 0 > 0
        else { return nil }
        return Slice(start: start, bad: bad, total: total, isMeasured: true)
    }

    /// Events a minute, by the last five.
    public func traffic(_ objective: Objective, app: String, now: Date) async throws -> Double {
        guard let measurement = Measurement(objective, app: app) else { return 0 }
        return (try await source.value(measurement.total, at: Int(now.timeIntervalSince1970)) ?? 0) / (Slice.length / 60)
    }

    /// Failures and events of the last hours.
    public func burn(_ objective: Objective, app: String, hours: Int, now: Date) async throws -> Burn {
        let time = Int(now.timeIntervalSince1970) / Int(Slice.length) * Int(Slice.length) + 1
        func sum(_ series: String) -> String {
            "sum(sum_over_time(\(Measurement.recorded(series, app: app, objective: objective.name))[\(hours)h:5m]))"
        }
        let bad = try await source.value(sum(Measurement.badSeries), at: time)
        let total = try await source.value(sum(Measurement.totalSeries), at: time)
        return Burn(hours: hours, bad: bad ?? 0, total: total ?? 0)
    }
}
