import Alerting
import Foundation
import HTTPTypes
import ServiceModel

/// An app's alerts: what fires, who looks after it, and the way of every alert that there was.
struct AlertLog: Sendable {
    let ledger: AlertLedger
    let dispatcher: Dispatcher
    let silences: SilenceEndpoints
    let simulation: AlertSimulation

    static let templates = ["alerts": template]

    /// An alert's way.
    static let entry = Schema.object([
        "app?": Schema.text, "alertname?": Schema.text, "status": Schema.text, "labels": Schema.anything, "fingerprint": Schema.text,
        "fired_at": Schema.time, "alertmanager_at?": Schema.time, "received_at": Schema.time, "sent_at?": Schema.time, "channel?": Schema.text,
        "channel_id?": Schema.text, "ts?": Schema.text, "is_in_digest": Schema.bool, "ended_at?": Schema.time,
        "resolved_received_at?": Schema.time, "resolved_sent_at?": Schema.time, "reasons": Schema.texts, "acknowledgement?": Schema.anything,
        "is_channel_test?": Schema.bool, "failure?": Schema.text,
    ])

    var endpoints: [Endpoint] {
        [
            .page(
                "/apps/{app}/alerts", template: "alerts", title: "alerts", "Read what fires, and the way of an app's alerts, newest first",
                query: Endpoint.paging(most: 500),
                returns: Schema.object([
                    "app": Schema.text, "firing": Schema.list(Self.entry), "alerts": Schema.list(Self.entry),
                    "next?": Schema.optional(Schema.text), "silences": Schema.list(SilenceEndpoints.silence), "done?": Schema.optional(Schema.text),
                ])
            ) { visit in .show(try await page(visit)) },
            .action(
                "/apps/{app}/alerts/ack", api: .post, "/api/apps/{app}/alerts/ack", form: "/apps/{app}/alerts", "Acknowledge alerts",
                permission: .develop,
                body: [
                    .init(name: "alertname", about: "Those of this name only"), .init(name: "reason", about: "What is being done", isRequired: true),
                    .init(name: "by", about: "Who, where the caller is a program"),
                ], returns: Schema.object(["acknowledged": Schema.list(Self.entry)]), refusals: [409]
            ) { visit in try await acknowledge(visit) },
            .api(
                .post, "/api/alerts/simulate", "Ask who would be told of an alert", permission: .read,
                body: [.init(name: "labels", about: "The alert's labels", isRequired: true, schema: ["type": "object"])],
                returns: Schema.object([
                    "labels": Schema.anything, "channel?": Schema.text, "reasons": Schema.texts, "note?": Schema.text, "message": Schema.anything,
                    "silences": Schema.list(SilenceEndpoints.silence),
                ]), refusals: [502]
            ) { visit in try await simulate(visit) },
        ]
    }

    private func page(_ visit: Visit) async throws -> JSON {
        let app = try visit.requireApp()
        let limit = try visit.number("limit", default: 50, in: 1...500)
        let page = try await ledger.entries(of: app.name, before: visit.query["cursor"].flatMap { $0.isEmpty ? nil : $0 }, limit: limit)
        let firing = await dispatcher.firing(of: app.name)
        return [
            "app": .string(app.name), "firing": .array(firing.map(\.json)), "alerts": .array(page.entries.map(\.json)), "next": JSON(page.next),
            "silences": (try? await silences.list(app: app.name)) ?? [], "done": JSON(visit.query["done"] == "acknowledged" ? "acknowledged" : nil),
        ]
    }

    private func acknowledge(_ visit: Visit) async throws -> Answer {
        let app = try visit.requireApp().name
        let name = visit.input["alertname"].string.flatMap { $0.isEmpty ? nil : $0 }
        let acknowledgement = Acknowledgement(by: visit.actor, reason: try visit.text("reason"), at: Date())
        let meant = try await dispatcher.acknowledge(acknowledgement, app: app, name: name)
        guard !meant.isEmpty else {
            throw ConsoleError(
                status: .conflict, detail: "nothing\(name.map { " called \($0)" } ?? "") fires for \(app), so there is nothing to acknowledge")
        }
        return .done(
            ["acknowledged": .array(meant.map(\.json))], see: "/apps/\(app)/alerts?done=acknowledged",
            change: .init(after: JSON(meant.compactMap { $0.labels["alertname"] }), reason: acknowledgement.reason))
    }

    private func simulate(_ visit: Visit) async throws -> Answer {
        let labels = visit.input["labels"].object.compactMapValues(\.string)
        guard !labels.isEmpty, labels.count <= 64 else { throw ConsoleError.invalid("labels", "labels is an object of 1 to 64 texts") }
        let annotations = visit.input["annotations"].object.compactMapValues(\.string)
        let alert = Alert(
            labels: labels.reduce(into: [:]) { $0[$1.key] = $1.value }, annotations: annotations.reduce(into: [:]) { $0[$1.key] = $1.value },
            startsAt: Date())
        do {
            return .show(try await simulation.simulate(alert).json)
        } catch let error as AlertmanagerError {
            throw ConsoleError(status: .badGateway, detail: error.description)
        }
    }

