import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import ServiceModel
import TestSupport
import Testing

/// A budget that is really burnt, on the whole platform: who is told, how soon, and what the gate does about the next deploy.
@Suite(.enabled(if: TestImage.dockerAnswers()), .enabled(if: PrometheusProcess.isInstalled, "Prometheus is not installed"))
struct `An app whose budget is gone` {
    /// A page fires when 2 % of a month's budget of 0.1 % went within an hour: at 14.4 times the allowed rate. With nothing but failures after an
    /// hour of nothing else that is after 14.4 × 0.001 × 3,600 s; after less than an hour of requests it is sooner.
    private static let predicted: Duration = .seconds(52)
    /// For a scrape, an evaluation of each of two rules, and Alertmanager.
    private static let slack: Duration = .seconds(10)

    @Test func `pages in time, is not deployed again, and is once two people have signed for it`() async throws {
        try await EngineProcess.withSettings { settings in
            let repository = "\(settings.directory).repository"
            defer { try? FileManager.default.removeItem(atPath: repository) }
            let definition = try Self.cookbook(in: repository)
            let port = try await PortReservation.free()
            var settings = settings
            settings.verb = "up"
            settings.extra = [
                "--server-port", "\(port)", "--prometheus-port", "\(try await PortReservation.free())", "--alertmanager-port",
                "\(try await PortReservation.free())", "--interval", "1", definition,
            ]
            let (_, code) = try await EngineProcess.runToEnd(settings) { [settings] engine in
                try await eventually("the platform has settled") { EngineProcess.said(settings).contains("Ctrl-C stops the platform") }
                defer { kill(engine.processID, SIGINT) }
                let place = Place(engine: engine, url: "http://127.0.0.1:\(port)", definition: definition)
                try await place.withTraffic {
                    try await place.burn()
                    try await place.deployIsRefused()
                    try await place.overrideLetsOnePass()
                }
            }
            #expect(code == 0, "\(EngineProcess.said(settings))")
        }
    }

