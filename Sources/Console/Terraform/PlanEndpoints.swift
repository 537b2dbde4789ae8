import Alerting
import Definitions
import Foundation
import HTTPTypes
import Logging
import ServiceModel
import Terraform

/// What people and programs do with proposed plans: upload, approve, reject, withdraw, apply.
struct PlanEndpoints: Sendable {
    /// A plan of ten thousand resources has 18 MB as JSON.
    static let mostBundle = 64 << 20
    /// In bytes: the lines of one call.
    static let mostLines = 1 << 20

    let book: PlanBook
    let vault: BundleVault
    let catalog: LiveCatalog
    let notices: PlanNotices
    let hub: EventHub

    private static let by = Endpoint.Field(name: "by", about: "Who, where the caller is a program")
    private static let page = "/terraform/plans/{id}"

    var endpoints: [Endpoint] {
        [
            .api(
                .post, "/api/terraform/plans", "Propose a plan", permission: .contribute,
                body: [
                    .init(name: "facts", about: "What bundle.json says", isRequired: true, schema: ["type": "object"]),
                    .init(name: "files", about: "By name: the bundle's files in Base64", isRequired: true, schema: ["type": "object"]), Self.by,
                ], returns: PlanSchemas.plan
            ) { visit in try await propose(visit) }.with {
                $0.successes = [200, 201]
                $0.mostBody = Self.mostBundle
            },
            .action(
                Self.page + "/approve", api: .post, "/api" + Self.page + "/approve", form: Self.page, "Approve a plan", permission: .operate,
                body: [
                    .init(name: "digest", about: "What was looked at: the digest, or at least 8 digits of it", isRequired: true),
                    .init(name: "confirm", about: "Where data is lost: the project's name"), Self.by,
                ], returns: PlanSchemas.plan, refusals: [409]
            ) { visit in try await approve(visit) },
            .action(
                Self.page + "/reject", api: .post, "/api" + Self.page + "/reject", form: Self.page, "Reject a plan", permission: .operate,
                body: [.init(name: "reason", about: "Why", isRequired: true), Self.by], returns: PlanSchemas.plan, refusals: [409]
            ) { visit in try await reject(visit) },
            .action(
                Self.page + "/withdraw", api: .post, "/api" + Self.page + "/withdraw", form: Self.page, "Withdraw a plan", permission: .contribute,
                body: [Self.by], returns: PlanSchemas.plan, refusals: [409]
            ) { visit in try await withdraw(visit) },
            .api(
                .get, "/api" + Self.page + "/bundle", "Fetch an approved plan's bundle, to apply it", permission: .operate,
                returns: Schema.object(["facts": Schema.anything, "files": Schema.anything]), refusals: [409, 410]
            ) { visit in try await bundle(visit) }.with { $0.audits = true },
            .api(
                .post, "/api" + Self.page + "/turn", "Take the turn of a plan's project, or wait for it", permission: .operate,
                body: [.init(name: "digest", about: "The bundle's digest, whole", isRequired: true), Self.by],
                returns: Schema.object([
                    "taken": Schema.bool, "position?": Schema.integer, "plan?": Schema.integer, "person?": Schema.text, "since?": Schema.time,
                ]), refusals: [409]
            ) { visit in try await begin(visit) },
            .api(
                .post, "/api" + Self.page + "/journal", "Tell what happens while a plan is applied, and that it goes on", permission: .operate,
                body: [.init(name: "lines", about: "The next lines of the journal", isRequired: true, schema: ["type": "array"])],
                returns: Schema.object(["kept": Schema.integer]), refusals: [409]
            ) { visit in try await record(visit) }.with {
                // Its beginning and its end are written down; its steps are in the plan.
                $0.audits = false
                $0.mostBody = Self.mostLines
            },
            .api(
                .post, "/api" + Self.page + "/end", "End the apply of a plan, and give the turn back", permission: .operate,
                body: [
                    .init(
                        name: "outcome", about: "applied, failed or refused", isRequired: true,
                        schema: Schema.choice(["applied", "failed", "refused"])),
                    Self.by,
                ], returns: PlanSchemas.plan, refusals: [409]
            ) { visit in try await end(visit) },
        ]
    }

    // MARK: Proposing

