import ArgumentParser
import Foundation
import NIOHTTP1
import ServiceModel
import Terraform

/// `jubako terraform plans`.
struct TerraformPlans: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plans", abstract: "List the plans that were proposed to the server, those that wait first.")

    @Option(help: "Of this project only.")
    var project: String?

    @Option(help: "In this state only: open, waiting, approved, applying, applied, failed, lost, rejected, withdrawn, superseded, void.")
    var state: String?

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var server: ServerConnection

    func run() async throws {
        try await Invocation.run("terraform plans") { _ in
            let query = [("project", project), ("state", state)].compactMap { name, value in value.map { "\(name)=\(ServerConnection.encoded($0))" } }
            let answer = try await server.call(.GET, "/api/terraform/plans" + (query.isEmpty ? "" : "?" + query.joined(separator: "&")))
            if json { return Terminal.output(answer["plans"].prettyText) }
            let plans = answer["plans"].array
            if plans.isEmpty { return Terminal.error("no plans") }
            let width = plans.map { ($0["project"].string ?? "").count }.max() ?? 0
            for plan in plans {
                let project = plan["project"].string ?? ""
                let who = (plan["authors"].strings.isEmpty ? [plan["uploaded_by"].string ?? ""] : plan["authors"].strings).joined(separator: ", ")
                Terminal.output(
                    "\(plan["id"].int ?? 0)\t\(project)\(String(repeating: " ", count: width - project.count))\t\(plan["state"].string ?? "")\t"
                        + "\(Self.totals(plan["totals"]))\t\(who)")
            }
        }
    }

    static func totals(_ totals: JSON) -> String {
        let words = totals.object.filter { ($0.value.int ?? 0) > 0 }.map { "\($0.value.text) to \($0.key)" }
        return words.isEmpty ? "no changes" : words.joined(separator: ", ")
    }
}

/// `jubako terraform show`.
struct TerraformShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show a proposed plan: what it does, on whose promises, who approved it, how its apply went.")

    @Argument(help: "Its number.")
    var plan: String

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var server: ServerConnection

    func run() async throws {
        try await Invocation.run("terraform show") { _ in
            let plan = try await server.call(.GET, "/api/terraform/plans/\(ServerConnection.encoded(plan))")
            Terminal.output(json ? plan.prettyText : Self.text(plan))
        }
    }

    static func text(_ plan: JSON) -> String {
        let summary = plan["summary"]
        var lines = [
            "plan \(plan["id"].int ?? 0) of \(plan["project"].string ?? ""): \(plan["state"].string ?? "")"
                + (plan["reason"].string.map { ", \($0)" } ?? ""),
            "  digest     \(plan["digest"].string?.prefix(12) ?? "")",
            "  by         \((plan["facts"]["authors"].strings + [plan["uploaded_by"].string ?? ""]).joined(separator: ", "))",
            "  does       \(TerraformPlans.totals(summary["totals"]))" + (plan["loses_data"].bool == true ? "; data is lost" : "")
                + (plan["over_limit"].bool == true ? "; more than terraform.limits lets pass" : ""),
        ]
        for approval in plan["approvals"].array {
            lines.append(
                "  approved   by \(approval["person"].string ?? ""), \(approval["at"].string ?? "")"
                    + (approval["from"].int.map { ", as plan \($0), which does the same" } ?? ""))
        }
        let missing = (plan["needed"].int ?? 1) - plan["approvals"].array.count
        if plan["state"].string == "waiting", missing > 0 { lines.append("  waits for  \(missing) SRE\(missing == 1 ? "" : "s")") }
        for app in plan["apps"].array {
            let promises = app["objectives"].array.map { objective in
                "\(objective["name"].string ?? "") \(objective["target"].string ?? "")" + (objective["left"].string.map { ", \($0) left" } ?? "")
            }
            lines.append("  touches    \(app["app"].string ?? "")" + (promises.isEmpty ? "" : " (\(promises.joined(separator: "; ")))"))
        }
        for resource in summary["resources"].array.prefix(50) {
            lines.append(
                "    \(resource["action"].string ?? "") \(resource["address"].string ?? "")"
                    + (resource["holds_data"].bool == true ? " (holds data)" : ""))
        }
        for finding in plan["check"]["findings"].array where finding["violation"].bool == true {
            lines.append("    ✗ \(finding["address"].string ?? ""): \(finding["message"].string ?? "")")
        }
        for step in plan["report"]["steps"].array where step["state"].string != "done" {
            lines.append("    \(step["state"].string ?? "") \(step["address"].string ?? "")" + (step["error"].string.map { ": \($0)" } ?? ""))
        }
        return lines.joined(separator: "\n")
    }
}

/// `jubako terraform approve`, `reject`, `withdraw`.
struct TerraformApprove: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "approve", abstract: "Approve a proposed plan that somebody else made.",
        discussion: "The approval is for the digest that was looked at; where data is lost it also wants the project's name, and two SREs.")

    @Argument(help: "Its number.")
    var plan: String

    @Option(help: "What was looked at, as jubako terraform show prints it: at least 8 digits.")
    var digest: String

    @Option(help: ArgumentHelp("Where data is lost: the project's name.", valueName: "project"))
    var confirm: String?

    @OptionGroup var server: ServerConnection

    func run() async throws {
        try await PlanDecision.send(
            "approve", plan, server, .compact(["digest": .string(digest), "confirm": JSON(confirm), "by": .string(ServerConnection.person)]))
    }
}

struct TerraformReject: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "reject", abstract: "Reject a proposed plan.")

    @Argument(help: "Its number.")
    var plan: String

    @Option(help: "Why.")
    var reason: String

    @OptionGroup var server: ServerConnection

    func run() async throws {
        try await PlanDecision.send("reject", plan, server, ["reason": .string(reason), "by": .string(ServerConnection.person)])
    }
}

struct TerraformWithdraw: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "withdraw", abstract: "Withdraw a plan that you proposed.")

    @Argument(help: "Its number.")
    var plan: String

    @OptionGroup var server: ServerConnection

    func run() async throws { try await PlanDecision.send("withdraw", plan, server, ["by": .string(ServerConnection.person)]) }
}

/// What a decision on a plan asks of the server, and prints.
private enum PlanDecision {
    static func send(_ verb: String, _ plan: String, _ server: ServerConnection, _ body: JSON) async throws {
        try await Invocation.run("terraform \(verb)") { _ in
            let plan = try await server.call(.POST, "/api/terraform/plans/\(ServerConnection.encoded(plan))/\(verb)", body: body)
            Terminal.output(TerraformShow.text(plan).split(separator: "\n").first.map(String.init) ?? "")
            let missing = (plan["needed"].int ?? 1) - plan["approvals"].array.count
            if plan["state"].string == "waiting" { Terminal.output("  \(missing) more SRE\(missing == 1 ? " has" : "s have") to approve it") }
            if plan["state"].string == "approved" { Terminal.output("  apply it with: jubako terraform apply \(plan["id"].int ?? 0)") }
        }
    }
}
