import AWS
import Definitions
import Deployments
import Foundation
import HTTPTypes
import ServiceModel

/// `/apps/{app}/rollback`: what would come back, what cannot, and the button.
struct RollbackPages: Sendable {
    let desk: ReleaseDesk
    let fleet: Fleet
    let runner: RollbackRunner
    private let proposals = SharedReadings<Rollback.Proposal>(age: .seconds(3))

    init(desk: ReleaseDesk, fleet: Fleet, runner: RollbackRunner) {
        self.desk = desk
        self.fleet = fleet
        self.runner = runner
    }

    static let templates = ["rollback": template]

    var endpoints: [Endpoint] {
        [
            .page(
                "/apps/{app}/rollback", template: "rollback", title: "roll_back", "Read what a rollback would bring back, and what it cannot",
                query: [.init(name: "revision", about: "The number of a revision that was up; without it the last one", schema: Self.revision)],
                returns: Schema.object([
                    "app": Schema.text, "who_can": Schema.text, "current?": Schema.text, "target?": Schema.text,
                    "revision?": Schema.optional(Schema.integer), "problem?": Schema.text, "choices?": Schema.list(Schema.integer),
                    "cannot?": Schema.anything, "under_way?": Schema.optional(ReleaseEndpoints.returns),
                ])
            ) { visit in .show(try await proposal(visit)) },
            .action(
                "/apps/{app}/rollback", api: .post, "/api/apps/{app}/rollback", form: "/apps/{app}/rollback", "Roll an app back",
                permission: .develop,
                body: [
                    .init(name: "reason", about: "Why", isRequired: true),
                    .init(name: "revision", about: "The number of a revision that was up; without it the last one", schema: Self.revision),
                    .init(name: "current", about: "What the service ran when you looked: it is refused when that is another now"),
                    .init(name: "by", about: "Who, where the caller is a program"),
                ], returns: ReleaseEndpoints.returns, refusals: [409, 502]
            ) { visit in try await begin(visit) }.with { $0.successes = [202] },
        ]
    }

    private static let revision: JSON = ["type": "integer", "minimum": 1]

    private func place(_ visit: Visit) async throws -> FleetApp {
        let app = try visit.requireApp().name
        guard let state = await fleet.app(app) else {
            throw ConsoleError(status: .conflict, detail: "no cluster that this server watches runs \(app)")
        }
        return state
    }

    private func proposal(_ visit: Visit) async throws -> JSON {
        let app = try visit.requireApp()
        var answer: JSON = [
            "app": .string(app.name), "who_can": .string(app.team.map { "developers of \($0), SREs, admins" } ?? "SREs, admins"),
        ]
        // A form that is shown again asks for what was asked before.
        let revision = try Self.revision(visit.input["revision"]) ?? visit.query["revision"].flatMap { Int($0) }
        let state: FleetApp
        do { state = try await place(visit) } catch let error as ConsoleError {
            answer["problem"] = .string(error.detail)
            return answer
        }
        guard let calls = await fleet.calls(of: state) else { return answer }
        do {
            let (cluster, name) = (state.cluster, app.name)
            let runner = runner
            let proposal = try await proposals.value("\(state.environment)/\(name) \(revision ?? 0)") {
                try await runner.proposal(app: name, cluster: cluster, calls: calls, revision: revision)
            }
            let target = Revision.name(of: proposal.target.taskDefinition)
            answer["current"] = .string(Revision.name(of: proposal.current))
            answer["target"] = .string(target)
            answer["revision"] = JSON(target.split(separator: ":").last.flatMap { Int($0) })
            answer["proof"] = JSON(proposal.target.proof)
            answer["changes"] = proposal.json(Redaction(unresolved: app.definition.taskDefinition))["changes"]
            answer["cannot"] = try await cannot(app.name, target, proposal)
        } catch let error as DeployError {
            answer["problem"] = .string(error.message)
        } catch let error as AWSError {
            answer["problem"] = .string("\(error)")
        }
        answer["choices"] = .array(try await choices(app.name, current: answer["current"].string).map { .integer($0) })
        answer["under_way"] = try await desk.book.open().first { $0.app == app.name && $0.kind != .setting }?.row ?? .null
        return answer
    }

