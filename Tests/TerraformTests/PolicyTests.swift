import ServiceModel
import Testing

@testable import Terraform

@Suite struct `A project's policy` {
    private static let rule = TagRule(value: "kirare")

    @Test(arguments: ["acm", "dynamodb", "ec2", "ecs", "elasticloadbalancing", "kms", "lambda", "logs", "rds", "route53", "s3", "sns", "sqs", "ssm"])
    func `has the shape that IAM takes`(service: String) throws {
        let policy = try ProjectPolicy(rule: Self.rule, services: [service])
        #expect(policy.document["Version"].string == "2012-10-17")
        let statements = policy.document["Statement"].array
        let ids = statements.compactMap { $0["Sid"].string }
        #expect(Set(ids).count == statements.count && ids.allSatisfy { $0.wholeMatch(of: /[A-Za-z0-9]+/) != nil })
        #expect(
            statements.allSatisfy { statement in
                ["Allow", "Deny"].contains(statement["Effect"].string) && !statement["Action"].strings.isEmpty
                    && !statement["Resource"].strings.isEmpty
                    && statement["Action"].strings.allSatisfy { $0.wholeMatch(of: /[a-z0-9-]+:[A-Za-z0-9]*\*?/) != nil }
                    && statement["Resource"].strings.allSatisfy { $0 == "*" || $0.hasPrefix("arn:aws:") }
            })
        #expect(policy.parts.allSatisfy { ProjectPolicy.size($0) <= ProjectPolicy.maximumSize })
        #expect(policy.parts.flatMap { $0["Statement"].array } == statements)
        // every right on everything hangs on the tag, but for what only looks
        #expect(
            statements.allSatisfy { statement in
                statement["Effect"].string == "Deny" || statement["Resource"].strings != ["*"] || !statement["Condition"].isNull
                    || statement["Action"].strings.allSatisfy { $0.contains(/:(Describe|List|Get)/) }
            })
    }

    @Test func `lets nobody move a tag, and says what it leaves out`() throws {
        let policy = try ProjectPolicy(rule: Self.rule, services: ["route53", "sqs"])
        let statements = Dictionary(uniqueKeysWithValues: policy.statements.map { ($0["Sid"].string ?? "", $0) })
        #expect(statements["UseWhatIsTagged"]?["Condition"]["StringEquals"]["aws:ResourceTag/Project"].string == "kirare")
        #expect(statements["MakeWithTheTag"]?["Action"].strings.contains("sqs:CreateQueue") == true)
        #expect(statements["MakeWithTheTag"]?["Condition"]["StringEquals"]["aws:RequestTag/Project"].string == "kirare")
        #expect(statements["NeverWithoutProject"]?["Action"].strings.contains("sqs:UntagQueue") == true)
        #expect(statements["NeverAnotherProject"]?["Effect"].string == "Deny")
        #expect(policy.ignored.contains { $0.service == "route53" && $0.actions.contains("ChangeResourceRecordSets") })
        #expect(!policy.document.text.contains("ChangeResourceRecordSets"))
    }

    @Test(arguments: ["iam", "sts", "nowhere"])
    func `refuses what would give any right, and what is not known`(service: String) {
        #expect(throws: TerraformError.self) { try ProjectPolicy(rule: Self.rule, services: [service]) }
    }

    @Test(arguments: [
        ("aws_sqs_queue", "sqs"), ("aws_instance", "ec2"), ("aws_route_table", "ec2"), ("aws_route53_record", "route53"),
        ("aws_lb_listener", "elasticloadbalancing"),
        ("aws_cloudwatch_log_group", "logs"), ("aws_cloudwatch_metric_alarm", "cloudwatch"), ("aws_db_instance", "rds"),
        ("aws_dynamodb_table", "dynamodb"),
        ("aws_iam_role", "iam"), ("aws_vpc_endpoint", "ec2"), ("aws_kinesis_firehose_delivery_stream", "firehose"),
    ])
    func `knows the service of a type`(type: String, service: String) {
        #expect(IAMFacts.service(of: type) == service)
    }

    @Test func `knows types that take tags, and types that do not`() {
        let types = TaggableTypes()
        #expect(types.takesTags("aws_sqs_queue") == true && types.takesTags("aws_autoscaling_group") == true)
        #expect(types.takesTags("aws_route53_record") == false && types.takesTags("aws_time_machine") == nil)
        #expect(types.takesTags("google_storage_bucket") == true && types.takesTags("azurerm_storage_account") == true)
    }
}
