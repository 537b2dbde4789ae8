import Alerting
import Definitions
import Foundation
import Logging
import ServiceModel
import Terraform

/// Tells the channels of a project's apps what becomes of its plans; the SREs where no app belongs to it.
struct PlanNotices: Sendable {
    let notices: ChannelNotices
    let catalog: LiveCatalog
    /// Where people reach this server.
    let url: String
    let logger: Logger

    func proposed(_ plan: ProposedPlan) async {
        let by = plan.facts.authors.isEmpty ? plan.uploadedBy : plan.facts.authors.joined(separator: ", ")
        await tell("Plan \(plan.id) of \(plan.facts.project) by \(by) waits for an SRE: \(Self.totals(plan))", plan)
    }

    func changed(_ plan: ProposedPlan, by person: String) async {
        let what =
            switch plan.state {
            case .waiting: "was approved by \(person), and needs \(plan.needed - plan.approvals.count) more"
            case .approved: plan.reason == nil ? "was approved by \(person)" : "was refused at the apply, and nothing was changed"
            case .applying: "is being applied by \(person)"
            case .applied: "was applied by \(person)"
            case .failed: "failed half-way: \(plan.reason ?? "")"
            case .rejected: "was rejected by \(plan.reason ?? person)"
            case .lost, .withdrawn, .superseded, .void: "is \(plan.state.rawValue)\(plan.reason.map { ": \($0)" } ?? "")"
            }
        await tell("Plan \(plan.id) of \(plan.facts.project) \(what)", plan)
    }

    private static func totals(_ plan: ProposedPlan) -> String {
        let totals = plan.summary["totals"].object.filter { ($0.value.int ?? 0) > 0 }.map { "\($0.value.text) to \($0.key)" }
        return totals.isEmpty ? "nothing changes" : totals.joined(separator: ", ")
    }

    private func tell(_ text: String, _ plan: ProposedPlan) async {
        do {
            let catalog = await catalog.catalog
            // One word for each team.
            var teams: Set<String?> = []
            let apps = catalog.apps(of: plan.facts.project).filter { teams.insert(catalog.apps[$0]?.team).inserted }
            for app in apps.isEmpty ? [""] : apps {
                try await notices.post(text, link: "\(url)/terraform/plans/\(plan.id)", app: app)
            }
        } catch {
            logger.error("a notice of a plan is lost", metadata: ["plan": "\(plan.id)", "error": "\(error)"])
        }
    }
}
