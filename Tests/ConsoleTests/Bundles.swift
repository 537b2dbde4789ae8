import Foundation
import ServiceModel

@testable import Terraform

/// Bundles as `jubako terraform plan --upload` sends them, of plans as small as the format allows.
enum Bundles {
    /// What no file but the plan holds.
    static let secret = "hunter2"

    /// - Parameters:
    ///   - seed: bundles with other seeds have other digests.
    ///   - action: what is done with the database.
    static func transport(
        _ project: String = "kirare", seed: Int = 1, meaning: String = "make", pullRequest: String? = "12", authors: [String] = ["ann"],
        type: String = "aws_db_instance", actions: [String] = ["create"], tag: String = "kirare", serial: Int = 4
    ) -> JSON {
        let tags = JSON.object(["Project": .string(tag)])
        let value: JSON = .object(["identifier": "d", "tags": tags, "tags_all": tags])
        let isGone = actions == ["delete"]
        let plan: JSON = .object([
            "format_version": "1.2", "terraform_version": "1.11.4", "complete": true, "errored": false, "applyable": true, "planned_values": [:],
            "resource_changes": [
                .object([
                    "address": .string("\(type).db"), "mode": "managed", "type": .string(type), "name": "db",
                    "provider_name": "registry.terraform.io/hashicorp/aws",
                    "change": .object([
                        "actions": JSON(actions), "before": actions == ["create"] ? .null : value, "after": isGone ? .null : value,
                        "after_unknown": [:], "after_sensitive": [:],
                    ]),
                ])
            ],
        ])
        let files: [String: Data] = [
            "plan.tfplan": Data("a plan with \(secret), \(seed)".utf8), "plan.json": Data(plan.bytes), "terraform.lock.hcl": Data("# lock".utf8),
            "summary.md": Data("# \(project)".utf8),
        ]
        let facts = BundleFacts(
            project: project, path: "terraform/\(project)", commit: "\(seed)0123456789abcdef", base: .init(reference: "main", commit: "b"),
            authors: authors, pullRequest: pullRequest, createdAt: "2026-11-26T00:00:00Z", tool: .init(name: "terraform", version: "1.11.4"),
            providers: [:], state: .init(serial: serial, lineage: "l"), input: "i\(seed)", meaning: meaning, drift: [:], isDestroy: false,
            files: files.mapValues { SHA.text($0) })
        return .object([
            "facts": facts.json, "files": .object(files.reduce(into: [:]) { $0[$1.key] = .string($1.value.base64EncodedString()) }),
        ])
    }

    static func digest(_ transport: JSON) -> String { transport["facts"]["digest"].string ?? "" }

    /// A journal as an apply tells it.
    static func journal(_ events: [JSON]) throws -> [JSON] {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        var journal = try ApplyJournal(folder: folder.path())
        for event in events { try journal.append(event) }
        return journal.lines
    }

    /// Of an apply of ``transport(_:seed:meaning:pullRequest:authors:type:actions:tag:serial:)`` that worked.
    static func applied(_ digest: String) throws -> [JSON] {
        let resource: JSON = ["addr": "aws_db_instance.db"]
        return try journal([
            .object([
                "type": "begin", "project": "kirare", "digest": .string(digest), "by": "sam",
                "planned": [["address": "aws_db_instance.db", "action": "create"]],
            ]),
            .object(["type": "apply_start", "@message": "aws_db_instance.db: Creating...", "hook": ["resource": resource, "action": "create"]]),
            .object([
                "type": "apply_complete", "@message": "aws_db_instance.db: Creation complete", "hook": ["resource": resource, "action": "create"],
            ]), ["type": "end", "outcome": "applied", "code": 0],
        ])
    }
}
