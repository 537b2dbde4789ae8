import ServiceModel
import Testing

@testable import Terraform

@Suite struct `The tag verdict` {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var type = "aws_sqs_queue"
        var after: String
        var unknown = "{}"
        var sensitive = "{}"
        /// The provider's expressions in the configuration; nil for no configuration at all.
        var provider: String?
        var providerName: String?
        let verdict: TagVerdict
    }

    static let kirare = TagRule(value: "kirare")

    static let cases: [Case] = [
        Case(
            testDescription: "default tags only", after: #"{"tags": null, "tags_all": {"Env": "p", "Project": "kirare"}}"#,
            unknown: #"{"id": true, "tags_all": {}}"#, verdict: .ok),
        Case(
            testDescription: "its own tag beats the default", after: #"{"tags": {"Project": "other"}, "tags_all": {"Project": "other"}}"#,
            unknown: #"{"tags": {}, "tags_all": {}}"#, verdict: .wrong("other")),
        Case(
            testDescription: "no tags on create: tags_all is unknown, and nothing will be there", after: #"{"tags": null}"#,
            unknown: #"{"id": true, "tags_all": true}"#, provider: #"{"region": {"constant_value": "x"}}"#, verdict: .missing),
        Case(
            testDescription: "the same without a configuration in the plan", after: #"{"tags": null}"#, unknown: #"{"tags_all": true}"#,
            verdict: .missing),
        Case(testDescription: "no tags on update", after: #"{"tags": null, "tags_all": {}}"#, verdict: .missing),
        Case(testDescription: "no tags on update, tags_all unknown", after: #"{"tags": {}}"#, unknown: #"{"tags_all": true}"#, verdict: .missing),
        Case(
            testDescription: "the value is another resource's id", after: #"{"tags": {"Owner": "a"}, "tags_all": {"Owner": "a"}}"#,
            unknown: #"{"tags": {"Project": true}, "tags_all": {"Project": true}}"#, verdict: .unknown(.value)),
        Case(
            testDescription: "the map is unknown as a whole", after: #"{"name": "x"}"#, unknown: #"{"tags": true, "tags_all": true}"#,
            verdict: .unknown(.map)),
        Case(
            testDescription: "tags_all unknown because of another tag, the own tag right", after: #"{"tags": {"Project": "kirare"}}"#,
            unknown: #"{"tags": {"Owner": true}, "tags_all": true}"#, verdict: .ok),
        Case(
            testDescription: "tags_all unknown because of another tag, the own tag wrong", after: #"{"tags": {"Project": "other"}}"#,
            unknown: #"{"tags": {"Owner": true}, "tags_all": true}"#, verdict: .wrong("other")),
        Case(
            testDescription: "tags_all unknown, its own value unknown", after: #"{"tags": {}}"#,
            unknown: #"{"tags": {"Project": true}, "tags_all": true}"#,
            verdict: .unknown(.value)),
        Case(
            testDescription: "tags_all unknown, the constant default right", after: #"{"tags": {}}"#,
            unknown: #"{"tags": {"Owner": true}, "tags_all": true}"#,
            provider: #"{"default_tags": [{"tags": {"constant_value": {"Project": "kirare"}}}]}"#, verdict: .ok),
        Case(
            testDescription: "tags_all unknown, the constant default wrong", after: #"{"tags": {}}"#,
            unknown: #"{"tags": {"Owner": true}, "tags_all": true}"#,
            provider: #"{"default_tags": [{"tags": {"constant_value": {"Project": "kirari"}}}]}"#, verdict: .wrong("kirari")),
        Case(
            testDescription: "tags_all unknown, the defaults without the key", after: #"{"tags": {}}"#,
            unknown: #"{"tags": {"Owner": true}, "tags_all": true}"#,
            provider: #"{"default_tags": [{"tags": {"constant_value": {"project": "kirare"}}}]}"#, verdict: .missing),
        Case(
            testDescription: "tags_all unknown, the defaults an expression", after: #"{"tags": {}}"#,
            unknown: #"{"tags": {"Owner": true}, "tags_all": true}"#,
            provider: #"{"default_tags": [{"tags": {"references": ["local.tags"]}}]}"#, verdict: .unknown(.defaults)),
        Case(testDescription: "an old provider without tags_all, tagged", after: #"{"tags": {"Project": "kirare"}}"#, verdict: .ok),
        Case(testDescription: "an old provider without tags_all, untagged", after: #"{"tags": null}"#, verdict: .missing),
        Case(testDescription: "an empty value", after: #"{"tags": {"Project": ""}, "tags_all": {"Project": ""}}"#, verdict: .missing),
        Case(testDescription: "a null value", after: #"{"tags": {"Project": null}, "tags_all": {"Project": null}}"#, verdict: .missing),
        Case(
            testDescription: "another case of the key", after: #"{"tags": {"project": "kirare"}, "tags_all": {"project": "kirare"}}"#,
            verdict: .missing),
        Case(
            testDescription: "a sensitive value is not shown", after: #"{"tags": {"Project": "hunter2"}, "tags_all": {"Project": "hunter2"}}"#,
            sensitive: #"{"tags": {"Project": true}, "tags_all": {"Project": true}}"#, verdict: .wrong(nil)),
        Case(
            testDescription: "all of it sensitive", after: #"{"tags": {"Project": "hunter2"}, "tags_all": {"Project": "hunter2"}}"#,
            sensitive: "true",
            verdict: .wrong(nil)),
        Case(testDescription: "a type without tags", type: "aws_route53_record", after: #"{"name": "x"}"#, verdict: .notTaggable(.type)),
        Case(testDescription: "an empty entry of a listed type", after: "{}", verdict: .missing),
        Case(testDescription: "an empty entry of a listed type without tags", type: "aws_route53_record", after: "{}", verdict: .notTaggable(.type)),
        Case(testDescription: "an empty entry of a new type", type: "aws_time_machine", after: "null", verdict: .notTaggable(.notKnown)),
        Case(testDescription: "nothing known at all", after: "null", unknown: "true", verdict: .unknown(.resource)),
        Case(
            testDescription: "tags that are blocks", type: "aws_devopsguru_resource_collection", after: #"{"tags": [{"tag_values": []}]}"#,
            verdict: .notTaggable(.shape)),
        Case(testDescription: "tags that are a list", type: "datadog_monitor", after: #"{"tags": ["a:b"]}"#, verdict: .notTaggable(.provider)),
        Case(
            testDescription: "a group with the block", type: "aws_autoscaling_group",
            after: #"{"tag": [{"key": "Project", "value": "kirare", "propagate_at_launch": true}]}"#, verdict: .ok),
        Case(
            testDescription: "a group with another value", type: "aws_autoscaling_group",
            after: #"{"tag": [{"key": "Project", "value": "other", "propagate_at_launch": "true"}]}"#, verdict: .wrong("other")),
        Case(
            testDescription: "a group without, whatever the default tags", type: "aws_autoscaling_group", after: #"{"tag": []}"#,
            provider: #"{"default_tags": [{"tags": {"constant_value": {"Project": "kirare"}}}]}"#, verdict: .missing),
        Case(
            testDescription: "a group with the older list", type: "aws_autoscaling_group",
            after: #"{"tag": [], "tags": [{"key": "Project", "value": "kirare", "propagate_at_launch": "true"}]}"#, verdict: .ok),
        Case(
            testDescription: "a group with both, one wrong", type: "aws_autoscaling_group",
            after: #"{"tag": [{"key": "Project", "value": "kirare"}], "tags": [{"key": "Project", "value": "other"}]}"#, verdict: .wrong("other")),
        Case(
            testDescription: "a group with an unknown value", type: "aws_autoscaling_group", after: #"{"tag": [{"key": "Project"}]}"#,
            unknown: #"{"tag": [{"value": true}]}"#, verdict: .unknown(.value)),
        Case(
            testDescription: "a group with unknown blocks", type: "aws_autoscaling_group", after: "{}", unknown: #"{"tag": true}"#,
            verdict: .unknown(.value)),
        Case(
            testDescription: "Google's label", type: "google_storage_bucket", after: #"{"labels": null, "terraform_labels": {"project": "kirare"}}"#,
            verdict: .ok),
        Case(
            testDescription: "Google's network tags are no labels", type: "google_compute_instance", after: #"{"tags": ["web"], "labels": null}"#,
            unknown: #"{"terraform_labels": true}"#, verdict: .missing),
        Case(
            testDescription: "Google's SQL labels", type: "google_sql_database_instance",
            after: #"{"settings": [{"user_labels": {"project": "other"}}]}"#,
            verdict: .wrong("other")),
        Case(
            testDescription: "Google's alerting labels", type: "google_monitoring_alert_policy", after: #"{"user_labels": {"project": "kirare"}}"#,
            verdict: .ok),
        Case(
            testDescription: "Azure's keys are the same in capitals", type: "azurerm_storage_account", after: #"{"tags": {"PROJECT": "kirare"}}"#,
            verdict: .ok),
        Case(testDescription: "Azure without", type: "azurerm_storage_account", after: #"{"tags": null}"#, verdict: .missing),
        Case(
            testDescription: "Azure's unknown map", type: "azurerm_storage_account", after: "{}", unknown: #"{"tags": true}"#, verdict: .unknown(.map)
        ),
    ]

    @Test(arguments: cases)
    func `follows the facts`(_ one: Case) throws {
        let change = try Plans.change(one.after, type: one.type, unknown: one.unknown, sensitive: one.sensitive)
        let configuration = try one.provider.map { try Plans.configuration(one.type, $0) } ?? .null
        var found: TagVerdict?
        let judge = TagJudge(rule: Self.kirare)
        _ = try PlanReader(file: Plans.plan([change], configuration: configuration)).read { change, outline in
            found = judge.judge(change, in: outline.configuration).verdict
        }
        #expect(found == one.verdict)
    }

    @Test(
        arguments: [
            (["create"], nil, false, true), (["update"], nil, false, true), (["delete", "create"], nil, false, true),
            (["create", "delete"], nil, false, true),
            (["create", "forget"], nil, false, true), (["time-travel"], nil, false, true), (["delete"], nil, false, false),
            (["forget"], nil, false, false),
            (["no-op"], nil, false, false), (["no-op"], nil, true, true), (["update"], nil, true, true), (["delete"], "0f5a9bd2", false, false),
        ] as [([String], String?, Bool, Bool)])
    func `fails for what the plan makes, changes or takes over`(actions: [String], deposed: String?, isImport: Bool, isViolation: Bool) throws {
        let change = try Plans.change(
            #"{"tags": null, "tags_all": {}}"#, actions: actions, more: deposed.map { ["deposed": .string($0)] } ?? [:],
            change: isImport ? ["importing": .object(["id": "x"])] : [:])
        let report = try TagCheck(rule: Self.kirare).check(Plans.plan([change]))
        #expect(report.isPassed != isViolation)
        #expect(report.oldDebts.count == (actions == ["no-op"] && !isImport ? 1 : 0))
    }

    @Test func `leaves data sources alone`() throws {
        let change = try Plans.change(#"{"tags": {"Project": "someone-else"}}"#, actions: ["read"], more: ["mode": "data"])
        #expect(try TagCheck(rule: Self.kirare).check(Plans.plan([change])).checked == 0)
    }

    @Test func `keeps a deposed object apart from the live one at its address`() throws {
        let live = try Plans.change(#"{"tags": {"Project": "kirare"}, "tags_all": {"Project": "kirare"}}"#)
        let deposed = try Plans.change("null", actions: ["delete"], more: ["deposed": "0f5a9bd2"])
        let report = try TagCheck(rule: Self.kirare).check(Plans.plan([live, deposed]))
        #expect(report.isPassed && report.checked == 1)
    }

    @Test func `takes another key and value`() throws {
        let change = try Plans.change(#"{"tags": {"CostCentre": "4711"}, "tags_all": {"CostCentre": "4711"}}"#)
        #expect(try TagCheck(rule: TagRule(key: "CostCentre", value: "4711")).check(Plans.plan([change])).isPassed)
    }
}
