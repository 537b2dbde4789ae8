import Foundation
import ServiceModel
import Testing

@testable import Terraform

@Suite struct `A file that is not a whole, faultless plan` {
    static let rest = #""resource_changes": []"#

    static let cases: [(what: String, text: String, says: String)] = [
        ("nothing", "", "empty"),
        ("blanks", " \n", "empty"),
        ("a byte order mark", "\u{FEFF}{\"format_version\": \"1.2\", \(rest)}", "byte order mark"),
        ("a wrapper's line", "[command]/usr/bin/terraform show -json plan\n{\"format_version\": \"1.2\", \(rest)}", "before the JSON"),
        ("the plan file", "PK\u{3}\u{4}xxxx", "plan file itself"),
        ("the event stream", #"{"@level":"info","@message":"Terraform 1.11.4","type":"version"}"# + "\n{}", "event stream"),
        ("trailing text", "{\"format_version\": \"1.2\", \(rest)}\n::set-output", "more text"),
        ("two plans", "{\"format_version\": \"1.2\", \(rest)}{}", "more text"),
        ("a cut file", #"{"format_version": "1.2", "resource_changes": [{"address": "a"#, "cut off"),
        ("a cut list", #"{"format_version": "1.2", "resource_changes": ["#, "cut off"),
        ("a state", #"{"format_version": "1.0", "terraform_version": "1.11.4", "values": {}}"#, "a state"),
        ("no version", "{\(rest)}", "format_version"),
        ("a version to come", "{\"format_version\": \"2.0\", \(rest)}", "2.0 is not known"),
        ("a version that never was", "{\"format_version\": \"0.9\", \(rest)}", "not known"),
        ("a version that is none", "{\"format_version\": \"new\", \(rest)}", "not known"),
        ("some other JSON", #"{"format_version": "1.2"}"#, "no plan"),
        ("an errored plan", "{\"format_version\": \"1.2\", \(rest), \"errored\": true, \"complete\": false}", "failed half-way"),
        ("a targeted plan", "{\"format_version\": \"1.2\", \(rest), \"errored\": false, \"complete\": false}", "-target"),
        ("complete, but not quite", "{\"format_version\": \"1.2\", \(rest), \"complete\": \"yes\"}", "neither true nor false"),
        ("deferred changes", "{\"format_version\": \"1.2\", \(rest), \"complete\": true, \"deferred_changes\": [{}]}", "deferred"),
        ("the list twice", "{\"format_version\": \"1.2\", \(rest), \(rest)}", "twice"),
        ("no list", #"{"format_version": "1.2", "resource_changes": {}}"#, "not a list"),
        (
            "an entry without address", #"{"format_version": "1.2", "resource_changes": [{"type": "x", "change": {"actions": ["create"]}}]}"#,
            "without address"
        ),
        ("an entry without change", #"{"format_version": "1.2", "resource_changes": [{"address": "x.y", "type": "x"}]}"#, "no change"),
        (
            "an entry without actions", #"{"format_version": "1.2", "resource_changes": [{"address": "x.y", "type": "x", "change": {}}]}"#,
            "no actions"
        ),
        (
            "strange actions", #"{"format_version": "1.2", "resource_changes": [{"address": "x.y", "type": "x", "change": {"actions": [1]}}]}"#,
            "no list of words"
        ),
        (
            "an entry with two changes",
            #"{"format_version": "1.2", "resource_changes": [{"address": "x.y", "type": "x", "change": {"actions": ["no-op"]}, "change": {"actions": ["create"]}}]}"#,
            "twice"
        ),
        ("a deep nest", "{\"format_version\": \"1.2\", \"x\": \(String(repeating: "[", count: 400))", "deeper"),
        ("a control character", "{\"format_version\": \"1.2\", \"x\": \"a\u{1}\"}", "control character"),
    ]

    @Test(arguments: cases)
    func `is refused, and it is said why`(what: String, text: String, says: String) {
        let error = #expect(throws: TerraformError.self) { try TagCheck(rule: TagRule(value: "kirare")).check(Plans.text(text)) }
        #expect(error?.message.contains(says) == true, "\(error?.message ?? "")")
        #expect(error?.message.hasPrefix("plan.json: ") == true)
    }

    @Test(arguments: ["0.1", "0.2", "1.0", "1.1", "1.2", "1.9"])
    func `is not one of an older format`(version: String) throws {
        let change = try Plans.change(#"{"tags": {}, "tags_all": {}}"#)
        let report = try TagCheck(rule: TagRule(value: "kirare")).check(
            Plans.text(JSON.object(["format_version": .string(version), "resource_changes": .array([change])]).text))
        #expect(!report.isPassed)
        #expect(report.caution?.contains("-target") == true)
    }

    @Test func `is not one without changes`() throws {
        #expect(
            try TagCheck(rule: TagRule(value: "kirare")).check(Plans.text(#"{"format_version": "1.2", "planned_values": {}, "complete": true}"#))
                .isPassed)
    }

    @Test func `is not there`() {
        let error = #expect(throws: TerraformError.self) { try PlanFile(path: "/nowhere/plan.json") }
        #expect(error?.message.contains("terraform show -json") == true)
    }
}
