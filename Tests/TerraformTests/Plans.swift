import Foundation
import ServiceModel

@testable import Terraform

/// Plans as `terraform show -json` writes them, as small as the facts allow.
enum Plans {
    static func plan(_ changes: [JSON], configuration: JSON = .null, _ more: JSONObject = [:]) -> PlanFile {
        var plan: JSONObject = [
            "format_version": "1.2", "terraform_version": "1.11.4", "planned_values": .object([:]), "resource_changes": .array(changes),
            "complete": true, "errored": false, "applyable": true,
        ]
        if !configuration.isNull { plan["configuration"] = configuration }
        for (key, value) in more { plan[key] = value }
        return PlanFile(name: "plan.json", data: Data(JSON.object(plan).bytes))
    }

    static func text(_ text: String) -> PlanFile { PlanFile(name: "plan.json", data: Data(text.utf8)) }

    /// One resource; `after` and `unknown` are JSON text.
    static func change(
        _ after: String, type: String = "aws_sqs_queue", unknown: String = "{}", sensitive: String = "{}", actions: [String] = ["create"],
        provider: String? = nil, more: JSONObject = [:], change extra: JSONObject = [:]
    ) throws -> JSON {
        let provider = provider ?? String(type.prefix { $0 != "_" })
        var change: JSONObject = [
            "actions": JSON(actions), "before": .null, "after": try JSON(parsing: after), "after_unknown": try JSON(parsing: unknown),
            "after_sensitive": try JSON(parsing: sensitive),
        ]
        for (key, value) in extra { change[key] = value }
        var entry: JSONObject = [
            "address": .string("\(type).x"), "mode": "managed", "type": .string(type), "name": "x",
            "provider_name": .string("registry.terraform.io/hashicorp/\(provider)"), "change": .object(change),
        ]
        for (key, value) in more { entry[key] = value }
        return .object(entry)
    }

    /// A configuration with one resource, whose provider says `expressions`.
    static func configuration(_ type: String = "aws_sqs_queue", provider: String = "aws", _ expressions: String) throws -> JSON {
        .object([
            "provider_config": .object([
                provider: .object(["name": .string(String(provider.prefix { $0 != "." })), "expressions": try JSON(parsing: expressions)])
            ]),
            "root_module": .object([
                "resources": .array([
                    .object([
                        "address": .string("\(type).x"), "mode": "managed", "type": .string(type), "name": "x",
                        "provider_config_key": .string(provider),
                    ])
                ])
            ]),
        ])
    }
}
