import Definitions
import Foundation
import Testing

@testable import Objectives

private let now = Date(timeIntervalSince1970: 1_790_000_000)  // 2026-09-21T14:13:20Z

/// A day of a period, with failures in slices.
private func entry(_ day: LocalDay, bad: Int, total: Int, budget: String = "0.1", failures: [Int: Int]? = nil) -> DayEntry {
    DayEntry(
        day: day, version: "v", budget: Percent(budget) ?? Percent(millionths: 0), bad: bad, total: total,
        slices: [.good: 288], failures: failures ?? (bad > 0 ? [10: bad] : [:]))
}

@Test func `a budget is events and minutes, and half of it spent is half of both`() {
    let promise = objective("a", window: .month, zone: "Asia/Tokyo")
    let days = Period(of: promise, at: now).days
    let entries = days.prefix(21).map { entry($0, bad: 50, total: 100_000) }
    let budget = Budget(promise, entries: entries, now: now)
    #expect(budget.bad == 1_050 && budget.total == 2_100_000 && budget.allowedEvents == 2_100 && budget.leftEvents == 1_050)
    #expect(NSDecimalNumber(decimal: budget.allowedMinutes).stringValue == "43.2" && budget.pace == 0.5)
    let elapsed = now.timeIntervalSince(days[0].start) / 60
    #expect(abs(budget.spentMinutes - elapsed * 0.0005) < 1e-9 && abs((budget.remaining ?? 0) - (1 - budget.spentMinutes / 43.2)) < 1e-12)
    let rolling = Budget(objective("a"), entries: Period(of: objective("a"), at: now).days.map { entry($0, bad: 50, total: 100_000) }, now: now)
    #expect(rolling.remaining == 0.5 && abs(rolling.spentMinutes - 21.6) < 1e-9)
}

@Test func `minutes before anything was measured stand for nothing, unless the objective says so`() throws {
    func budget(_ policy: Objective.MissingData) throws -> Budget {
        let promise = objective("a", window: .month, missingData: policy)
        let today = try #require(Period(of: promise, at: now).days.first { $0.start <= now && now < $0.end })
        let entry = DayEntry(
            day: today, version: "v", budget: promise.budget, bad: 5, total: 100, slices: [.good: 1, .bad: 1, .unmeasured: 4], failures: [1: 5])
        return Budget(promise, entries: [entry], now: now)
    }
    let ignored = try budget(.ignore)
    #expect((10..<15).contains(ignored.countedMinutes) && abs(ignored.spentMinutes - ignored.countedMinutes * 0.05) < 1e-9)
    #expect((30..<35).contains(try budget(.bad).countedMinutes))
}

@Test func `an edited objective keeps the budget of its past`() {
    let promise = objective("a", .availability(.init(source: .app)), "99.9", window: .month)
    let days = Period(of: promise, at: now).days
    // ten days of 99 %, then 99.9 %
    let entries = days.prefix(10).map { entry($0, bad: 500, total: 100_000, budget: "1") } + days[10..<20].map { entry($0, bad: 0, total: 100_000) }
    let budget = Budget(promise, entries: entries, now: now)
    #expect(budget.allowedEvents == 11_000 && budget.spent == 5_000)
    #expect(NSDecimalNumber(decimal: budget.allowedMinutes).stringValue == "172.8")  // 10 × 14.4 + 20 × 1.44
}

