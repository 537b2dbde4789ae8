import Definitions
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import NIOHTTP1
import ServiceModel
import TestSupport
import Testing

@testable import Console

@Suite struct `The deploy gate over HTTP` {
    /// A Prometheus with a month of a million requests every five minutes, none of which failed until just now.
    private struct Counters: Sendable {
        /// Failures since the last whole five minutes.
        let bad: Int

        func add(to router: Router<ConsoleContext>) {
            router.post("/api/v1/query_range") { request, _ in
                let fields = Dictionary(
                    Input.fields(String(buffer: try await request.body.collect(upTo: 1 << 16))), uniquingKeysWith: { first, _ in first })
                let expression = fields["query"] ?? ""
                let value =
                    expression.contains("slo:bad")
                    ? 0
                    : expression.contains("slo:")
                        ? 1_000_000
                        : expression.hasPrefix("count(")
                            ? 1
                            : expression.contains("bad_total") ? bad : 1_000_000
                func number(_ name: String) -> Double { fields[name].flatMap(Double.init) ?? 1 }
                let times = stride(from: number("start"), through: number("end"), by: number("step"))
                let points = times.map { JSON.array([.number($0), .string("\(value)")]) }
                let body: JSON = [
                    "status": "success", "data": ["resultType": "matrix", "result": [["metric": [:], "values": .array(points)]]],
                ]
                return Response(status: .ok, body: .init(byteBuffer: ByteBuffer(bytes: body.bytes)))
            }
        }
    }

    /// A server with people to ask it.
    private struct Place: Sendable {
        let host: ConsoleHost
        /// A developer of the app, an SRE, somebody of the business, and a program with a token for the app.
        let cook: String
        let sre: String
        let owner: String
        let program: String

        func post(_ path: String, _ body: JSON, as token: String) async throws -> ConsoleHost.Answer {
            try await host.call(.POST, "/api/apps/recipes/gate\(path)", body, token: token)
        }

        func stands() async throws -> JSON { try await host.call(.GET, "/api/apps/recipes/gate", token: cook).json }
    }

    /// - Parameter bad: nil for a Prometheus that is away.
    private static func place(bad: Int?, _ body: @escaping @Sendable (Place) async throws -> Void) async throws {
        try await OpenIDProvider.run { provider in
            try await withSite({ Counters(bad: bad ?? 0).add(to: $0) }) { prometheus in
                try await ConsoleHost.run(
                    provider: provider, organization: "gate: {business: [owners]}\nalerting: {channel: '#sre'}\n",
                    definition: "objectives: [{name: orders, ratio: {bad: bad_total, total: all_total}, objective: 99.99, window: 30d}]\n",
                    prometheus: bad == nil ? "http://127.0.0.1:9" : prometheus
                ) { host in
                    func token(_ person: Person, _ apps: Set<String>? = nil) async throws -> String {
                        try await host.server.identity.tokens.make(name: "t", owner: person, apps: apps, days: 1).text
                    }
                    let place = Place(
                        host: host, cook: try await token(Person(subject: "p#cat", name: "cat", role: .developer, teams: ["kitchen"])),
                        sre: try await token(Person(subject: "p#sam", name: "sam", role: .sre)),
                        owner: try await token(Person(subject: "p#mei", name: "mei", role: .viewer, isBusiness: true)),
                        program: try await token(Person(subject: "p#sam", name: "sam", role: .sre, isBusiness: true), ["recipes"]))
                    // in the very second in which a slice begins nothing is known of it
                    try await eventually("a slice has begun") { Int(Date().timeIntervalSince1970) % 300 > 1 }
                    try await body(place)
                }
            }
        }
    }

    @Test(arguments: [(0, "green", true), (700_000, "amber", true), (900_000, "red", false)])
    func `says how it stands by what Prometheus counted`(_ bad: Int, _ light: String, _ isAllowed: Bool) async throws {
        try await Self.place(bad: bad) { place in
            let now = try await place.stands()
            #expect(now["light"].string == light && now["allowed"].bool == isAllowed, "\(now)")
            let decided = try await place.post("", ["labels": ["reliability"]], as: place.cook).json
            #expect(decided["allowed"] == true, "a fix always passes: \(decided)")
            #expect(decided["exception"]["kind"].string == (light == "red" ? "fix" : nil))
            #expect(decided["quote"]["share"].double == 0.5 && decided["quote"]["requests_per_minute"].double == 200_000, "\(decided["quote"])")
        }
    }

