import AWS
import Foundation
import Logging
import ServiceModel
import Subprocess
import TestSupport
import Testing

/// The client against moto, which reads requests as AWS's services do.
@Suite struct AWSAgainstMotoTests {
    @Test func `ECS, ELB, logs and STS understand the client, and it understands them`() async throws {
        try await MotoServer.run { moto in
            try await withAWS(["AWS_ENDPOINT_URL": moto.url]) { client in
                let identity = try await client.call(.sts, "GetCallerIdentity", [:])
                #expect(identity["Account"] == "123456789012")

                _ = try await client.call(.ecs, "CreateCluster", ["clusterName": "recipes"])
                for family in ["web", "worker"] {
                    let container: JSON = ["name": "app", "image": "app:1", "memory": 64, "environment": [["name": "A", "value": "ü \"1\""]]]
                    _ = try await client.call(.ecs, "RegisterTaskDefinition", ["family": .string(family), "containerDefinitions": [container]])
                }
                let described = try await client.call(.ecs, "DescribeTaskDefinition", ["taskDefinition": "web"])
                #expect(described["taskDefinition"]["containerDefinitions"][0]["environment"][0]["value"] == "ü \"1\"")
                let arns = try await client.pages(.ecs, "ListTaskDefinitions", [:], items: "taskDefinitionArns")
                #expect(arns.count == 2)
                let missing = await #expect(throws: AWSError.self) {
                    _ = try await client.call(.ecs, "DescribeServices", ["cluster": "nowhere", "services": ["a"]])
                }
                #expect(missing?.code == "ClusterNotFoundException" && missing?.statusCode == 400)

                let names = (1...3).map { "group-\($0)" }
                for name in names {
                    _ = try await client.call(
                        .elbv2, "CreateTargetGroup",
                        ["Name": .string(name), "TargetType": "lambda", "Tags": [["Key": "a&b", "Value": "ü"]]])
                }
                let groups = try await client.pages(.elbv2, "DescribeTargetGroups", [:], items: "TargetGroups")
                #expect(groups.map { $0["TargetGroupName"].string } == names && groups[0]["HealthCheckEnabled"].bool != nil)
                let tags = try await client.call(.elbv2, "DescribeTags", ["ResourceArns": [groups[0]["TargetGroupArn"]]])
                #expect(tags["TagDescriptions"][0]["Tags"][0] == ["Key": "a&b", "Value": "ü"])
                let gone = await #expect(throws: AWSError.self) {
                    _ = try await client.call(.elbv2, "DescribeTargetGroups", ["Names": ["none"]])
                }
                #expect(gone?.code == "TargetGroupNotFound")

                for number in 1...60 { _ = try await client.call(.logs, "CreateLogGroup", ["logGroupName": .string("group-\(number)")]) }
                let logGroups = try await client.pages(.logs, "DescribeLogGroups", [:], items: "logGroups")
                #expect(logGroups.count == 60, "more than one page")
            }
        }
    }

    @Test func `a profile's role is assumed`() async throws {
        try await MotoServer.run { moto in
            try await withTemporaryDirectory { directory in
                let file = directory.appending(path: "config")
                let config = """
                    [profile deploy]
                    role_arn = arn:aws:iam::999999999999:role/deploy
                    role_session_name = ship
                    credential_source = Environment
                    endpoint_url = \(moto.url)
                    region = eu-west-1
                    """
                try config.write(to: file, atomically: true, encoding: .utf8)
                try await withAWS(["AWS_CONFIG_FILE": file.path, "AWS_REGION": ""], profile: "deploy") { client in
                    let identity = try await client.call(.sts, "GetCallerIdentity", [:])
                    #expect(identity["Arn"] == "arn:aws:sts::999999999999:assumed-role/deploy/ship")
                }
            }
        }
    }

    @Test func `a certificate of one's own is trusted by AWS_CA_BUNDLE, and not without`() async throws {
        try await withTemporaryDirectory { directory in
            let certificate = directory.appending(path: "certificate.pem").path
            let key = directory.appending(path: "key.pem").path
            let result = try await Subprocess.run(
                .name("openssl"),
                arguments: [
                    "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost", "-addext",
                    "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", key, "-out", certificate,
                ], output: .discarded, error: .discarded)
            try #require(result.terminationStatus.isSuccess)
            try await MotoServer.run(certificate: (certificate, key)) { moto in
                try await withAWS(["AWS_ENDPOINT_URL": moto.url, "AWS_CA_BUNDLE": certificate]) { client in
                    let clusters = try await client.call(.ecs, "ListClusters", [:])
                    #expect(clusters["clusterArns"] == [])
                }
                try await withAWS(["AWS_ENDPOINT_URL": moto.url]) { client in
                    let error = await #expect(throws: AWSError.self) { _ = try await client.call(.ecs, "ListClusters", [:]) }
                    #expect(error?.kind == .connection && error?.message.contains("AWS_CA_BUNDLE") == true, "\(String(describing: error))")
                }
            }
        }
    }

    private func withAWS(_ environment: [String: String], profile: String? = nil, _ body: (AWSClient) async throws -> Void) async throws {
        let keys = ["AWS_ACCESS_KEY_ID": "AKID", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_REGION": "eu-west-1", "HOME": "/nonexistent"]
        let configuration = try AWSConfiguration.resolve(environment: keys.merging(environment) { $1 }, profile: profile)
        let client = AWSClient(configuration: configuration, logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
        do {
            try await body(client)
            await client.shutdown()
        } catch {
            await client.shutdown()
            throw error
        }
    }
}
