import Foundation
import ServiceModel
import Testing

@testable import Terraform

@Suite struct `The book of plans` {
    private let noon = Proposals.noon

    @Test func `keeps a bundle once, and the newest of a change`() async throws {
        let book = try Proposals.book()
        let first = try await book.propose(Proposals.facts())
        let (same, isNew) = try await book.propose(
            Proposals.facts(), summary: Proposals.summary(), check: Proposals.passed, by: "ci", now: noon + 1)
        #expect(same.id == first.id && !isNew)
        let other = try await book.propose(Proposals.facts(seed: 2, pullRequest: "13"))
        let foreign = try await book.propose(Proposals.facts("ortensia", seed: 3))
        let newer = try await book.propose(Proposals.facts(seed: 4))
        #expect(try await book.state(first.id) == .superseded)
        #expect(try await book.plan(first.id)?.reason == "plan \(newer.id) took its place")
        for plan in [other, foreign, newer] { #expect(try await book.state(plan.id) == .waiting) }
    }

    @Test func `holds an approval over to a plan that does the same, and to no other`() async throws {
        let book = try Proposals.book()
        let first = try await book.approved(Proposals.facts())
        let same = try await book.propose(Proposals.facts(seed: 2))
        #expect(same.state == .approved && same.approvals.map(\.from) == [first.id] && same.approvals.map(\.person) == ["sam"])
        let again = try await book.propose(Proposals.facts(seed: 3))
        #expect(again.state == .approved && again.approvals.map(\.from) == [first.id], "it is told which plan was looked at")
        let changed = try await book.propose(Proposals.facts(seed: 4, meaning: "database"))
        #expect(changed.state == .waiting && changed.approvals.isEmpty)
        #expect(changed.reason?.contains("something else than plan \(again.id)") == true)
    }

    @Test func `does not hold over the approval of one who has a part in the new plan`() async throws {
        let book = try Proposals.book()
        _ = try await book.approved(Proposals.facts(), by: "sam")
        let joined = try await book.propose(Proposals.facts(seed: 2, authors: ["ann", "Sam"]))
        #expect(joined.state == .waiting && joined.approvals.isEmpty, "sam would have approved what sam made")
    }

    @Test func `does not make one approval of a plan that loses data into two`() async throws {
        let book = try Proposals.book()
        let first = try await book.propose(Proposals.facts(), lost: ["aws_db_instance.db"])
        try await book.change(first.id) { (plan: inout ProposedPlan) throws(PlanBookError) in
            try plan.approve(Proposals.approval("sam"), digest: plan.facts.digest, confirmed: "kirare")
        }
        let same = try await book.propose(Proposals.facts(seed: 2), lost: ["aws_db_instance.db"])
        #expect(same.state == .waiting && same.approvals.count == 1)
    }

    @Test func `gives the turn for what is approved, keeps the journal, and voids what no longer fits`() async throws {
        let book = try Proposals.book()
        let plan = try await book.approved(Proposals.facts())
        let waiting = try await book.propose(Proposals.facts(seed: 2, pullRequest: "13"))
        let foreign = try await book.propose(Proposals.facts("ortensia", seed: 3))
        await #expect(throws: PlanBookError.self) { try await book.begin(waiting.id, digest: waiting.facts.digest, by: "sam", now: noon) }
        await #expect(throws: PlanBookError.self) { try await book.begin(plan.id, digest: foreign.facts.digest, by: "sam", now: noon) }
        await #expect(throws: PlanBookError.self) { try await book.record(plan.id, [], now: noon) }
        #expect(try await book.begin(plan.id, digest: plan.facts.digest, by: "sam", now: noon) == .taken)
        #expect(try await book.state(plan.id) == .applying)
        let lines = try Proposals.journal(4)
        try await book.record(plan.id, Array(lines[0..<2]), now: noon + 1)
        try await book.record(plan.id, Array(lines[1..<4]), now: noon + 2)
        #expect(try await book.journal(plan.id) == lines, "a line that comes twice is kept once")
        try await book.end(plan.id, .applied, nil, now: noon + 3)
        #expect(try await book.state(plan.id) == .applied)
        #expect(try await book.state(waiting.id) == .void)
        #expect(try await book.state(foreign.id) == .waiting)
    }

    @Test func `takes no line that does not follow the last one`() async throws {
        let book = try Proposals.book()
        let plan = try await book.approved(Proposals.facts())
        _ = try await book.begin(plan.id, digest: plan.facts.digest, by: "sam", now: noon)
        let lines = try Proposals.journal(3)
        try await book.record(plan.id, [lines[0]], now: noon)
        await #expect(throws: PlanBookError.self, "a gap") { try await book.record(plan.id, [lines[2]], now: noon) }
        var forged = lines[1]
        forged["event"] = ["type": "apply_complete"]
        await #expect(throws: PlanBookError.self, "another event under the same chain") { try await book.record(plan.id, [forged], now: noon) }
        try await book.record(plan.id, Array(lines[1...]), now: noon)
        #expect(ApplyJournal.isWhole(try await book.journal(plan.id)))
    }

    @Test func `leaves approved what was refused before anything was done, and frees the turn`() async throws {
        let book = try Proposals.book()
        let plan = try await book.approved(Proposals.facts())
        let other = try await book.approved(Proposals.facts(seed: 2, pullRequest: "13"))
        _ = try await book.begin(plan.id, digest: plan.facts.digest, by: "sam", now: noon)
        try await book.end(plan.id, .approved, "the state is locked", now: noon + 1)
        #expect(try await book.state(plan.id) == .approved)
        #expect(try await book.begin(other.id, digest: other.facts.digest, by: "tom", now: noon + 2) == .taken)
    }

    @Test func `keeps the journal of the last attempt only`() async throws {
        let book = try Proposals.book()
        let plan = try await book.approved(Proposals.facts())
        for count in [3, 2] {
            _ = try await book.begin(plan.id, digest: plan.facts.digest, by: "sam", now: noon)
            let lines = try Proposals.journal(count)
            try await book.record(plan.id, lines, now: noon)
            try await book.end(plan.id, .approved, "the state is locked", now: noon)
            #expect(try await book.journal(plan.id) == lines)
        }
    }

    @Test func `lets others wait, says for whom, and ends what nobody hears of`() async throws {
        let book = try Proposals.book()
        let plan = try await book.approved(Proposals.facts())
        let other = try await book.approved(Proposals.facts(seed: 2, pullRequest: "13"))
        _ = try await book.begin(plan.id, digest: plan.facts.digest, by: "sam", now: noon)
        try await book.record(plan.id, try Proposals.journal(2), now: noon + 1)
        #expect(
            try await book.begin(other.id, digest: other.facts.digest, by: "tom", now: noon + 2)
                == .waiting(position: 1, plan: plan.id, person: "sam", since: noon))
        #expect(try await book.queue(of: "kirare").map(\.person) == ["tom"])
        #expect(try await book.sweep(now: noon + 1 + ProjectTurn.patience - 1).isEmpty, "sam may be heard of again")
        let lost = try await book.sweep(now: noon + 1 + ProjectTurn.patience + 1)
        #expect(lost.map(\.id) == [plan.id])
        let ended = try #require(try await book.plan(plan.id))
        #expect(ended.state == .lost && ended.report["outcome"] == "lost", "nobody had to ask for it")
        #expect(try await book.state(other.id) == .void, "what was planned before does not fit what the lost apply may have done")
        #expect(try await book.sweep(now: noon + 10_000).isEmpty)
        await #expect(throws: PlanBookError.self) { try await book.record(plan.id, [], now: noon + 10_000) }
    }

    @Test func `gives a turn to one of many who ask at the same time`() async throws {
        let book = try Proposals.book()
        var plans: [ProposedPlan] = []
        for seed in 1...8 { plans.append(try await book.approved(Proposals.facts(seed: seed, pullRequest: "\(seed)"))) }
        let taken = try await withThrowingTaskGroup(of: Bool.self) { [plans] group in
            for plan in plans {
                group.addTask { try await book.begin(plan.id, digest: plan.facts.digest, by: "p\(plan.id)", now: Proposals.noon) == .taken }
            }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(taken == 1)
        #expect(try await book.plans(of: "kirare").count { $0.state == .applying } == 1)
    }
}