    /// What stays as it is, whatever revision runs.
    private func cannot(_ app: String, _ target: String, _ proposal: Rollback.Proposal) async throws -> JSON {
        let releases = try await desk.book.releases(of: app, limit: 500).releases
        let since = releases.first { $0.to == target && $0.outcome == "deployed" }?.number ?? 0
        let settings = releases.filter { $0.kind == .setting && $0.number > since }
        let secrets = proposal.taskDefinition["containerDefinitions"].array.flatMap { $0["secrets"].array }.compactMap { $0["name"].string }
        return ["settings": .array(settings.prefix(20).map(\.row)), "secrets": JSON(Set(secrets).sorted())]
    }

    /// The revisions that were up, newest first.
    private func choices(_ app: String, current: String?) async throws -> [Int] {
        let up = try await desk.history(of: app).filter { $0.wasUp && $0.taskDefinition != current }
        return Array(Set(up.compactMap { $0.taskDefinition.split(separator: ":").last.flatMap { Int($0) } }).sorted(by: >).prefix(20))
    }

    private func begin(_ visit: Visit) async throws -> Answer {
        let app = try visit.requireApp()
        let reason = try visit.text("reason")
        let revision = try Self.revision(visit.input["revision"])
        let state = try await place(visit)
        guard let calls = await fleet.calls(of: state) else {
            throw ConsoleError(status: .conflict, detail: "no cluster that this server watches runs \(app.name)")
        }
        do {
            let release = try await runner.begin(
                .init(
                    app: app.name, environment: state.environment, cluster: state.cluster, calls: calls, revision: revision,
                    seen: visit.input["current"].string.flatMap { $0.isEmpty ? nil : $0 }, by: visit.actor, reason: reason,
                    redaction: Redaction(unresolved: app.definition.taskDefinition)))
            return .done(
                release.json, see: "/apps/\(app.name)/releases/\(release.number)", status: .accepted,
                change: .init(before: JSON(release.from), after: JSON(release.to), reason: reason))
        } catch let error as DeployError {
            throw ConsoleError(status: .conflict, detail: error.message)
        } catch let error as AWSError {
            throw ConsoleError(status: .badGateway, detail: "\(error)")
        }
    }

    private static func revision(_ value: JSON) throws -> Int? {
        if value.isNull || value.string == "" { return nil }
        guard let number = value.int ?? value.string.flatMap({ Int($0) }), number > 0 else {
            throw ConsoleError.invalid("revision", "revision is the number of a revision, from 1")
        }
        return number
    }

