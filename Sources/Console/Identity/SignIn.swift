import Alerting
import HTTPTypes
import Hummingbird
import ServiceModel

/// Signing in by a one-time link, as on the machine that the server runs on, and out.
struct SignIn: Sendable {
    let sessions: Sessions
    /// Where the server answers.
    let url: String

    static let cookie = "__Host-sid"
    static let templates = ["login": template]

    var endpoints: [Endpoint] {
        var link = Endpoint(summary: "Sign in by a one-time link", permission: .open) { visit in
            guard let secret = sessions.redeem(visit.query["code"] ?? "") else {
                throw ConsoleError(
                    status: .forbidden, detail: "this link has been used, or is older than 15 minutes: jubako login prints another")
            }
            // Strict would leave out the cookie when somebody comes from a link in Slack.
            let cookie = "\(Self.cookie)=\(secret); Path=/; Secure; HttpOnly; SameSite=Lax"
            return .response(Response(status: .seeOther, headers: [.location: "/", .setCookie: cookie, .cacheControl: "no-store"]))
        }
        link.page = Endpoint.Route(method: .get, path: "/login/link")
        var login = Endpoint.page("/login", template: "login", title: "sign_in", "Say how to sign in", permission: .open) { visit in
            .show(["name": .string(visit.caller.name), "signed_in": .bool(visit.caller.isSignedIn)])
        }
        login.api = nil
        var logout = Endpoint(summary: "Sign out", permission: .own) { visit in
            if let secret = Cookies(visit.headers)[Self.cookie] { sessions.end(secret) }
            let cookie = "\(Self.cookie)=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0"
            return .response(Response(status: .seeOther, headers: [.location: "/login", .setCookie: cookie]))
        }
        logout.page = Endpoint.Route(method: .post, path: "/logout")
        return [
            link, login, logout,
            .api(.post, "/api/sign-in-links", "Make a one-time sign-in link", permission: .machine) { _ in
                .done(["url": .string("\(url)/login/link?code=\(sessions.makeLink())")], see: "/", status: .created)
            },
        ]
    }

    private static let template = #"""
        {{<layout}}{{$content}}
        {{#signed_in}}<h1>{{t.account}}</h1><p>{{t.signed_in_as}} <strong>{{name}}</strong></p>
        <form method="post" action="/logout"><input type="hidden" name="_token" value="{{me.token}}"><button>{{t.sign_out}}</button></form>{{/signed_in}}
        {{^signed_in}}<h1>{{t.sign_in}}</h1><p>{{t.sign_in_how}}</p><pre>jubako login</pre>{{/signed_in}}
        {{/content}}{{/layout}}
        """#
}

/// Knows browsers by their session and programs by the server's token; on a loopback address everybody may read.
struct SessionGatekeeper: Gatekeeper {
    let token: AccessToken
    let sessions: Sessions

    var signInPath: String? { "/login" }
    /// Pages of strangers reach a loopback address by a name of their own (DNS rebinding): only ours count.
    var hosts: Set<String>? { ["127.0.0.1", "localhost", "[::1]"] }

    func caller(_ headers: HTTPFields) async -> Caller {
        if token.bearer.matches(authorization: headers[.authorization]) { return .machine }
        if let secret = Cookies(headers)[SignIn.cookie], let caller = sessions.caller(secret) { return caller }
        return .anonymous(mayRead: true)
    }
}

extension Words {
    static let signInWords: [String: Phrase] = [
        "signed_in_as": Phrase("You are signed in as", "サインイン中:"),
        "sign_in_how": Phrase(
            "On the machine of the server this command prints a link that signs you in, once:", "サーバーのマシンで次のコマンドを実行すると、1回だけ使えるサインイン用リンクが表示されます。"),
    ]
}
