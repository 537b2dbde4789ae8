import Foundation
import NIOHTTP1
import ServiceModel
import Subprocess
import TestSupport
import Testing

/// From the pull request to the applied plan, with the real Terraform, a server, and several people.
@Suite(.enabled("terraform or Python's package tf is missing") { await TerraformProject.isPossible() }) struct `A change of a project` {
    private let sealed = `A sealed plan`()

    @Test func `is planned, mended, approved by somebody else, and applied as it was approved`() async throws {
        try await sealed.withProject(`A sealed plan`.queue + "\n" + `A sealed plan`.database) { project, _ in
            try project.write(
                "environments: {local: {region: local, cluster: default, endpoint_url: 'http://127.0.0.1:9'}}\nterraform: {tag: Project}\nteams: {kitchen: {channel: '#kitchen'}}\n",
                to: "jubako.yml")
            try project.write(Self.recipes, to: "apps/recipes.yml")
            try project.write("resource \"terraform_data\" \"other\" {}\n", to: "terraform/ortensia/main.tf")
            try await project.commit("Add an app and another project")
            try await project.git("branch", "-f", "main", "change")
            try await ServerProcess.run(definitions: project.folder.path()) { server in
                try await self.walk(Desk(project: project, server: server))
            }
        }
    }

    static let recipes = """
        owner: kitchen
        project: kirare
        scheduler: {type: ecs, desired_count: 1}
        app: {image: web, memory: 64}
        objectives: [{name: availability, ratio: {bad: errors_total, total: requests_total}, objective: 99.9, window: 7d}]

        """

    /// The command line of somebody.
    private struct Desk: Sendable {
        let project: TerraformProject
        let server: ServerProcess

        func run(_ person: String, _ arguments: String...) async throws -> (code: Int32, output: String, error: String) {
            let environment: [Environment.Key: String?] = [
                "USER": person, "JUBAKO_SERVER": server.url, "JUBAKO_TOKEN_FILE": "\(server.directory)/server.token", "JUBAKO_TOKEN": nil,
            ]
            let result = try await project.jubako(["terraform"] + arguments, more: environment)
            #expect(!(result.output + result.error).contains("hunter2"), "\(arguments)")
            return result
        }

        func plan(_ id: Int) async throws -> JSON { try await server.call(.GET, "/api/terraform/plans/\(id)").body }
    }

    private func walk(_ desk: Desk) async throws {
        let project = desk.project
        // Ann adds a group, which the provider's default tags do not reach.
        let main = try String(contentsOf: project.directory.appending(path: "main.tf"), encoding: .utf8)
        try project.write(
            main + "resource \"aws_autoscaling_group\" \"group\" {\n  max_size = 1\n  min_size = 1\n}\n", to: "terraform/kirare/main.tf")
        try await project.commit("Add a group")
        let touched = try await desk.run("ann", "projects", "--changed-since", "main")
        #expect(touched.output.contains("kirare") && !touched.output.contains("ortensia"), "\(touched.output)")
        let missing = try await desk.run("ann", "plan", "--changed-since", "main", "--upload")
        #expect(missing.code == 5, "\(missing.output) \(missing.error)")
        #expect(try await desk.server.call(.GET, "/api/terraform/plans").body["plans"].array.isEmpty)

        let check = try await desk.run("ann", "check", "plans/kirare/plan.json", "--project", "kirare", "--patch", "fix.patch")
        #expect(check.code == 5)
        try await project.git("apply", "fix.patch")
        try FileManager.default.removeItem(at: project.folder.appending(path: "fix.patch"))
        try await project.commit("Tag the group")
        let proposed = try await desk.run("ann", "plan", "--changed-since", "main", "--upload")
        #expect(proposed.code == 2 && proposed.error.contains("plan 1 is waiting"), "\(proposed.error)")
        #expect(proposed.output.contains("touches recipes of kitchen: availability 99.9 %"), "\(proposed.output)")

        let first = try await desk.plan(1)
        let digest = try #require(first["digest"].string)
        #expect(first["facts"]["authors"].strings == ["ann@example.com"] && first["apps"][0]["app"] == "recipes", "\(first["apps"])")
        let own = try await desk.run("ann", "approve", "1", "--digest", String(digest.prefix(12)))
        #expect(own.code == 1 && own.error.contains("somebody else has to approve it"), "\(own.error)")
        let early = try await desk.run("ben", "apply", "1")
        #expect(early.code == 1 && early.error.contains("plan 1 is waiting"), "\(early.error)")
        let blind = try await desk.run("ben", "approve", "1", "--digest", "0123456789")
        #expect(blind.code == 1 && blind.error.contains("is not what you looked at"), "\(blind.error)")
        let approved = try await desk.run("ben", "approve", "1", "--digest", String(digest.prefix(12)))
        #expect(approved.code == 0 && approved.output.contains("apply it with"), "\(approved.output) \(approved.error)")

        // The same meaning keeps the approval, another one does not.
        let tagged = try String(contentsOf: project.directory.appending(path: "main.tf"), encoding: .utf8)
        try project.write(tagged + "# why there is a group\n", to: "terraform/kirare/main.tf")
        try await project.commit("Explain the group")
        let same = try await desk.run("ann", "plan", "--changed-since", "main", "--upload")
        #expect(same.error.contains("plan 2 is approved") && same.error.contains("the approval of plan 1 holds"), "\(same.error)")
        #expect(try await desk.plan(1)["state"] == "superseded")
        try project.write(tagged.replacing("max_size = 1", with: "max_size = 2"), to: "terraform/kirare/main.tf")
        try await project.commit("Let the group grow")
        let other = try await desk.run("ann", "plan", "--changed-since", "main", "--upload")
        #expect(other.error.contains("plan 3 is waiting"), "\(other.error)")
        let third = try await desk.plan(3)
        #expect(third["reason"].string?.contains("does something else than plan 2") == true, "\(third["reason"])")
        #expect(try await desk.run("ben", "approve", "3", "--digest", third["digest"].string ?? "").code == 0)

        let applied = try await desk.run("ben", "apply", "3")
        #expect(applied.code == 0 && applied.output.contains("kirare: applied, 3 done"), "\(applied.output) \(applied.error)")
        let ended = try await desk.plan(3)
        #expect(ended["state"] == "applied" && ended["report"]["steps"].array.count == 3 && ended["report"]["by"] == "ben", "\(ended["report"])")
        #expect(ended["journal"].array.count >= 6)
        let again = try await desk.run("ben", "apply", "3")
        #expect(again.code == 1 && again.error.contains("plan 3 is applied"), "\(again.error)")
        let shown = try await desk.run("ann", "show", "3")
        #expect(shown.output.contains("plan 3 of kirare: applied") && shown.output.contains("touches    recipes"), "\(shown.output)")
        let nothing = try await desk.run("ann", "plan", "kirare")
        #expect(nothing.code == 0, "\(nothing.output)")

        try await drift(desk)
        let audit = try await desk.server.call(.GET, "/api/audit?limit=100").body["rows"].array
        let acts = audit.compactMap { $0["action"].string ?? $0["summary"].string }
        for act in ["Propose a plan", "Approve a plan", "Take the turn", "End the apply"] {
            #expect(acts.contains { $0.contains(act) }, "\(act): \(acts)")
        }
        try await sealed.expectNoSecret(in: project)
        try `A sealed plan`.expectNoSecret(below: URL(filePath: desk.server.directory))
    }

    /// What somebody changes by hand is found, kept by the server, and told once.
    private func drift(_ desk: Desk) async throws {
        #expect(try await desk.run("ann", "drift", "kirare", "--upload").code == 0)
        let world = try String(contentsOf: desk.project.world, encoding: .utf8)
        try Data(world.replacing("\"name\": \"jobs\"", with: "\"name\": \"by-hand\"").utf8).write(to: desk.project.world)
        for _ in 0..<2 {
            let found = try await desk.run("ann", "drift", "kirare", "--upload")
            #expect(found.code == 2 && found.output.contains("~ aws_sqs_queue.jobs: name"), "\(found.output) \(found.error)")
        }
        let kept = try await desk.server.call(.GET, "/api/terraform/drift").body["projects"][0]
        #expect(kept["project"] == "kirare" && kept["resources"][0]["attributes"].strings == ["name"], "\(kept)")
        try Data(world.utf8).write(to: desk.project.world)
        #expect(try await desk.run("ann", "drift", "kirare", "--upload").code == 0)
        try await eventually("the channel was told once of each") {
            let told = try await desk.server.get("/slack/channels/sre").body + desk.server.get("/slack/channels/kitchen").body
            return told.components(separatedBy: "past Terraform").count == 2 && told.contains("is again as Terraform knows it")
        }
    }
}
