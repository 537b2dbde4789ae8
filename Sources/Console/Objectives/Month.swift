import Foundation

/// A month of the calendar.
struct Month: Sendable, Hashable {
    let year: Int
    let month: Int

    init(of date: Date) {
        let parts = Self.calendar("UTC").dateComponents([.year, .month], from: date)
        year = parts.year ?? 2000
        month = parts.month ?? 1
    }

    /// Reads `2026-11`.
    init?(_ text: String) {
        guard let match = text.wholeMatch(of: /(2[0-9]{3})-(0[1-9]|1[0-2])/), let year = Int(match.1), let month = Int(match.2) else { return nil }
        self.year = year
        self.month = month
    }

    private init(year: Int, month: Int) {
        self.year = month < 1 ? year - 1 : month > 12 ? year + 1 : year
        self.month = month < 1 ? 12 : month > 12 ? 1 : month
    }

    var text: String { "\(year)-\(month < 10 ? "0" : "")\(month)" }
    var previous: Month { Month(year: year, month: month - 1) }
    var next: Month { Month(year: year, month: month + 1) }

    /// The first midnight after it.
    func end(in zone: String) -> Date {
        let next = next
        return Self.calendar(zone).date(from: DateComponents(year: next.year, month: next.month, day: 1)) ?? Date()
    }

    private static func calendar(_ zone: String) -> Calendar {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = TimeZone(identifier: zone) ?? .gmt
        return calendar
    }
}
