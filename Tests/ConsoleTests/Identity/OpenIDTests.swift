import Foundation
import NIOHTTP1
import ServiceModel
import TestSupport
import Testing

@testable import Console

@Suite struct `Signing in at a provider` {
    @Test(arguments: [
        (["readers"], "viewer", []), (["cooks"], "developer", ["kitchen"]), (["cooks", "keepers", "x"], "developer", ["kitchen", "pantry"]),
        (["sres", "readers"], "sre", []), (["chiefs", "sres", "cooks"], "admin", ["kitchen"]),
    ])
    func `makes roles and teams of groups`(groups: [String], role: String, teams: [String]) async throws {
        try await OpenIDProvider.run { provider in
            provider.set { settings in
                settings.user["groups"] = JSON(groups)
                settings.usesRSA = role == "sre"
            }
            try await ConsoleHost.run(provider: provider) { host in
                let visitor = Visitor(host)
                #expect(try await visitor.get("/apps/recipes").location == "/login?back=/apps/recipes", "nobody reads without signing in")
                let page = try await visitor.open("/apps/recipes")
                #expect(page.status == 200 && page.body.contains("recipes"), "\(page)")
                let me = try await visitor.me()
                #expect(me["name"] == "ann@example.com" && me["role"].string == role && me["teams"].strings == teams)
                let set = try await visitor.post("/apps/recipes/thresholds", "name=error_ratio&value=0.2&reason=r")
                #expect(set.status == (role == "viewer" ? 403 : 303), "\(set)")
            }
        }
    }

    @Test(arguments: [
        (OpenIDProvider.Fault.wrongIssuer, 403, "from another issuer"), (.wrongAudience, 403, "for another client"),
        (.wrongAuthorizedParty, 403, "issued to another client"), (.wrongNonce, 403, "another sign-in"), (.noNonce, 403, "another sign-in"),
        (.wrongAccessTokenHash, 403, "access token"), (.expired, 403, "expired"), (.fromTheFuture, 502, "from the future"), (.old, 502, "issued"),
        (.algorithmNone, 403, "signed with none"), (.signedWithPublicKey, 403, "signed with HS256"), (.wrongSignature, 403, "signature is wrong"),
        (.unknownKey, 403, "does not publish"), (.otherIssuerInAnswer, 403, "from another provider"), (.noIssuerInAnswer, 403, "which provider"),
        (.deny, 403, "declined"), (.tokenFails, 502, "answers 500"), (.keysFail, 502, "answers 500"), (.discoveryFails, 502, "answers 500"),
        (.noPKCE, 502, "no PKCE"),
    ])
    func `is refused when the provider breaks a rule`(fault: OpenIDProvider.Fault, status: Int, words: String) async throws {
        try await OpenIDProvider.run { provider in
            provider.set { $0.faults = [fault] }
            try await ConsoleHost.run(provider: provider) { host in
                let visitor = Visitor(host)
                let page = try await visitor.open("/apps")
                #expect(page.status == status && page.body.contains(words), "\(page.status) \(page.body)")
                #expect(page.body.contains("/login?again=1"), "the page leads on")
                #expect(await visitor.session == nil)
                #expect(try await visitor.get("/apps").status == 303)
                provider.set { $0.faults = [] }
                guard fault != .discoveryFails, fault != .noPKCE, fault != .unknownKey else { return }
                #expect(try await visitor.open("/login?again=1&back=/apps").status == 200, "the next attempt is another one")
            }
        }
    }

    @Test(arguments: [OpenIDProvider.Fault.namelessKey, .strangeKeys, .groupsElsewhere])
    func `gets along with what providers may do`(fault: OpenIDProvider.Fault) async throws {
        try await OpenIDProvider.run { provider in
            provider.set { settings in
                settings.faults = [fault]
                settings.usesRSA = fault == .strangeKeys
            }
            try await ConsoleHost.run(provider: provider) { host in
                let visitor = Visitor(host)
                let page = try await visitor.open("/apps")
                #expect(page.status == 200, "\(page.body)")
                #expect(try await visitor.me()["role"] == "viewer")
            }
        }
    }

    @Test func `counts once, in the browser that began it, and only with its own code`() async throws {
        try await OpenIDProvider.run { provider in
            try await ConsoleHost.run(provider: provider) { host in
                func sentOff(_ visitor: Visitor) async throws -> (away: String, back: String) {
                    let away = try #require(try await visitor.get("/login?back=/teams").location)
                    return (away, try #require(try await visitor.get(away).location))
                }
                let (ann, bob) = (Visitor(host), Visitor(host))
                let (_, back) = try await sentOff(ann)
                let (_, bobsBack) = try await sentOff(bob)
                #expect(try await Visitor(host).get(back).status == 400, "a browser without the cookie")
                #expect(try await bob.get(back).body.contains("state is not the one"), "another browser's answer")
                // A stolen code in another's answer: PKCE finds it out.
                let code = try #require(URLComponents(string: back)?.queryItems?.first { $0.name == "code" }?.value)
                let ownCode = try #require(URLComponents(string: bobsBack)?.queryItems?.first { $0.name == "code" }?.value)
                let injected = try await bob.get(bobsBack.replacing(ownCode, with: code))
                #expect(injected.status == 502 && injected.body.contains("invalid_grant"), "\(injected)")
                #expect(try await bob.get(bobsBack).body.contains("state was used already"))
                // The code was used up by that, so ann begins again.
                #expect(try await ann.get(back).body.contains("invalid_grant"))
                let (_, again) = try await sentOff(ann)
                let done = try await ann.get(again)
                #expect(done.status == 303 && done.location == "/teams")
                let cookies = done.headers["Set-Cookie"]
                #expect(
                    cookies.contains {
                        $0.hasPrefix("__Host-sid=") && $0.contains("HttpOnly") && $0.contains("Secure") && $0.contains("SameSite=Lax")
                    })
                #expect(cookies.contains { $0.hasPrefix("__Host-login=;") }, "the attempt is over")
                let first = await ann.session
                #expect(try await ann.get(again).status == 400, "the answer again")
                #expect(try await ann.open("/login?again=1&back=//evil.example").status == 200, "nobody is led away")
                #expect(await ann.session != first, "a sign-in makes another session")
                #expect(try await ann.me()["sessions"].array.count == 1, "and ends the one before")
            }
        }
    }

