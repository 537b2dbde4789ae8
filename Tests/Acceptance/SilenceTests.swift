import Foundation
import ServiceModel
import TestSupport
import Testing

/// What people do about an alert from the command line, on the real Alertmanager.
@Suite(.enabled(if: AlertmanagerProcess.isInstalled, "Alertmanager is not installed")) struct `Somebody who is called` {
    private static let cookbook = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "examples/cookbook").path()

    @Test func `asks who would be told, acknowledges, silences with a preview, and ends the silence`() async throws {
        let port = try await PortReservation.free()
        try await ServerProcess.run(definitions: Self.cookbook, extra: ["--alertmanager", "http://127.0.0.1:\(port)"]) { server in
            try await AlertmanagerProcess.run(port: port, for: server) { alertmanager in
                func jubako(_ arguments: String...) async throws -> (code: Int32, output: String, error: String) {
                    try await EngineProcess.jubako(
                        arguments + ["--server", server.url, "--token-file", "\(server.directory)/server.token"], environment: ["USER": "yuki"])
                }
                func channel() async throws -> String { try await server.get("/slack/channels/recipes").body }

                let asked = try await jubako("rules", "simulate", "--labels", "app=recipes", "alertname=AppDown")
                #expect(asked.output.hasPrefix("AppDown → #recipes\n") && asked.output.contains("the definition of recipes: #recipes"), "\(asked)")
                #expect(try await jubako("alerts", "ack", "recipes", "--reason", "early").code == 1, "nothing fires yet")

                try await alertmanager.post(["alertname": "AppDown", "app": "recipes"], summary: "recipes is gone")
                try await eventually("the channel knows") { try await channel().contains("recipes is gone") }
                let acknowledged = try await jubako("alerts", "ack", "recipes", "--reason", "rolling back")
                #expect(acknowledged.output == "acknowledged: AppDown\n", "\(acknowledged)")
                try await eventually("the channel knows who looks after it") { try await channel().contains("acknowledged by yuki: rolling back") }
                let listed = try await jubako("alerts", "list", "recipes")
                #expect(listed.output.contains("AppDown") && listed.output.contains("yuki: rolling back"), "\(listed)")

                let silence = try await jubako("silence", "create", "recipes", "AppTasksMissing", "--reason", "a planned move", "--for", "10m")
                #expect(silence.code == 0 && silence.output.contains("if they fire: AppTasksMissing"), "\(silence)")
                try await alertmanager.post(["alertname": "AppTasksMissing", "app": "recipes"], summary: "fewer than asked for")
                try await alertmanager.post(["alertname": "AppLatencyHigh", "app": "recipes"], summary: "too slow")
                try await eventually("what is not silenced is told") { try await channel().contains("too slow") }
                #expect(try await !channel().contains("fewer than asked for"))
                let silences = try JSON(parsing: try await jubako("silence", "list", "recipes", "--json").output)
                #expect(silences[0]["by"] == "yuki" && silences[0]["reason"] == "a planned move", "\(silences)")

                let id = try #require(silences[0]["id"].string)
                #expect(try await jubako("silence", "expire", id).code == 0)
                try await eventually("what was silenced is told now") { try await channel().contains("fewer than asked for") }
                #expect(try await jubako("silence", "expire", "no-such-id").error.contains("no silence no-such-id"))
                let log = try await jubako("alerts", "log", "recipes", "--limit", "1")
                #expect(log.output.contains("fired 20") && log.output.contains("there are more: --before"), "\(log)")
            }
        }
    }
}
