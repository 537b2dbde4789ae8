import Foundation
import ServiceModel
import Testing

@testable import Terraform

@Suite struct `A proposed plan` {
    private static let digest = Proposals.facts().digest

    private func refusal(
        _ plan: ProposedPlan, _ person: String, digest: String? = nil, confirmed: String? = nil
    ) -> String? {
        var plan = plan
        do {
            try plan.approve(Proposals.approval(person), digest: digest ?? plan.facts.digest, confirmed: confirmed)
            return nil
        } catch { return error.description }
    }

    @Test func `is approved by one who did not make it, and who looked at this very plan`() throws {
        var plan = Proposals.plan()
        #expect(refusal(plan, "Ann")?.contains("somebody else") == true, "an author, however it is written")
        let addressed = Proposals.plan(1, Proposals.facts(authors: ["ann@example.com"]))
        #expect(refusal(addressed, "ann") != nil && refusal(addressed, "ann@example.com") != nil && refusal(addressed, "ann@example.org") == nil)
        #expect(refusal(plan, "ci")?.contains("somebody else") == true, "who sent it")
        #expect(refusal(plan, "sam", digest: String(Self.digest.prefix(7))) != nil, "seven digits may be anything")
        #expect(refusal(plan, "sam", digest: String(repeating: "0", count: 64))?.contains(String(Self.digest.prefix(12))) == true)
        try plan.approve(Proposals.approval("sam"), digest: String(Self.digest.prefix(8)), confirmed: nil)
        #expect(plan.state == .approved && plan.approvals.map(\.person) == ["sam"])
    }

    @Test func `with a wrong tag is approved by nobody`() {
        let plan = Proposals.plan(check: ["passed": false, "violations": 2])
        #expect(refusal(plan, "sam")?.contains("2 resources without the right tag") == true)
    }

    @Test func `that loses data needs the project's name and two people, who are not one with two names`() throws {
        var plan = Proposals.plan(lost: ["aws_db_instance.db"])
        #expect(plan.needed == 2)
        #expect(refusal(plan, "sam")?.contains("type the project's name, kirare") == true)
        #expect(refusal(plan, "sam", confirmed: "kirar") != nil)
        try plan.approve(Proposals.approval("sam"), digest: Self.digest, confirmed: "kirare")
        #expect(plan.state == .waiting)
        #expect(refusal(plan, "sam", confirmed: "kirare")?.contains("second person") == true)
        let alias = ProposedPlan.Approval(person: "samuel", subject: "p#sam", at: Proposals.noon)
        #expect(throws: PlanBookError.self) { try plan.approve(alias, digest: Self.digest, confirmed: "kirare") }
        try plan.approve(Proposals.approval("tom"), digest: Self.digest, confirmed: "kirare")
        #expect(plan.state == .approved)
    }

    @Test func `that loses more than the limits let pass needs as much, whatever it is`() async throws {
        let summary: JSON = .object(["totals": .object(["destroy": 1, "replace": 3]), "resources": []])
        for (limits, needed) in [(ApplyLimits(destroy: 1, replace: 3), 1), (.init(destroy: 0, replace: 3), 2), (.init(destroy: 1, replace: 2), 2)] {
            let plan = try await Proposals.book().propose(
                Proposals.facts(), summary: summary, check: Proposals.passed, by: "ci", limits: limits, now: Proposals.noon
            ).plan
            #expect(plan.needed == needed && plan.isOverLimit == (needed == 2))
            #expect((refusal(plan, "sam") == nil) == (needed == 1))
        }
    }

    @Test func `of very many resources still says that data is lost`() throws {
        let many = (0..<600).map { JSON.object(["address": .string("a.b[\($0)]"), "action": "destroy", "holds_data": false]) }
        let summary: JSON = .object([
            "resources": .array(many + [.object(["address": "aws_db_instance.db", "action": "replace", "holds_data": true])])
        ])
        let bounded = ProposedPlan.bounded(summary, "resources")
        let plan = ProposedPlan(
            id: 1, facts: Proposals.facts(), summary: bounded, check: Proposals.passed, uploadedBy: "ci", uploadedAt: Proposals.noon)
        #expect(plan.losesData && plan.needed == 2)
        #expect(bounded["resources"].array.count <= 2 * ProposedPlan.mostResources && bounded["more"] == true)
    }

    /// What may be done in which state, in a table.
    @Test(arguments: ProposedPlan.State.allCases)
    func `is decided about only while nothing has become of it`(state: ProposedPlan.State) {
        func may(_ body: (inout ProposedPlan) throws(PlanBookError) -> Void) -> Bool {
            var plan = Proposals.plan()
            if state != .waiting { plan.end(state, nil, Proposals.noon) }
            do { try body(&plan) } catch { return false }
            return true
        }
        let isOpen = state == .waiting || state == .approved
        #expect(may { plan throws(PlanBookError) in try plan.approve(Proposals.approval("sam"), digest: Self.digest, confirmed: nil) } == isOpen)
        #expect(may { plan throws(PlanBookError) in try plan.reject(by: "sam", reason: "no", now: Proposals.noon) } == isOpen)
        #expect(may { plan throws(PlanBookError) in try plan.withdraw(by: "ann", now: Proposals.noon) } == isOpen)
    }

    @Test(arguments: ProposedPlan.State.allCases) func `comes back from the store as it went in`(state: ProposedPlan.State) throws {
        var plan = Proposals.plan(7, lost: ["aws_db_instance.db"])
        try plan.approve(Proposals.approval("sam"), digest: Self.digest, confirmed: "kirare")
        if state != .waiting { plan.end(state, "why", Proposals.noon + 5) }
        let back = try #require(ProposedPlan(try JSON(parsing: plan.json.text)))
        #expect(back.json == plan.json && back.state == state && back.facts.digest == plan.facts.digest)
    }
}
