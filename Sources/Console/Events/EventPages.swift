import Alerting
import Definitions
import Deployments
import Foundation
import HTTPTypes
import ServiceModel

/// `/events`: what happened to all apps, newest first: releases, settings, alerts.
struct EventPages: Sendable {
    let desk: ReleaseDesk
    let alerts: AlertLedger
    let catalog: LiveCatalog

    static let templates = ["events": template]

    private static let kinds = Release.Kind.allCases.map(\.rawValue) + ["alert"]

    var endpoints: [Endpoint] {
        [
            .page(
                "/events", template: "events", title: "events", "Read what happened to all apps, newest first",
                query: [
                    .init(name: "app", about: "One app"), .init(name: "team", about: "The apps of one team"),
                    .init(name: "kind", about: "One kind of event", schema: ["enum": JSON(Self.kinds)]),
                    .init(name: "before", about: "The `next` of the page before"),
                    .init(name: "limit", about: "How many", schema: ["type": "integer", "minimum": 1, "maximum": 200]),
                ],
                returns: Schema.object([
                    "events": Schema.list(Schema.object(["kind": Schema.text, "what": Schema.text, "at": Schema.time, "link?": Schema.text])),
                    "next?": Schema.optional(Schema.text), "apps": Schema.texts, "teams": Schema.texts,
                ])
            ) { visit in .show(try await events(visit)) }
        ]
    }

    /// One line of the feed, with its place in it.
    private struct Line {
        let place: String
        let app: String
        let json: JSON
    }

    private struct Filter {
        var app: String?
        var team: String?
        var kind: String?
        let teams: [String: String]

        func lets(_ line: Line) -> Bool {
            (app == nil || app == line.app) && (team == nil || teams[line.app] == team) && (kind == nil || line.json["kind"].string == kind)
        }
    }

    /// How many events are looked through for one page.
    private static let mostRead = 5000

    private func events(_ visit: Visit) async throws -> JSON {
        let limit = try visit.number("limit", default: 50, in: 1...200)
        func wish(_ name: String) -> String? { visit.query[name].flatMap { $0.isEmpty ? nil : $0 } }
        let kind = wish("kind")
        if let kind, !Self.kinds.contains(kind) {
            throw ConsoleError(status: .badRequest, detail: "kind is one of \(Self.kinds.joined(separator: ", "))")
        }
        let apps = await catalog.catalog.apps
        let filter = Filter(app: wish("app"), team: wish("team"), kind: kind, teams: apps.compactMapValues(\.team))
        var lines: [Line] = []
        var cursor = wish("before")
        var read = 0
        var isMore = true
        while isMore, lines.count < limit, read < Self.mostRead {
            let (batch, next) = try await merged(before: cursor, filter: filter)
            var taken = 0
            for line in batch where lines.count < limit {
                taken += 1
                cursor = line.place
                if filter.lets(line) { lines.append(line) }
            }
            read += taken
            isMore = taken < batch.count || next != nil && !batch.isEmpty
        }
        if !isMore { cursor = nil }
        return [
            "app": .null, "events": .array(lines.map(\.json)), "next": JSON(cursor), "filter_app": JSON(filter.app), "filter_team": JSON(filter.team),
            "kinds": .array(Self.kinds.map { ["kind": .string($0), "what": .string("event_\($0)"), "is_chosen": .bool($0 == kind)] }),
            "apps": JSON(apps.keys.sorted()), "teams": JSON(Set(apps.values.compactMap(\.team)).sorted()),
            "older": cursor.map { JSON.string(Self.link($0, visit)) } ?? .null,
        ]
    }

    /// The next events of both feeds in one order, down to where one of them has not been read further.
    private func merged(before cursor: String?, filter: Filter) async throws -> (lines: [Line], next: String?) {
        let wantsAlerts = filter.kind == nil || filter.kind == "alert"
        let wantsReleases = filter.kind != "alert"
        let releases = wantsReleases ? try await desk.book.feed(before: cursor, limit: 200) : nil
        let alerts = wantsAlerts ? try await alerts.feed(before: cursor, limit: 200) : nil
        var lines = (releases?.releases ?? []).map(Self.line) + (alerts?.events ?? []).map(Self.line)
        // What lies below the end of a page that goes on is not complete yet.
        let floor = [releases?.next, alerts?.next].compactMap { $0 }.max()
        if let floor { lines = lines.filter { $0.place >= floor } }
        return (lines.sorted { $0.place > $1.place }, floor)
    }