    /// The cookbook, but for an objective of thirty days: what a month's costs depends on its day.
    private static func cookbook(in repository: String) throws -> String {
        let cookbook = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "examples/cookbook").path()
        try FileManager.default.copyItem(atPath: cookbook, toPath: repository)
        let path = "\(repository)/apps/recipes.yml"
        let text = try String(contentsOfFile: path, encoding: .utf8)
        let changed = text.replacing("objective: 99.95\n    window: month\n    time_zone: Asia/Tokyo\n", with: "objective: 99.9\n    window: 30d\n")
        #expect(changed != text)
        try changed.write(toFile: path, atomically: true, encoding: .utf8)
        return path
    }

    private struct Place: Sendable {
        let engine: EngineProcess
        let url: String
        let definition: String
        private var server: [String] { ["--server", url, "--token-file", "\(engine.settings.directory)/server.token"] }

        /// Requests without a pause, for the length of `body`.
        func withTraffic(_ body: @escaping @Sendable () async throws -> Void) async throws {
            try await withThrowingTaskGroup(of: Bool.self) { group in
                group.addTask {
                    while !Task.isCancelled {
                        _ = try? await engine.get("hako-recipes", "/recipes")
                        try await Task.sleep(for: .milliseconds(50))
                    }
                    return false
                }
                group.addTask {
                    try await body()
                    return true
                }
                defer { group.cancelAll() }
                while let isDone = try await group.next() { if isDone { break } }
            }
        }

        private func gate(_ arguments: String..., by person: String = "yuki") async throws -> (code: Int32, output: String, error: String) {
            try await EngineProcess.jubako(["gate"] + arguments + server, environment: ["USER": person])
        }

        private func deploy() async throws -> (code: Int32, output: String, error: String) {
            try await EngineProcess.jubako(
                ["deploy", definition, "--tag", "2", "--no-wait", "--endpoint-url", engine.settings.endpoint] + server,
                environment: ["USER": "yuki", "NO_COLOR": "1"])
        }

        private func stands() async throws -> JSON { (try? JSON(parsing: try await gate("show", "recipes", "--json").output)) ?? .null }

        private func text(_ path: String) async throws -> String {
            var request = HTTPClientRequest(url: url + path)
            let token = try String(contentsOfFile: "\(engine.settings.directory)/server.token", encoding: .utf8)
            request.headers.add(name: "Authorization", value: "Bearer \(token.trimmingCharacters(in: .whitespacesAndNewlines))")
            let answer = try await HTTPClient.shared.execute(request, timeout: .seconds(5))
            return String(buffer: try await answer.body.collect(upTo: 1 << 22))
        }

        func burn() async throws {
            try await eventually("requests are counted, and nothing failed") {
                let now = try await stands()
                return now["allowed"] == true && now["light"] != "red" && now["quote"]["requests_per_minute"].double ?? 0 > 60
            }
            let drill = ["--endpoint-url", engine.settings.endpoint, definition]
            async let drilled = EngineProcess.jubako(["drill", "errors", "--percent", "100", "--for", "3m"] + drill + server)
            try await eventually("requests fail") { try await engine.get("hako-recipes").contains("a drill answers") }
            let start = ContinuousClock.now
            try await eventually("the page of the objective is in the app's channel", within: predicted + slack) {
                try await text("/slack/channels/recipes").contains("ErrorBudgetBurn")
            }
            print("the page came \(ContinuousClock.now - start) after the first failure")
            try await eventually("the gate is red") { try await stands()["light"] == "red" }
            #expect(try await EngineProcess.jubako(["drill", "stop"] + drill).code == 0)
            let report = try await drilled
            #expect(report.output.contains("ErrorBudgetBurn"), "\(report)")
        }

        func deployIsRefused() async throws {
            let before = try await engine.service("recipes")["taskDefinition"]
            let refused = try await deploy()
            #expect(refused.code == 5, "\(refused)")
            for words in [
                "the gate is closed: recipes/availability", "at worst it costs", "what spent it", "failures: ", "jubako gate override recipes",
            ] {
                #expect(refused.error.contains(words), "\(words) is not in \(refused)")
            }
            #expect(try await engine.service("recipes")["taskDefinition"] == before, "nothing was changed")
            try await eventually("the channel knows") {
                try await text("/slack/channels/recipes").contains("Deploy of recipes (jubako-recipes:2) by yuki refused")
            }
        }

        func overrideLetsOnePass() async throws {
            let opened = try await gate("override", "recipes", "--reason", "the menu of Christmas", "--for", "1h")
            let id = String(opened.output.prefix { $0 != " " })
            #expect(opened.code == 0 && opened.output.contains("waits for business and sre"), "\(opened)")
            #expect(try await gate("sign", "recipes", id, "--as", "business", by: "mei").code == 0)
            let twice = try await gate("sign", "recipes", id, "--as", "sre", by: "mei")
            #expect(twice.code == 1 && twice.error.contains("somebody else's"), "\(twice)")
            #expect(try await deploy().code == 5, "one signature is none")
            #expect(try await gate("sign", "recipes", id, "--as", "sre", by: "sam").output.contains("lets one deploy pass"))

            let before = try await engine.service("recipes")["taskDefinition"]
            let passes = try await deploy()
            #expect(passes.code == 0 && passes.error.contains("it passes: override \(id), signed by mei and sam: the menu of Christmas"), "\(passes)")
            #expect(try await engine.service("recipes")["taskDefinition"] != before)
            let again = try await EngineProcess.jubako(
                ["deploy", definition, "--force", "--no-wait", "--endpoint-url", engine.settings.endpoint] + server)
            #expect(again.code == 5, "it is used up: \(again)")

            let audit = try JSON(parsing: try await text("/api/audit?app=recipes&limit=100"))["rows"].array
            #expect(audit.contains { $0["action"] == "Ask the gate about a deploy" && $0["after"]["exception"]["override"].string == id }, "\(audit)")
            #expect(audit.count { $0["action"] == "Sign an override of the gate" && $0["result"] == "done" } == 2)
        }
    }
}