    @Test func `follows new keys, and does not ask for them again and again`() async throws {
        try await OpenIDProvider.run { provider in
            try await ConsoleHost.run(provider: provider) { host in
                let page = try await Visitor(host).open("/apps")
                #expect(page.status == 200, "\(page.body)")
                provider.rotateKeys()
                #expect(try await Visitor(host).open("/apps").status == 200, "the provider has new keys")
                #expect(provider.count("/jwks") == 2)
                provider.set { $0.faults = [.unknownKey] }
                for _ in 0..<3 { #expect(try await Visitor(host).open("/apps").status == 403) }
                #expect(provider.count("/jwks") == 2)
            }
        }
    }

    @Test func `ends in time when the provider does not answer, and lets nobody in without a group`() async throws {
        try await OpenIDProvider.run { provider in
            func problem(_ body: () async throws(SignInProblem) -> Void) async -> SignInProblem? {
                do throws(SignInProblem) { try await body() } catch { return error }
                return nil
            }
            let quick = Provider(.init(issuer: provider.issuer, clientID: "jubako", timeout: .milliseconds(1500)))
            provider.set { $0.faults = [.discoverySlow] }
            let slow = await problem { () async throws(SignInProblem) in _ = try await quick.discover() }
            #expect(slow == .unreachable("\(provider.issuer)/.well-known/openid-configuration did not answer within 1.5 s"))
            #expect(await problem { () async throws(SignInProblem) in _ = try await quick.discover() } == slow)
            #expect(provider.count("/.well-known/openid-configuration") == 1, "a failure is remembered for a moment")
            provider.set { $0.faults = [.tokenSlow] }
            let other = Provider(.init(issuer: provider.issuer, clientID: "jubako", timeout: .milliseconds(1500)))
            let attempt = LoginAttempt(back: "/", now: Date())
            let waiting = await problem { () async throws(SignInProblem) in
                _ = try await other.identity(code: "x", attempt: attempt, redirect: "http://127.0.0.1/login/callback")
            }
            #expect(waiting == .unreachable("\(provider.issuer)/token did not answer within 1.5 s"))
            try await quick.close()
            try await other.close()
            provider.set { settings in
                settings.faults = []
                settings.user["groups"] = ["strangers"]
            }
            try await ConsoleHost.run(provider: provider) { host in
                let visitor = Visitor(host)
                let page = try await visitor.open("/apps")
                #expect(page.status == 403 && page.body.contains("ann@example.com"))
                let japanese = try await visitor.send(.GET, "/login/callback", headers: [("Accept-Language", "ja")])
                #expect(japanese.status == 400 && japanese.body.contains("もう一度サインイン"))
                let other = try await host.get("/apps", headers: [("Host", "evil.example")])
                #expect(other.status == 421)
            }
        }
    }
}

@Suite struct `The provider of the tests` {
    @Test func `takes the rules literally`() async throws {
        try await OpenIDProvider.run { provider in
            try await ConsoleHost.run(provider: provider) { host in
                let away = try #require(try await Visitor(host).get("/login").location)
                func asked(_ change: (inout [URLQueryItem]) -> Void) async throws -> ConsoleHost.Answer {
                    var parts = try #require(URLComponents(string: away))
                    var items = parts.queryItems ?? []
                    change(&items)
                    parts.queryItems = items
                    return try await host.get(try #require(parts.string))
                }
                for name in ["state", "nonce", "code_challenge", "code_challenge_method"] {
                    let answer = try await asked { $0.removeAll { $0.name == name } }
                    #expect(answer.location?.contains("error=invalid_request") == true, "without \(name)")
                }
                let plain = try await asked { items in
                    items = items.map { $0.name == "code_challenge_method" ? .init(name: $0.name, value: "plain") : $0 }
                }
                #expect(plain.location?.contains("error=invalid_request") == true)
                for name in ["redirect_uri", "client_id"] {
                    let answer = try await asked { items in
                        items = items.map { $0.name == name ? .init(name: name, value: "\($0.value ?? "")/x") : $0 }
                    }
                    #expect(answer.status == 400 && answer.location == nil, "another \(name)")
                }
            }
        }
    }
}
