import Foundation
import ServiceModel
import Synchronization
import TestSupport

/// An ECS whose services do as the test says, and definitions of as many apps.
final class StandInCluster: Sendable {
    private let running = Mutex<[String: Int]>([:])

    /// How many of the two tasks of an app run; all do that nobody set.
    func setRunning(_ count: Int, of app: String) { running.withLock { $0[app] = count } }

    /// Runs it, with a definitions repository of apps `web-000`, `web-001`, … of teams of fifty.
    static func run(apps: Int, _ body: @Sendable (_ cluster: StandInCluster, _ definitions: String) async throws -> Void) async throws {
        let cluster = StandInCluster()
        try await StubServer.run(answering: { cluster.answer($0) }) { stub in
            try await withTemporaryDirectory { folder in
                try FileManager.default.createDirectory(at: folder.appending(path: "apps"), withIntermediateDirectories: true)
                try "environments: {local: {region: us-east-1, cluster: default, endpoint_url: '\(stub.url)'}}\nalerting: {channel: '#sre'}\n"
                    .write(to: folder.appending(path: "jubako.yml"), atomically: true, encoding: .utf8)
                for number in 0..<apps {
                    try "owner: team-\(number / 50)\nscheduler: {type: ecs, desired_count: 2}\napp: {image: web, memory: 64}\n"
                        .write(to: folder.appending(path: "apps/\(name(number)).yml"), atomically: true, encoding: .utf8)
                }
                try await body(cluster, folder.path())
            }
        }
    }

    static func name(_ number: Int) -> String { "web-\(String(number + 1000).dropFirst())" }

    private func answer(_ request: StubRequest) -> StubAnswer {
        guard request.header("x-amz-target")?.hasSuffix(".DescribeServices") == true, let input = try? JSON(parsing: request.body) else {
            return StubAnswer(200, "{}", headers: [("content-type", "application/x-amz-json-1.1")])
        }
        let answer: JSON = ["services": .array(input["services"].strings.map(service)), "failures": []]
        return StubAnswer(200, answer.text, headers: [("content-type", "application/x-amz-json-1.1")])
    }

    private func service(_ name: String) -> JSON {
        let running = running.withLock { $0[name] } ?? 2
        let revision = JSON.string("arn:aws:ecs:us-east-1:000000000000:task-definition/\(name):4")
        return [
            "serviceName": .string(name), "status": "ACTIVE", "desiredCount": 2, "runningCount": .integer(running), "pendingCount": 0,
            "taskDefinition": revision,
            "deployments": [
                [
                    "id": "ecs-svc/1", "status": "PRIMARY", "rolloutState": "COMPLETED", "desiredCount": 2, "runningCount": .integer(running),
                    "taskDefinition": revision, "createdAt": 1_790_000_000,
                ]
            ],
            "events": [["id": "e1", "createdAt": 1_790_000_090, "message": .string("(service \(name)) has reached a steady state.")]],
        ]
    }
}
