import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import ServiceModel
import Subprocess
import SystemPackage
import TestSupport
import Testing

/// Applying the very plan that was looked at, with the real Terraform and its state in an S3 of this machine.
@Suite(.enabled("terraform or Python's package tf is missing") { await TerraformProject.isPossible() }) struct `A sealed plan` {
    static func configuration(_ bucket: String, _ body: String) -> String {
        """
        terraform {
          required_providers { aws = { source = "hashicorp/aws" } }
          backend "s3" {
            bucket                      = "states"
            key                         = "kirare.tfstate"
            region                      = "ap-northeast-1"
            use_lockfile                = true
            use_path_style              = true
            skip_credentials_validation = true
            skip_requesting_account_id  = true
            skip_metadata_api_check     = true
            skip_region_validation      = true
            endpoints                   = { s3 = "\(bucket)", sts = "\(bucket)", iam = "\(bucket)", dynamodb = "\(bucket)" }
          }
        }
        provider "aws" {
          default_tags { tags = { Project = "kirare" } }
        }
        variable "secret" { sensitive = true }
        \(body)

        """
    }

    static let queue = #"resource "aws_sqs_queue" "jobs" { name = "jobs" }"#
    static let database = """
        resource "aws_db_instance" "db" {
          identifier = "d"
          password   = var.secret
        }
        """

    /// A project that was committed, with its state in a bucket.
    func withProject(_ body: String, _ test: @escaping @Sendable (TerraformProject, _ bucket: String) async throws -> Void) async throws {
        try await MotoServer.run { moto in
            let made = try await Self.put("\(moto.url)/states", "")
            #expect(made == 200)
            let credentials: [Environment.Key: String?] = ["AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_PROFILE": nil]
            try await TerraformProject.with(Self.configuration(moto.url, body), more: credentials) { project in
                try await project.commit("Add the project")
                try await project.git("checkout", "-q", "-b", "change")
                try await test(project, "\(moto.url)/states")
            }
        }
    }

    private static func put(_ url: String, _ body: String) async throws -> UInt {
        var request = HTTPClientRequest(url: url)
        request.method = .PUT
        request.body = .bytes(ByteBuffer(string: body))
        return try await HTTPClient.shared.execute(request, timeout: .seconds(30)).status.code
    }

    private func plan(_ project: TerraformProject) async throws {
        let plan = try await project.jubako("terraform", "plan", "kirare", "--out", "plans", "--base", "main")
        #expect(plan.code == 2, "\(plan.error)")
        #expect(!(plan.output + plan.error).contains("hunter2"))
    }

    /// Tries to apply, and expects to be refused for one reason.
    private func refusal(_ project: TerraformProject, _ code: String, _ words: String = "") async throws {
        let apply = try await project.jubako("terraform", "apply", "plans/kirare", "--without-approval", "test", "--lock-timeout", "0s", "--json")
        let refusals = try? JSON(parsing: apply.output)["refusals"].array
        #expect(apply.code == 6 && refusals?.map { $0["code"].string } == [code], "\(apply.output) \(apply.error)")
        if !words.isEmpty { #expect((apply.output + apply.error).contains(words), "\(apply.output)") }
        #expect(!(apply.output + apply.error).contains("hunter2"))
    }

    @Test func `is refused when anything is not as it was, and else applied to the letter, once`() async throws {
        try await withProject("\(Self.queue)\n\(Self.database)") { project, bucket in
            try await plan(project)
            let unapproved = try await project.jubako("terraform", "apply", "plans/kirare")
            #expect(unapproved.code == 6 && unapproved.error.contains("not-approved"), "\(unapproved.error)")

            // Terraform itself would apply the old configuration without a word.
            let main = try String(contentsOf: project.directory.appending(path: "main.tf"), encoding: .utf8)
            try project.write(main.replacing("\"jobs\" { name", with: "\"other\" { name"), to: "terraform/kirare/main.tf")
            try await refusal(project, "config-edited", "git checkout")
            try project.write(main, to: "terraform/kirare/main.tf")

            try await project.git("checkout", "-q", "main")
            try project.write("# another project's", to: "terraform/ortensia/main.tf")
            try await project.commit("Change another project")
            try await project.git("checkout", "-q", "change")
            let lock: JSON = [
                "ID": "4711", "Operation": "OperationTypeApply", "Who": "sre@host", "Created": "2026-01-02T03:04:05Z", "Path": "states",
            ]
            #expect(try await Self.put("\(bucket)/kirare.tfstate.tflock", lock.text) == 200)
            try await refusal(project, "locked", "terraform force-unlock 4711")
            try await project.terraform("force-unlock", "-force", "4711")

            try await project.git("checkout", "-q", "main")
            try project.write(main + "# somebody else's change\n", to: "terraform/kirare/main.tf")
            try await project.commit("Change the same project")
            try await project.git("checkout", "-q", "change")
            try await refusal(project, "base-moved", "main has other files of kirare")
            try await project.git("branch", "-f", "main", "change")

            let summary = project.folder.appending(path: "plans/kirare/summary.md")
            let text = try Data(contentsOf: summary)
            try (text + Data("x".utf8)).write(to: summary)
            let altered = try await project.jubako("terraform", "apply", "plans/kirare", "--without-approval", "test")
            #expect(altered.code == 1 && altered.error.contains("summary.md was changed after the plan was sealed"), "\(altered.error)")
            try text.write(to: summary)

            let applied = try await project.jubako("terraform", "apply", "plans/kirare", "--without-approval", "a test")
            #expect(applied.code == 0 && applied.output.hasPrefix("kirare: applied, 2 done"), "\(applied.output) \(applied.error)")
            let again = try await project.jubako("terraform", "apply", "plans/kirare", "--without-approval", "test")
            #expect(again.code == 6 && again.error.contains("was applied already"), "\(again.error)")
            #expect(!(applied.output + applied.error + again.error).contains("hunter2"))
            try await expectNoSecret(in: project)
        }
    }

    @Test func `is refused when the world moved on under it`() async throws {
        try await withProject(Self.queue) { project, _ in
            try await plan(project)
            let first = try await project.jubako("terraform", "apply", "plans/kirare", "--without-approval", "a test")
            #expect(first.code == 0, "\(first.error)")
            let main = try String(contentsOf: project.directory.appending(path: "main.tf"), encoding: .utf8)
            try project.write(main + Self.database, to: "terraform/kirare/main.tf")
            try await project.commit("Add a database")
            try await plan(project)

            // Somebody changes the queue by hand.
            let world = try String(contentsOf: project.world, encoding: .utf8)
            #expect(world.contains(#""name": "jobs""#))
            try Data(world.replacing(#""name": "jobs""#, with: #""name": "by-hand""#).utf8).write(to: project.world)
            try await refusal(project, "drift", "aws_sqs_queue.jobs")
            try Data(world.utf8).write(to: project.world)

            // A provider of the same version with other bytes.
            let program = project.mirror.appending(path: "registry.terraform.io/hashicorp/aws/5.99.0/linux_amd64/terraform-provider-aws_v5.99.0_x6")
            let bytes = try Data(contentsOf: program)
            try (bytes + Data("\n# changed\n".utf8)).write(to: program)
            try await refusal(project, "provider-differs")
            try bytes.write(to: program)

            // Somebody else applies in between.
            try await project.terraform("apply", "-input=false", "-auto-approve")
            try await refusal(project, "state-moved", "serial")
        }
    }

    @Test func `that fails half-way tells what is done, what failed, and what was left behind`() async throws {
        let door = """
            resource "aws_security_group" "door" {
              name = "door"
              lifecycle { create_before_destroy = true }
            }
            """
        try await withProject(door) { project, _ in
            try await project.terraform("apply", "-input=false", "-auto-approve")
            let main = try String(contentsOf: project.directory.appending(path: "main.tf"), encoding: .utf8)
            try project.write(main.replacing("\"door\"\n", with: "\"gate\"\n") + Self.queue, to: "terraform/kirare/main.tf")
            try await project.commit("Rename the door")
            try await plan(project)
            let failed = try await project.jubako(
                "terraform", "apply", "plans/kirare", "--without-approval", "test", more: ["FAKEAWS_FAIL_DELETE": "aws_security_group"])
            #expect(failed.code == 3, "\(failed.output) \(failed.error)")
            #expect(
                failed.output.contains("✗ aws_security_group.door (replace)") && failed.output.contains("✓ aws_sqs_queue.jobs (create)"),
                "\(failed.output)")
            #expect(failed.output.contains("deposed: aws_security_group.door") && failed.output.contains("jubako terraform plan kirare"))
            let report = try JSON(parsing: try await project.jubako("terraform", "apply", "plans/kirare", "--report", "--json").output)
            #expect(report["outcome"] == "failed" && report["deposed"].array.count == 1 && report["without_approval"] == "test")

            try await plan(project)
            let mended = try await project.jubako("terraform", "apply", "plans/kirare", "--without-approval", "test")
            #expect(mended.code == 0, "\(mended.output) \(mended.error)")
        }
    }

    @Test func `whose apply was killed tells what was in flight`() async throws {
        let slow = """
            resource "terraform_data" "slow" {
              provisioner "local-exec" { command = "sleep 60" }
            }
            """
        try await withProject("\(Self.queue)\n\(slow)") { project, _ in
            try await plan(project)
            let journal = project.folder.appending(path: "plans/kirare/journal.jsonl")
            _ = try await Subprocess.run(
                .path(FilePath(EngineProcess.program)), arguments: ["terraform", "apply", "plans/kirare", "--without-approval", "test"],
                environment: project.programs, workingDirectory: FilePath(project.folder.path()), input: .none, output: .discarded, error: .discarded
            ) { execution in
                try await eventually("the slow resource is under way", within: .seconds(60)) {
                    guard let text = try? String(contentsOf: journal, encoding: .utf8) else { return false }
                    return text.contains(#""provision_start""#) && text.contains(#""apply_complete""#)
                }
                let running = try await project.jubako("terraform", "apply", "plans/kirare", "--report", "--json")
                #expect(try JSON(parsing: running.output)["outcome"] == "running", "\(running.output) \(running.error)")
                for child in try Self.children(of: execution.processIdentifier.value) { kill(child, SIGKILL) }
                try execution.send(signal: .kill)
            }
            let report = try await project.jubako("terraform", "apply", "plans/kirare", "--report", "--json")
            let steps = try JSON(parsing: report.output)["steps"].array.reduce(into: [:]) { $0[$1["address"].string ?? ""] = $1["state"].string }
            #expect(try JSON(parsing: report.output)["outcome"] == "lost", "\(report.output)")
            #expect(steps == ["aws_sqs_queue.jobs": "done", "terraform_data.slow": "in-flight"], "\(report.output)")
            let again = try await project.jubako("terraform", "apply", "plans/kirare", "--without-approval", "test")
            #expect(again.code == 6, "\(again.error)")
            // The lock of the dead run is still there, and the plan says how to free it.
            let plan = try await project.jubako("terraform", "plan", "kirare", "--out", "plans", "--lock-timeout", "0s")
            #expect(plan.code == 1 && plan.error.contains("terraform force-unlock"), "\(plan.error)")
        }
    }

    @Test func `that loses data, or much, wants to be told so`() async throws {
        try await withProject("\(Self.queue)\n\(Self.database)") { project, _ in
            try await project.terraform("apply", "-input=false", "-auto-approve")
            let main = try String(contentsOf: project.directory.appending(path: "main.tf"), encoding: .utf8)
            try project.write(main.replacing(Self.database, with: "").replacing(Self.queue, with: ""), to: "terraform/kirare/main.tf")
            try project.write("terraform: {limits: {destroy: 1}}\n", to: "jubako.yml")
            try await project.commit("Remove everything")
            try await plan(project)
            let asked = try await project.jubako("terraform", "apply", "plans/kirare", "--without-approval", "test")
            #expect(asked.code == 6 && asked.error.contains("--allow-destroy 2") && asked.error.contains("--confirm kirare"), "\(asked.error)")
            let wrong = try await project.jubako(
                "terraform", "apply", "plans/kirare", "--without-approval", "test", "--allow-destroy", "3", "--confirm", "aws_db_instance.other")
            #expect(wrong.code == 6 && wrong.error.contains("over-the-limit") && wrong.error.contains("not-confirmed"), "\(wrong.error)")
            let applied = try await project.jubako(
                "terraform", "apply", "plans/kirare", "--without-approval", "test", "--allow-destroy", "2", "--confirm", "kirare")
            #expect(applied.code == 0, "\(applied.output) \(applied.error)")

            try project.write("terraform: {limits: {destroy: -1}}\n", to: "jubako.yml")
            let bad = try await project.jubako("terraform", "apply", "plans/kirare")
            #expect(bad.code == 1 && bad.error.contains("jubako.yml:1:"), "\(bad.error)")
        }
    }

    @Test func `that is interrupted ends in good order, and says what is left`() async throws {
        let slow = """
            resource "terraform_data" "slow" {
              provisioner "local-exec" { command = "exec sleep 60" }
            }
            resource "aws_sqs_queue" "later" {
              name       = "later"
              depends_on = [terraform_data.slow]
            }
            """
        try await withProject(slow) { project, _ in
            try await plan(project)
            let journal = project.folder.appending(path: "plans/kirare/journal.jsonl")
            let result = try await Subprocess.run(
                .path(FilePath(EngineProcess.program)), arguments: ["terraform", "apply", "plans/kirare", "--without-approval", "test"],
                environment: project.programs, workingDirectory: FilePath(project.folder.path()), input: .none, output: .discarded, error: .discarded
            ) { execution in
                try await eventually("the slow resource is under way", within: .seconds(60)) {
                    (try? String(contentsOf: journal, encoding: .utf8))?.contains(#""provision_start""#) == true
                }
                try execution.send(signal: .interrupt)
            }
            #expect(result.terminationStatus == .exited(3))
            let report = try JSON(parsing: try await project.jubako("terraform", "apply", "plans/kirare", "--report", "--json").output)
            let steps = report["steps"].array.reduce(into: [:]) { $0[$1["address"].string ?? ""] = $1["state"].string }
            #expect(report["outcome"] == "failed" && steps == ["terraform_data.slow": "failed", "aws_sqs_queue.later": "left"], "\(report.text)")
            // The lock was given back.
            let again = try await project.jubako("terraform", "plan", "kirare", "--out", "plans", "--lock-timeout", "0s")
            #expect(again.code == 2, "\(again.error)")
        }
    }

    @Test func `of a deleted project destroys what it had made`() async throws {
        try await withProject("\(Self.queue)\nresource \"aws_route53_record\" \"gone\" {\n  name = \"x\"\n  type = \"A\"\n  zone_id = \"z\"\n}\n") {
            project, _ in
            try await project.terraform("apply", "-input=false", "-auto-approve")
            try FileManager.default.removeItem(at: project.directory)
            try project.write("# other", to: "terraform/ortensia/README.md")
            try await project.commit("Delete the project")
            let plan = try await project.jubako("terraform", "plan", "--changed-since", "main", "--out", "plans")
            #expect(plan.code == 2 && plan.output.contains("kirare: 2 to destroy"), "\(plan.output) \(plan.error)")
            let asked = try await project.jubako("terraform", "apply", "plans/kirare", "--without-approval", "test")
            #expect(asked.code == 6 && asked.error.contains("aws_sqs_queue.jobs"), "\(asked.error)")
            let applied = try await project.jubako("terraform", "apply", "plans/kirare", "--without-approval", "test", "--confirm", "kirare")
            #expect(applied.code == 0, "\(applied.output) \(applied.error)")
            #expect(try String(contentsOf: project.world, encoding: .utf8).contains("aws_sqs_queue") == false)
            // Its folder comes back: the plan that destroys it does not hold any more.
            try await project.git("checkout", "-q", "main")
            let back = try await project.jubako("terraform", "apply", "plans/kirare", "--without-approval", "test")
            #expect(back.code == 6, "\(back.error)")
        }
    }

    private static func children(of process: pid_t) throws -> [pid_t] {
        try FileManager.default.contentsOfDirectory(atPath: "/proc").compactMap(pid_t.init).filter { id in
            // The parent is the second field after the name, which may hold spaces.
            let status = (try? String(contentsOfFile: "/proc/\(id)/stat", encoding: .utf8)) ?? ""
            return status.split(separator: ")").last?.split(separator: " ").dropFirst().first.flatMap { pid_t($0) } == process
        }
    }

    /// Looks for the seeded secret in all that is kept, the plan's own archive aside.
    func expectNoSecret(in project: TerraformProject) async throws { try Self.expectNoSecret(below: project.folder.appending(path: "plans")) }

    static func expectNoSecret(below plans: URL) throws {
        for name in try FileManager.default.subpathsOfDirectory(atPath: plans.path()) where !name.hasSuffix(".tfplan") {
            guard let data = FileManager.default.contents(atPath: plans.appending(path: name).path()) else { continue }
            #expect(data.range(of: Data("hunter2".utf8)) == nil, "\(name)")
        }
    }
}
