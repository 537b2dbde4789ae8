import Foundation
import ServiceModel
import Testing

@testable import Definitions

@Test func `a folder's definitions are checked, its other files are not`() async throws {
    let files = [
        "apps/a.yml": minimal(), "apps/b.yaml": minimal(app: "  foo: 1"), "apps/deep/c.json": "{}", "apps/deep/d.jsonnet": "{ app: {} }",
        "apps/include/part.yml": "a: [", "apps/lib/x.jsonnet": "{", "apps/_shared.yml": "a: [", "apps/x.libsonnet": "{",
        "apps/.git/config.yml": "a: [",
        "apps/compose.yml": "services: {}", "apps/README.md": "", "apps/broken.yml": "a: [",
    ]
    try await Workspace.with(files) { workspace in
        let report = await workspace.loader.validate([workspace.path("apps")])
        func short(_ text: String) -> String { text.replacing(workspace.directory.path + "/apps/", with: "") }
        #expect(report.valid.map(short) == ["a.yml"])
        #expect(
            report.problems.map { short($0.description) } == [
                "b.yaml:7:3: unknown key foo", "broken.yml:2:1: did not find expected node content while parsing a flow node",
                "deep/d.jsonnet:1:1: scheduler is missing",
                "deep/d.jsonnet:1:3: app needs memory or memory_reservation, or the scheduler memory for the whole task",
                "deep/d.jsonnet:1:3: image is missing",
            ])
    }
}

@Test func `a file that is named is a definition, and counts once`() async throws {
    try await Workspace.with(["compose.yml": "services: {}", "_a.yml": minimal()]) { workspace in
        let (compose, part) = (workspace.path("compose.yml"), workspace.path("_a.yml"))
        let report = await workspace.loader.validate([compose, part, part, workspace.path("none.yml")])
        #expect(report.valid == [part])
        #expect(
            report.problems.map(\.message).sorted() == ["app is missing", "no such file or folder", "scheduler is missing", "unknown key services"])
    }
}

@Test func `many definitions are checked at once, in the order of their names`() async throws {
    var files: [String: String] = [:]
    for index in 100..<300 { files["apps/app\(index).yml"] = index % 50 == 0 ? minimal(app: "  foo: 1") : minimal() }
    try await Workspace.with(files) { workspace in
        let report = await workspace.loader.validate([workspace.path("apps")])
        #expect(report.valid.count == 196)
        #expect(report.valid == report.valid.sorted())
        #expect(report.problems.map { $0.file.suffix(10) } == ["app100.yml", "app150.yml", "app200.yml", "app250.yml"])
    }
}

@Test func `the schema knows what the checks know`() throws {
    let schema = DefinitionSchema.schema
    #expect(schema["$schema"] == "https://json-schema.org/draft/2020-12/schema")
    let definitions = schema["$defs"]
    let app = definitions["App"]
    #expect(app["additionalProperties"] == false)
    #expect(app["required"] == ["image"])
    #expect(app["properties"]["restart_policy"] == ["$ref": "#/$defs/ContainerRestartPolicy"])
    #expect(app["properties"]["cpu"]["default"] == 0)
    #expect(app["properties"]["name"] == .null)
    let scheduler = definitions["Scheduler"]["properties"]
    #expect(scheduler["launch_type"] == ["enum": ["EC2", "FARGATE", "EXTERNAL", "MANAGED_INSTANCES"]])
    #expect(scheduler["enable_ecs_managed_tags"]["enum"] == [true, false, "true", "false"])
    #expect(scheduler["autoscaling"] == .null && scheduler["family"] == .null && scheduler["elb"] == .null)
    #expect(
        definitions["Definition"]["properties"].object.keys.sorted() == [
            "additional_containers", "alerts", "app", "monitoring", "objectives", "owner", "project", "scheduler", "sidecars", "volumes",
        ])
    var dangling: [String] = []
    func walk(_ value: JSON) {
        if let name = value["$ref"].string, definitions[String(name.dropFirst("#/$defs/".count))].isNull { dangling.append(name) }
        for element in value.array { walk(element) }
        for member in value.object.values { walk(member) }
    }
    walk(schema)
    #expect(dangling == [])
}
