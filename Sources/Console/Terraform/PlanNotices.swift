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

    /// Only what is new is told: a schedule looks every night.
    func drifted(_ project: String, _ resources: [JSON]) async {
        let names = resources.prefix(5).compactMap { $0["address"].string }.joined(separator: ", ") + (resources.count > 5 ? ", …" : "")
        let lost = resources.contains { $0["lost_tag"].bool == true } ? "; a resource lost its project's tag" : ""
        await tell(
            resources.isEmpty
                ? "\(project) is again as Terraform knows it" : "Somebody changed \(resources.count) of \(project) past Terraform: \(names)\(lost)",
            project, link: "/terraform/drift")
    }

    private static func totals(_ plan: ProposedPlan) -> String {
        let totals = plan.summary["totals"].object.filter { ($0.value.int ?? 0) > 0 }.map { "\($0.value.text) to \($0.key)" }
        return totals.isEmpty ? "nothing changes" : totals.joined(separator: ", ")
    }

    private func tell(_ text: String, _ plan: ProposedPlan) async {
        await tell(text, plan.facts.project, link: "/terraform/plans/\(plan.id)")
    }

    private func tell(_ text: String, _ project: String, link: String) async {
        do {
            let catalog = await catalog.catalog
            // One word for each team.
            var teams: Set<String?> = []
            let apps = catalog.apps(of: project).filter { teams.insert(catalog.apps[$0]?.team).inserted }
            for app in apps.isEmpty ? [""] : apps {
                try await notices.post(text, link: "\(url)\(link)", app: app)
            }
        } catch {
            logger.error("a notice of a project is lost", metadata: ["project": "\(project)", "error": "\(error)"])
        }
    }
}
