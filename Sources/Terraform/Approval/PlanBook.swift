public import Foundation
public import ServiceModel
public import Store

/// The proposed plans, as the server remembers them.
///
/// Items: partition `terraform/plans`, sort key the number in eight digits; partition `terraform/turns`, sort key the project;
/// partition `terraform/journal/NUMBER`, sort key the line's number in eight digits.
public struct PlanBook: Sendable {
    /// A list looks at so many plans, the newest.
    public static let mostListed = 1_000
    public static let mostJournalLines = 20_000
    private static let plans = "terraform/plans"
    private let store: any Store

    public init(store: any Store) { self.store = store }

    // MARK: Reading

    /// The newest first.
    public func plans(of project: String? = nil, limit: Int = mostListed) async throws(StoreError) -> [ProposedPlan] {
        let items = try await store.query(partition: Self.plans, sort: .all, limit: Self.mostListed, reversed: true)
        return Array(items.compactMap(Self.plan).filter { project == nil || $0.facts.project == project }.prefix(limit))
    }

    public func plan(_ id: Int) async throws(StoreError) -> ProposedPlan? { try await store.get(Self.key(id)).flatMap(Self.plan) }

    /// Who waits for a project's turn, the first first.
    public func queue(of project: String) async throws(StoreError) -> [(plan: Int, person: String, since: Date)] {
        try await turn(project).turn.queue.map { ($0.plan, $0.person, $0.since) }
    }

    public func journal(_ id: Int) async throws(StoreError) -> [JSON] {
        try await store.query(partition: Self.journal(id)).compactMap { try? JSON(parsing: $0.body) }
    }

    // MARK: Proposing

    /// Takes a plan in. The same bundle is taken once; a newer plan of the same change takes the place of the older one, and its
    /// approvals where it means the same.
    ///
    /// - Returns: the plan, and whether it is new.
    public func propose(
        _ facts: BundleFacts, summary: JSON, check: JSON, by person: String, subject: String? = nil, limits: ApplyLimits = ApplyLimits(), now: Date
    ) async throws(StoreError) -> (plan: ProposedPlan, isNew: Bool) {
        while true {
            let known = try await plans()
            if let same = known.first(where: { $0.facts.digest == facts.digest }) { return (same, false) }
            let id = (known.first?.id ?? 0) + 1
            var plan = ProposedPlan(
                id: id, facts: facts, summary: ProposedPlan.bounded(summary, "resources"), check: ProposedPlan.bounded(check, "findings"),
                uploadedBy: person, uploader: subject, uploadedAt: now,
                isOverLimit: (summary["totals"]["destroy"].int ?? 0) > limits.destroy || (summary["totals"]["replace"].int ?? 0) > limits.replace)
            let older = known.filter {
                $0.facts.project == facts.project && $0.facts.pullRequest == facts.pullRequest && ($0.state == .waiting || $0.state == .approved)
            }
            if let approved = older.first(where: { !$0.approvals.isEmpty }) {
                if approved.facts.meaning == facts.meaning {
                    plan.inherit(from: approved)
                    if plan.approvals.isEmpty { plan.reason = "who approved plan \(approved.id) has a part in this one: somebody else has to" }
                } else {
                    plan.reason = "it does something else than plan \(approved.id), so that one's approval does not hold for it"
                }
            }
            do {
                try await store.write([.put(Self.key(id), body: plan.json.bytes, condition: .absent)])
            } catch {
                guard case .conditionFailed = error else { throw error }  // somebody else took the number
                continue
            }
            for earlier in older {
                _ = try? await change(earlier.id) { (plan: inout ProposedPlan) throws(PlanBookError) in
                    guard plan.state == .waiting || plan.state == .approved else { throw PlanBookError("it went on") }
                    plan.end(.superseded, "plan \(id) took its place", now)
                }
            }
            return (plan, true)
        }
    }

    /// Changes one plan, and looks again when somebody else was quicker.
    ///
    /// - Returns: nil where there is no such plan.
    @discardableResult
    public func change(
        _ id: Int, _ body: (inout ProposedPlan) throws(PlanBookError) -> Void
    ) async throws -> ProposedPlan? {
        while true {
            guard let item = try await store.get(Self.key(id)), var plan = Self.plan(item) else { return nil }
            try body(&plan)
            do {
                try await store.write([.put(Self.key(id), body: plan.json.bytes, condition: .version(item.version))])
                return plan
            } catch {
                guard case .conditionFailed = error else { throw error }
            }
        }
    }

    // MARK: Applying

    /// What somebody who wants to apply is told.
    public enum Turn: Sendable, Hashable {
        case taken
        case waiting(position: Int, plan: Int, person: String, since: Date)
    }

    /// Takes the project's turn for an approved plan.
    ///
    /// - Throws: ``PlanBookError`` where the plan may not be applied.
    public func begin(_ id: Int, digest: String, by person: String, now: Date) async throws -> Turn {
        guard let plan = try await plan(id) else { throw PlanBookError("there is no plan \(id)") }
        guard plan.facts.digest == digest else { throw PlanBookError("the bundle is not the one of plan \(id)") }
        guard plan.state == .approved else {
            let missing = plan.state == .waiting ? ": \(plan.needed - plan.approvals.count) more SRE has to approve it" : ""
            throw PlanBookError("plan \(id) is \(plan.state.rawValue)\(plan.reason.map { " (\($0))" } ?? missing)")
        }
        while true {
            var (turn, version) = try await self.turn(plan.facts.project)
            let (answer, lost) = turn.ask(id, by: person, now: now)
            do {
                try await store.write([write(turn, plan.facts.project, version)])
            } catch {
                guard case .conditionFailed = error else { throw error }
                continue
            }
            if let lost {
                _ = try await lose(lost, now)
                // this plan may have become void by that
                guard try await self.plan(id)?.state == .approved else { return try await begin(id, digest: digest, by: person, now: now) }
            }
            switch answer {
            case .waiting(let position, let holder):
                return .waiting(position: position, plan: holder.plan, person: holder.person, since: holder.since)
            case .taken:
                // An earlier attempt that was refused changed nothing; the new one counts its lines from 1 again.
                for item in try await store.query(partition: Self.journal(id)) { try await store.write([.delete(item.key)]) }
                try await change(id) { (plan: inout ProposedPlan) throws(PlanBookError) in
                    guard plan.state == .approved else { throw PlanBookError("plan \(id) is \(plan.state.rawValue)") }
                    plan.state = .applying
                    plan.holder = .init(person: person, since: now, heard: now)
                }
                return .taken
            }
        }
    }