    private static func line(_ release: Release) -> Line {
        var json = release.row
        json["at"] = ReleaseTime.json(release.startedAt)
        json["link"] = .string("/apps/\(release.app)/releases/\(release.number)")
        return Line(place: ReleaseBook.place(release), app: release.app, json: json)
    }

    private static func line(_ event: AlertEvent) -> Line {
        let app = event.app ?? ""
        let json: JSON = .compact([
            "kind": "alert", "what": "event_alert", "app": JSON(event.app), "subject": .string(event.alertname), "at": .string(event.at),
            "state": .string(event.status == .firing ? "bad" : "good"), "ended": .string(event.status.rawValue), "channel": JSON(event.channel),
            "link": app.isEmpty ? .null : .string("/apps/\(app)/alerts"),
        ])
        return Line(place: event.place, app: app, json: json)
    }

    private static func link(_ cursor: String, _ visit: Visit) -> String {
        var parts = [("before", cursor)]
        for name in ["app", "team", "kind"] {
            if let value = visit.query[name], !value.isEmpty { parts.append((name, value)) }
        }
        return "?" + parts.map { "\($0)=\($1.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")" }.joined(separator: "&")
    }

    private static let template = #"""
        {{<layout}}{{$topics}}events apps{{/topics}}{{$content}}
        <h1>{{t.events}}</h1>
        <form class="filters">
        <div><label for="app">{{t.app}}</label><input id="app" name="app" list="apps" value="{{filter_app}}">
        <datalist id="apps">{{#apps}}<option value="{{.}}"></option>{{/apps}}</datalist></div>
        <div><label for="team">{{t.team}}</label><input id="team" name="team" list="teams" value="{{filter_team}}">
        <datalist id="teams">{{#teams}}<option value="{{.}}"></option>{{/teams}}</datalist></div>
        <div><label for="kind">{{t.kind}}</label><select id="kind" name="kind"><option value="">{{t.any}}</option>
        {{#kinds}}<option value="{{kind}}"{{#is_chosen}} selected{{/is_chosen}}>{{word(what)}}</option>{{/kinds}}</select></div>
        <button class="quiet">{{t.show}}</button></form>
        <div class="scroll" tabindex="0" role="region" aria-label="{{t.events}}" id="events" data-live>
        <table><caption class="hidden">{{t.events}}</caption>
        <thead><tr><th scope="col">{{t.time}}</th><th scope="col">{{t.app}}</th><th scope="col">{{t.event}}</th><th scope="col">{{t.outcome}}</th>
        <th scope="col">{{t.who}}</th></tr></thead>
        <tbody>{{#events}}<tr><td><time datetime="{{at}}" title="{{time(at)}}">{{ago(at)}}</time></td>
        <th scope="row">{{#app}}<a href="/apps/{{path(app)}}">{{app}}</a>{{/app}}</th>
        <td>{{#link}}<a href="{{link}}">{{word(what)}}{{#number}} #{{number}}{{/number}}</a>{{/link}}{{^link}}{{word(what)}}{{/link}}
        {{subject}} {{#from}}{{from}} → {{/from}}{{to}}{{#reason}}<br><small>{{reason}}</small>{{/reason}}</td>
        <td><span class="state {{state}}">{{word(ended)}}</span></td><td>{{by}}{{channel}}</td></tr>{{/events}}
        {{^events}}<tr><td colspan="5">{{t.none}}</td></tr>{{/events}}</tbody></table></div>
        {{#older}}<p class="pages"><a href="{{older}}" rel="next">{{t.next}}</a></p>{{/older}}
        {{/content}}{{/layout}}
        """#
}

extension Words {
    static let eventWords: [String: Phrase] = [
        "event": Phrase("Event", "イベント"),
        "kind": Phrase("Kind", "種類"),
        "event_deploy": Phrase("Deploy", "デプロイ"),
        "event_rollback": Phrase("Rollback", "ロールバック"),
        "event_setting": Phrase("Setting", "設定変更"),
        "event_observed": Phrase("Deployment by another tool", "他のツールによるデプロイ"),
        "event_alert": Phrase("Alert", "アラート"),
    ]
}
