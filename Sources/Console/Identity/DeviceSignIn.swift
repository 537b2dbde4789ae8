import Foundation
import HTTPTypes
import Hummingbird
import ServiceModel
import Store

/// Signing in a command line: it shows a short code, somebody who is signed in confirms it in the browser, and it receives a token of its own.
///
/// Items: partition `identity/devices`, sort key the short code.
struct DeviceSignIn: Sendable {
    let store: any Store
    let tokens: APITokens
    /// Where browsers reach the server.
    let url: String
    var now: @Sendable () -> Date = { Date() }

    static let templates = ["device": template]
    static let lifetime: TimeInterval = 10 * 60
    /// So many wait at once at most: anybody may begin one.
    static let limit = 500
    private static let partition = "identity/devices"
    /// Without vowels and without what looks alike: no code is a word, and none is misread.
    private static let letters = Array("BCDFGHJKLMNPQRSTVWXZ")

    var endpoints: [Endpoint] {
        var confirm = Endpoint(summary: "Confirm the code of a command line", permission: .own) { visit in try await self.confirm(visit) }
        confirm.page = Endpoint.Route(method: .post, path: "/login/device")
        confirm.body = [.init(name: "code", about: "The code that the command line shows", isRequired: true)]
        confirm.form = "/login/device"
        var page = Endpoint.page(
            "/login/device", template: "device", title: "device_title", "Ask for the code of a command line", permission: .own,
            query: [.init(name: "code", about: "The code that the command line shows")]
        ) { visit in .show(try await state(visit)) }
        page.api = nil
        return [
            page, confirm,
            .api(
                .post, "/api/login/device", "Begin to sign in a command line", permission: .open,
                body: [.init(name: "host", about: "What the machine calls itself")],
                returns: Schema.object([
                    "code": Schema.text, "secret": Schema.text, "url": Schema.text, "expires_in": Schema.integer, "interval": Schema.integer,
                ]), refusals: [429]
            ) { visit in .done(try await begin(visit), see: "/", status: .created) }.with {
                $0.successes = [201]
                // Anybody may begin one; what counts is who confirms it.
                $0.audits = false
            },
            .api(
                .post, "/api/login/device/token", "Ask for the token of a confirmed command line", permission: .open,
                body: [
                    .init(name: "code", about: "The short code", isRequired: true),
                    .init(name: "secret", about: "What came with it", isRequired: true),
                ],
                returns: Schema.object(["state": Schema.choice(["waiting", "confirmed"]), "token?": Schema.text, "person?": Schema.text]),
                refusals: [404]
            ) { visit in try await collect(visit) }.with { $0.successes = [200, 201] },
        ]
    }

    // MARK: The command line's side

    private func begin(_ visit: Visit) async throws -> JSON {
        guard try await store.query(partition: Self.partition, sort: .all, limit: Self.limit, reversed: false).count < Self.limit else {
            throw ConsoleError(status: .tooManyRequests, detail: "too many sign-ins of command lines wait to be confirmed: try again in ten minutes")
        }
        var generator = SystemRandomNumberGenerator()
        let letters = String((0..<8).map { _ in Self.letters[Int.random(in: 0..<Self.letters.count, using: &generator)] })
        let secret = Secret.make()
        let host = (visit.input["host"].string ?? "").filter { $0.isASCII && !$0.isNewline && $0 != "<" }.prefix(60)
        let body: JSON = [
            "secret": .string(Secret.hash(secret)), "host": .string(String(host)), "address": .string(visit.address ?? ""),
            "asked_at": JSON(time: now()),
        ]
        try await store.write([.put(Self.key(letters), body: body.bytes, condition: .absent, expiry: now() + Self.lifetime)])
        return [
            "code": .string(Self.spaced(letters)), "secret": .string(secret), "url": .string("\(url)/login/device"),
            "expires_in": .integer(Int(Self.lifetime)), "interval": 2,
        ]
    }

    private func collect(_ visit: Visit) async throws -> Answer {
        guard let (item, waiting) = try await find(try visit.text("code")),
            Secret.areEqual(waiting["secret"].string ?? "", Secret.hash(try visit.text("secret")))
        else { throw ConsoleError.notFound("this code is unknown, was used already or is older than ten minutes: begin again with jubako login") }
        guard let person = Person(waiting["person"]) else { return .show(["state": "waiting"]) }
        guard try await store.attempt([.delete(item.key, condition: .version(item.version))]) else {
            throw ConsoleError.notFound("this code was used already: begin again with jubako login")
        }
        let host = waiting["host"].string ?? ""
        let made = try await tokens.make(
            name: host.isEmpty ? "jubako login" : "jubako login on \(host)", owner: person, days: TokenPages.standardDays,
            signedInAt: waiting["signed_in_at"].time)
        var answer = made.token.json
        answer["token"] = .string(made.text)
        answer["state"] = "confirmed"
        answer["person"] = .string(person.name)
        return .made(answer, change: .init(after: made.token.json))
    }

    // MARK: The browser's side