    @Test func `lets one deploy pass once the business and an SRE have signed, and is closed again`() async throws {
        try await Self.place(bad: 900_000) { place in
            let refused = try await place.post("", [:], as: place.cook)
            #expect(refused.status == 200 && refused.json["allowed"] == false)
            #expect(refused.json["spent"].strings.first?.contains("900,000 failures") == true, "\(refused.json)")
            #expect(refused.json["way_out"].strings.contains { $0.contains("jubako gate override recipes") })

            let wish: JSON = ["reason": "Christmas menu", "for": "4h"]
            #expect(try await place.post("/overrides", wish, as: place.owner).status == 403)
            #expect(try await place.post("/overrides", ["reason": "x", "for": "8d"], as: place.cook).status == 422)
            #expect(try await place.post("/overrides", ["reason": "x"], as: place.cook).status == 422)
            let opened = try await place.post("/overrides", wish, as: place.cook)
            #expect(opened.status == 201 && opened.json["missing"].strings == ["business", "sre"], "\(opened)")
            let sign = "/overrides/\(opened.json["id"].string ?? "")/sign"

            // each as what they are, a token for one app and the server's as nothing
            for (token, role) in [
                (place.cook, "sre"), (place.cook, "business"), (place.owner, "sre"), (place.sre, "business"), (place.program, "sre"),
                (place.host.token.text, "sre"),
            ] {
                #expect(try await place.post(sign, ["role": .string(role), "by": "mei"], as: token).status == 403, "\(role)")
            }
            #expect(try await place.post(sign, ["role": "business"], as: place.owner).json["missing"].strings == ["sre"])
            #expect(try await place.post(sign, ["role": "business"], as: place.owner).status == 422, "signed already")
            #expect(try await place.post("", [:], as: place.cook).json["allowed"] == false, "one signature is none")
            let both = try await place.post(sign, ["role": "sre"], as: place.sre)
            #expect(both.json["is_complete"] == true && both.json.text.contains("p#") == false, "\(both.json)")

            let shown = try await place.stands()
            #expect(shown["allowed"] == true && shown["overrides"].array.count == 1)
            let passes = try await place.post("", ["image": "web:2"], as: place.cook)
            #expect(passes.json["allowed"] == true && passes.json["exception"]["kind"] == "override", "\(passes.json)")
            #expect(try await place.post("", [:], as: place.cook).json["allowed"] == false, "it is used up")
            #expect(try await place.post(sign, ["role": "sre"], as: place.sre).status == 422)
            #expect(try await place.stands()["overrides"].array.isEmpty)

            let rows = try await place.host.call(.GET, "/api/audit?app=recipes&limit=100").json["rows"].array
            #expect(rows.count { $0["action"] == "Ask the gate about a deploy" && $0["result"] == "done" } == 4, "\(rows)")
            #expect(rows.contains { $0["after"]["exception"]["kind"] == "override" && $0["after"]["image"] == "web:2" })
            #expect(rows.count { $0["action"] == "Sign an override of the gate" && $0["result"] == "done" } == 2)

            try await eventually("the channel was told") {
                let page = try await place.host.call(.GET, "/slack/channels/sre").body
                return ["by cat (t) refused: ", "(web:2) by cat (t) let pass: ", "asks for an override", "signed the override", "/apps/recipes/gate"]
                    .allSatisfy { page.contains($0) }
            }
        }
    }

    @Test func `shows a page with forms that need no script`() async throws {
        try await Self.place(bad: 900_000) { place in
            _ = try await place.post("/overrides", ["reason": "<b>menu", "for": "4h"], as: place.cook)
            let page = try await place.host.send(
                .GET, "/apps/recipes/gate", headers: [("Authorization", "Bearer \(place.cook)"), ("Accept", "text/html")]
            ).body
            for text in [
                "The gate is closed", "900,000 failures", "action=\"/apps/recipes/gate/overrides#overrides\"", "&lt;b&gt;menu",
                "value=\"business\" disabled>Sign as Business",
            ] {
                #expect(page.contains(text), "\(text) is not in \(page)")
            }
        }
    }

    @Test func `goes by the policy when Prometheus cannot be asked`() async throws {
        try await Self.place(bad: nil) { place in
            let decided = try await place.post("", [:], as: place.cook).json
            #expect(decided["light"] == "amber" && decided["allowed"] == true && decided["exception"]["kind"] == "unreachable", "\(decided)")
        }
    }
}