    private static let template = #"""
        {{<layout}}{{$topics}}app:{{app}}{{/topics}}{{$content}}
        {{>app-head}}
        {{#done}}<div class="notice good" role="status">{{word(done)}}</div>{{/done}}
        {{#form.detail}}<div class="notice bad" role="alert">{{form.detail}}</div>{{/form.detail}}
        <div id="firing" data-live>
        <h2>{{t.firing_now}}</h2>
        {{^firing}}<p><span class="state good">{{t.nothing_fires}}</span></p>{{/firing}}
        {{#firing}}<div class="notice bad"><p><strong>{{alertname}}</strong> <small>{{ago(fired_at)}} · {{channel}}</small></p>
        {{#acknowledgement}}<p>{{t.acknowledged_by}} {{by}}: {{reason}} <small>{{ago(at)}}</small></p>{{/acknowledgement}}
        <p><a href="/silences/new?matcher=app%3D{{path(app)}}&amp;matcher=alertname%3D{{path(alertname)}}">{{t.silence_make}}</a></p></div>{{/firing}}
        </div>
        <form class="stack" method="post" action="/apps/{{path(app)}}/alerts/ack"><input type="hidden" name="_token" value="{{me.token}}">
        <div><label for="reason">{{t.acknowledge_label}}<small>{{t.acknowledge_help}}</small></label>
        <input id="reason" name="reason" required value="{{form.values.reason}}"
        {{#form.errors.reason}}aria-invalid="true" aria-describedby="reason-error"{{/form.errors.reason}}>
        {{#form.errors.reason}}<p class="problem" id="reason-error">{{form.errors.reason}}</p>{{/form.errors.reason}}</div>
        <button{{^me.develops}} disabled{{/me.develops}}>{{t.acknowledge}}</button></form>
        <h2>{{t.silences}}</h2>
        <ul>{{#silences}}<li>{{#matchers}}<code>{{.}}</code> {{/matchers}} {{reason}} <small>{{by}} · {{t.ends}} {{ago(ends_at)}}</small></li>{{/silences}}
        {{^silences}}<li>{{t.silences_none}}</li>{{/silences}}</ul>
        <p><a href="/silences/new?matcher=app%3D{{path(app)}}">{{t.silence_new}}</a></p>
        <h2>{{t.history}}</h2>
        <div class="scroll" tabindex="0" role="region" aria-label="{{t.history}}" id="history" data-live>
        <table><caption class="hidden">{{t.history}}</caption>
        <thead><tr><th scope="col">{{t.alert}}</th><th scope="col">{{t.way}}</th><th scope="col">{{t.slack_channel}}</th></tr></thead>
        <tbody>{{#alerts}}<tr><th scope="row">{{#is_channel_test}}{{t.channel_test}}{{/is_channel_test}}{{^is_channel_test}}{{alertname}}{{/is_channel_test}}
        <br><small>{{word(status)}}</small></th>
        <td>{{t.stage_fired}} <time datetime="{{fired_at}}">{{time(fired_at)}}</time>
        {{#alertmanager_at}}<br>Alertmanager <time datetime="{{alertmanager_at}}">{{time(alertmanager_at)}}</time>{{/alertmanager_at}}
        <br>{{t.stage_received}} <time datetime="{{received_at}}">{{time(received_at)}}</time>
        {{#sent_at}}<br>Slack <time datetime="{{sent_at}}">{{time(sent_at)}}</time>{{/sent_at}}
        {{#ended_at}}<br>{{t.stage_ended}} <time datetime="{{ended_at}}">{{time(ended_at)}}</time>{{/ended_at}}
        {{#acknowledgement}}<br>{{t.acknowledged_by}} {{by}}: {{reason}}{{/acknowledgement}}
        {{#failure}}<br><span class="state bad">{{failure}}</span>{{/failure}}</td>
        <td>{{channel}}{{#ts}}<br><small>ts {{ts}}</small>{{/ts}}</td></tr>{{/alerts}}
        {{^alerts}}<tr><td colspan="3">{{t.no_alerts}}</td></tr>{{/alerts}}</tbody></table></div>
        {{#next}}<p class="pages"><a href="?cursor={{path(next)}}">{{t.next}}</a></p>{{/next}}
        {{/content}}{{/layout}}
        """#
}

extension Words {
    static let alertWords: [String: Phrase] = [
        "nothing_fires": Phrase("Nothing fires", "発生中のアラートはありません"),
        "acknowledge": Phrase("Acknowledge", "対応を引き受ける"),
        "acknowledge_label": Phrase("I look after it", "対応状況"),
        "acknowledge_help": Phrase(
            "The channel reads who does what. Alerts that fire later are still told.", "担当者と内容がチャンネルに届きます。新しいアラートは引き続き通知されます。"),
        "acknowledged": Phrase("The channel knows that you look after it.", "対応中であることをチャンネルに通知しました。"),
        "acknowledged_by": Phrase("Looked after by", "対応者"),
        "history": Phrase("History", "履歴"),
        "alert": Phrase("Alert", "アラート"),
        "way": Phrase("Way", "経路"),
        "channel_test": Phrase("Channel test", "チャンネルの到達確認"),
        "stage_fired": Phrase("Fired", "発生"),
        "stage_received": Phrase("Received", "受信"),
        "stage_ended": Phrase("Over", "終了"),
        "no_alerts": Phrase("There has been no alert.", "アラートはまだありません。"),
        "firing": Phrase("Firing", "発生中"),
        "resolved": Phrase("Resolved", "解消済み"),
    ]
}