@Test func `the three policies of missing data`() {
    let day = Period(of: objective("a"), at: now).days[3]
    func slices(_ measured: [(Double, Double)?]) -> [Slice] {
        measured.enumerated().map { index, counts in
            Slice(start: day.start + Double(index) * 300, bad: counts?.0 ?? 0, total: counts?.1 ?? 0, isMeasured: counts != nil)
        }
    }
    let some = slices([(0, 100), (5, 100), nil, (0, 0), nil])
    func made(_ policy: Objective.MissingData, _ indicator: Objective.Indicator = .availability(.init(source: .app))) -> DayEntry {
        DayEntry(objective("a", indicator, missingData: policy), version: "v", day: day, slices: some, isClosed: true)
    }
    let ignored = made(.ignore)
    #expect((ignored.bad, ignored.total, ignored.assumedBad) == (5, 200, 0))
    #expect(ignored.slices == [.good: 1, .bad: 1, .idle: 1, .unmeasured: 2] && ignored.failures == [1: 5])
    let bad = made(.bad)  // 200 events in 3 measured slices
    #expect((bad.bad, bad.total, bad.assumedBad, bad.assumedTotal) == (138, 333, 133, 133) && bad.failures.values.reduce(0, +) == 138)
    let held = made(.holdLast)
    #expect((held.bad, held.total, held.assumedBad, held.assumedTotal) == (10, 300, 5, 100))
    let minutes = made(.bad, .uptime(nil))
    #expect((minutes.assumedBad, minutes.assumedTotal) == (10, 10))
}