    private func propose(_ visit: Visit) async throws -> Answer {
        let transport: JSON = .object(["facts": visit.input["facts"], "files": visit.input["files"]])
        let organization = await catalog.catalog.organization.terraform
        let (facts, summary, check) = try Self.read(transport, tag: organization.tag)
        let (plan, isNew) = try await book.propose(
            facts, summary: summary, check: check, by: visit.actor, subject: Self.subject(visit),
            limits: ApplyLimits(destroy: organization.destroyLimit, replace: organization.replaceLimit), now: Date())
        // It is there again and without its files where the disk was full the first time.
        if isNew || plan.state.isOpen && !vault.has(plan.id) { try vault.keep(transport, of: plan.id) }
        if isNew {
            await notices.proposed(plan)
            await tell()
        }
        return .done(
            plan.json, see: "/terraform/plans/\(plan.id)", status: isNew ? .created : .ok,
            change: .init(after: Self.line(plan), reason: plan.reason))
    }

    /// Checks a bundle, and says itself what it does: who approves does not rely on the uploader's words.
    private static func read(_ transport: JSON, tag: String) throws -> (BundleFacts, JSON, JSON) {
        do throws(TerraformError) {
            let (facts, files) = try PlanBundle.open(transport)
            let file = PlanFile(name: PlanBundle.File.json.rawValue, data: files[.json] ?? Data())
            let value = facts.project.split(separator: "/").last.map(String.init) ?? facts.project
            let check = try TagCheck(rule: TagRule(key: tag, value: value)).check(file)
            var found = check.json
            found["violations"] = .integer(check.violations.count)
            return (facts, try PlanSummary(file).json, found)
        } catch {
            throw ConsoleError.invalid("files", error.message)
        }
    }

    // MARK: Deciding

    private func approve(_ visit: Visit) async throws -> Answer {
        let digest = try visit.text("digest", upTo: 64)
        let approval = try await approval(visit)
        let confirmed = visit.input["confirm"].string
        return try await change(visit, "digest", done: "plan_approved") { plan throws(PlanBookError) in
            try plan.approve(approval, digest: digest, confirmed: confirmed)
        }
    }

    private func reject(_ visit: Visit) async throws -> Answer {
        let reason = try visit.text("reason")
        return try await change(visit, "reason", done: "plan_rejected") { plan throws(PlanBookError) in
            try plan.reject(by: visit.actor, reason: reason, now: Date())
        }
    }

    private func withdraw(_ visit: Visit) async throws -> Answer {
        let plan = try await plan(visit)
        guard plan.isMade(by: Self.person(visit)) || (visit.caller.role ?? .viewer) >= .sre else {
            throw ConsoleError(status: .forbidden, detail: "\(visit.actor) did not propose plan \(plan.id)", whoCan: "who proposed it, SREs, admins")
        }
        return try await change(visit, "by", done: "plan_withdrawn") { plan throws(PlanBookError) in
            try plan.withdraw(by: visit.actor, now: Date())
        }
    }

    /// Who approves. Where people sign in, it is somebody who did; on a server that only this machine reaches, its token speaks for them.
    private func approval(_ visit: Visit) async throws -> ProposedPlan.Approval {
        let caller = visit.caller
        if await catalog.catalog.organization.signIn == nil {
            guard caller.proof != .machine || visit.input["by"].string?.isEmpty == false else {
                throw ConsoleError.invalid("by", "by is missing: say who approves")
            }
            return Self.person(visit)
        }
        guard caller.proof != .machine, caller.subject != nil else {
            throw ConsoleError(
                status: .forbidden, detail: "\(caller.name) does not approve: an approval is a person's who signed in", whoCan: "SREs, admins")
        }
        return Self.person(visit)
    }

    /// Somebody by their own name: a token's name says nothing of who made a change.
    private static func person(_ visit: Visit) -> ProposedPlan.Approval {
        let name = visit.caller.person ?? visit.actor
        return .init(person: name, subject: subject(visit) ?? name, at: Date())
    }

    /// Who somebody is to the server, whatever they are called.
    private static func subject(_ visit: Visit) -> String? {
        visit.caller.proof == .machine ? "by:\(visit.actor)" : visit.caller.subject
    }

