import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import ServiceModel
import Subprocess
import SystemPackage
import TestSupport

/// The distribution's Alertmanager as a child process, which sends to a server of ours.
struct AlertmanagerProcess: Sendable {
    static let program = "/usr/bin/prometheus-alertmanager"
    static var isInstalled: Bool { FileManager.default.isExecutableFile(atPath: program) }

    let url: String

    /// Starts it, runs `body` once it answers, and ends it.
    static func run(port: Int, for server: ServerProcess, _ body: @escaping @Sendable (AlertmanagerProcess) async throws -> Void) async throws {
        let configuration = """
            route:
              receiver: jubako
              group_by: [app, alertname]
              group_wait: 1ms
              group_interval: 1s
              routes:
                - matchers: ['jubako_proof=~".+"']
                  group_by: [jubako_proof]
            receivers:
              - name: jubako
                webhook_configs:
                  - url: \(server.url)/api/alertmanager
                    http_config: {authorization: {credentials_file: \(server.directory)/server.token}}
            """
        let file = "\(server.directory)/alertmanager.yml"
        try configuration.write(toFile: file, atomically: true, encoding: .utf8)
        let alertmanager = AlertmanagerProcess(url: "http://127.0.0.1:\(port)")
        try await withThrowingTaskGroup(of: Bool.self) { group in
            group.addTask {
                let result = try await Subprocess.run(
                    .path(FilePath(program)),
                    arguments: [
                        "--config.file=\(file)", "--storage.path=\(server.directory)/alertmanager", "--web.listen-address=127.0.0.1:\(port)",
                        "--cluster.listen-address=",
                    ], input: .none, output: .discarded, error: .discarded)
                guard Task.isCancelled else { throw ConditionNotMet(description: "Alertmanager ended with \(result.terminationStatus)") }
                return false
            }
            group.addTask {
                try await eventually("Alertmanager answers") {
                    let answer = try? await HTTPClient.shared.execute(HTTPClientRequest(url: alertmanager.url + "/-/ready"), timeout: .seconds(1))
                    return answer?.status == .ok
                }
                try await body(alertmanager)
                return true
            }
            while let isDone = try await group.next() { if isDone { break } }
            group.cancelAll()
        }
    }

    /// Hands it an alert, as Prometheus does.
    func post(_ labels: [String: String], summary: String = "", resolved: Bool = false) async throws {
        var request = HTTPClientRequest(url: url + "/api/v2/alerts")
        request.method = .POST
        request.headers.add(name: "Content-Type", value: "application/json")
        var alert: JSON = ["annotations": ["summary": .string(summary)]]
        alert["labels"] = .object(JSONObject(labels.map { ($0.key, .string($0.value)) }, uniquingKeysWith: { first, _ in first }))
        if resolved { alert["endsAt"] = .string(Date().formatted(.iso8601)) }
        request.body = .bytes(ByteBuffer(bytes: JSON.array([alert]).bytes))
        let answer = try await HTTPClient.shared.execute(request, timeout: .seconds(5))
        guard answer.status == .ok else { throw ConditionNotMet(description: "Alertmanager answered \(answer.status)") }
    }
}