@Test func `a forecast is what is left divided by the failures of late`() {
    let promise = objective("a", window: .month)
    let days = Period(of: promise, at: now).days
    let budget = Budget(promise, entries: days.prefix(21).map { entry($0, bad: 50, total: 100_000) }, now: now)
    #expect(Forecast(budget, Burn(hours: 6, bad: 0, total: 1_000)) == .lasts)
    #expect(Forecast(budget, Burn(hours: 6, bad: 0, total: 0)) == .unknown)
    guard case .exhausted(let date) = Forecast(budget, Burn(hours: 6, bad: 100, total: 1_000)) else { return #expect(Bool(false)) }
    #expect(abs(date.timeIntervalSince(now) - budget.leftMinutes / 0.1 * 60) < 1)
    let spent = Budget(promise, entries: days.prefix(21).map { entry($0, bad: 500, total: 100_000) }, now: now)
    #expect(Forecast(spent, Burn(hours: 6, bad: 0, total: 1_000)) == .gone)
    // rolling: remaining × window ÷ burn rate
    let rolling = Budget(objective("a"), entries: Period(of: objective("a"), at: now).days.map { entry($0, bad: 50, total: 100_000) }, now: now)
    guard case .exhausted(let end) = Forecast(rolling, Burn(hours: 6, bad: 10, total: 1_000)) else { return #expect(Bool(false)) }
    #expect(abs(end.timeIntervalSince(now) - 0.5 * 30 * 86_400 / 10) < 1)
}

@Test func `objectives together multiply, or have the mean by weight`() {
    let ratios = ["a": 0.05, "b": 0.05]
    #expect(abs((Budget.ratio(.product(["a", "b"])) { ratios[$0] } ?? 0) - 0.0975) < 1e-12)
    #expect(abs((Budget.ratio(.weights(["a": 3, "b": 1])) { ["a": 0.02, "b": 0.1][$0] } ?? 0) - 0.04) < 1e-12)
    #expect(Budget.ratio(.weights(["a": 3, "b": 1])) { ["a": 0.02][$0] } == 0.02)
    #expect(Budget.ratio(.product(["a"])) { _ in nil } == nil)
}

@Test func `parts of a whole number add up to it`() {
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<2_000 {
        let weights = (0..<Int.random(in: 1...12, using: &generator)).map { _ in Double(Int.random(in: 0...1_000_000, using: &generator)) }
        let sum = Int.random(in: 0...10_000_000, using: &generator)
        let parts = LargestRemainder.shares(of: sum, by: weights)
        let all = weights.reduce(0, +)
        let isFair = all == 0 || zip(parts, weights).allSatisfy { abs(Double($0) - Double(sum) * $1 / all) <= 1 }
        #expect(parts.reduce(0, +) == sum && parts.count == weights.count && parts.allSatisfy { $0 >= 0 } && isFair)
    }
    #expect(LargestRemainder.shares(of: 10, by: [1, 1, 1]) == [4, 3, 3] && LargestRemainder.shares(of: 5, by: []) == [])
}

@Test func `a statement's lines add up to what was spent, whatever happened`() throws {
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<300 {
        let promise = objective("a", window: [.month, .days(30)].randomElement(using: &generator) ?? .month)
        let days = Period(of: promise, at: now).days.prefix(Int.random(in: 1...20, using: &generator))
        let entries = days.map { day -> DayEntry in
            let failures = Dictionary(
                (0..<Int.random(in: 0...5, using: &generator)).map { _ in
                    (Int.random(in: 0..<288, using: &generator), Int.random(in: 1...1_000, using: &generator))
                }, uniquingKeysWith: +)
            // a few failures whose times are not known
            let bad = failures.values.reduce(0, +) + Int.random(in: 0...3, using: &generator)
            return entry(day, bad: bad, total: bad + Int.random(in: 0...1_000_000, using: &generator), failures: failures)
        }
        func time() -> Date { (days.first?.start ?? now) + Double.random(in: 0...20 * 86_400, using: &generator) }
        let causes = (0..<6).map { number -> Statement.Cause in
            let start = time()
            return .init(
                kind: number % 2 == 0 ? .incident : .release, id: "\(number)", title: "t", start: start,
                end: start + Double.random(in: 60...86_400, using: &generator))
        }
        let corrections = try (0..<2).map { number -> Correction in
            let start = time()
            return try Correction(id: "c\(number)", start: start, end: start + 7_200, reason: "move", requestedBy: "a", approvedBy: "b", at: now)
        }
        let failures = entries.flatMap(\.timedFailures)
        let credited = Correction.credit(corrections, failures: failures)
        let budget = Budget(promise, entries: entries, credited: credited, now: now)
        let statement = Statement(budget, failures: failures, causes: causes, corrections: corrections)
        let isWhole = statement.events == budget.spent && statement.centiminutes == Int((budget.spentMinutes * 100).rounded())
        #expect(isWhole && budget.spent >= 0 && statement.lines.filter { $0.kind != .correction }.allSatisfy { $0.events > 0 }, "\(statement)")
    }
}

@Test func `a failure is put down to the incident, else to the newest release, else to nobody`() throws {
    let promise = objective("a")
    let day = Period(of: promise, at: now).days[5]
    func at(_ hour: Double) -> Date { day.start + hour * 3_600 }
    let failures = [10: 5, 24: 7, 36: 11, 60: 13, 120: 17]  // at 0:50, 2:00, 3:00, 5:00, 10:00
    let budget = Budget(promise, entries: [entry(day, bad: 53, total: 100_000, failures: failures)], credited: 17, now: now)
    let causes: [Statement.Cause] = [
        .init(kind: .incident, id: "i", title: "Down", link: "https://chat/1", start: at(1.9), end: at(2.5)),
        .init(kind: .release, id: "r1", title: "web:1", start: at(0.5), end: at(4)),
        .init(kind: .release, id: "r2", title: "web:2", start: at(2.9), end: at(4)),
    ]
    let maintenance = try Correction(id: "m", start: at(9), end: at(11), reason: "move", requestedBy: "a", approvedBy: "b", at: now)
    let statement = Statement(
        budget, failures: entry(day, bad: 53, total: 1, failures: failures).timedFailures, causes: causes, corrections: [maintenance])
    #expect(statement.lines.map(\.id) == ["r1", "i", "r2", "", "m"] && statement.lines.map(\.events) == [5, 7, 11, 30, -17])
    #expect(statement.lines.map(\.kind) == [.release, .incident, .release, .unexplained, .correction] && statement.events == 36)
}

@Test func `a correction has a reason and two people`() {
    func made(_ minutes: Double, _ reason: String, _ by: String, _ approver: String) throws -> Correction {
        try Correction(id: "x", start: now, end: now + minutes * 60, reason: reason, requestedBy: by, approvedBy: approver, at: now)
    }
    #expect(throws: Never.self) { try made(10, "move", "a", "b") }
    #expect(throws: BookError.self) { try made(10, " ", "a", "b") }
    #expect(throws: BookError.self) { try made(10, "move", "a", "a") }
    #expect(throws: BookError.self) { try made(-1, "move", "a", "b") }
    #expect(throws: BookError.self) { try made(8 * 1_440, "move", "a", "b") }
}
