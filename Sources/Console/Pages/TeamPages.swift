import Alerting
import Definitions
import ServiceModel

/// `/teams` and `/teams/{team}`: who looks after what.
struct TeamPages: Sendable {
    let catalog: LiveCatalog
    /// An app's health as the fleet sees it: `{"state": "good", "sentence": {…}}`.
    let health: @Sendable (_ app: String) async -> JSON

    static let templates = ["teams": list, "team": one]

    var endpoints: [Endpoint] {
        [
            .page(
                "/teams", template: "teams", title: "teams", "List teams",
                returns: Schema.object([
                    "teams": Schema.list(
                        Schema.object(["name": Schema.text, "channel?": Schema.optional(Schema.text), "apps": Schema.integer])),
                    "apps_without_team": Schema.texts,
                ])
            ) { _ in .show(await teams()) },
            .page(
                "/teams/{team}", template: "team", title: "team", "Read a team: its channel, its apps, who may change them",
                returns: Schema.object([
                    "team": Schema.text, "channel?": Schema.optional(Schema.text),
                    "apps": Schema.list(
                        Schema.object([
                            "name": Schema.text, "health?": Schema.optional(FleetSchemas.health), "channel?": Schema.optional(Schema.text),
                        ])),
                ])
            ) { visit in
                .show(try await team(visit.parameters["team"] ?? ""))
            },
        ]
    }

    private func teams() async -> JSON {
        let catalog = await catalog.catalog
        let names = Set(catalog.organization.teams.keys).union(catalog.apps.values.compactMap(\.team)).sorted()
        let orphans = catalog.apps.values.filter { $0.team == nil }.map(\.name).sorted()
        return [
            "teams": .array(
                names.map { name in
                    [
                        "name": .string(name), "channel": JSON(catalog.organization.teams[name]?.channel),
                        "apps": .integer(catalog.apps.values.count { $0.team == name }),
                    ]
                }), "apps_without_team": JSON(orphans),
        ]
    }

    private func team(_ name: String) async throws -> JSON {
        let catalog = await catalog.catalog
        let apps = catalog.apps.values.filter { $0.team == name }.sorted { $0.name < $1.name }
        guard let team = catalog.organization.teams[name] ?? (apps.isEmpty ? nil : .init()) else {
            let known = Array(catalog.organization.teams.keys)
            let hint = Naming.nearest(to: name, among: known).map { ", did you mean \($0)?" } ?? ""
            throw ConsoleError.notFound("no team \(name.prefix(100))\(hint)")
        }
        var rows: [JSON] = []
        for app in apps {
            rows.append(["name": .string(app.name), "health": await health(app.name), "channel": JSON(app.monitoring?.channel)])
        }
        return ["team": .string(name), "channel": JSON(team.channel), "apps": .array(rows)]
    }

    private static let list = #"""
        {{<layout}}{{$topics}}apps{{/topics}}{{$content}}
        <h1>{{t.teams}}</h1>
        <div class="scroll" tabindex="0" role="region" aria-label="{{t.teams}}"><table><caption class="hidden">{{t.teams}}</caption>
        <thead><tr><th scope="col">{{t.team}}</th><th scope="col">{{t.slack_channel}}</th><th scope="col" class="number">{{t.apps}}</th></tr></thead>
        <tbody>{{#teams}}<tr><th scope="row"><a href="/teams/{{path(name)}}">{{name}}</a></th>
        <td>{{#channel}}{{channel}}{{/channel}}{{^channel}}<span class="state warn">{{t.nobody}}</span>{{/channel}}</td>
        <td class="number">{{apps}}</td></tr>{{/teams}}</tbody></table></div>
        <h2>{{t.orphans}}</h2><p>{{t.orphans_help}}</p>
        <ul>{{#apps_without_team}}<li><a href="/apps/{{path(.)}}">{{.}}</a></li>{{/apps_without_team}}
        {{^apps_without_team}}<li>{{t.none}}</li>{{/apps_without_team}}</ul>
        {{/content}}{{/layout}}
        """#

    private static let one = #"""
        {{<layout}}{{$topics}}apps{{/topics}}{{$content}}
        <h1>{{team}}</h1>
        <dl class="facts"><dt>{{t.slack_channel}}</dt><dd>{{#channel}}{{channel}}{{/channel}}{{^channel}}{{t.nobody}}{{/channel}}</dd></dl>
        <div class="scroll" tabindex="0" role="region" aria-label="{{t.apps}}" id="team-apps" data-live>
        <table class="stack"><caption class="hidden">{{t.apps}}</caption>
        <thead><tr><th scope="col">{{t.app}}</th><th scope="col">{{t.health}}</th><th scope="col">{{t.slack_channel}}</th></tr></thead>
        <tbody>{{#apps}}<tr><th scope="row"><a href="/apps/{{path(name)}}">{{name}}</a></th>
        <td>{{#health}}<span class="state {{state}}">{{word(state)}}</span> {{sentence(sentence)}}{{/health}}</td>
        <td>{{channel}}</td></tr>{{/apps}}</tbody></table></div>
        {{/content}}{{/layout}}
        """#
}

extension Words {
    static let teamWords: [String: Phrase] = [
        "orphans": Phrase("Apps without a team", "チームのないアプリ"),
        "orphans_help": Phrase(
            "Their alerts go to the SREs' channel. A team claims one by writing owner into its definition.",
            "アラートは SRE のチャンネルに送られます。定義に owner を書くとチームのアプリになります。"),
        "health": Phrase("Health", "状態"),
    ]
}
