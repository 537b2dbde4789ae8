import Foundation
import HTTPTypes
import NIOHTTP1
import ServiceModel
import TestSupport
import Testing

@testable import Console

@Suite struct `Every endpoint of a server` {
    /// Somebody, and how they show who they are.
    private struct Guest {
        let name: String
        let caller: Caller
        /// Nil for somebody who shows nothing.
        let token: String?
        var cookie: String?
    }

    private func guests(_ host: ConsoleHost, _ identity: Identity) async throws -> [Guest] {
        var guests = [
            Guest(name: "anonymous", caller: .anonymous(mayRead: false), token: nil),
            Guest(name: "machine", caller: .machine, token: host.token.text),
        ]
        let people: [(String, Person, Set<String>?)] = [
            ("viewer", Person(subject: "p#viewer", name: "vic", role: .viewer), nil),
            ("developer of the team", Person(subject: "p#cook", name: "cat", role: .developer, teams: ["kitchen"]), nil),
            ("developer of another team", Person(subject: "p#keeper", name: "kim", role: .developer, teams: ["pantry"]), nil),
            ("sre", Person(subject: "p#sre", name: "sam", role: .sre), nil), ("admin", Person(subject: "p#admin", name: "ada", role: .admin), nil),
            ("token for the app", Person(subject: "p#ci", name: "ci", role: .admin), ["recipes"]),
            ("token for another app", Person(subject: "p#ci", name: "ci", role: .admin), ["stock"]),
        ]
        for (name, person, apps) in people {
            let made = try await identity.tokens.make(name: name, owner: person, apps: apps, days: 1)
            let caller = try #require(try await identity.tokens.caller(made.text))
            guests.append(Guest(name: name, caller: caller, token: made.text))
            guard apps == nil else { continue }
            let secret = try await identity.sessions.begin(person)
            let session = try #require(try await identity.sessions.caller(secret))
            guests.append(Guest(name: "\(name) in a browser", caller: session, token: nil, cookie: secret))
        }
        return guests
    }

    /// What a request with no sensible content says about rights.
    private func verdict(_ answer: ConsoleHost.Answer, isPage: Bool) -> String {
        switch answer.status {
        case 401: "unknown"
        case 303 where isPage && answer.location?.hasPrefix("/login?back=") == true: "unknown"
        case 403 where answer.body.contains(" may not do this"): "denied"
        default: "allowed"
        }
    }

    @Test func `lets in whom its permission names, and nobody else`() async throws {
        try await OpenIDProvider.run { provider in
            try await ConsoleHost.run(provider: provider) { host in
                var wrong: [String] = []
                var tried = 0
                for guest in try await guests(host, host.server.identity) {
                    for endpoint in host.server.endpoints {
                        for (route, isPage) in [(endpoint.page, true), (endpoint.api, false)] {
                            guard let route else { continue }
                            let isAboutApp = route.path.contains("{app}")
                            let expected =
                                switch endpoint.permission.verdict(
                                    for: guest.caller, app: isAboutApp ? "recipes" : nil, team: isAboutApp ? "kitchen" : nil)
                                {
                                case .allowed: "allowed"
                                case .unknownCaller: "unknown"
                                case .denied: "denied"
                                }
                            let path = route.path.replacing("{app}", with: "recipes").replacing(/\{[a-z]+\}/, with: "x")
                            // Ends its own session, which the rest needs.
                            guard path != "/logout" || guest.cookie == nil else { continue }
                            var headers = [("Accept", isPage ? "text/html" : "application/json")]
                            if let token = guest.token { headers.append(("Authorization", "Bearer \(token)")) }
                            if let cookie = guest.cookie {
                                headers += [("Cookie", "\(SignIn.cookie)=\(cookie)"), ("X-Form-Token", guest.caller.formToken ?? "")]
                            }
                            let answer = try await host.send(
                                .init(rawValue: route.method.rawValue), path, headers: headers, body: route.method == .get ? nil : "{}")
                            tried += 1
                            let found = verdict(answer, isPage: isPage)
                            if found != expected || answer.status == 500 {
                                wrong.append(
                                    "\(guest.name) \(route.method) \(path): \(found) (\(answer.status)), and \(endpoint.permission) means \(expected)"
                                )
                            }
                        }
                    }
                }
                #expect(wrong == [])
                #expect(tried > 500, "\(tried)")
                // What is no endpoint.
                for path in ["/metrics", "/api/prometheus/targets", "/slack"] { #expect(try await host.get(path).status == 401) }
                #expect(try await host.call(.GET, "/metrics").status == 200)
                #expect(try await host.get("/healthz").status == 200)
                #expect(try await host.call(.POST, "/api/alertmanager", [:], token: "wrong").status == 401)
            }
        }
    }

    @Test func `is open to readers of this machine where nobody signs in`() async throws {
        try await ConsoleHost.run(provider: nil) { host in
            let apps = try await host.get("/api/apps")
            #expect(apps.status == 200)
            #expect(try await host.get("/metrics").status == 200)
            #expect(try await host.send(.POST, "/api/silences", body: "{}").status == 401)
            #expect(try await host.call(.GET, "/api/apps", token: "jbk_wrong").status == 401, "a wrong token is not nobody")
            let link = try #require(host.server.signInLink)
            let visitor = Visitor(host)
            #expect(try await visitor.get(link).status == 303)
            #expect(try await visitor.me()["role"] == "admin")
        }
    }
}
