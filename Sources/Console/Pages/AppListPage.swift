import Definitions
import ServiceModel

/// `/apps`: all apps, found by name, team and health.
struct AppListPage: Sendable {
    let catalog: LiveCatalog

    static let templates = ["apps": template]

    var endpoints: [Endpoint] {
        [
            .page(
                "/apps", template: "apps", title: "all_apps", "List apps",
                query: [.init(name: "q", about: "A part of the name"), .init(name: "team", about: "The owner")]
            ) { visit in .show(try await list(visit)) }
        ]
    }

    private func list(_ visit: Visit) async throws -> JSON {
        let catalog = await catalog.catalog
        let apps = catalog.apps.values.filter { app in
            (visit.query["q"].map { $0.isEmpty || app.name.contains($0) } ?? true)
                && (visit.query["team"].map { $0.isEmpty || app.team == $0 } ?? true)
        }
        return ["apps": .array(apps.sorted { $0.name < $1.name }.map { ["name": .string($0.name), "team": JSON($0.team)] })]
    }

    private static let template = #"""
        {{<layout}}{{$topics}}apps{{/topics}}{{$content}}
        <h1>{{t.all_apps}}</h1>
        <div class="scroll" tabindex="0" role="region" aria-label="{{t.all_apps}}" id="list" data-live>
        <table><caption>{{count(apps)}}</caption>
        <thead><tr><th scope="col">{{t.app}}</th><th scope="col">{{t.team}}</th></tr></thead>
        <tbody>{{#apps}}<tr><th scope="row"><a href="/apps/{{path(name)}}">{{name}}</a></th><td>{{team}}</td></tr>{{/apps}}</tbody></table>
        </div>
        {{/content}}{{/layout}}
        """#
}

extension Words {
    static let appWords: [String: Phrase] = [
        "app": Phrase("App", "アプリ"),
        "team": Phrase("Team", "チーム"),
    ]
}
