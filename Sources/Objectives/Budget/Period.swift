public import Definitions
public import Foundation

/// A local day, whose length is 23, 24 or 25 hours.
public struct LocalDay: Sendable, Hashable, Comparable {
    /// `2026-11-26`: the texts sort as the days do.
    public let key: String
    public let start: Date
    public let end: Date

    public static func < (left: LocalDay, right: LocalDay) -> Bool { left.start < right.start }
}

/// The time that an objective's budget is for: from one local midnight to another.
public struct Period: Sendable, Hashable {
    public let start: Date
    public let end: Date
    public let timeZone: String

    /// Real minutes: a month with a change of the clocks has an hour more or less.
    public var minutes: Int { Int((end.timeIntervalSince(start) / 60).rounded()) }

    /// The period of `objective` that `moment` is in. A rolling one is today and the days before it, so that it can be told from whole days; a
    /// calendar one starts at its first local midnight.
    public init(of objective: Objective, at moment: Date) {
        let calendar = Self.calendar(objective.timeZone)
        let today = calendar.startOfDay(for: moment)
        switch objective.window {
        case .days(let days):
            start = Self.midnight(today, plus: 1 - days, calendar)
            end = Self.midnight(today, plus: 1, calendar)
        case .month: (start, end) = Self.months(1, around: moment, calendar)
        case .quarter: (start, end) = Self.months(3, around: moment, calendar)
        }
        timeZone = objective.timeZone
    }

    /// The local days of the period, those to come included.
    public var days: [LocalDay] {
        let calendar = Self.calendar(timeZone)
        var days: [LocalDay] = []
        var day = start
        while day < end {
            let next = Self.midnight(day, plus: 1, calendar)
            let parts = calendar.dateComponents([.year, .month, .day], from: day)
            days.append(LocalDay(key: Self.key(parts), start: day, end: next))
            day = next
        }
        return days
    }

    private static func months(_ count: Int, around moment: Date, _ calendar: Calendar) -> (Date, Date) {
        let parts = calendar.dateComponents([.year, .month], from: moment)
        let first = ((parts.month ?? 1) - 1) / count * count + 1
        func start(_ month: Int) -> Date {
            calendar.date(from: DateComponents(year: parts.year, month: month, day: 1)).map { calendar.startOfDay(for: $0) } ?? moment
        }
        return (start(first), start(first + count))
    }

    private static func midnight(_ day: Date, plus days: Int, _ calendar: Calendar) -> Date {
        calendar.date(byAdding: .day, value: days, to: day).map { calendar.startOfDay(for: $0) } ?? day
    }

    private static func calendar(_ zone: String) -> Calendar {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = TimeZone(identifier: zone) ?? .gmt
        return calendar
    }

    private static func key(_ parts: DateComponents) -> String {
        [(parts.year ?? 0, 4), (parts.month ?? 0, 2), (parts.day ?? 0, 2)].map { number, width in
            let digits = String(number)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }.joined(separator: "-")
    }
}
