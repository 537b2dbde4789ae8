import Foundation
import NIOHTTP1
import ServiceModel
import Store
import TestSupport
import Testing

@testable import Console

@Suite struct `An API token` {
    @Test func `can be told from everything else without asking anybody`() {
        // The check value of the catalogue of CRC algorithms.
        #expect(TokenText.crc32("123456789".utf8) == 0xCBF4_3926)
        #expect(TokenText.checksum("123456789") == "3jZRME")
        let token = TokenText.make()
        #expect(token.wholeMatch(of: /jbk_[0-9A-Za-z]{36}/) != nil && TokenText.isWellFormed(token) && token != TokenText.make())
        let other = token.last == "0" ? "1" : "0"
        for wrong in ["", "jbk_", token + "0", String(token.dropLast()) + other, "ghp_" + token.dropFirst(4), token.replacing("_", with: "-")] {
            #expect(!TokenText.isWellFormed(wrong), "\(wrong)")
        }
    }

    @Test func `is kept as a hash, ends, and is said to be in use once a minute`() async throws {
        let clock = TestClock()
        let store = try SQLiteStore.inMemory(now: clock.read)
        let tokens = APITokens(store: store, now: clock.read)
        let owner = Person(subject: "p#1", name: "ann", role: .developer, teams: ["kitchen"])
        let (text, token) = try await tokens.make(name: "ci", owner: owner, apps: ["recipes"], days: 2)
        let kept = try #require(try await store.query(partition: "identity/tokens").first)
        #expect(!String(decoding: kept.body, as: UTF8.self).contains(text.dropFirst(4)) && !kept.key.sort.contains(text))
        let caller = try #require(try await tokens.caller(text))
        #expect(caller.proof == .token(id: token.id) && caller.name == "ann (ci)" && caller.role == .developer && caller.apps == ["recipes"])
        #expect(caller.teams == ["kitchen"] && !Freshness.isFresh(caller, now: clock.read()))
        func writes() async throws -> Int { try await store.query(partition: "identity/tokens").first?.version ?? 0 }
        #expect(try await writes() == 2)
        clock.advance(30)
        _ = try await tokens.caller(text)
        #expect(try await writes() == 2)
        clock.advance(31)
        _ = try await tokens.caller(text)
        #expect(try await writes() == 3)
        clock.advance(2 * 86_400)
        #expect(try await tokens.caller(text) == nil)
        let (second, revoked) = try await tokens.make(name: "ci", owner: owner, days: 2)
        try await tokens.revoke(revoked)
        #expect(try await tokens.caller(second) == nil)
    }

    @Test func `is made on the page by who has just signed in, within their rights`() async throws {
        try await OpenIDProvider.run { provider in
            provider.set { $0.user["groups"] = ["cooks"] }
            try await ConsoleHost.run(provider: provider) { host in
                let visitor = Visitor(host)
                _ = try await visitor.open("/apps")
                // The provider says that they typed their password two hours ago.
                let stale = try await visitor.post("/me/tokens", "name=ci")
                #expect(stale.status == 403 && stale.body.contains("/login?again=1&amp;back=/me/tokens"), "\(stale.body)")
                #expect(try await visitor.open("/login?again=1&back=/me/tokens").body.contains("API tokens"))
                for (form, field) in [
                    ("name=", "name"), ("name=ci&role=sre", "role"), ("name=ci&apps=recipse", "apps"), ("name=ci&days=366", "days"),
                    ("name=ci&teams=pantry", "teams"),
                ] {
                    let answer = try await visitor.post("/me/tokens", form)
                    #expect(answer.status == 422 && (field == "teams" || answer.body.contains("problem")), "\(form) \(answer.status)")
                }
                let made = try await visitor.post("/me/tokens", "name=ci&apps=recipes&role=developer")
                let text = try #require(made.body.firstMatch(of: /<pre id="token">(jbk_[0-9A-Za-z]{36})<\/pre>/)?.1)
                #expect(made.status == 201)
                let listed = try await visitor.get("/me/tokens").body
                #expect(listed.contains("ci") && !listed.contains(text), "shown once")
                let path = "/api/apps/recipes/thresholds/error_ratio"
                let wish: JSON = ["value": 0.2, "reason": "r"]
                #expect(try await host.call(.PUT, path, wish, token: String(text)).json["setting"]["set_by"] == "ann@example.com (ci)")
                #expect(try await host.call(.PUT, path.replacing("recipes", with: "stock"), wish, token: String(text)).status == 403)
                #expect(try await host.call(.POST, "/api/me/tokens", ["name": "more"], token: String(text)).status == 403)
                let id = try #require(try await visitor.get("/api/me/tokens").json["tokens"][0]["id"].string)
                #expect(try await visitor.post("/me/tokens/\(id)/revoke").location == "/me/tokens?done=token_revoked")
                #expect(try await host.call(.GET, "/api/apps", token: String(text)).status == 401)
                // The server's own token makes them too, and an admin sees those of all.
                let machine = try await host.call(.POST, "/api/me/tokens", ["name": "deploy", "role": "developer", "teams": ["pantry"], "days": 1])
                #expect(machine.status == 201 && TokenText.isWellFormed(machine.json["token"].string ?? ""))
                #expect(try await visitor.get("/api/me/tokens").json["tokens"].array.isEmpty)
            }
        }
    }

    @Test func `comes to a command line whose code somebody confirms`() async throws {
        try await OpenIDProvider.run { provider in
            provider.set { $0.user["groups"] = ["sres"] }
            try await ConsoleHost.run(provider: provider) { host in
                func begin() async throws -> JSON { try await host.send(.POST, "/api/login/device", body: #"{"host": "laptop"}"#).json }
                func collect(_ begun: JSON, secret: String? = nil) async throws -> ConsoleHost.Answer {
                    let wish: JSON = ["code": begun["code"], "secret": JSON(secret ?? begun["secret"].string)]
                    return try await host.send(.POST, "/api/login/device/token", body: wish.text)
                }
                let begun = try await begin()
                let code = try #require(begun["code"].string)
                #expect(begun["url"].string == host.url + "/login/device" && code.wholeMatch(of: /[A-Z]{4}-[A-Z]{4}/) != nil)
                #expect(try await collect(begun).json["state"] == "waiting")
                let visitor = Visitor(host)
                let asked = try await visitor.open("/login/device?code=\(code.lowercased())")
                #expect(asked.status == 200 && asked.body.contains("laptop"))
                #expect(try await visitor.post("/login/device", "code=\(code)").status == 403, "only after a fresh sign-in")
                _ = try await visitor.open("/login?again=1&back=/login/device")
                #expect(try await visitor.post("/login/device", "code=BBBB-BBBB").status == 422)
                #expect(try await visitor.post("/login/device", "code=\(code)").location == "/login/device?done=confirmed")
                #expect(try await visitor.post("/login/device", "code=\(code)").status == 422, "confirmed already")
                #expect(try await collect(begun, secret: "wrong").status == 404)
                let token = try #require(try await collect(begun).json["token"].string)
                #expect(try await collect(begun).status == 404, "given once")
                let me = try await host.call(.GET, "/api/me", token: token).json
                #expect(me["role"] == "sre" && me["name"] == "ann@example.com (jubako login on laptop)", "\(me)")
                // Its person has just signed in, so it makes tokens; it confirms no codes.
                #expect(try await host.call(.POST, "/api/me/tokens", ["name": "ci", "role": "viewer"], token: token).status == 201)
                let another = try await begin()
                #expect(try await host.call(.POST, "/login/device", ["code": another["code"]], token: token).status == 403)
            }
        }
    }
}
