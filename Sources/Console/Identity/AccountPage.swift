import HTTPTypes
import ServiceModel

/// `/me`: who the reader is here, and the browsers in which they are signed in.
struct AccountPage: Sendable {
    let sessions: Sessions

    static let templates = ["me": template]

    private static let returns = Schema.object([
        "name": Schema.text, "role?": Schema.text, "teams": Schema.texts, "team_names": Schema.text, "signed_in_at?": Schema.time,
        "token_id?": Schema.text,
        "sessions": Schema.list(
            Schema.object([
                "id": Schema.text, "started_at": Schema.time, "last_seen": Schema.time, "agent": Schema.text, "address": Schema.text,
                "is_this": Schema.bool,
            ])),
    ])

    var endpoints: [Endpoint] {
        [
            .page("/me", template: "me", title: "account", "Read who you are, and your sessions", permission: .own, returns: Self.returns) { visit in
                .show(try await state(visit))
            },
            .action(
                "/me/sessions/{id}/end", api: .delete, "/api/me/sessions/{id}", "End a session of yours", permission: .own,
                returns: Schema.object(["id": Schema.text, "state": Schema.text])
            ) { visit in
                let id = visit.parameters["id"] ?? ""
                guard try await sessions.end(id: id, of: visit.caller.subject ?? "") else {
                    throw ConsoleError.notFound("you have no session \(id.prefix(40))")
                }
                return .done(["id": .string(id), "state": "ended"], see: "/me?done=session_ended", change: .init(before: .string(id)))
            },
        ]
    }

    private func state(_ visit: Visit) async throws -> JSON {
        let caller = visit.caller
        let own: String? = if case .session(let id) = caller.proof { id } else { nil }
        let token: String? = if case .token(let id) = caller.proof { id } else { nil }
        let list = try await sessions.list(of: caller.subject ?? "")
        return .compact([
            "name": .string(caller.name), "role": JSON(caller.role?.rawValue), "teams": JSON(caller.teams.sorted()),
            "team_names": .string(caller.teams.sorted().joined(separator: ", ")), "signed_in_at": JSON(time: caller.signedInAt),
            "token_id": JSON(token),
            "sessions": .array(
                list.map { session in
                    [
                        "id": .string(String(session.id.prefix(12))), "started_at": JSON(time: session.startedAt),
                        "last_seen": JSON(time: session.lastSeen), "agent": .string(session.agent), "address": .string(session.address),
                        "is_this": .bool(own == String(session.id.prefix(12))),
                    ]
                }),
            "done": visit.query["done"] == "session_ended" ? "session_ended" : .null,
        ])
    }

    private static let template = #"""
        {{<layout}}{{$content}}
        <h1>{{t.account}}</h1>
        {{#done}}<div class="notice good" role="status">{{word(done)}}</div>{{/done}}
        <dl class="facts">
        <dt>{{t.signed_in_as}}</dt><dd><strong>{{name}}</strong></dd>
        <dt>{{t.role}}</dt><dd>{{word(role)}}{{#team_names}} · {{team_names}}{{/team_names}}</dd>
        {{#signed_in_at}}<dt>{{t.signed_in}}</dt><dd><time datetime="{{signed_in_at}}" title="{{time(signed_in_at)}}">{{ago(signed_in_at)}}</time></dd>
        {{/signed_in_at}}
        </dl>
        <p><a class="button quiet" href="/me/tokens">{{t.tokens}}</a></p>
        <form method="post" action="/logout"><input type="hidden" name="_token" value="{{me.token}}"><button>{{t.sign_out}}</button></form>
        <h2>{{t.sessions}}</h2>
        <div class="scroll" tabindex="0" role="region" aria-label="{{t.sessions}}"><table><caption class="hidden">{{t.sessions}}</caption>
        <thead><tr><th scope="col">{{t.browser}}</th><th scope="col">{{t.from_address}}</th><th scope="col">{{t.signed_in}}</th>
        <th scope="col">{{t.last_used}}</th><th scope="col">{{t.action}}</th></tr></thead>
        <tbody>{{#sessions}}<tr><th scope="row">{{agent}}{{#is_this}} <small>({{t.this_browser}})</small>{{/is_this}}</th><td>{{address}}</td>
        <td><time datetime="{{started_at}}" title="{{time(started_at)}}">{{ago(started_at)}}</time></td>
        <td><time datetime="{{last_seen}}" title="{{time(last_seen)}}">{{ago(last_seen)}}</time></td>
        <td><form method="post" action="/me/sessions/{{path(id)}}/end"><input type="hidden" name="_token" value="{{me.token}}">
        <button class="quiet">{{t.end_session}}</button></form></td></tr>{{/sessions}}</tbody></table></div>
        {{/content}}{{/layout}}
        """#
}

extension Words {
    static let accountWords: [String: Phrase] = [
        "signed_in_as": Phrase("You are signed in as", "サインイン中:"),
        "role": Phrase("Role", "ロール"),
        "viewer": Phrase("Viewer", "閲覧者"),
        "developer": Phrase("Developer", "開発者"),
        "sre": Phrase("SRE", "SRE"),
        "admin": Phrase("Admin", "管理者"),
        "signed_in": Phrase("Signed in", "サインイン"),
        "sessions": Phrase("Browsers in which you are signed in", "サインイン中のブラウザー"),
        "browser": Phrase("Browser", "ブラウザー"),
        "this_browser": Phrase("this one", "この画面"),
        "from_address": Phrase("From", "接続元"),
        "last_used": Phrase("Last used", "最終利用"),
        "action": Phrase("Action", "操作"),
        "end_session": Phrase("End", "終了"),
        "session_ended": Phrase("The session has ended.", "セッションを終了しました。"),
        "sign_in_again_first": Phrase(
            "This needs a sign-in of the last five minutes, so that nobody does it in a browser that was left open. Sign in again first.",
            "この操作には5分以内のサインインが必要です(開いたままのブラウザーを他人に使われるのを防ぐため)。先にもう一度サインインしてください。"),
    ]
}
