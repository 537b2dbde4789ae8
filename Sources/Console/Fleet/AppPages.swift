import Alerting
import Definitions
import Deployments
import Foundation
import HTTPTypes
import ServiceModel

/// `/`, `/apps`, `/apps/{app}`: which apps there are, and how each does.
struct AppPages: Sendable {
    let fleet: Fleet
    let channel: ChannelEndpoints
    let dispatcher: Dispatcher
    let releases: ReleaseDesk
    let objectives: StandingBoard

    static let templates = ["apps": list, "app": one]

    /// Apps on a page.
    private static let perPage = 50
    /// Teams that the filter suggests.
    private static let mostTeams = 200

    private static let query: [Endpoint.Field] = [
        .init(name: "q", about: "A part of the name"), .init(name: "team", about: "The owner"),
        .init(
            name: "health", about: "bad, warn, busy, unknown, good or idle", schema: ["enum": JSON([""] + FleetApp.State.allCases.map(\.rawValue))]),
        .init(name: "page", about: "From 1", schema: ["type": "integer", "minimum": 1, "maximum": 10_000]),
    ]

    var endpoints: [Endpoint] {
        [
            .page(
                "/", api: "/api/my/apps", template: "apps", title: "my_apps", "List the apps of your teams, or all", query: Self.query,
                returns: FleetSchemas.list
            ) { visit in
                .show(try await list(visit, teams: visit.caller.teams, title: "my_apps"))
            },
            .page(
                "/apps", template: "apps", title: "all_apps", "List apps, those in trouble first", query: Self.query,
                returns: FleetSchemas.list
            ) { visit in
                .show(try await list(visit, teams: [], title: "all_apps"))
            },
            .page("/apps/{app}", template: "app", title: "overview", "Read how an app does", returns: FleetSchemas.overview) { visit in
                .show(try await overview(visit))
            },
        ]
    }

    /// An app's health, as other pages show it.
    @Sendable func health(of app: String) async -> JSON {
        guard let app = await fleet.app(app) else { return .null }
        let health = app.health
        return ["state": .string(health.state.rawValue), "sentence": health.sentence]
    }

    private func list(_ visit: Visit, teams: Set<String>, title: String) async throws -> JSON {
        let part = Array((visit.query["q"] ?? "").lowercased().utf8)
        let team = visit.query["team"] ?? ""
        var state: FleetApp.State?
        if let text = visit.query["health"], !text.isEmpty {
            guard let known = FleetApp.State(rawValue: text) else {
                throw ConsoleError(
                    status: .badRequest, detail: "health is one of \(FleetApp.State.allCases.map(\.rawValue).joined(separator: ", "))")
            }
            state = known
        }
        let page = try visit.number("page", default: 1, in: 1...10_000)
        let all = await fleet.apps
        // Places instead of apps: a list of all apps copies none of them.
        let isWhole = part.isEmpty && team.isEmpty && teams.isEmpty && state == nil
        let found =
            isWhole
            ? Array(all.indices)
            : all.indices.filter { place in
                (part.isEmpty || all[place].isFound(by: part)) && (team.isEmpty || all[place].team == team)
                    && (teams.isEmpty || all[place].team.map(teams.contains) ?? false) && (state == nil || all[place].health.state == state)
            }
        let shown = found.dropFirst((page - 1) * Self.perPage).prefix(Self.perPage).map { all[$0] }
        let board = await objectives.board
        let rows = shown.map { app in
            var row = app.json
            row["budget"] = board.worst(of: app.name).map { StandingView($0).row } ?? .null
            return row
        }
        func link(_ page: Int) -> JSON {
            var parts = ["page=\(page)"]
            for name in ["q", "team", "health"] {
                if let value = visit.query[name], !value.isEmpty {
                    parts.append("\(name)=\(value.percentEncoded)")
                }
            }
            return .string("?" + parts.joined(separator: "&"))
        }
        return [
            "title": .string(title), "q": .string(visit.query["q"] ?? ""), "team": .string(team), "total": .integer(found.count),
            "apps": .array(rows), "page": .integer(page),
            "states": .array(
                FleetApp.State.allCases.map { ["state": .string($0.rawValue), "is_chosen": .bool($0 == state)] }),
            "teams": JSON(Array(await fleet.teams.prefix(Self.mostTeams))),
            "next": page * Self.perPage < found.count ? link(page + 1) : .null, "previous": page > 1 ? link(page - 1) : .null,
        ]
    }

    private func overview(_ visit: Visit) async throws -> JSON {
        let app = try visit.requireApp()
        var answer: JSON = [
            "app": .string(app.name), "team": JSON(app.team), "project": JSON(app.definition.project), "file": .string(app.definition.file),
        ]
        answer["channel"] = try await channel.state(of: app.name)
        answer["alerts"] = .array(await dispatcher.firing(of: app.name).map(\.json))
        answer["release"] = try await releases.book.last(of: app.name)?.row ?? .null
        answer["budget"] = await objectives.board.worst(of: app.name).map { StandingView($0).row } ?? .null
        guard let state = await fleet.app(app.name) else { return answer }
        answer["health"] = state.json["health"]
        answer["state"] = state.json
        answer["deployments"] = .array((state.service ?? .null)["deployments"].array.map(Self.deployment))
        answer["events"] = .array(
            (state.service ?? .null)["events"].array.prefix(8).map { event in
                ["at": JSON(Self.time(event["createdAt"])), "message": event["message"]]
            })
        return answer
    }

