import Definitions
import Foundation
import HTTPTypes
import ServiceModel
import Terraform

/// `/terraform/drift`: what was changed past Terraform, project by project, as `jubako terraform drift --upload` found it.
struct DriftPage: Sendable {
    static let mostProjects = 1_000

    let book: DriftBook
    let notices: PlanNotices
    let hub: EventHub

    private static let project = Schema.object([
        "project": Schema.text, "drift": Schema.bool, "resources": Schema.list(Schema.anything), "by?": Schema.text, "at?": Schema.time,
        "since?": Schema.time,
    ])

    var endpoints: [Endpoint] {
        [
            .page(
                "/terraform/drift", template: "drift", title: "drift", "List what was changed past Terraform, by project",
                returns: Schema.object(["projects": Schema.list(Self.project)])
            ) { _ in .show(["projects": .array(try await book.reports())]) },
            .api(
                .post, "/api/terraform/drift", "Tell what was changed past Terraform", permission: .contribute,
                body: [
                    .init(
                        name: "projects", about: "Each with project and resources, as jubako terraform drift --json prints them", isRequired: true,
                        schema: ["type": "array"]), .init(name: "by", about: "Who, where the caller is a program"),
                ], returns: Schema.object(["kept": Schema.integer, "news": Schema.anything])
            ) { visit in try await keep(visit) }.with { $0.mostBody = 4 << 20 },
        ]
    }

    private func keep(_ visit: Visit) async throws -> Answer {
        let given = visit.input["projects"].array
        guard given.count <= Self.mostProjects else { throw ConsoleError.invalid("projects", "projects are at most \(Self.mostProjects)") }
        let reports = try given.map { report in
            guard let name = report["project"].string, !name.isEmpty, name.utf8.count <= 200 else {
                throw ConsoleError.invalid("projects", "each of projects has a project of at most 200 bytes")
            }
            let resources = report["resources"].array
            guard resources.allSatisfy({ ($0["address"].string?.utf8.count ?? 0) > 0 }) else {
                throw ConsoleError.invalid("projects", "a resource of \(name) has no address")
            }
            return (name, JSON.object(["resources": .array(resources.map(Self.bounded))]))
        }
        var news = JSONObject()
        for (name, report) in reports {
            let found = try await book.keep(report, of: name, by: visit.actor, now: Date())
            if found == .none { continue }
            news[name] = .string(found == .found ? "found" : "gone")
            await notices.drifted(name, report["resources"].array)
        }
        await hub.publish(["terraform"])
        return .done(
            ["kept": .integer(reports.count), "news": .object(news)], see: "/terraform/drift",
            change: .init(after: ["projects": .integer(reports.count), "news": .object(news)]))
    }

    /// Only what the page shows, and no values.
    private static func bounded(_ resource: JSON) -> JSON {
        .object([
            "address": .string(String((resource["address"].string ?? "").prefix(500))),
            "type": .string(String((resource["type"].string ?? "").prefix(200))),
            "gone": .bool(resource["gone"].bool == true), "lost_tag": .bool(resource["lost_tag"].bool == true),
            "attributes": JSON(resource["attributes"].strings.prefix(50).map { String($0.prefix(100)) }),
        ])
    }

    static let templates = [
        "drift": #"""
        {{<layout}}{{$topics}}terraform{{/topics}}{{$content}}
        <h1>{{t.drift}}</h1>
        <p class="soft">{{t.drift_help}}</p>
        <p class="pages"><a href="/terraform">{{t.plans}}</a></p>
        <div id="drift" data-live>
        {{#projects}}<section><h2>{{project}} {{#drift}}<span class="state bad">{{t.drift_some}}</span>{{/drift}}{{^drift}}<span class="state good">{{t.drift_none}}</span>{{/drift}}</h2>
        <p class="soft">{{t.drift_looked}} <time datetime="{{at}}" title="{{time(at)}}">{{ago(at)}}</time>, {{by}}{{#since}} · {{t.drift_since}}
        <time datetime="{{since}}" title="{{time(since)}}">{{ago(since)}}</time>{{/since}}</p>
        <ul>{{#resources}}<li><code>{{address}}</code> {{#gone}}<span class="state bad">{{t.drift_gone}}</span>{{/gone}}
        {{#lost_tag}}<span class="state bad">{{t.drift_lost_tag}}</span>{{/lost_tag}}
        {{#attributes}}<code>{{.}}</code> {{/attributes}}</li>{{/resources}}</ul></section>{{/projects}}
        {{^projects}}<p>{{t.drift_never}}</p><pre>jubako terraform drift --upload</pre>{{/projects}}
        </div>
        {{/content}}{{/layout}}
        """#
    ]
}

extension Words {
    static let driftWords: [String: Phrase] = [
        "drift": Phrase("Drift", "ドリフト"),
        "drift_help": Phrase("What somebody changed past Terraform, as it was found when somebody looked.", "Terraformを通さずに変更されたリソースです。"),
        "drift_some": Phrase("Changed past Terraform", "ドリフトあり"),
        "drift_none": Phrase("As Terraform knows it", "ドリフトなし"),
        "drift_looked": Phrase("Looked at", "確認:"),
        "drift_since": Phrase("since", "検出:"),
        "drift_gone": Phrase("It is gone", "削除されています"),
        "drift_lost_tag": Phrase("It lost its project's tag", "タグが失われています"),
        "drift_never": Phrase("Nobody has looked yet. For a schedule:", "まだ確認されていません。定期実行の例:"),
    ]
}