    private func change(
        _ visit: Visit, _ field: String, done: String, _ body: (inout ProposedPlan) throws(PlanBookError) -> Void
    ) async throws -> Answer {
        let before = try await plan(visit)
        let changed: ProposedPlan?
        do { changed = try await book.change(before.id, body) } catch let error as PlanBookError {
            throw ConsoleError.invalid(error.field ?? field, error.description)
        }
        let plan = changed ?? before
        if !plan.state.isOpen { vault.forget(plan.id) }
        await notices.changed(plan, by: visit.actor)
        await tell()
        return .done(
            plan.json, see: "/terraform/plans/\(plan.id)?done=\(done)",
            change: .init(before: Self.line(before), after: Self.line(plan), reason: plan.reason))
    }

    // MARK: Applying

    private func bundle(_ visit: Visit) async throws -> Answer {
        let plan = try await plan(visit)
        guard plan.state == .approved || plan.state == .applying else {
            throw ConsoleError(status: .conflict, detail: "plan \(plan.id) is \(plan.state.rawValue)\(plan.reason.map { ": \($0)" } ?? "")")
        }
        guard let bundle = try vault.bundle(of: plan.id) else {
            throw ConsoleError(status: .gone, detail: "the bundle of plan \(plan.id) is not there any more: plan again")
        }
        // What is only shown is not written down, and this is: it holds secrets.
        return .response(Front.json(bundle))
    }

    private func begin(_ visit: Visit) async throws -> Answer {
        let plan = try await plan(visit)
        let digest = try visit.text("digest", upTo: 64)
        switch try await Self.booked({ try await book.begin(plan.id, digest: digest, by: visit.actor, now: Date()) }) {
        case .taken:
            let taken = try await self.plan(visit)
            await notices.changed(taken, by: visit.actor)
            await tell()
            return .done(["taken": true], see: "/terraform/plans/\(plan.id)", change: .init(after: Self.line(taken)))
        case .waiting(let position, let other, let person, let since):
            // Who waits asks every few seconds, and has done nothing yet that the audit log would keep.
            return .show([
                "taken": false, "position": .integer(position), "plan": .integer(other), "person": .string(person), "since": JSON(time: since),
            ])
        }
    }

    private func record(_ visit: Visit) async throws -> Answer {
        let plan = try await plan(visit)
        let lines = visit.input["lines"].array
        try await Self.booked { try await book.record(plan.id, lines, now: Date()) }
        if !lines.isEmpty { await tell() }
        return .done(["kept": .integer(lines.count)], see: "/terraform/plans/\(plan.id)")
    }

    private func end(_ visit: Visit) async throws -> Answer {
        let plan = try await plan(visit)
        let journal = try await book.journal(plan.id)
        guard ApplyJournal.isWhole(journal) else {
            throw ConsoleError(status: .conflict, detail: "the journal of plan \(plan.id) has a gap: tell its lines once more, from the first")
        }
        let report = ApplyReport(journal, isAlive: false)
        let outcome = try visit.text("outcome", upTo: 20)
        let state: ProposedPlan.State = outcome == "applied" ? .applied : outcome == "refused" ? .approved : .failed
        let ended = try await Self.booked {
            try await book.end(plan.id, state, outcome == "applied" ? nil : report.line, now: Date(), report: report.json)
        }
        guard let ended else { throw ConsoleError.notFound("there is no plan \(plan.id)") }
        if !ended.state.isOpen { vault.forget(plan.id) }
        await notices.changed(ended, by: visit.actor)
        await tell()
        return .done(
            ended.json, see: "/terraform/plans/\(plan.id)",
            change: .init(before: Self.line(plan), after: Self.line(ended), reason: ended.reason))
    }

    // MARK: What they share

    func plan(_ visit: Visit) async throws -> ProposedPlan {
        let text = visit.parameters["id"] ?? ""
        guard let id = Int(text), id > 0, let plan = try await book.plan(id) else {
            throw ConsoleError.notFound("there is no plan \(text.prefix(40)): /terraform lists them")
        }
        return plan
    }

    private static func booked<Result>(_ body: () async throws -> Result) async throws -> Result {
        do { return try await body() } catch let error as PlanBookError {
            throw ConsoleError(status: .conflict, detail: error.description)
        }
    }

    /// What the audit log keeps of a plan.
    private static func line(_ plan: ProposedPlan) -> JSON {
        .compact([
            "plan": .integer(plan.id), "project": .string(plan.facts.project), "state": .string(plan.state.rawValue),
            "digest": .string(plan.facts.digest), "approved_by": JSON(plan.approvals.map(\.person)), "applied_by": JSON(plan.holder?.person),
        ])
    }

    func tell() async { await hub.publish(["terraform"]) }
}
