import Foundation
import ServiceModel
import TestSupport
import Testing

@testable import Terraform

@Suite struct `The fix of a tag` {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let before: String
        let after: String
        var type = "aws_sqs_queue"
        var own = "null"
    }

    static let provider = "provider \"aws\" {\n  default_tags {\n    tags = { Project = \"kirare\" }\n  }\n}\n"

    static let cases: [Case] = [
        Case(
            testDescription: "a provider without defaults", before: "provider \"aws\" {\n  region = \"x\"\n}\nresource \"aws_sqs_queue\" \"x\" {}\n",
            after:
                "provider \"aws\" {\n  region = \"x\"\n  default_tags {\n    tags = {\n      Project = \"kirare\"\n    }\n  }\n}\nresource \"aws_sqs_queue\" \"x\" {}\n"
        ),
        Case(
            testDescription: "a provider with other defaults",
            before: "provider \"aws\" {\n  default_tags {\n    tags = {\n      Env = \"p\"\n    }\n  }\n}\nresource \"aws_sqs_queue\" \"x\" {}\n",
            after:
                "provider \"aws\" {\n  default_tags {\n    tags = {\n      Project = \"kirare\"\n      Env = \"p\"\n    }\n  }\n}\nresource \"aws_sqs_queue\" \"x\" {}\n"
        ),
        Case(
            testDescription: "a provider on one line", before: "provider \"aws\" { region = \"x\" } # ours\nresource \"aws_sqs_queue\" \"x\" {}\n",
            after:
                "provider \"aws\" {\n  region = \"x\"\n  default_tags {\n    tags = {\n      Project = \"kirare\"\n    }\n  }\n} # ours\nresource \"aws_sqs_queue\" \"x\" {}\n"
        ),
        Case(
            testDescription: "its own wrong tag", before: "resource \"aws_sqs_queue\" \"x\" {\n  tags = {\n    Project = \"other\" # why\n  }\n}\n",
            after: "resource \"aws_sqs_queue\" \"x\" {\n  tags = {\n    Project = \"kirare\" # why\n  }\n}\n", own: #"{"Project": "other"}"#),
        Case(
            testDescription: "its own wrong tag on one line",
            before: "resource \"aws_sqs_queue\" \"x\" {\n  tags = { \"Project\" : \"other\", A = 1 }\n}\n",
            after: "resource \"aws_sqs_queue\" \"x\" {\n  tags = { \"Project\" : \"kirare\", A = 1 }\n}\n", own: #"{"Project": "other"}"#),
        Case(
            testDescription: "its own wrong tag by an expression", before: "resource \"aws_sqs_queue\" \"x\" {\n  tags = merge(local.a, var.b)\n}\n",
            after: "resource \"aws_sqs_queue\" \"x\" {\n  tags = merge(merge(local.a, var.b), { Project = \"kirare\" })\n}\n",
            own: #"{"Project": "other"}"#),
        Case(
            testDescription: "no newline at the end", before: "resource \"aws_sqs_queue\" \"x\" {\n  tags = { Project = \"other\" }\n}",
            after: "resource \"aws_sqs_queue\" \"x\" {\n  tags = { Project = \"kirare\" }\n}", own: #"{"Project": "other"}"#),
        Case(
            testDescription: "a group", before: "resource \"aws_autoscaling_group\" \"x\" {\n  max_size = 1\n}\n",
            after:
                "resource \"aws_autoscaling_group\" \"x\" {\n  max_size = 1\n  tag {\n    key                 = \"Project\"\n    value               = \"kirare\"\n    propagate_at_launch = true\n  }\n}\n",
            type: "aws_autoscaling_group"),
    ]

    @Test(arguments: cases)
    func `is a patch that git applies`(_ one: Case) async throws {
        try await withTemporaryDirectory { folder in
            let file = folder.appending(path: "main.tf")
            try Data(one.before.utf8).write(to: file)
            let own = one.own == "null" ? "{}" : one.own
            let after = one.type == "aws_autoscaling_group" ? #"{"tag": []}"# : #"{"tags": \#(one.own), "tags_all": \#(own)}"#
            let change = try Plans.change(after, type: one.type)
            let configuration = try Plans.configuration(one.type, "{}")
            var report = try TagCheck(rule: TagRule(value: "kirare")).check(Plans.plan([change], configuration: configuration))
            report.locate(in: folder.path())
            #expect(report.findings.first?.file?.hasSuffix("main.tf") == true)
            // the folder is absolute here, where a repository's would be relative
            let patch = report.patch.replacing(ConfigurationFolder.normal(folder.path()) + "/", with: "").replacing("a//", with: "a/")
            try Data(patch.utf8).write(to: folder.appending(path: "fix.patch"))
            _ = try await Shell.run(
                "git", ["apply", "--unsafe-paths", "--directory=\(folder.path())", folder.appending(path: "fix.patch").path()], in: folder)
            #expect(try String(contentsOf: file, encoding: .utf8) == one.after, "\(patch)")
        }
    }

    @Test func `lies in the module that declares the resource`() async throws {
        try await withTemporaryDirectory { folder in
            let module = folder.appending(path: "shared/queue")
            try FileManager.default.createDirectory(at: module, withIntermediateDirectories: true)
            try FileManager.default.createDirectory(at: folder.appending(path: "kirare"), withIntermediateDirectories: true)
            try Data("resource \"aws_sqs_queue\" \"x\" {\n  tags = { Project = \"other\" }\n}\n".utf8).write(to: module.appending(path: "q.tf"))
            let wrong = #"{"tags": {"Project": "other"}, "tags_all": {"Project": "other"}}"#
            let change = try Plans.change(
                wrong, more: ["address": #"module.q["a.b"].aws_sqs_queue.x"#, "module_address": #"module.q["a.b"]"#])
            let configuration = try JSON(
                parsing: """
                    {"root_module": {"module_calls": {"q": {"source": "../shared/queue", "module": {"resources": [
                    {"type": "aws_sqs_queue", "name": "x", "mode": "managed", "provider_config_key": "aws"}]}}}}}
                    """)
            var report = try TagCheck(rule: TagRule(value: "kirare")).check(Plans.plan([change], configuration: configuration))
            report.locate(in: folder.appending(path: "kirare").path())
            #expect(report.findings.first?.file?.hasSuffix("shared/queue/q.tf") == true)
            #expect(report.findings.first?.line == 2)
        }
    }

    @Test func `names the provider's alias, also when no file is at hand`() throws {
        let change = try Plans.change(#"{"tags": null}"#, unknown: #"{"tags_all": true}"#)
        var configuration = try Plans.configuration(provider: "aws.tokyo", "{}")
        configuration["provider_config"]["aws.tokyo"]["alias"] = "tokyo"
        let report = try TagCheck(rule: TagRule(value: "kirare")).check(Plans.plan([change], configuration: configuration))
        #expect(report.findings.first?.fix == #"add Project = "kirare" to default_tags of the provider "aws", alias "tokyo""#)
    }
}