    static func deployment(_ deployment: JSON) -> JSON {
        .compact([
            "id": deployment["id"], "status": deployment["status"], "rollout_state": deployment["rolloutState"],
            "reason": deployment["rolloutStateReason"],
            "revision": JSON(deployment["taskDefinition"].string?.split(separator: "/").last.map(String.init)),
            "desired": deployment["desiredCount"], "running": deployment["runningCount"], "pending": deployment["pendingCount"],
            "failed": JSON(deployment["failedTasks"].int.flatMap { $0 > 0 ? $0 : nil }), "started_at": JSON(time(deployment["createdAt"])),
            "is_running": .bool(deployment["rolloutState"] == "IN_PROGRESS"),
        ])
    }

    /// ECS's seconds as RFC 3339.
    static func time(_ seconds: JSON) -> String? { seconds.double.map { TimeText.machine(Date(timeIntervalSince1970: $0)) } }

    private static let list = #"""
        {{<layout}}{{$topics}}apps{{/topics}}{{$content}}
        <h1>{{word(title)}}</h1>
        <form class="filters" role="search">
        <div><label for="q">{{t.search}}</label><input id="q" name="q" type="search" value="{{q}}"></div>
        <div><label for="team">{{t.team}}</label><input id="team" name="team" list="teams" value="{{team}}">
        <datalist id="teams">{{#teams}}<option value="{{.}}"></option>{{/teams}}</datalist></div>
        <div><label for="health">{{t.health}}</label><select id="health" name="health"><option value="">{{t.any}}</option>
        {{#states}}<option value="{{state}}"{{#is_chosen}} selected{{/is_chosen}}>{{word(state)}}</option>{{/states}}</select></div>
        <button class="quiet">{{t.search_action}}</button></form>
        <div class="scroll" tabindex="0" role="region" aria-label="{{word(title)}}" id="list" data-live>
        <table class="stack"><caption>{{t.apps}}: {{count(total)}}</caption>
        <thead><tr><th scope="col">{{t.app}}</th><th scope="col">{{t.health}}</th><th scope="col">{{t.team}}</th>
        <th scope="col" class="number">{{t.tasks}}</th><th scope="col" class="number">{{t.slo_left}}</th><th scope="col">{{t.revision}}</th></tr></thead>
        <tbody>{{#apps}}<tr><th scope="row"><a href="/apps/{{path(name)}}">{{name}}</a></th>
        <td>{{#health}}<span class="state {{state}}">{{word(state)}}</span> {{sentence(sentence)}}{{/health}}</td>
        <td>{{#team}}<a href="/teams/{{path(team)}}">{{team}}</a>{{/team}}</td>
        <td class="number">{{running}}/{{desired}}</td>
        <td class="number">{{#budget}}<a href="/apps/{{path(app)}}/objectives">{{#left}}{{left}}{{/left}}{{^left}}{{word(word)}}{{/left}}</a>{{/budget}}{{^budget}}<small>{{t.slo_none}}</small>{{/budget}}</td>
        <td>{{revision}} {{#deployed_at}}<small><time datetime="{{deployed_at}}">{{ago(deployed_at)}}</time></small>{{/deployed_at}}</td></tr>{{/apps}}
        {{^apps}}<tr><td colspan="6">{{t.no_apps}}</td></tr>{{/apps}}</tbody></table></div>
        <p class="pages">{{#previous}}<a href="{{previous}}" rel="prev">{{t.previous}}</a>{{/previous}}
        {{#next}}<a href="{{next}}" rel="next">{{t.next}}</a>{{/next}}</p>
        {{/content}}{{/layout}}
        """#

    private static let one = #"""
        {{<layout}}{{$topics}}app:{{app}}{{/topics}}{{$content}}
        {{>app-head}}
        <div id="overview" data-live>
        {{#health}}<p role="status"><span class="state {{state}}">{{word(state)}}</span> {{sentence(sentence)}}</p>{{/health}}
        <div class="cards six">
        <section class="card"><h2>{{t.tasks}}</h2>{{#state}}<p class="big">{{running}}/{{desired}}</p>
        <p><a href="/apps/{{path(name)}}/tasks">{{t.tasks}}</a> · <a href="/apps/{{path(name)}}/logs">{{t.logs}}</a></p>{{/state}}</section>
        <section class="card"><h2>{{t.revision}}</h2>{{#state}}<p class="big">{{revision}}</p>
        <p>{{#deployed_at}}<time datetime="{{deployed_at}}" title="{{time(deployed_at)}}">{{ago(deployed_at)}}</time>{{/deployed_at}}</p>{{/state}}</section>
        <section class="card"><h2>{{t.last_release}}</h2>{{#release}}<p class="big"><a href="/apps/{{path(app)}}/releases/{{number}}">#{{number}}</a></p>
        <p><span class="state {{state}}">{{word(ended)}}</span> {{word(what)}} {{subject}} {{to}} <small>{{by}} {{ago(started_at)}}</small></p>{{/release}}
        {{^release}}<p>{{t.releases_none}}</p>{{/release}}</section>
        <section class="card"><h2>{{t.slo_left}}</h2>{{#budget}}
        <p class="big"><a href="/apps/{{path(app)}}/objectives/{{path(name)}}">{{#left}}{{left}}{{/left}}{{^left}}–{{/left}}</a></p><p><span class="state {{state}}">{{word(word)}}</span> {{what}} <small>{{target}}</small></p>{{/budget}}
        {{^budget}}<p>{{t.slo_none}}</p>{{/budget}}</section>
        <section class="card"><h2>{{t.alerts}}</h2>{{#state}}<p class="big">{{firing}}</p>{{/state}}
        {{#alerts}}<p><a href="/apps/{{path(app)}}/alerts">{{alertname}}</a> <small>{{ago(fired_at)}}</small></p>{{/alerts}}</section>
        <section class="card"><h2>{{t.owner}}</h2>
        <p class="big">{{#team}}<a href="/teams/{{path(team)}}">{{team}}</a>{{/team}}{{^team}}{{t.nobody}}{{/team}}</p>
        {{#project}}<p>Terraform: <a href="/terraform?project={{path(project)}}">{{project}}</a></p>{{/project}}
        {{#channel}}<p>{{#channel}}{{channel}}{{/channel}}{{^channel}}{{t.nobody}}{{/channel}}
        {{#setting.proved_at}}<small>{{t.proof}} {{ago(setting.proved_at)}}</small>{{/setting.proved_at}}</p>
        {{#troubles}}<p class="problem">{{text}}</p>{{/troubles}}{{/channel}}</section>
        </div>
        <h2>{{t.deployments}}</h2>
        <ol class="steps">{{#deployments}}<li{{#is_running}} class="now"{{/is_running}}><strong>{{revision}}</strong> {{word(rollout_state)}}
        · {{running}}/{{desired}} {{#failed}}· {{t.failed_tasks}} {{failed}}{{/failed}} <small>{{ago(started_at)}} {{reason}}</small></li>{{/deployments}}
        {{^deployments}}<li>{{t.none}}</li>{{/deployments}}</ol>
        <h2>{{t.events}}</h2>
        <ul class="feed">{{#events}}<li><small><time datetime="{{at}}" title="{{time(at)}}">{{ago(at)}}</time></small> <span>{{message}}</span></li>{{/events}}
        {{^events}}<li>{{t.none}}</li>{{/events}}</ul>
        </div>
        <p class="soft">{{t.definition}}: <code>{{file}}</code></p>
        {{/content}}{{/layout}}
        """#
}

extension Words {
    static let appWords: [String: Phrase] = [
        "app": Phrase("App", "アプリ"),
        "team": Phrase("Team", "チーム"),
        "any": Phrase("Any", "すべて"),
        "revision": Phrase("Revision", "リビジョン"),
        "owner": Phrase("Owner", "オーナー"),
        "deployments": Phrase("Deployments", "デプロイ"),
        "failed_tasks": Phrase("failed tasks:", "失敗したタスク:"),
        "no_apps": Phrase("No app is like that.", "該当するアプリはありません。"),
        "health_unread": Phrase("Not read yet.", "まだ取得していません。"),
        "health_absent": Phrase("It is not deployed.", "デプロイされていません。"),
        "health_off": Phrase("It is switched off: no task is wanted.", "停止中です（希望タスク数0）。"),
        "health_down": Phrase("No task runs, {desired} are wanted.", "{desired}個のタスクが必要ですが、1つも動いていません。"),
        "health_deploying": Phrase("A deployment is under way: {running} of {desired} tasks run.", "デプロイ中: {desired}個中{running}個のタスクが稼働しています。"),
        "health_firing": Phrase(
            "Alerts that fire: {firing}; {running} of {desired} tasks run.", "{firing}件のアラートが発生中、{desired}個中{running}個のタスクが稼働しています。"),
        "health_failed": Phrase("The last deployment failed; {running} of {desired} tasks run.", "直前のデプロイに失敗しました。{desired}個中{running}個のタスクが稼働しています。"),
        "health_missing": Phrase("{running} of {desired} tasks run.", "{desired}個中{running}個のタスクしか稼働していません。"),
        "health_good": Phrase("{running} of {desired} tasks run.", "{desired}個中{running}個のタスクが稼働しています。"),
        "IN_PROGRESS": Phrase("under way", "進行中"),
        "COMPLETED": Phrase("done", "完了"),
        "FAILED": Phrase("failed", "失敗"),
    ]
}
