import Foundation
import ServiceModel
import TestSupport
import Testing

/// Faults on purpose, on the real Docker and HAProxy.
@Suite(.enabled(if: TestImage.dockerAnswers())) struct `A drill on the engine` {
    @Test func `delays and fails requests and kills tasks, each until its end, and no longer`() async throws {
        _ = try await TestImage.web("1")
        try await EngineProcess.withSettings { settings in
            try await EngineProcess.run(settings) { engine in
                let file = try AppFile.write(in: settings.directory)
                #expect(try await engine.jubako(["deploy", file.path]).code == 0)
                func drill(_ arguments: String...) async throws -> (code: Int32, output: String, error: String) {
                    try await EngineProcess.jubako(
                        ["drill"] + arguments + ["--endpoint-url", settings.endpoint] + (arguments[0] == "list" ? [] : [file.path]),
                        environment: ["JUBAKO_SERVER": "http://127.0.0.1:9"])
                }
                func time() async throws -> Duration {
                    let start = ContinuousClock.now
                    _ = try await engine.get("hako-web")
                    return .now - start
                }

                async let slow = drill("latency", "--ms", "700", "--for", "4s")
                try await eventually("requests are held back") { try await time() > .milliseconds(690) }
                #expect(try await drill("list").output.contains("web  latency 700  until 20"))
                let report = try await slow
                #expect(report.code == 0 && report.output.hasPrefix("every request to web takes 700 ms longer, for 4"), "\(report)")
                #expect(report.output.contains("no server could be asked"), "\(report)")
                try await eventually("requests are quick again") { try await time() < .milliseconds(400) }

                async let failing = drill("errors", "--percent", "100", "--for", "1h", "--json")
                try await eventually("requests fail") { try await engine.get("hako-web") == "a drill answers in place of the app\n" }
                #expect(try await drill("errors", "--for", "5s").error.contains("already has the drill errors"))
                #expect(try await drill("stop").output == "the drill on web has ended\n")
                #expect(try JSON(parsing: try await failing.output)["seconds"].double ?? 3600 < 600)
                try await eventually("requests reach the app") { try await !engine.get("hako-web").contains("drill") }

                let before = try await engine.running()
                let killed = try await drill("kill-task", "--every", "2s", "--for", "3s")
                #expect(killed.output.contains("2 tasks were killed"), "\(killed)")
                try await engine.stable("web")
                #expect(try await engine.running().isDisjoint(with: before), "both tasks are new")
                #expect(try await drill("errors", "--for", "2h").error.contains("from 1 to 3600 seconds"))
                #expect(try await drill("stop").code == 1)
                #expect(try await drill("list").output == "no drill is going on\n")
            }
        }
    }
}
