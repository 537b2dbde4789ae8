import Alerting
import HTTPTypes
import Hummingbird
import ServiceModel

/// Signing in, at the provider or by a one-time link, and out.
struct SignIn: Sendable {
    let sessions: Sessions
    /// Where browsers reach the server.
    let url: String
    /// Nil where no provider is configured.
    var provider: OpenIDSignIn?
    let audit: any AuditRecorder

    static let cookie = "__Host-sid"
    static let templates = ["login": template]

    /// `Lax`: `Strict` would leave out the cookie when somebody comes from a link in Slack.
    static func header(_ secret: String) -> String { "\(cookie)=\(secret); Path=/; Secure; HttpOnly; SameSite=Lax" }

    var endpoints: [Endpoint] {
        var link = Endpoint(summary: "Sign in by a one-time link", permission: .open) { visit in
            guard try await sessions.redeem(visit.query["code"] ?? "") else {
                throw ConsoleError(
                    status: .forbidden, detail: "this link has been used, or is older than 15 minutes: jubako login prints another")
            }
            let secret = try await sessions.begin(
                .starter, agent: visit.headers[.userAgent] ?? "", address: visit.address ?? "", replacing: Cookies(visit.headers)[Self.cookie])
            await Self.record(visit, .starter, secret, to: audit)
            return .response(
                Response(status: .seeOther, headers: [.location: "/", .setCookie: Self.header(secret), .cacheControl: "no-store"]))
        }
        link.page = Endpoint.Route(method: .get, path: "/login/link")
        var login = Endpoint.page("/login", template: "login", title: "sign_in", "Sign in", permission: .open) { visit in
            if visit.caller.isSignedIn, visit.query["again"] == nil {
                return .response(Response(status: .seeOther, headers: [.location: Preferences.safe(visit.query["back"] ?? "/me")]))
            }
            if let provider { return try await provider.begin(visit) }
            return .show([:])
        }
        login.api = nil
        var logout = Endpoint(summary: "Sign out", permission: .own) { visit in
            if let secret = Cookies(visit.headers)[Self.cookie] { try await sessions.end(secret) }
            let cookie = "\(Self.cookie)=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0"
            // Not to /login, which would lead to a provider that still knows the browser.
            return .response(Response(status: .seeOther, headers: [.location: "/logout", .setCookie: cookie]))
        }
        logout.page = Endpoint.Route(method: .post, path: "/logout")
        var farewell = Endpoint.page("/logout", template: "login", title: "signed_out", "Say that somebody is signed out", permission: .open) { _ in
            .show(["signed_out": true, "provider": .bool(provider != nil)])
        }
        farewell.api = nil
        var endpoints = [
            link, login, logout, farewell,
            .api(.post, "/api/sign-in-links", "Make a one-time sign-in link", permission: .machine, returns: Schema.object(["url": Schema.text])) {
                _ in
                .done(["url": .string("\(url)/login/link?code=\(try await sessions.makeLink())")], see: "/", status: .created)
            }.with { $0.successes = [201] },
        ]
        if let provider {
            var callback = Endpoint(summary: "Come back from the sign-in provider", permission: .open) { visit in try await provider.finish(visit) }
            callback.page = Endpoint.Route(method: .get, path: OpenIDSignIn.callback)
            endpoints.append(callback)
        }
        return endpoints
    }

    /// Writes a sign-in down; the visit itself is still nobody's.
    static func record(_ visit: Visit, _ person: Person, _ secret: String, to audit: any AuditRecorder) async {
        await audit.record(
            AuditEvent(
                who: person.name, proof: .session(id: String(Secret.hash(secret).prefix(12))), action: "Sign in", object: person.subject,
                result: .done, change: .init(after: ["role": .string(person.role.rawValue), "teams": JSON(person.teams.sorted())]),
                from: visit.address, request: visit.id))
    }

    private static let template = #"""
        {{<layout}}{{$content}}
        {{#signed_out}}<h1>{{t.signed_out}}</h1><p>{{t.signed_out_here}}</p><p><a class="button" href="/login">{{t.sign_in}}</a></p>{{/signed_out}}
        {{^signed_out}}<h1>{{t.sign_in}}</h1><p>{{t.sign_in_how}}</p><pre>jubako login</pre>{{/signed_out}}
        {{/content}}{{/layout}}
        """#
}

extension Words {
    static let signInWords: [String: Phrase] = [
        "signed_out": Phrase("You are signed out", "サインアウトしました"),
        "signed_out_here": Phrase("The session of this browser has ended.", "このブラウザーのセッションを終了しました。"),
        "sign_in_how": Phrase(
            "On the machine of the server this command prints a link that signs you in, once:", "サーバーのマシンで次のコマンドを実行すると、1回だけ使えるサインイン用リンクが表示されます。"),
    ].merging(signInProblemWords) { first, _ in first }
}
