import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import ServiceModel
import Subprocess
import TestSupport
import Testing

private let isInstalled = ["chromedriver", "prometheus", "promtool", "prometheus-alertmanager"].allSatisfy { name in
    FileManager.default.isExecutableFile(atPath: "/usr/bin/\(name)")
}

/// The pages of an app that runs, with a task that failed, lines in its log, charts, and an alert that fires.
@Suite(.enabled(if: TestImage.dockerAnswers()), .enabled(if: isInstalled, "Chromium or Prometheus is not installed"))
struct `Pages with something to show` {
    @Test func `are clean by axe and fit every width`() async throws {
        try await EngineProcess.withSettings { settings in
            let definition = try `An app that fails`.repository(in: "\(settings.directory).repository")
            defer { try? FileManager.default.removeItem(atPath: "\(settings.directory).repository") }
            let port = try await PortReservation.free()
            var settings = settings
            settings.verb = "up"
            settings.extra = [
                "--server-port", "\(port)", "--prometheus-port", "\(try await PortReservation.free())", "--alertmanager-port",
                "\(try await PortReservation.free())", "--interval", "1", definition,
            ]
            let (_, code) = try await EngineProcess.runToEnd(settings) { [settings] engine in
                try await eventually("the platform has settled") { EngineProcess.said(settings).contains("Ctrl-C stops the platform") }
                let server = "http://127.0.0.1:\(port)"
                let failing = try #require(try await engine.running().first)
                _ = try await Subprocess.run(.name("docker"), arguments: ["kill", failing], output: .discarded, error: .discarded)
                try await eventually("the task that failed is shown, and its alert fires", within: .seconds(120)) {
                    try await misbehave(engine)
                    let tasks = try await text("\(server)/apps/recipes/tasks")
                    return try await text("\(server)/apps/recipes").contains("AppErrorRatioHigh") && tasks.contains("137")
                }
                try await look(at: server, signedInBy: EngineProcess.said(settings))
                kill(engine.processID, SIGINT)
            }
            #expect(code == 0, "\(EngineProcess.said(settings))")
        }
    }

    private func look(at server: String, signedInBy output: String) async throws {
        let link = try #require(output.firstMatch(of: /http\S+\/login\/link\S+/)).output
        try await WebDriver.run { driver in
            for (language, pages) in [
                ("en", ["", "/tasks", "/logs", "/charts", "/alerts", "/config", "/settings", "/objectives", "/objectives/availability?as=sre"]),
                ("ja", ["", "/tasks", "/alerts", "/objectives/availability?as=biz"]),
            ] {
                try await driver.window(language: language) { browser in
                    if language == "en" { try await browser.open(String(link)) }
                    let look = PageLook(browser: browser, language: language)
                    for page in pages { try await look.check("\(server)/apps/recipes\(page)", widths: [390, 1280]) }
                    try await look.check("\(server)/silences/new?matcher=app%3D%22recipes%22", widths: [390, 1280])
                }
            }
        }
    }

    private func misbehave(_ engine: EngineProcess) async throws {
        for path in ["/switch", "/recipes", "/recipes", "/recipes"] {
            var request = HTTPClientRequest(url: "http://127.0.0.1:\(engine.settings.entryPort)\(path)")
            request.headers.add(name: "Host", value: "hako-recipes.localhost")
            if path == "/switch" {
                request.method = .PUT
                request.headers.add(name: "Content-Type", value: "application/json")
                request.body = .bytes(ByteBuffer(string: #"{"fail_percent": 60}"#))
            }
            _ = try? await HTTPClient.shared.execute(request, timeout: .seconds(5)).body.collect(upTo: 1 << 20)
        }
    }

    private func text(_ url: String) async throws -> String {
        String(buffer: try await HTTPClient.shared.execute(HTTPClientRequest(url: url), timeout: .seconds(10)).body.collect(upTo: 1 << 22))
    }
}
