import Definitions
import Foundation
import Monitoring
import ServiceModel
import Subprocess
import SystemPackage
import TestSupport

/// A catalog of definitions written for one test.
func withCatalog<Result>(
    _ apps: [String: String], organization: Organization = Organization(), _ body: (Catalog) async throws -> Result
) async throws -> Result {
    try await withTemporaryDirectory { directory in
        let loader = DefinitionLoader(cacheDirectory: nil)
        var definitions: [Definition] = []
        for (name, text) in apps.sorted(by: { $0.key < $1.key }) {
            let file = directory.appending(path: "\(name).yml")
            try Data(text.utf8).write(to: file)
            definitions.append(try await loader.load(file.path, options: .init(mode: .placeholders)))
        }
        return try await body(Catalog(definitions, organization: organization))
    }
}

/// A definition that listens at 8080, with more lines at the end.
func definition(_ rest: String = "monitoring: true", scheduler: String = "") -> String {
    """
    scheduler: {type: ecs, desired_count: 1\(scheduler)}
    app: {image: web, memory: 64, port_mappings: [{container_port: 8080}]}
    \(rest)

    """
}

/// A task as DescribeTasks shows it.
func task(
    _ id: String, family: String = "web", revision: Int = 1, status: String = "RUNNING", containers: [JSON] = [bound(8080, to: 32768)],
    attachments: JSON = []
) -> JSON {
    [
        "taskArn": .string(taskARN(id)), "clusterArn": "arn:aws:ecs:us-east-1:1:cluster/default", "lastStatus": .string(status),
        "taskDefinitionArn": .string("arn:aws:ecs:us-east-1:1:task-definition/\(family):\(revision)"), "containers": .array(containers),
        "attachments": attachments,
    ]
}

func taskARN(_ id: String) -> String { "arn:aws:ecs:us-east-1:1:task/default/\(id)" }

/// A container with one port of its host.
func bound(_ port: Int, to host: Int, name: String = "app", ip: String = "0.0.0.0", status: String = "RUNNING", protocol kind: String = "tcp") -> JSON
{
    [
        "name": .string(name), "lastStatus": .string(status),
        "networkBindings": [["bindIP": .string(ip), "containerPort": .integer(port), "hostPort": .integer(host), "protocol": .string(kind)]],
    ]
}

/// A container with the address of its task.
func addressed(_ address: String, name: String = "app") -> JSON {
    [
        "name": .string(name), "lastStatus": "RUNNING", "networkBindings": [],
        "networkInterfaces": [["attachmentId": "a", "privateIpv4Address": .string(address)]],
    ]
}

/// The cookbook's folder in this repository.
let cookbook = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "examples/cookbook").path

/// The programs that judge what Prometheus and Alertmanager get.
enum Judge {
    static let environment = ProcessInfo.processInfo.environment
    static let promtool = try? Tool.promtool.path(environment: environment)
    static let amtool = try? Tool.amtool.path(environment: environment)

    /// Runs promtool, and gives what it said and whether it was content.
    static func ask(_ arguments: [String], in directory: String? = nil) async throws -> (isContent: Bool, text: String) {
        guard let promtool else { return (false, "promtool is missing") }
        let result = try await Subprocess.run(
            .path(promtool), arguments: Arguments(arguments), workingDirectory: directory.map { FilePath($0) }, output: .string(limit: 1 << 20),
            error: .string(limit: 1 << 20))
        return (result.terminationStatus.isSuccess, result.standardOutput + result.standardError)
    }
}
