import Definitions
import Foundation
import HTTPTypes
import ServiceModel
import Terraform

/// `/terraform`, `/terraform/plans/{id}`: the inbox of proposed plans, and each with what it does and what became of it.
struct PlanPages: Sendable {
    let plans: PlanEndpoints
    let board: StandingBoard

    private var book: PlanBook { plans.book }
    private static let notified: Set<String> = ["plan_approved", "plan_rejected", "plan_withdrawn"]

    var endpoints: [Endpoint] {
        [
            .page(
                "/terraform", api: "/api/terraform/plans", template: "plans", title: "plans", "List proposed plans, the newest first",
                query: [
                    .init(name: "project", about: "Of this project only"),
                    .init(name: "state", about: "In this state only; open: all that may still be applied"),
                ],
                returns: Schema.object([
                    "plans": Schema.list(PlanSchemas.row), "project?": Schema.text, "states": Schema.list(Schema.anything), "projects": Schema.texts,
                ])
            ) { visit in .show(try await list(visit)) },
            .page(
                "/terraform/plans/{id}", template: "plan", title: "plan",
                "Read a proposed plan: what it does, on whose promises, who approved it, how its apply went", returns: PlanSchemas.plan
            ) { visit in .show(try await one(visit)) },
        ]
    }

    private func list(_ visit: Visit) async throws -> JSON {
        let project = visit.query["project"].flatMap { $0.isEmpty ? nil : $0 }
        let wanted = visit.query["state"].flatMap { $0.isEmpty ? nil : $0 }
        guard wanted.map({ $0 == "open" || ProposedPlan.State(rawValue: $0) != nil }) ?? true else {
            throw ConsoleError(
                status: .badRequest, detail: "state is open, \(ProposedPlan.State.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        let all = try await book.plans()
        let found = all.filter { plan in
            (project == nil || plan.facts.project == project)
                && (wanted == nil || (wanted == "open" ? plan.state.isOpen : plan.state.rawValue == wanted))
        }
        // What waits for somebody comes first.
        let rows = (found.filter(\.state.isOpen) + found.filter { !$0.state.isOpen }).prefix(200)
        return .compact([
            "plans": .array(rows.map(Self.row)), "project": JSON(project),
            "projects": JSON(Set(all.map(\.facts.project)).sorted()),
            "states": .array(
                (["open"] + ProposedPlan.State.allCases.map(\.rawValue)).map {
                    .object(["state": .string($0), "word": .string("plan_\($0)"), "is_chosen": .bool($0 == wanted)])
                }),
        ])
    }

    private func one(_ visit: Visit) async throws -> JSON {
        let plan = try await plans.plan(visit)
        let others = try await book.plans(of: plan.facts.project).filter { $0.id != plan.id }
        let journal = try await book.journal(plan.id)
        var json = plan.json
        for (key, value) in Self.row(plan).object where json[key].isNull { json[key] = value }
        json["journal"] = .array(journal.compactMap(Self.line))
        if json["report"].isNull, plan.state == .applying { json["report"] = ApplyReport(journal, isAlive: true).json }
        json["apps"] = .array(await promises(plan.facts.project))
        json["others"] = .array(others.filter(\.state.isOpen).map(Self.row))
        json["queue"] = .array(
            try await book.queue(of: plan.facts.project).map {
                ["plan": .integer($0.plan), "person": .string($0.person), "since": .string(TimeText.machine($0.since))]
            })
        guard !visit.wantsJSON else { return json }
        let isOpen = plan.state == .waiting || plan.state == .approved
        json["may_decide"] = .bool(isOpen && Permission.operate.verdict(for: visit.caller) == .allowed)
        json["may_approve"] = .bool(json["may_decide"].bool == true && plan.violations == 0 && plan.approvals.count < plan.needed)
        json["may_withdraw"] = .bool(isOpen && visit.caller.isSignedIn)
        json["wants_name"] = .bool(plan.wantsName)
        json["is_wrong"] = .bool(plan.violations > 0)
        json["is_applying"] = .bool(plan.state == .applying)
        json["has_journal"] = .bool(!journal.isEmpty)
        json["missing"] = isOpen && plan.approvals.count < plan.needed ? .integer(plan.needed - plan.approvals.count) : .null
        json["is_approved"] = .bool(plan.state == .approved)
        json["short"] = .string(String(plan.facts.digest.prefix(12)))
        // It is whoever sent the plan that says where the pull request is.
        if let link = plan.facts.pullRequest, link.hasPrefix("https://") {
            json["pull_request_link"] = .string(link)
            json["facts"]["pull_request"] = .null
        }
        json["groups"] = Self.groups(plan.summary)
        json["wrong"] = .array(plan.check["findings"].array.filter { $0["violation"].bool == true })
        json["done"] = JSON(visit.query["done"].flatMap { Self.notified.contains($0) ? $0 : nil })
        return json
    }

    /// The apps whose infrastructure it is, with what they promise and what is left of it.
    private func promises(_ project: String) async -> [JSON] {
        let catalog = await plans.catalog.catalog
        let board = await board.board
        return catalog.apps(of: project).map { app in
            .compact([
                "app": .string(app), "team": JSON(catalog.apps[app]?.team),
                "objectives": .array((board.byApp[app] ?? []).map { StandingView($0).row }),
            ])
        }
    }

    static func row(_ plan: ProposedPlan) -> JSON {
        let light: [ProposedPlan.State: String] = [
            .waiting: "warn", .approved: "good", .applying: "busy", .applied: "good", .failed: "bad", .lost: "bad", .rejected: "bad",
        ]
        let totals = plan.summary["totals"]
        return .compact([
            "id": .integer(plan.id), "project": .string(plan.facts.project), "state": .string(plan.state.rawValue), "reason": JSON(plan.reason),
            "digest": .string(plan.facts.digest), "uploaded_by": .string(plan.uploadedBy), "uploaded_at": .string(TimeText.machine(plan.uploadedAt)),
            "needed": .integer(plan.needed), "loses_data": .bool(plan.losesData), "over_limit": .bool(plan.isOverLimit),
            "violations": .integer(plan.violations), "totals": totals,
            "authors": JSON(plan.facts.authors), "pull_request": JSON(plan.facts.pullRequest), "approvals": plan.json["approvals"],
            "holder": plan.json["holder"], "ended_at": plan.json["ended_at"], "light": .string(light[plan.state] ?? "idle"),
            "word": .string("plan_\(plan.state.rawValue)"),
            "change": .array(
                totals.object.filter { ($0.value.int ?? 0) > 0 }.map { .object(["key": .string("plan_to_\($0.key)"), "count": $0.value]) }),
        ])
    }

    /// The resources by what is done with them, what is lost first.
    private static func groups(_ summary: JSON) -> JSON {
        var groups: [(String, [JSON])] = []
        for resource in summary["resources"].array {
            let action = resource["action"].string ?? ""
            if groups.last?.0 != action { groups.append((action, [])) }
            groups[groups.count - 1].1.append(resource)
        }
        return .array(
            groups.map {
                .object(["word": .string("plan_group_\($0.0)"), "is_lossy": .bool(["destroy", "replace"].contains($0.0)), "resources": .array($0.1)])
            })
    }

    /// A line of the journal, for people.
    private static func line(_ line: JSON) -> JSON? {
        let event = line["event"]
        guard let text = event["@message"].string ?? event["type"].string else { return nil }
        return .compact([
            "n": line["n"], "at": line["at"], "text": .string(text), "type": event["type"],
            "light": event["@level"].string == "error" ? "bad" : .null,
        ])
    }
}
