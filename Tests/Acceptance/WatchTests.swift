import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import ServiceModel
import TestSupport
import Testing

private let isInstalled = ["prometheus", "promtool", "prometheus-alertmanager", "amtool"].allSatisfy { name in
    FileManager.default.isExecutableFile(atPath: "/usr/bin/\(name)")
}

/// The way of an alert, from a request that fails to the team's channel, on the real Prometheus and Alertmanager.
@Suite(.enabled(if: TestImage.dockerAnswers()), .enabled(if: isInstalled, "Prometheus or Alertmanager is not installed"))
struct `An app that fails` {
    private static let cookbook = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "examples/cookbook")

    @Test func `calls its team's channel, says when it is well again, and calls another channel once that is set`() async throws {
        try await EngineProcess.withSettings { settings in
            let definition = try Self.repository(in: "\(settings.directory).repository")
            defer { try? FileManager.default.removeItem(atPath: "\(settings.directory).repository") }
            let server = "http://127.0.0.1:\(try await PortReservation.free())"
            let prometheus = "http://127.0.0.1:\(try await PortReservation.free())"
            let port = { (url: String) in String(url.split(separator: ":").last ?? "") }
            var settings = settings
            settings.verb = "up"
            settings.extra = [
                "--server-port", port(server), "--prometheus-port", port(prometheus), "--alertmanager-port", "\(try await PortReservation.free())",
                "--interval", "1", definition,
            ]
            let (_, code) = try await EngineProcess.runToEnd(settings) { [settings] engine in
                try await eventually("the platform has settled") { EngineProcess.said(settings).contains("Ctrl-C stops the platform") }
                try await eventually("Prometheus scrapes both tasks") {
                    let targets = try await Self.json("\(prometheus)/api/v1/targets")["data"]["activeTargets"].array
                    return targets.filter { $0["labels"]["app"] == "recipes" && $0["labels"]["team"] == "kitchen" && $0["health"] == "up" }.count == 2
                }

                let first = try await Self.json("\(server)/api/apps/recipes/releases")["releases"][0]
                #expect(first["number"] == 1 && first["outcome"] == "deployed", "the platform's own deploy is a release: \(first)")

                let traffic = Traffic(engine: engine)
                try await traffic.misbehave(true)
                try await eventually("the alert is in the channel of the definition") {
                    try await traffic.request()
                    let page = try await Self.text("\(server)/slack/channels/recipes")
                    return page.contains("FIRING") && page.contains("AppErrorRatioHigh") && page.contains("requests to recipes fail")
                }
                let message = try await Self.text("\(server)/slack/channels/recipes")
                for link in ["/apps/recipes", "/silences/new?matcher=", "docs/runbooks/AppErrorRatioHigh"] { #expect(message.contains(link)) }

                try await traffic.misbehave(false)
                // The generic rule of latency stands on this histogram.
                let latency = try await Self.json(
                    "\(prometheus)/api/v1/query?query=jubako_http_request_duration_seconds_count%7Bapp%3D%22recipes%22%7D")
                #expect(!latency["data"]["result"].array.isEmpty, "\(latency)")
                try await eventually("the same message says that it is over", within: .seconds(120)) {
                    try await traffic.request()
                    let alerts = try await Self.json("\(server)/api/apps/recipes/alerts")["alerts"].array
                    return alerts.contains {
                        $0["labels"]["alertname"] == "AppErrorRatioHigh" && $0["status"] == "resolved" && !$0["resolved_sent_at"].isNull
                    }
                }
                let ledger = try await Self.json("\(server)/api/apps/recipes/alerts")["alerts"].array
                let entry = try #require(ledger.first { $0["labels"]["alertname"] == "AppErrorRatioHigh" })
                for time in ["fired_at", "received_at", "sent_at", "resolved_sent_at"] { #expect(entry[time].string != nil, "\(time) of \(entry)") }
                #expect(entry["channel"] == "#recipes", "\(entry)")

                let token = try String(contentsOfFile: "\(settings.directory)/server.token", encoding: .utf8)
                let refused = try await Self.put("\(server)/api/apps/recipes/channel", "{\"channel\":\"#cooks\"}", token: "wrong")
                #expect(refused.status == 401)
                let set = try await Self.put("\(server)/api/apps/recipes/channel", "{\"channel\":\"#cooks\",\"by\":\"test\"}", token: token)
                #expect(set.status == 200 && set.body["ts"].string != nil, "\(set)")
                try await traffic.misbehave(true)
                try await eventually("the next alert is in the new channel", within: .seconds(120)) {
                    try await traffic.request()
                    return try await Self.text("\(server)/slack/channels/cooks").contains("AppErrorRatioHigh")
                }
                kill(engine.processID, SIGINT)
            }
            #expect(code == 0, "\(EngineProcess.said(settings))")
        }
    }

    /// The cookbook with rules that are as they are, but look at seconds instead of minutes.
    static func repository(in directory: String) throws -> String {
        try? FileManager.default.removeItem(atPath: directory)
        try FileManager.default.copyItem(atPath: cookbook.path(), toPath: directory)
        for name in try FileManager.default.contentsOfDirectory(atPath: "\(directory)/rules") where name.hasSuffix(".yml") {
            let path = "\(directory)/rules/\(name)"
            let quick = try String(contentsOfFile: path, encoding: .utf8).replacing("[5m]", with: "[10s]").replacing("for: 1m", with: "for: 1s")
                .replacing("* 300 >= 5", with: "* 10 >= 1")
            try quick.write(toFile: path, atomically: true, encoding: .utf8)
        }
        return "\(directory)/apps/recipes.yml"
    }

    private struct Traffic {
        let engine: EngineProcess

        func misbehave(_ fails: Bool) async throws {
            // The switch is per task; two requests in turn reach both.
            for _ in 0..<8 { _ = try await send(.PUT, "/switch", #"{"fail_percent": \#(fails ? 100 : 0)}"#) }
        }

        func request() async throws {
            for _ in 0..<5 { _ = try await send(.GET, "/recipes", nil) }
        }

        private func send(_ method: HTTPMethod, _ path: String, _ body: String?) async throws -> Int {
            var request = HTTPClientRequest(url: "http://127.0.0.1:\(engine.settings.entryPort)\(path)")
            request.method = method
            request.headers.add(name: "Host", value: "hako-recipes.localhost")
            if let body {
                request.headers.add(name: "Content-Type", value: "application/json")
                request.body = .bytes(ByteBuffer(string: body))
            }
            let answer = try await HTTPClient.shared.execute(request, timeout: .seconds(5))
            _ = try await answer.body.collect(upTo: 1 << 20)
            return Int(answer.status.code)
        }
    }

    private static func text(_ url: String) async throws -> String {
        let answer = try await HTTPClient.shared.execute(HTTPClientRequest(url: url), timeout: .seconds(5))
        return String(buffer: try await answer.body.collect(upTo: 1 << 22))
    }

    private static func json(_ url: String) async throws -> JSON {
        let text = try await text(url)
        return (try? JSON(parsing: text)) ?? .null
    }

    private static func put(_ url: String, _ body: String, token: String) async throws -> (status: Int, body: JSON) {
        var request = HTTPClientRequest(url: url)
        request.method = .PUT
        request.headers.add(name: "Authorization", value: "Bearer \(token.trimmingCharacters(in: .whitespacesAndNewlines))")
        request.body = .bytes(ByteBuffer(string: body))
        let answer = try await HTTPClient.shared.execute(request, timeout: .seconds(70))
        return (Int(answer.status.code), (try? JSON(parsing: String(buffer: try await answer.body.collect(upTo: 1 << 20)))) ?? .null)
    }
}
