import Definitions
import Foundation
import Objectives
import Testing

private func date(_ text: String) throws -> Date { try Date(text, strategy: .iso8601) }

private func objective(_ window: Objective.Window, _ zone: String, _ target: String = "99.95") -> Objective {
    Objective(
        name: "a", indicator: .availability(.init(source: .app)), target: Percent(target) ?? Percent(millionths: 0), window: window, timeZone: zone)
}

@Test(
    "a month has its real minutes between two local midnights, and its budget is exact",
    arguments: [
        ("Asia/Tokyo", "2026-01-15T00:00:00Z", "2025-12-31T15:00:00Z", 44_640, "22.32"),
        ("Asia/Tokyo", "2026-01-31T15:00:00Z", "2026-01-31T15:00:00Z", 40_320, "20.16"),
        ("Asia/Tokyo", "2026-04-10T00:00:00Z", "2026-03-31T15:00:00Z", 43_200, "21.6"),
        ("UTC", "2028-02-29T12:00:00Z", "2028-02-01T00:00:00Z", 41_760, "20.88"),
        // the clocks go forward on 29 March and back on 25 October
        ("Europe/Berlin", "2026-03-31T21:59:59Z", "2026-02-28T23:00:00Z", 44_580, "22.29"),
        ("Europe/Berlin", "2026-10-01T00:00:00Z", "2026-09-30T22:00:00Z", 44_700, "22.35"),
        ("America/New_York", "2026-03-15T00:00:00Z", "2026-03-01T05:00:00Z", 44_580, "22.29"),
    ])
func months(zone: String, now: String, start: String, minutes: Int, allowed: String) throws {
    let objective = objective(.month, zone)
    let period = Period(of: objective, at: try date(now))
    let expected = try date(start)
    #expect(period.start == expected && period.minutes == minutes)
    let budget = Budget(objective, entries: [], now: try date(now))
    #expect(NSDecimalNumber(decimal: budget.allowedMinutes).stringValue == allowed)
}

@Test func `a quarter starts in January, April, July or October`() throws {
    let period = Period(of: objective(.quarter, "Asia/Tokyo"), at: try date("2026-08-01T00:00:00Z"))
    let (start, end) = (try date("2026-06-30T15:00:00Z"), try date("2026-09-30T15:00:00Z"))
    #expect(period.start == start && period.end == end && period.minutes == 92 * 1_440)
}

@Test func `a rolling window is today and the days before it`() throws {
    let now = try date("2026-03-30T10:00:00Z")
    let period = Period(of: objective(.days(7), "Europe/Berlin"), at: now)
    let days = period.days
    #expect(days.map(\.key) == ["2026-03-24", "2026-03-25", "2026-03-26", "2026-03-27", "2026-03-28", "2026-03-29", "2026-03-30"])
    #expect(days.map { Int($0.end.timeIntervalSince($0.start)) / 3_600 } == [24, 24, 24, 24, 24, 23, 24])
    #expect(days.first?.start == period.start && days.last?.end == period.end && zip(days, days.dropFirst()).allSatisfy { $0.end == $1.start })
}

@Test func `every period of every zone is made of its days`() throws {
    var generator = SystemRandomNumberGenerator()
    let zones = TimeZone.knownTimeZoneIdentifiers
    for _ in 0..<300 {
        let zone = zones.randomElement(using: &generator) ?? "UTC"
        let now = Date(timeIntervalSince1970: Double.random(in: 1_500_000_000..<2_000_000_000, using: &generator).rounded())
        let window: Objective.Window =
            [.month, .quarter, .days(Int.random(in: 7...90, using: &generator))].randomElement(using: &generator) ?? .month
        let period = Period(of: objective(window, zone), at: now)
        let days = period.days
        let isWhole =
            days.first?.start == period.start && days.last?.end == period.end && zip(days, days.dropFirst()).allSatisfy { $0.end == $1.start }
        #expect(period.start <= now && now < period.end && isWhole, "\(zone) \(now) \(window)")
    }
}
