import Foundation
import ServiceModel
import Subprocess
import SystemPackage
import Testing

/// Plans of the real Terraform, with a stand-in for the AWS provider.
@Suite(.enabled("terraform or Python's package tf is missing") { await TerraformProject.isPossible() }) struct `Terraform's own plans` {
    static let configuration = """
        terraform {
          required_providers { aws = { source = "hashicorp/aws" } }
        }
        provider "aws" {
          default_tags { tags = { Project = "kirare", Env = "production" } }
        }
        provider "aws" {
          alias  = "tokyo"
          region = "ap-northeast-1"
        }
        variable "secret" { sensitive = true }
        resource "aws_sqs_queue" "ok" { name = "a" }
        resource "aws_sqs_queue" "wrong" {
          tags = { Project = "other" }
        }
        resource "aws_sqs_queue" "missing" { provider = aws.tokyo }
        resource "aws_sqs_queue" "value" {
          provider = aws.tokyo
          tags     = { Project = aws_sqs_queue.ok.arn }
        }
        resource "aws_sqs_queue" "map" {
          for_each = toset(["a.b", "c\\"d", "重箱"])
          tags     = each.key == "a.b" ? { (aws_sqs_queue.ok.id) = "x" } : null
        }
        resource "aws_db_instance" "db" {
          identifier = "d"
          password   = var.secret
        }
        resource "aws_autoscaling_group" "group" {
          max_size = 1
          min_size = 1
        }
        resource "aws_route53_record" "record" {
          name    = "x"
          type    = "A"
          zone_id = "z"
        }
        resource "aws_security_group" "door" {
          name = "door"
          lifecycle { create_before_destroy = true }
        }

        """

    @Test func `are judged, mended by the patch, and then pass`() async throws {
        try await TerraformProject.with(Self.configuration) { project in
            try await project.plan()
            let first = try await project.jubako("terraform", "check", "plan.json", "--project", "kirare", "--json", "--patch", "fix.patch")
            #expect(first.code == 5, "\(first.error)")
            let report = try JSON(parsing: first.output)
            let verdicts = report["findings"].array.reduce(into: [String: String]()) { $0[$1["address"].string ?? ""] = $1["verdict"].string }
            #expect(
                verdicts == [
                    "aws_sqs_queue.wrong": "wrong", "aws_sqs_queue.missing": "missing", "aws_sqs_queue.value": "unknown",
                    #"aws_sqs_queue.map["a.b"]"#: "unknown", "aws_autoscaling_group.group": "missing",
                ])
            #expect(report["counts"]["ok"].int == 5 && report["counts"]["not-taggable"].int == 1)
            #expect(report["findings"].array.allSatisfy { $0["violation"].bool == false || $0["file"].string == "terraform/kirare/main.tf" })

            let summary = try await project.jubako("terraform", "summary", "plan.json", "--output", "markdown")
            #expect(summary.code == 2 && summary.output.contains("11 to create"))
            #expect(!(first.output + first.error + summary.output + summary.error).contains("hunter2"))

            try await project.git("apply", "fix.patch")
            try await project.plan()
            let second = try await project.jubako("terraform", "check", "plan.json", "--project", "kirare")
            #expect(second.code == 0, "\(second.error)")

            try await project.terraform("apply", "-input=false", "plan.tfplan")
            try await project.plan()
            let third = try await project.jubako("terraform", "check", "plan.json", "--project", "kirare")
            // what was unknown is known now: the queue that was tagged with another one's address is an old debt
            #expect(third.code == 0 && third.error.contains("! aws_sqs_queue.value (no-op): Project is \"arn:"), "\(third.error)")
            #expect(try await project.jubako("terraform", "summary", "plan.json").code == 0)
        }
    }

    @Test func `are refused when they are only a part`() async throws {
        try await TerraformProject.with(Self.configuration) { project in
            try await project.plan("-target=aws_sqs_queue.ok")
            let targeted = try await project.jubako("terraform", "check", "plan.json", "--project", "kirare")
            #expect(targeted.code == 1 && targeted.error.contains("-target"), "\(targeted.error)")
            let broken = """
                resource "aws_sqs_queue" "late" {
                  lifecycle {
                    precondition {
                      condition     = var.secret == ""
                      error_message = "no"
                    }
                  }
                }
                """
            try Data(broken.utf8).write(to: project.directory.appending(path: "broken.tf"))
            try await project.plan(accepting: [1])
            let errored = try await project.jubako("terraform", "check", "plan.json", "--project", "kirare")
            #expect(errored.code == 1 && errored.error.contains("failed half-way"), "\(errored.error)")
        }
    }

    @Test func `tell of what a failed replacement left behind`() async throws {
        try await TerraformProject.with(Self.configuration) { project in
            try await project.terraform("apply", "-input=false", "-auto-approve")
            let text = try String(contentsOf: project.directory.appending(path: "main.tf"), encoding: .utf8)
            try Data(text.replacing("\"door\"\n", with: "\"gate\"\n").utf8).write(to: project.directory.appending(path: "main.tf"))
            try await project.terraform("apply", "-input=false", "-auto-approve", accepting: [1], more: ["FAKEAWS_FAIL_DELETE": "aws_security_group"])
            try await project.plan()
            let summary = try await project.jubako("terraform", "summary", "plan.json")
            #expect(summary.code == 2 && summary.output.contains("deposed object"), "\(summary.output)")
            #expect(
                try JSON(parsing: try await project.jubako("terraform", "check", "plan.json", "--project", "kirare", "--json").output)["checked"] == 0
            )
        }
    }

    @Test func `are made side by side, and kept where only their owner reads them`() async throws {
        try await TerraformProject.with(Self.configuration) { project in
            let other = project.folder.appending(path: "terraform/ortensia")
            try FileManager.default.createDirectory(at: other, withIntermediateDirectories: true)
            try Data("resource \"terraform_data\" \"x\" {}\n".utf8).write(to: other.appending(path: "main.tf"))
            let broken = project.folder.appending(path: "terraform/broken")
            try FileManager.default.createDirectory(at: broken, withIntermediateDirectories: true)
            try Data("resource \"terraform_data\" \"x\" { nothing = 1 }\n".utf8).write(to: broken.appending(path: "main.tf"))

            let good = try await project.jubako("terraform", "plan", "ortensia", "--out", "plans")
            #expect(good.code == 2 && good.output.hasPrefix("ortensia: 1 to create\n"), "\(good.output) \(good.error)")
            let all = try await project.jubako("terraform", "plan", "--all", "--out", "plans", "--json")
            #expect(all.code == 1)
            let results = try JSON(parsing: all.output)["projects"].array
            #expect(results.map { $0["project"].string ?? "" } == ["broken", "kirare", "ortensia"])
            #expect(results.map { $0["outcome"].string ?? "" } == ["failed", "violations", "changes"])
            #expect(results.first?["errors"][0].string?.contains("Unsupported argument") == true, "\(all.output)")
            #expect(results[1]["check"]["findings"].array.contains { $0["file"].string == "terraform/kirare/main.tf" })
            #expect(!(all.output + all.error + good.output + good.error).contains("hunter2"))

            let bundle = project.folder.appending(path: "plans/kirare")
            let facts = try JSON(parsing: try String(contentsOf: bundle.appending(path: "bundle.json"), encoding: .utf8))
            #expect(facts["files"].object.count == 4 && facts["digest"].string == results[1]["digest"].string)
            let summary = try String(contentsOf: bundle.appending(path: "summary.md"), encoding: .utf8)
            #expect(summary.contains("11 to create") && !(summary + facts.text).contains("hunter2"))
            let permissions = try FileManager.default.attributesOfItem(atPath: bundle.path())[.posixPermissions] as? Int
            #expect(permissions == 0o700)
        }
    }

    @Test func `say who holds a state's lock`() async throws {
        try await TerraformProject.with("resource \"terraform_data\" \"x\" {}\n") { project in
            let holder = """
                import fcntl, os, time
                file = open("terraform.tfstate", "a")
                fcntl.lockf(file, fcntl.LOCK_EX)
                info = '{"ID":"4711","Operation":"OperationTypeApply","Info":"","Who":"sre@host","Version":"1.11.4","Created":"2026-01-02T03:04:05Z","Path":"x"}'
                open(".terraform.tfstate.lock.info", "w").write(info)
                print("locked", flush=True)
                while not os.path.exists("release"): time.sleep(0.05)
                """
            let folder = FilePath(project.directory.path())
            _ = try await Subprocess.run(
                .name("python3"), arguments: ["-c", holder], workingDirectory: folder, input: .none, output: .sequence, error: .discarded
            ) { execution in
                for try await _ in execution.standardOutput.strings() { break }
                let locked = try await project.jubako("terraform", "plan", "kirare", "--out", "plans", "--lock-timeout", "0s")
                #expect(locked.code == 1 && locked.error.contains("locked by sre@host since 2026-01-02"), "\(locked.error)")
                try Data().write(to: project.directory.appending(path: "release"))
            }
        }
    }
}