    private static let template = #"""
        {{<layout}}{{$topics}}app:{{app}}{{/topics}}{{$content}}
        {{>app-head}}
        <h2>{{t.roll_back}}</h2>
        {{#form.detail}}<div class="notice bad" role="alert">{{form.detail}}</div>{{/form.detail}}
        {{#under_way}}<div class="notice warn">{{t.under_way}} <a href="/apps/{{path(app)}}/releases/{{number}}">#{{number}}</a> {{word(what)}} {{by}}</div>
        {{/under_way}}
        {{#problem}}<div class="notice bad" role="alert">{{problem}}</div>{{/problem}}
        {{#target}}
        <p class="big">{{current}} → {{target}}</p>
        <p>{{#proof}}{{t.was_up}}: {{proof}}{{/proof}}{{^proof}}<span class="state warn">{{t.never_proved}}</span>{{/proof}}</p>
        <h3>{{t.comes_back}}</h3>
        <div class="scroll" tabindex="0" role="region" aria-label="{{t.comes_back}}"><table><caption class="hidden">{{t.comes_back}}</caption>
        <thead><tr><th scope="col">{{t.name}}</th><th scope="col">{{t.now}}</th><th scope="col">{{t.then}}</th></tr></thead>
        <tbody>{{#changes}}<tr><th scope="row" class="mono">{{field}}</th><td class="mono">{{old}}</td><td class="mono">{{new}}</td></tr>{{/changes}}
        {{^changes}}<tr><td colspan="3">{{t.same}}</td></tr>{{/changes}}</tbody></table></div>
        <h3>{{t.cannot_restore}}</h3>
        {{#cannot}}<ul>
        {{#settings}}<li>{{t.stays_setting}} <a href="/apps/{{path(app)}}/releases/{{number}}">#{{number}}</a> {{subject}}
        <small>{{by}} {{ago(started_at)}}</small></li>{{/settings}}
        <li>{{t.stays_data}}</li>
        <li>{{t.stays_secrets}} {{#secrets}}<code>{{.}}</code> {{/secrets}}</li>
        <li>{{t.stays_infrastructure}}</li>
        <li>{{t.stays_service}}</li></ul>{{/cannot}}
        {{^me.develops}}<div class="notice">{{t.read_only}} {{t.who_can}}: {{who_can}}</div>{{/me.develops}}
        <form class="stack" method="post" action="/apps/{{path(app)}}/rollback">
        <input type="hidden" name="_token" value="{{me.token}}"><input type="hidden" name="current" value="{{current}}">
        <input type="hidden" name="revision" value="{{revision}}">
        <div><label for="reason">{{t.reason}}</label>
        <input id="reason" name="reason" required maxlength="500" autocomplete="off" value="{{form.values.reason}}"
        {{#form.errors.reason}}aria-invalid="true" aria-describedby="reason-error"{{/form.errors.reason}}>
        {{#form.errors.reason}}<p class="problem" id="reason-error">{{form.errors.reason}}</p>{{/form.errors.reason}}</div>
        <button{{^me.develops}} disabled{{/me.develops}}>{{t.roll_back_to}} {{target}}</button></form>
        {{/target}}
        <form class="filters"><div><label for="revision">{{t.other_revision}}</label>
        <input id="revision" name="revision" inputmode="numeric" list="revisions" value="{{revision}}">
        <datalist id="revisions">{{#choices}}<option value="{{.}}"></option>{{/choices}}</datalist></div>
        <button class="quiet">{{t.show}}</button></form>
        {{/content}}{{/layout}}
        """#
}

extension Words {
    static let rollbackWords: [String: Phrase] = [
        "roll_back": Phrase("Roll back", "ロールバック"),
        "roll_back_to": Phrase("Roll back to", "ロールバック先:"),
        "under_way": Phrase("Under way:", "進行中:"),
        "was_up": Phrase("It was up", "稼働実績"),
        "never_proved": Phrase("Nothing proves that it was ever up.", "稼働していた実績は確認できません。"),
        "comes_back": Phrase("What comes back", "元に戻るもの"),
        "now": Phrase("Now", "現在"),
        "then": Phrase("Then", "ロールバック後"),
        "same": Phrase("The two revisions say the same.", "2つのリビジョンに違いはありません。"),
        "cannot_restore": Phrase("What it cannot restore", "元に戻らないもの"),
        "stays_setting": Phrase("A setting that was changed since:", "その後に変更された設定:"),
        "stays_data": Phrase(
            "The database: migrations that have run, and what was written since.", "データベース: 実行済みのマイグレーションと、その後に書き込まれたデータ。"),
        "stays_secrets": Phrase(
            "Secrets and variables of env providers: secrets are read as they are now, also those that were rotated since.",
            "シークレット: ローテーション済みのものも含め、現在の値が読み込まれます。"),
        "stays_infrastructure": Phrase("Infrastructure that was applied with Terraform.", "Terraform で適用済みのインフラ。"),
        "stays_service": Phrase(
            "The service's own fields, such as its number of tasks and its load balancer: only the task definition changes.",
            "タスク数やロードバランサーなど、サービス自体の設定（変わるのはタスク定義のみです）。"),
        "other_revision": Phrase("Another revision that was up", "稼働実績のある別のリビジョン"),
    ]
}
