import Definitions
import Foundation
import Store
import Testing

@testable import Objectives

/// A Prometheus whose counts are functions of the time.
private struct Scripted: SeriesSource {
    let bad: @Sendable (Int) -> Double?
    let total: @Sendable (Int) -> Double?
    var present: @Sendable (Int) -> Double? = { _ in 1 }

    func range(_ expression: String, start: Int, end: Int, step: Int) async throws -> [Int: Double] {
        let values = expression.contains("slo:bad") ? bad : expression.contains("slo:total") ? total : present
        #expect(start % step == 1 && (end - start) / step <= 11_000)
        return Dictionary(uniqueKeysWithValues: stride(from: start, through: end, by: step).compactMap { time in values(time).map { (time, $0) } })
    }

    func value(_ expression: String, at time: Int) async throws -> Double? { expression.contains("slo:bad") ? 1 : 100 }
}

private let now = Date(timeIntervalSince1970: 1_790_000_000)
private let promise = objective("a", window: .days(7), zone: "Asia/Tokyo")

@Test func `days are booked once they are over, and reading again changes nothing`() async throws {
    let ledger = ObjectiveLedger(store: try SQLiteStore.inMemory())
    let source = Scripted(bad: { $0 % 3_600 == 1 ? 1 : 0 }, total: { _ in 100 })
    let books = Bookkeeper(ledger: ledger, source: source)
    let first = try await books.update(promise, app: "web", now: now)
    #expect(first.count == 7 && first.dropLast().allSatisfy { $0.bad == 24 && $0.total == 28_800 && $0.isClosed } && first.last?.isClosed == false)
    let second = try await books.update(promise, app: "web", now: now)
    #expect(second == first)
    // Prometheus has forgotten everything: the closed days are still known, and today's stay what they were
    let forgetful = Bookkeeper(ledger: ledger, source: Scripted(bad: { _ in nil }, total: { _ in nil }, present: { _ in nil }))
    let third = try await forgetful.update(promise, app: "web", now: now)
    #expect(third == Array(first.dropLast()))
    #expect(try await ledger.entries(app: "web", objective: "a", in: Period(of: promise, at: now)) == first)
    // a closed day is not overwritten, unless it is said to be a restatement
    let wrong = DayEntry(day: first[0].day, version: "v", budget: promise.budget, bad: 1, total: 1)
    #expect(try await ledger.book(wrong, app: "web", objective: "a") == first[0])
    #expect(try await ledger.book(wrong, app: "web", objective: "a", restating: true) == wrong)
}

@Test func `a Prometheus that was down has unmeasured slices, and a quiet app idle ones`() async throws {
    let day = Period(of: promise, at: now).days[2]
    let noon = Int(day.start.timeIntervalSince1970) + 43_200
    let source = Scripted(
        bad: { $0 > noon ? nil : 0 }, total: { $0 > noon ? nil : $0 > noon - 3_600 ? 0 : 10 },
        present: { $0 > noon - 1_800 && $0 < noon - 900 ? 0 : 1 })
    let slices = try await SliceReader(source: source).slices(promise, app: "web", days: [day], now: now)
    let entry = DayEntry(promise, version: "v", day: day, slices: slices[day] ?? [], isClosed: true)
    #expect(entry.slices == [.good: 131, .idle: 9, .unmeasured: 148] && entry.total == 1_310)
}

@Test func `an edited objective is another version, one with other words is not`() async throws {
    let ledger = ObjectiveLedger(store: try SQLiteStore.inMemory())
    let books = Bookkeeper(ledger: ledger, source: Scripted(bad: { _ in 0 }, total: { _ in 100 }))
    try await books.update(promise, app: "web", now: now - 86_400)
    var edited = promise
    edited.summary = "other words"
    try await books.update(edited, app: "web", now: now - 80_000)
    edited.target = Percent(millionths: 99_000_000)
    let entries = try await books.update(edited, app: "web", now: now)
    let versions = try await ledger.versions(app: "web", objective: "a")
    #expect(versions.map(\.summary) == ["99.9 % of availability over 7d", "99 % of availability over 7d"])
    #expect(Set(entries.map(\.budget)) == [promise.budget, edited.budget] && entries.last?.budget == edited.budget)
    let standing = try await books.standings(app: "web", team: nil, objectives: [edited], now: now).first
    #expect(standing?.editedAt == now)
}

@Test func `corrections are booked and taken off`() async throws {
    let ledger = ObjectiveLedger(store: try SQLiteStore.inMemory())
    let books = Bookkeeper(ledger: ledger, source: Scripted(bad: { $0 % 3_600 == 1 ? 1 : 0 }, total: { _ in 100 }))
    let before = try await books.standings(app: "web", team: "kitchen", objectives: [promise], now: now).first
    let start = Period(of: promise, at: now).days[1].start
    let correction = try Correction(id: "m", start: start, end: start + 7_200, reason: "move", requestedBy: "a", approvedBy: "b", at: now)
    try await ledger.book(correction, app: "web", objective: "a")
    let after = try await books.standings(app: "web", team: "kitchen", objectives: [promise], now: now).first
    #expect((after?.budget.spent ?? 0) == (before?.budget.spent ?? 0) - 2 && after?.budget.credited == 2)
    #expect(after?.statement.events == after?.budget.spent && after?.statement.lines.last?.kind == .correction)
    #expect(after?.burns.map(\.hours) == [6, 24, 72] && after?.burns.first?.errorRatio == 0.01)
    // What was taken off lately is no sign of what comes.
    let recent = try Correction(id: "n", start: now - 90_000, end: now, reason: "move", requestedBy: "a", approvedBy: "b", at: now)
    try await ledger.book(recent, app: "web", objective: "a")
    let calm = try await books.standings(app: "web", team: "kitchen", objectives: [promise], now: now).first
    #expect(calm?.burns.prefix(2).map(\.errorRatio) == [0, 0] && calm?.forecast == .lasts, "\(String(describing: calm?.burns))")
}

@Test func `an entry is the same after the store`() throws {
    let day = Period(of: promise, at: now).days[0]
    let entry = DayEntry(
        day: day, version: "v", budget: promise.budget, bad: 7, total: 9, assumedBad: 1, assumedTotal: 2, slices: [.good: 3, .bad: 1],
        failures: [4: 3, 7: 4], isClosed: true)
    #expect(DayEntry(entry.json, day: day) == entry)
}
