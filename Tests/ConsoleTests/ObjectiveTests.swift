import Foundation
import NIOHTTP1
import ServiceModel
import TestSupport
import Testing

@testable import Console

/// A Prometheus that has 1,000 requests in every slice; in a few of the last ones, so many failed.
private func measured(_ request: StubRequest) -> StubAnswer {
    let fields = Dictionary(
        Input.fields(request.body + "&" + (request.path.split(separator: "?").dropFirst().first ?? ""))
    ) { first, _ in first }
    guard let start = fields["start"].flatMap(Double.init), let end = fields["end"].flatMap(Double.init),
        let step = fields["step"].flatMap(Double.init)
    else { return StubAnswer(400, "{}") }
    let query = fields["query"] ?? ""
    let now = Date().timeIntervalSince1970
    let values = stride(from: start, through: end, by: step).map { time -> JSON in
        let isBad = now - time < 3_600 * 5 && now - time > 3_600 * 2
        let value = query.contains("slo:bad") ? (isBad ? "100" : "0") : query.contains("slo:total") ? "1000" : "1"
        return [.number(time), .string(value)]
    }
    let answer: JSON = ["status": "success", "data": ["resultType": "matrix", "result": [["metric": [:], "values": .array(values)]]]]
    return StubAnswer(200, answer.text, headers: [("content-type", "application/json")])
}

@Suite struct `The objectives of a server` {
    private static let path = "/apps/recipes/objectives/availability"

    private func host(_ body: @escaping @Sendable (ConsoleHost) async throws -> Void) async throws {
        try await StubServer.run(answering: { measured($0) }) { prometheus in
            try await ConsoleHost.run(provider: nil, prometheus: prometheus.url) { host in
                try await eventually("the objectives have been read") { try await host.get("/api/objectives").json["read_at"].string != nil }
                try await body(host)
            }
        }
    }

    @Test func `are the same figures for every reader, and the statement adds up to what is spent`() async throws {
        try await host { host in
            let list = try await host.get("/api/objectives").json
            #expect(list["total"] == 1)
            let row = list["objectives"][0]
            let one = try await host.get("/api" + Self.path).json
            let standing = one["objective"]
            #expect((standing["events"]["spent"].int ?? 0) > 0)
            #expect(standing["statement"].array.reduce(0) { $0 + ($1["events"].int ?? 0) } == standing["events"]["spent"].int)
            #expect(row["remaining"] == one["shown"]["remaining"])
            #expect(try await host.get("/api/apps/recipes").json["budget"]["remaining"] == row["remaining"])
            let left = try #require(standing["figures"]["remaining"].string)
            for reader in ["biz", "dev", "sre"] {
                let page = try await host.get(Self.path + "?as=\(reader)", headers: [("Accept", "text/html")])
                #expect(page.status == 200)
                #expect(page.body.contains(left), "\(reader) is told that \(left) is left")
                let sentence = try await host.get("/api" + Self.path + "?as=\(reader)").json["said"][0]
                #expect(sentence["left"].string == left)
            }
            let report = try await host.get("/api/objectives/report?sheet=true&app=recipes").json
            #expect(report["objectives"][0]["figures"]["remaining"].string == left)
            #expect(report["sheet"].string?.contains("</html>") == true)
            for path in ["/objectives", "/apps/recipes/objectives", "/apps/stock/objectives", "/objectives/report", "/apps/recipes", "/apps"] {
                let page = try await host.get(path, headers: [("Accept", "text/html"), ("Accept-Language", "ja")])
                #expect(page.status == 200, "\(path)")
                #expect(!page.body.contains("slo_"), "\(path) has a key for which there is no word")
            }
            #expect(try await host.get("/api/apps/recipes/objectives/availabilty").json["detail"].string?.contains("availability?") == true)
            #expect(try await host.get("/api/objectives?state=fine").status == 400)
            #expect(try await host.get("/api/objectives?team=pantry").json["total"] == 0)
        }
    }

    @Test func `take a correction of an SRE that somebody else asked for, and no other`() async throws {
        try await host { host in
            let before = try #require(try await host.get("/api" + Self.path).json["objective"]["events"]["spent"].int)
            func time(_ hours: Double) -> JSON { .string(TimeText.machine(Date() - hours * 3_600)) }
            var wish: JSON = ["start": time(4), "end": time(3), "reason": "a new database", "requested_by": "yuki", "by": "sam"]
            let path = "/api" + Self.path + "/corrections"
            #expect(try await host.send(.POST, path, body: wish.text).status == 401)
            wish["requested_by"] = "sam"
            #expect(try await host.call(.POST, path, wish).status == 422, "nobody approves their own")
            wish["requested_by"] = "yuki"
            wish["end"] = time(5)
            #expect(try await host.call(.POST, path, wish).json["errors"][0]["pointer"] == "/end")
            wish["end"] = time(3)
            let made = try await host.call(.POST, path, wish)
            #expect(made.status == 201)
            #expect(made.json["approved_by"] == "sam")
            let after = try await host.get("/api" + Self.path).json
            #expect((after["objective"]["events"]["spent"].int ?? 0) < before)
            #expect(after["objective"]["statement"].array.contains { $0["kind"] == "correction" && ($0["events"].int ?? 0) < 0 })
            #expect(after["corrections"][0]["reason"] == "a new database")
            let row = try await host.call(.GET, "/api/audit").json["rows"].array.first { $0["result"] == "done" && $0["app"] == "recipes" }
            #expect(row?["reason"] == "a new database")
        }
    }

    @Test func `say so when no Prometheus is known`() async throws {
        try await ConsoleHost.run(provider: nil) { host in
            try await eventually("the objectives are listed") { try await host.get("/api/objectives").json["total"] == 1 }
            let list = try await host.get("/api/objectives").json
            #expect(list["objectives"][0]["word"] == "slo_unknown")
            #expect(list["read_at"].isNull)
            #expect(try await host.get(Self.path, headers: [("Accept", "text/html")]).status == 200)
            let letter = try await host.call(.POST, "/api/objectives/letter", ["month": "2026-13"])
            #expect(letter.json["errors"][0]["pointer"] == "/month")
        }
    }
}
