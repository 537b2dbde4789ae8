import AsyncHTTPClient
import Foundation
import ServiceModel
import TestSupport
import Testing

/// `jubako up`, as a person at a terminal has it.
@Suite(.enabled(if: TestImage.dockerAnswers())) struct `The platform on one machine` {
    @Test func `starts, deploys, stops at Ctrl-C, and takes over what runs the next time`() async throws {
        _ = try await TestImage.web("1")
        try await EngineProcess.withSettings { settings in
            let app = try AppFile.write(in: settings.directory)
            let first = try await up(settings, app) { engine in
                try await engine.stable("web")
                let body = try await engine.get("hako-web")
                #expect(body == "1\n")
                return try await engine.running()
            }
            #expect(first.found.count == 2)
            #expect(first.said.contains("web answers at http://hako-web.localhost:\(settings.entryPort)\n"), "\(first.said)")
            #expect(first.said.contains("Try next:") && first.said.contains("stopped; the apps go on running"), "\(first.said)")

            let second = try await up(settings, app) { engine in
                let body = try await engine.get("hako-web")
                #expect(body == "1\n")
                return try await engine.running()
            }
            #expect(second.found == first.found, "containers that run are taken over")
            #expect(second.said.contains("nothing to do"), "\(second.said)")
        }
    }

    @Test func `tells what is wrong in a definition, and goes on`() async throws {
        try await EngineProcess.withSettings { settings in
            let app = try AppFile.write(in: settings.directory, app: "  memmory: 1")
            let wrong = try await up(settings, app) { engine in
                try await engine.call("ListServices", [:])["serviceArns"].array.count
            }
            #expect(wrong.found == 0)
            #expect(wrong.said.contains("web.yml:25:3: ") && wrong.said.contains("did you mean memory"), "\(wrong.said)")
        }
    }

    /// Starts the platform with an app, waits until it has tried to deploy it, runs `body`, and presses Ctrl-C.
    private func up<Found: Sendable>(
        _ settings: EngineProcess.Settings, _ app: AppFile, _ body: @escaping @Sendable (EngineProcess) async throws -> Found
    ) async throws -> (found: Found, said: String) {
        var settings = settings
        settings.verb = "up"
        settings.extra = ["--unwatched", app.path]
        let (found, code) = try await EngineProcess.runToEnd(settings) { [settings] engine in
            try await eventually("the platform has settled") { EngineProcess.said(settings).contains("Ctrl-C stops the platform") }
            let found = try await body(engine)
            kill(engine.processID, SIGINT)
            return found
        }
        let said = EngineProcess.said(settings)
        #expect(code == 0, "\(said)")
        return (found, said)
    }
}