    /// Keeps what an apply tells of itself, and that it is alive.
    ///
    /// - Throws: ``PlanBookError`` where it is not that plan's turn, or the lines are not those that come next.
    public func record(_ id: Int, _ lines: [JSON], now: Date) async throws {
        guard let plan = try await plan(id), plan.state == .applying else { throw PlanBookError("plan \(id) is not being applied") }
        let known = try await store.query(partition: Self.journal(id), sort: .all, limit: 1, reversed: true).first
        var last = known.flatMap { try? JSON(parsing: $0.body) } ?? .null
        for line in lines {
            guard let number = line["n"].int, number > 0 else { throw PlanBookError("a line of the journal has no number") }
            let before = last["n"].int ?? 0
            guard number > before else { continue }  // it was told before
            guard number <= Self.mostJournalLines else { break }
            guard number == before + 1, ApplyJournal.follows(last["chain"].string ?? "", line) else {
                throw PlanBookError("line \(number) of the journal does not follow line \(before), the last one here: tell those between")
            }
            last = line
            try await store.write([.put(StoreKey(partition: Self.journal(id), sort: Self.digits(number)), body: line.bytes)])
        }
        let (turn, version) = try await self.turn(plan.facts.project)
        var beating = turn
        guard beating.beat(id, now: now) else { throw PlanBookError("the turn of \(plan.facts.project) is somebody else's by now") }
        try? await store.write([write(beating, plan.facts.project, version)])
    }

    /// Gives the turn back. What was planned for the same project before does not fit any more.
    @discardableResult
    public func end(_ id: Int, _ state: ProposedPlan.State, _ reason: String?, now: Date, report: JSON = .null) async throws -> ProposedPlan? {
        let plan = try await change(id) { (plan: inout ProposedPlan) throws(PlanBookError) in
            guard plan.state == .applying else { throw PlanBookError("plan \(id) is not being applied") }
            plan.end(state, reason, now)
            plan.report = report
            if state == .approved { plan.endedAt = nil }
        }
        guard let plan else { return nil }
        while true {
            var (turn, version) = try await self.turn(plan.facts.project)
            turn.give(back: id)
            do {
                try await store.write([write(turn, plan.facts.project, version)])
                break
            } catch {
                guard case .conditionFailed = error else { throw error }
            }
        }
        // Refused: nothing was changed, and what was approved stays so.
        guard state != .approved else { return plan }
        for other in try await plans(of: plan.facts.project) where other.state == .waiting || other.state == .approved {
            _ = try? await change(other.id) { (other: inout ProposedPlan) throws(PlanBookError) in
                guard other.state == .waiting || other.state == .approved else { throw PlanBookError("it went on") }
                other.end(.void, "plan \(id) was applied, so the state is another one: plan again", now)
            }
        }
        return plan
    }

    /// Ends the applies of whom nobody has heard in time.
    ///
    /// - Returns: their plans.
    public func sweep(now: Date) async throws -> [ProposedPlan] {
        var lost: [ProposedPlan] = []
        for plan in try await plans() where plan.state == .applying {
            let turn = try await turn(plan.facts.project).turn
            guard turn.holder?.plan != plan.id || turn.isForgotten(now: now) else { continue }
            if let ended = try await lose(plan.id, now) { lost.append(ended) }
        }
        return lost
    }

    /// - Returns: nil where somebody else was quicker.
    private func lose(_ id: Int, _ now: Date) async throws -> ProposedPlan? {
        let report = ApplyReport(try await journal(id), isAlive: false)
        do {
            return try await end(id, .lost, "nobody heard of it any more: look at the state, and plan again", now: now, report: report.json)
        } catch is PlanBookError {
            return nil
        }
    }

    // MARK: Items

    private func turn(_ project: String) async throws(StoreError) -> (turn: ProjectTurn, version: Int?) {
        let item = try await store.get(StoreKey(partition: "terraform/turns", sort: project))
        return (ProjectTurn(item.flatMap { try? JSON(parsing: $0.body) } ?? .null), item?.version)
    }

    private func write(_ turn: ProjectTurn, _ project: String, _ version: Int?) -> StoreWrite {
        .put(
            StoreKey(partition: "terraform/turns", sort: project), body: turn.json.bytes,
            condition: version.map { StoreCondition.version($0) } ?? .absent)
    }

    private static func plan(_ item: StoreItem) -> ProposedPlan? { (try? JSON(parsing: item.body)).flatMap(ProposedPlan.init) }
    private static func key(_ id: Int) -> StoreKey { StoreKey(partition: plans, sort: digits(id)) }
    private static func journal(_ id: Int) -> String { "terraform/journal/\(digits(id))" }
    private static func digits(_ number: Int) -> String { String(repeating: "0", count: max(0, 8 - "\(number)".count)) + "\(number)" }
}
