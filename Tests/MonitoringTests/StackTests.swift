import Foundation
import Monitoring
import ServiceModel
import SystemPackage
import TestSupport
import Testing

private func prometheus(_ url: String = "http://127.0.0.1:7700/api/prometheus/targets", token: String? = nil) -> PrometheusConfiguration {
    var configuration = PrometheusConfiguration(targetsURL: url)
    configuration.own = "127.0.0.1:7790"
    configuration.alertmanagers = ["127.0.0.1:7793"]
    configuration.scrapes = [
        .init(job: "jubako", address: "127.0.0.1:7700", keepsLabels: true, tokenFile: token),
        .init(job: "haproxy", address: "127.0.0.1:7701", path: "/metrics/haproxy", keepsLabels: true, labels: ["environment": "local"]),
    ]
    configuration.tokenFile = token
    configuration.externalLabels = ["prometheus": "local"]
    return configuration
}

@Test(.enabled(if: Judge.promtool != nil, "promtool is not installed"))
func `promtool accepts the configuration, with the rules of the cookbook`() async throws {
    try await withTemporaryDirectory { directory in
        let token = directory.appending(path: "token")
        try Data("secret\n".utf8).write(to: token)
        var configuration = prometheus(token: token.path)
        configuration.ruleFiles = ["\(cookbook)/rules/*.yml"]
        let path = directory.appending(path: "prometheus.yml").path
        let file = CheckedFile(path: path, kind: .prometheus, executable: try #require(Judge.promtool))
        #expect(try await file.write(configuration.text))
        #expect(try await !file.write(configuration.text))
        #expect(try String(contentsOfFile: path, encoding: .utf8) == configuration.text)
    }
}

@Test(.enabled(if: Judge.amtool != nil, "amtool is not installed"))
func `amtool accepts the configuration`() async throws {
    try await withTemporaryDirectory { directory in
        var configuration = AlertmanagerConfiguration(webhookURL: "http://127.0.0.1:7700/api/alertmanager")
        configuration.tokenFile = directory.appending(path: "token").path
        let file = CheckedFile(
            path: directory.appending(path: "alertmanager.yml").path, kind: .alertmanager, executable: try #require(Judge.amtool))
        #expect(try await file.write(configuration.text))
        #expect(configuration.text.contains("group_by: [app, alertname]"))
        await #expect(throws: StackError.self) { try await file.write("route:\n  receiver: nobody\n") }
        #expect(try String(contentsOfFile: file.path, encoding: .utf8) == configuration.text)
    }
}

@Test(.enabled(if: Judge.promtool != nil, "promtool is not installed"))
func `a configuration that is rejected never replaces the good one, and says why`() async throws {
    try await withTemporaryDirectory { directory in
        let path = directory.appending(path: "prometheus.yml").path
        let file = CheckedFile(path: path, kind: .prometheus, executable: try #require(Judge.promtool))
        let good = prometheus().text
        try await file.write(good)
        var bad = prometheus()
        bad.scrapeInterval = "soon"
        let error = await #expect(throws: StackError.self) { try await file.write(bad.text) }
        #expect(error?.code == .rejected)
        #expect(error?.message.contains("soon") == true)
        #expect(error?.message.contains(path) == true)
        #expect(try String(contentsOfFile: path, encoding: .utf8) == good)
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path) == ["prometheus.yml"])
    }
}

@Test(.enabled(if: Judge.promtool != nil, "promtool is not installed"))
func `Prometheus discovers the targets over HTTP, with the token`() async throws {
    let group = TargetGroup(targets: ["127.0.0.1:32768"], labels: ["app": "web", "task": "t", "__metrics_path__": "/stats"])
    let document = String(decoding: [group].discoveryDocument, as: UTF8.self)
    try await withTemporaryDirectory { directory in
        let token = directory.appending(path: "token")
        try Data("secret\n".utf8).write(to: token)
        try await StubServer.run(answering: { _ in StubAnswer(200, document, headers: [("content-type", "application/json")]) }) { server in
            let path = directory.appending(path: "prometheus.yml").path
            try Data(prometheus(server.url + "/targets", token: token.path).text.utf8).write(to: URL(filePath: path))
            let answer = try await Judge.ask(["check", "service-discovery", "--timeout=3s", path, "apps"])
            #expect(answer.isContent)
            let labels = try JSON(parsing: answer.text)[0]["labels"]
            #expect(labels["app"] == "web")
            #expect(labels["__metrics_path__"] == "/stats" || labels["__address__"] == "127.0.0.1:32768" || labels["instance"] == "127.0.0.1:32768")
            #expect(server.requests.first?.header("authorization") == "Bearer secret")
        }
    }
}

@Test func `what an existing Prometheus needs is told whole`() {
    let text = ExistingPrometheus.text(prometheus(), AlertmanagerConfiguration(webhookURL: "https://jubako.example/api/alertmanager"))
    for part in [
        "http_sd_configs:", "honor_labels: true", "- url: \"https://jubako.example/api/alertmanager\"", "continue: true", "send_resolved: true",
    ] {
        #expect(text.contains(part))
    }
}
