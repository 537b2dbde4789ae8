public import Definitions
public import Foundation

/// Keeps the ledger: reads the days that it lacks, and says how objectives stand.
public struct Bookkeeper: Sendable {
    private let ledger: ObjectiveLedger
    private let reader: SliceReader
    /// What failures may be put down to.
    private let causes: @Sendable (_ app: String, Period) async throws -> [Statement.Cause]

    /// - Parameter causes: incidents and releases of an app; none for a statement that explains nothing.
    public init(
        ledger: ObjectiveLedger, source: any SeriesSource,
        causes: @escaping @Sendable (_ app: String, Period) async throws -> [Statement.Cause] = { _, _ in [] }
    ) {
        self.ledger = ledger
        reader = SliceReader(source: source)
        self.causes = causes
    }

    /// Days that are over are booked when their last slice can be read, a little later.
    private static let settling: TimeInterval = 10 * 60

    /// Reads what the ledger lacks of the current period. Reading again changes nothing.
    ///
    /// - Parameter upToNow: count what has happened since the last whole slice, too. It is not booked.
    /// - Returns: the period's days until now, those still open included.
    @discardableResult
    public func update(_ objective: Objective, app: String, upToNow: Bool = false, now: Date) async throws -> [DayEntry] {
        let period = Period(of: objective, at: now)
        let version = ObjectiveVersion(objective, since: now)
        try await ledger.note(version, app: app, objective: objective.name)
        let known = try await ledger.entries(app: app, objective: objective.name, in: period)
        let closed = Dictionary(known.filter(\.isClosed).map { ($0.day.key, $0) }, uniquingKeysWith: { first, _ in first })
        let missing = period.days.filter { closed[$0.key] == nil && $0.start < now }
        let slices = try await reader.slices(objective, app: app, days: missing, now: now)
        var entries = Array(closed.values)
        var last: Slice?
        for day in missing {
            var own = slices[day] ?? []
            let isClosed = day.end + Self.settling <= now
            let entry = DayEntry(objective, version: version.digest, day: day, slices: own, before: last, isClosed: isClosed)
            last = own.last { $0.isMeasured } ?? last
            // a day of which nothing was ever measured is before the objective, or before what Prometheus remembers: it is not a day of failures
            if own.contains(where: \.isMeasured) { entries.append(try await ledger.book(entry, app: app, objective: objective.name)) }
            guard upToNow, day.start <= now, now < day.end else { continue }
            guard let current = try await reader.current(objective, app: app, day: day, now: now) else { continue }
            own.append(current)
            entries.removeAll { $0.day == day }
            entries.append(DayEntry(objective, version: version.digest, day: day, slices: own, before: last, isClosed: false))
        }
        return entries.sorted { $0.day < $1.day }
    }

    /// Events a minute now; nothing for a composite.
    public func traffic(_ objective: Objective, app: String, now: Date) async throws -> Double {
        try await reader.traffic(objective, app: app, now: now)
    }

    /// How the objectives of an app stand.
    ///
    /// - Parameter upToNow: to the second, instead of the last whole slice.
    public func standings(app: String, team: String?, objectives: [Objective], upToNow: Bool = false, now: Date) async throws -> [Standing] {
        var budgets: [String: Budget] = [:]
        var standings: [Standing] = []
        for objective in objectives {
            if case .composite = objective.indicator { continue }
            let entries = try await update(objective, app: app, upToNow: upToNow, now: now)
            let period = Period(of: objective, at: now)
            let corrections = try await ledger.corrections(app: app, objective: objective.name, in: period)
            let failures = entries.flatMap(\.timedFailures)
            let budget = Budget(objective, entries: entries, credited: Correction.credit(corrections, failures: failures), now: now)
            budgets[objective.name] = budget
            var burns: [Burn] = []
            for hours in Burn.fan {
                let burn = try await reader.burn(objective, app: app, hours: hours, now: now)
                // What was taken off the budget is no sign of how it will be spent.
                let lately = failures.filter { $0.start >= now - Double(hours) * 3_600 }
                burns.append(burn.less(Correction.credit(corrections, failures: lately)))
            }
            let statement = Statement(budget, failures: failures, causes: try await causes(app, period), corrections: corrections)
            let edited = try await ledger.versions(app: app, objective: objective.name).dropFirst().last { $0.since > period.start }
            standings.append(
                Standing(
                    app: app, team: team, objective: objective, budget: budget, burns: burns, statement: statement, editedAt: edited?.since))
        }
        for objective in objectives {
            guard case .composite(let composite) = objective.indicator else { continue }
            let budget = Budget(objective, of: composite, parts: budgets, now: now)
            let parts = Dictionary(standings.map { ($0.objective.name, $0.burns) }, uniquingKeysWith: { first, _ in first })
            let burns = Burn.fan.map { hours in
                let ratio = Budget.ratio(composite) { name in parts[name]?.first { $0.hours == hours }?.errorRatio }
                return Burn(hours: hours, bad: ratio ?? 0, total: ratio == nil ? 0 : 1)
            }
            let statement = Statement(budget, failures: [], causes: [])
            standings.append(Standing(app: app, team: team, objective: objective, budget: budget, burns: burns, statement: statement))
        }
        let order = Dictionary(objectives.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
        return standings.sorted { (order[$0.objective.name] ?? 0) < (order[$1.objective.name] ?? 0) }
    }
}