    private func state(_ visit: Visit) async throws -> JSON {
        let typed = visit.query["code"] ?? ""
        let found = typed.isEmpty ? nil : try await find(typed)
        let code = Self.spaced(Self.plain(typed))
        return .compact([
            "code": .string(code),
            "waiting": found.map { found in
                ["host": found.body["host"], "address": found.body["address"], "asked_at": found.body["asked_at"], "code": .string(code)]
            } ?? .null, "unknown": .bool(!typed.isEmpty && found == nil), "is_fresh": .bool(Freshness.isFresh(visit.caller)),
            "again": .string(Freshness.link("/login/device" + (typed.isEmpty ? "" : "?code=\(code)"))),
            "confirmed": .bool(visit.query["done"] == "confirmed"),
        ])
    }

    private func confirm(_ visit: Visit) async throws -> Answer {
        let caller = visit.caller
        // A token must not make itself another that outlives it.
        guard case .session = caller.proof, let role = caller.role, let subject = caller.subject else {
            throw ConsoleError(status: .forbidden, detail: "a code is confirmed in the browser", whoCan: "everybody who is signed in there")
        }
        try Freshness.check(caller, back: "/login/device")
        guard let (item, waiting) = try await find(try visit.text("code")), waiting["person"].isNull else {
            throw ConsoleError.invalid("code", "this code is unknown, was confirmed already or is older than ten minutes")
        }
        var body = waiting
        body["person"] = Person(subject: subject, name: caller.name, role: role, teams: caller.teams, isBusiness: caller.isBusiness).json
        body["signed_in_at"] = JSON(time: caller.signedInAt)
        guard try await store.attempt([.put(item.key, body: body.bytes, condition: .version(item.version), expiry: item.expiry)]) else {
            throw ConsoleError.invalid("code", "this code was confirmed already")
        }
        let what: JSON = ["host": waiting["host"], "address": waiting["address"]]
        return .done(["state": "confirmed"], see: "/login/device?done=confirmed", change: .init(after: what))
    }

    // MARK: Codes

    private func find(_ typed: String) async throws -> (item: StoreItem, body: JSON)? {
        guard let item = try await store.get(Self.key(Self.plain(typed))), let body = try? JSON(parsing: item.body) else { return nil }
        return (item, body)
    }

    private static func key(_ code: String) -> StoreKey { StoreKey(partition: partition, sort: code) }

    /// What somebody typed, whatever is between the letters.
    private static func plain(_ typed: String) -> String { String(typed.uppercased().filter { letters.contains($0) }.prefix(8)) }

    private static func spaced(_ code: String) -> String { code.count > 4 ? "\(code.prefix(4))-\(code.dropFirst(4))" : code }

    private static let template = #"""
        {{<layout}}{{$content}}
        <h1>{{t.device_title}}</h1>
        {{#confirmed}}<div class="notice good" role="status">{{t.device_confirmed}}</div>{{/confirmed}}
        {{^confirmed}}
        {{#form.detail}}<div class="notice bad" role="alert">{{form.detail}}</div>{{/form.detail}}
        {{#unknown}}<div class="notice bad" role="alert">{{t.device_unknown}}</div>{{/unknown}}
        {{^waiting}}<p>{{t.device_help}}</p>
        <form class="stack" action="/login/device"><div><label for="code">{{t.device_code}}</label>
        <input id="code" name="code" required autocomplete="off" placeholder="BCDF-GHJK" value="{{code}}"></div><button>{{t.next}}</button></form>{{/waiting}}
        {{#waiting}}<p>{{t.device_check}}</p>
        <dl class="facts"><dt>{{t.device_code}}</dt><dd><strong>{{code}}</strong></dd><dt>{{t.device_host}}</dt><dd>{{host}}</dd>
        <dt>{{t.from_address}}</dt><dd>{{address}}</dd><dt>{{t.device_asked}}</dt><dd>{{ago(asked_at)}}</dd></dl>{{/waiting}}
        {{#waiting}}<form method="post" action="/login/device"><input type="hidden" name="_token" value="{{me.token}}">
        <input type="hidden" name="code" value="{{code}}"><p><button>{{t.device_confirm}}</button></p></form>{{/waiting}}
        {{^is_fresh}}<div class="notice">{{t.sign_in_again_first}} <a href="{{again}}">{{t.try_again}}</a></div>{{/is_fresh}}
        {{/confirmed}}
        {{/content}}{{/layout}}
        """#
}

extension Words {
    static let deviceWords: [String: Phrase] = [
        "device_title": Phrase("Sign in a command line", "コマンドラインのサインイン"),
        "device_help": Phrase(
            "jubako login shows a code. Type it here only if you have just started that command yourself.",
            "jubako login が表示したコードを入力してください。ご自身が今そのコマンドを実行した場合に限ります。"),
        "device_code": Phrase("Code", "コード"),
        "device_check": Phrase(
            "Confirm only what you started yourself: the command line below will act as you.",
            "ご自身で開始したものだけを承認してください。承認すると、次のコマンドラインがあなたとして操作できるようになります。"),
        "device_host": Phrase("Machine", "マシン"),
        "device_asked": Phrase("Asked", "要求"),
        "device_confirm": Phrase("Confirm", "承認する"),
        "device_confirmed": Phrase("Confirmed. Go back to the command line.", "承認しました。コマンドラインに戻ってください。"),
        "device_unknown": Phrase("This code is unknown or older than ten minutes.", "このコードは存在しないか、10分以上経過しています。"),
    ]
}
