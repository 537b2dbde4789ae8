import Foundation
import ServiceModel
import Testing

@testable import Definitions

private let fixtures = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")

private func kitchen(_ options: DefinitionLoader.Options = .init()) async throws -> Definition {
    try await DefinitionLoader(cacheDirectory: nil).load(fixtures.appending(path: "kitchen.yml").path, options: options)
}

@Test(arguments: ["taskDefinition", "service", "runTask"])
func `a big definition gives exactly these requests`(request: String) async throws {
    let definition = try await kitchen()
    let found = ["taskDefinition": definition.taskDefinition, "service": definition.service, "runTask": definition.runTask][request] ?? .null
    let expected = try String(contentsOf: fixtures.appending(path: "kitchen.\(request).json"), encoding: .utf8)
    #expect(found.prettyText + "\n" == expected)
}

@Test func `the rest of a big definition`() async throws {
    let definition = try await kitchen()
    #expect(definition.appID == "kitchen")
    #expect(definition.cluster == "cooking")
    #expect(definition.region == "ap-northeast-1")
    #expect(definition.owner == "kitchen")
    let loadBalancing = try #require(definition.loadBalancing)
    #expect(
        loadBalancing
            == LoadBalancing(
                kind: .application, vpcID: "vpc-1", subnets: ["subnet-1", "subnet-2"], securityGroups: ["sg-2"], scheme: "internal",
                tags: ["Project": "kitchen"],
                listeners: [
                    .init(port: 80, protocol: "HTTP"),
                    .init(port: 443, protocol: "HTTPS", certificateARN: "arn:aws:acm:x", sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06"),
                ],
                loadBalancerName: "hako-kitchen", usesExistingLoadBalancer: false, targetGroupName: "hako-kitchen", usesExistingTargetGroup: false,
                targetType: "ip", healthCheckPath: "/healthz", protocolVersion: "HTTP1", matcher: .init(httpCode: "200-299"),
                loadBalancerAttributes: ["access_logs.s3.enabled": "true"], targetGroupAttributes: ["deregistration_delay.timeout_seconds": "20"],
                containerName: "front", containerPort: 80))
}

@Test func `the requests are what ECS's own model takes`() async throws {
    let definition = try await kitchen()
    for (request, type) in [
        (definition.taskDefinition, "RegisterTaskDefinitionRequest"), (definition.service, "CreateServiceRequest"),
        (definition.runTask, "RunTaskRequest"),
    ] {
        var checker = Checker(model: .ecs, style: .request)
        let same = checker.check(request, as: type)
        #expect(checker.problems.filter { $0.message != "taskDefinition is missing" } == [])
        #expect(same == request)
    }
}

@Test func `a small definition gets the defaults`() async throws {
    try await Workspace.with(["web.yml": minimal()]) { workspace in
        let definition = try await workspace.load("web.yml")
        let container =
            #"{"name":"app","image":"web:latest","cpu":0,"memory":64,"links":[],"portMappings":[],"essential":true,"#
            + #""environment":[],"mountPoints":[],"volumesFrom":[],"privileged":false,"dockerLabels":{}}"#
        #expect(definition.taskDefinition.text == #"{"family":"web","containerDefinitions":["# + container + #"],"volumes":[]}"#)
        let common = #""placementConstraints":[],"placementStrategy":[]"#
        #expect(
            definition.service.text == #"{"cluster":"default","serviceName":"web","desiredCount":1,"# + common
                + #","propagateTags":"TASK_DEFINITION","enableExecuteCommand":false}"#)
        #expect(
            definition.runTask.text == #"{"cluster":"default","enableExecuteCommand":false,"# + common + #","propagateTags":"TASK_DEFINITION"}"#)
        #expect(definition.loadBalancing == nil)
        #expect(definition.cluster == "default" && definition.region == nil && definition.owner == nil)
    }
}

@Test(
    arguments: [
        ("image: web", nil, "web:latest"), ("image: web\n  tag: v1", nil, "web:v1"), ("image: web\n  tag: v1", "v2", "web:v2"),
        ("image: h:5000/web", "v2", "h:5000/web:v2"), ("image: web@sha256:ab", nil, "web@sha256:ab"),
    ] as [(String, String?, String)])
func `an image is named with its tag or its digest`(lines: String, tag: String?, expected: String) async throws {
    try await Workspace.with(["web.yml": minimal().replacing("image: web", with: lines)]) { workspace in
        let definition = try await workspace.load("web.yml", .init(tag: tag))
        #expect(definition.taskDefinition["containerDefinitions"][0]["image"].string == expected)
    }
}

@Test func `a rolled back circuit breaker is off unless asked for`() async throws {
    let breaker = "  deployment_configuration: {deployment_circuit_breaker: {enable: true}}"
    try await Workspace.with(["web.yml": minimal(scheduler: breaker)]) { workspace in
        let service = try await workspace.load("web.yml").service
        #expect(service["deploymentConfiguration"].text == #"{"deploymentCircuitBreaker":{"enable":true,"rollback":false}}"#)
    }
}

@Test(
    arguments: [
        ([], ["app", "cache", "front"]), (["batch-helper"], ["app", "batch-helper", "cache", "front"]), (["front"], ["app", "front", "cache"]),
    ] as [([String], [String])])
func `a one-off task has app, what was asked for, and what these need`(asked: [String], expected: [String]) async throws {
    let request = try await kitchen().oneshot(containers: asked)
    #expect(request["family"] == "kitchen-oneshot")
    #expect(request["containerDefinitions"].array.compactMap { $0["name"].string } == expected)
    #expect(request["taskRoleArn"] == "arn:aws:iam::012345678901:role/kitchen")
}

@Test func `a one-off task with a container that is not there`() async throws {
    let definition = try await kitchen()
    let error = #expect(throws: UnknownContainer.self) { try definition.oneshot(containers: ["frond"]) }
    #expect(error?.description == "the definition has no container frond, did you mean front?")
}

@Test(arguments: [("a/b/app.v2.json", "app.v2"), ("web.yml", "web"), ("dir.d/web", "web"), (".hidden", ".hidden"), ("./x.tar.jsonnet", "x.tar")])
func `the app is named after the file without its last extension`(path: String, expected: String) {
    #expect(Definition.appID(of: path) == expected)
}

@Test(
    arguments: [
        ("type: network", nil), ("type: network\n    protocol_version: GRPC", nil), ("protocol_version: GRPC", "GRPC"), ("scheme: internal", "HTTP1"),
    ] as [(String, String?)])
func `a network load balancer has no protocol version`(lines: String, expected: String?) async throws {
    let balancing = "  elb_v2:\n    load_balancer_name: shared\n    vpc_id: v\n    container_name: app\n    container_port: 1\n    " + lines
    try await Workspace.with(["web.yml": minimal(scheduler: balancing, app: "  port_mappings: [{container_port: 1}]")]) { workspace in
        let definition = try await workspace.load("web.yml")
        let loadBalancing = try #require(definition.loadBalancing)
        #expect(loadBalancing.protocolVersion == expected)
        #expect(loadBalancing.usesExistingLoadBalancer && loadBalancing.loadBalancerName == "shared")
        #expect(!loadBalancing.usesExistingTargetGroup && loadBalancing.targetGroupName == "hako-web")
        #expect(definition.service["healthCheckGracePeriodSeconds"] == 0)
    }
}
