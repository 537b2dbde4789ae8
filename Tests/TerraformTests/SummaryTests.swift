import ServiceModel
import Testing

@testable import Terraform

@Suite struct `The summary of a plan` {
    private static func plan() throws -> PlanFile {
        func change(_ name: String, _ type: String, _ actions: [String], before: String = "null", after: String = "null", _ more: JSONObject = [:])
            throws -> JSON
        {
            try Plans.change(
                after, type: type, actions: actions, more: ["address": .string("\(type).\(name)")],
                change: JSONObject(uniqueKeysWithValues: [("before", try JSON(parsing: before))]).merging(more) { $1 })
        }
        return Plans.plan([
            try change("new", "aws_sqs_queue", ["create"], after: #"{"name": "a"}"#),
            try change(
                "db", "aws_db_instance", ["delete", "create"], before: #"{"engine": "mysql", "password": "hunter2", "size": 1}"#,
                after: #"{"engine": "postgres", "password": "hunter3", "size": 1}"#,
                ["replace_paths": .array([.array(["engine"])]), "after_sensitive": .object(["password": true])]),
            try change(
                "role", "aws_iam_role", ["update"], before: #"{"name": "a", "policy": "hunter2"}"#, after: #"{"name": "a", "policy": "hunter3"}"#),
            try change("old", "aws_s3_bucket", ["delete"], before: #"{"bucket": "x"}"#),
            try change("same", "aws_s3_bucket", ["no-op"], before: "{}", after: "{}"),
            try change("taken", "aws_s3_bucket", ["no-op"], before: "{}", after: "{}", ["importing": .object(["id": "x"])]),
        ])
    }

    @Test func `tells what is lost first, and no value`() throws {
        let summary = try PlanSummary(try Self.plan())
        #expect(
            summary.entries.map(\.address) == [
                "aws_s3_bucket.old", "aws_db_instance.db", "aws_iam_role.role", "aws_sqs_queue.new", "aws_s3_bucket.taken",
            ])
        #expect(summary.line == "1 to destroy, 1 to replace, 1 to update, 1 to create, 1 to adopt; 1 unchanged")
        let markdown = summary.markdown(title: "kirare")
        #expect(markdown.contains("⚠️ `aws_db_instance.db`: because of engine"))
        #expect(markdown.contains("`aws_iam_role.role`: policy"))
        #expect(!(markdown + summary.json.text + summary.text()).contains("hunter"))
    }

    @Test func `is bounded, with all totals`() throws {
        let changes = try (0..<3000).map { number in
            try Plans.change(#"{"a": 1}"#, more: ["address": .string("aws_sqs_queue.x[\"\(number) | `ü` @everyone <b>\"]")])
        }
        let markdown = try PlanSummary(Plans.plan(changes)).markdown(title: "kirare", limit: 64_000)
        #expect(markdown.utf8.count <= 64_000)
        #expect(markdown.contains("3000 to create"))
        #expect(markdown.contains(/… and \d+ more/))
    }

    @Test func `refuses half a plan`() {
        #expect(throws: TerraformError.self) { try PlanSummary(Plans.text(#"{"format_version": "1.2", "resource_changes": [], "errored": true}"#)) }
    }

    @Test func `of a check is bounded as well, and shows no secret`() throws {
        let changes = try (0..<3000).map { number in
            try Plans.change(
                #"{"tags": {"Project": "hunter2"}, "tags_all": {"Project": "hunter2"}, "password": "hunter2"}"#,
                sensitive: #"{"tags": true, "tags_all": true}"#,
                more: ["address": .string("aws_sqs_queue.x[\(number)]")])
        }
        let report = try TagCheck(rule: TagRule(value: "kirare")).check(Plans.plan(changes))
        let markdown = report.markdown()
        #expect(markdown.utf8.count <= 60_000 && markdown.contains("3000 wrong"))
        #expect(!(markdown + report.json.text + report.text() + report.annotations).contains("hunter2"))
    }
}
