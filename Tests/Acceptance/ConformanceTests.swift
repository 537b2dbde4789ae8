import AWS
import Foundation
import ServiceModel
import Subprocess
import SystemPackage
import TestSupport
import Testing

/// AWS's own clients against the engine.
@Suite(.enabled(if: TestImage.dockerAnswers())) struct `AWS's own clients` {
    private static let clients = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Clients")

    @Test func `see boto3's waiters come true`() async throws {
        _ = try await TestImage.web("1")
        try await EngineProcess.withSettings { settings in
            try await EngineProcess.run(settings) { engine in
                let result = try await Subprocess.run(
                    .name("python3"), arguments: [Self.clients.appending(path: "waiters.py").path(), engine.settings.endpoint],
                    output: .string(limit: 65536), error: .string(limit: 65536))
                #expect(result.standardOutput == "all waiters came true\n", "\(result.standardError)")
            }
        }
    }

    @Test func `get along on the command line`() async throws {
        try await EngineProcess.withSettings { settings in
            try await EngineProcess.run(settings) { engine in
                func aws(_ arguments: String) async throws -> JSON {
                    let words =
                        ["--endpoint-url", engine.settings.endpoint, "--region", "us-east-1", "--output", "json"]
                        + arguments.split(separator: " ").map(String.init)
                    let result = try await Subprocess.run(
                        .name("aws"), arguments: Arguments(words),
                        environment: .inherit.updating(["AWS_ACCESS_KEY_ID": "any", "AWS_SECRET_ACCESS_KEY": "any"]), output: .string(limit: 1 << 20),
                        error: .string(limit: 65536))
                    guard result.terminationStatus.isSuccess else {
                        throw ConditionNotMet(description: "aws \(arguments): \(result.standardError)")
                    }
                    return try JSON(parsing: result.standardOutput)
                }
                let clusters = try await aws("ecs list-clusters")
                #expect(clusters["clusterArns"] == ["arn:aws:ecs:us-east-1:123456789012:cluster/default"])
                let balancer = try await aws("elbv2 create-load-balancer --name shop --subnets subnet-1 subnet-2")
                #expect(balancer["LoadBalancers"][0]["DNSName"] == "shop.localhost")
                let group = try await aws(
                    "elbv2 create-target-group --name shop --protocol HTTP --port 80 --vpc-id vpc-1 --health-check-path /healthz")
                let arn = group["TargetGroups"][0]["TargetGroupArn"].string ?? ""
                let balancerARN = balancer["LoadBalancers"][0]["LoadBalancerArn"].string ?? ""
                let listener = try await aws(
                    "elbv2 create-listener --load-balancer-arn \(balancerARN) --protocol HTTP --port 80 --default-actions Type=forward,TargetGroupArn=\(arn)"
                )
                #expect(listener["Listeners"][0]["Port"] == 80)
                let health = try await aws("elbv2 describe-target-health --target-group-arn \(arn)")
                #expect(health["TargetHealthDescriptions"] == [])
            }
        }
    }

    @Test func `get ECS's errors for what is malformed`() async throws {
        try await EngineProcess.withSettings { settings in
            try await EngineProcess.run(settings) { engine in
                let cases: [(String, JSON, String)] = [
                    ("DescribeServices", ["cluster": "nowhere", "services": ["a"]], "ClusterNotFoundException"),
                    ("DescribeServices", ["services": "a"], "SerializationException"),
                    (
                        "RegisterTaskDefinition", ["family": "a b", "containerDefinitions": [["name": "a", "image": "b", "memory": 8]]],
                        "ClientException"
                    ),
                    ("RegisterTaskDefinition", ["family": "a", "containerDefinitions": [["name": "a", "image": "b"]]], "ClientException"),
                    ("RunTask", ["taskDefinition": "nothing"], "ClientException"),
                    ("CreateTaskSet", ["cluster": "default", "service": "a", "taskDefinition": "b"], "UnsupportedFeatureException"),
                ]
                for (operation, input, code) in cases {
                    let error = await #expect(throws: AWSError.self) { _ = try await engine.call(operation, input) }
                    #expect(error?.code == code)
                }
            }
        }
    }
}
