import Alerting
import Definitions
import Foundation
import Monitoring
import ServiceModel

/// `/status`: how the platform itself is.
struct StatusPage: Sendable {
    let catalog: LiveCatalog
    let refresher: TargetRefresher
    let dispatcher: Dispatcher
    let troubles: ChannelTroubles
    let watchdog: Watchdog
    let settings: ServerSettings

    static let templates = ["status": template]

    var endpoints: [Endpoint] {
        [
            .page("/status", template: "status", title: "status", "Read how the platform itself is", returns: Self.returns) { _ in
                .show(try await status())
            }
        ]
    }

    private static let returns = Schema.object([
        "checks": Schema.list(Schema.object(["name": Schema.text, "state": Schema.text, "sentence": Schema.anything])),
        "watchdog_heard_at?": Schema.optional(Schema.time), "slack": Schema.text, "prometheus?": Schema.optional(Schema.text),
        "alertmanager": Schema.text,
        "clusters": Schema.list(
            Schema.object([
                "environment": Schema.text, "cluster": Schema.text, "tasks": Schema.integer, "read_at?": Schema.time, "error?": Schema.text,
            ])), "problems": Schema.texts, "troubles": Schema.list(Schema.anything),
    ])

    private func status() async throws -> JSON {
        let catalog = await catalog.catalog
        let targets = await refresher.status
        let heard = watchdog.lastHeard
        let troubles = try await troubles.all()
        // The rule fires all the time, and Alertmanager repeats it every few minutes.
        let isWatched = heard.map { Date().timeIntervalSince($0) < 600 } ?? false
        let failing = targets.clusters.filter { $0.lastError != nil }
        let waiting = await dispatcher.waitingCount
        let checks: [JSON] = [
            Self.check(
                "check_definitions", catalog.problems.isEmpty ? "good" : "warn", ["apps": catalog.apps.count, "problems": catalog.problems.count]),
            Self.check("check_clusters", failing.isEmpty ? "good" : "bad", ["clusters": targets.clusters.count, "failing": failing.count]),
            Self.check(
                "check_targets", targets.unreachable.isEmpty ? "good" : "warn",
                ["targets": targets.targets, "unreachable": targets.unreachable.count]),
            Self.check("check_watchdog", isWatched ? "good" : watchdog.isNew ? "busy" : "warn", [:]),
            Self.check("check_outbox", waiting < 100 ? "good" : "warn", ["waiting": waiting]),
            Self.check("check_channels", troubles.isEmpty ? "good" : "bad", ["troubles": troubles.count]),
        ]
        var slack = "slack_stand_in"
        if case .token = settings.slack { slack = "slack_real" }
        return [
            "checks": .array(checks), "watchdog_heard_at": JSON(heard?.formatted(.iso8601)), "slack": .string(slack),
            "prometheus": JSON(settings.prometheus), "alertmanager": .string(settings.alertmanager),
            "clusters": .array(
                targets.clusters.map {
                    .compact([
                        "environment": .string($0.environment), "cluster": .string($0.cluster), "tasks": .integer($0.tasks),
                        "read_at": JSON($0.lastSuccess?.formatted(.iso8601)), "error": JSON($0.lastError),
                    ])
                }),
            "problems": .array(catalog.problems.prefix(50).map { .string($0.description) }),
            "troubles": .array(troubles.map(\.json)),
        ]
    }

    private static func check(_ name: String, _ state: String, _ numbers: [String: Int]) -> JSON {
        var sentence: JSON = ["key": .string("\(name)_\(state == "good" || state == "busy" ? state : "else")")]
        for (key, number) in numbers { sentence[key] = .integer(number) }
        return ["name": .string(name), "state": .string(state), "sentence": sentence]
    }

    private static let template = #"""
        {{<layout}}{{$topics}}apps{{/topics}}{{$content}}
        <h1>{{t.status}}</h1>
        <div id="checks" data-live>
        <div class="scroll" tabindex="0" role="region" aria-label="{{t.status}}"><table><caption class="hidden">{{t.status}}</caption>
        <tbody>{{#checks}}<tr><th scope="row">{{word(name)}}</th><td><span class="state {{state}}">{{word(state)}}</span></td>
        <td>{{sentence(sentence)}}</td></tr>{{/checks}}</tbody></table></div>
        {{#problems}}<div class="notice warn mono">{{.}}</div>{{/problems}}
        {{#troubles}}<div class="notice bad">{{channel}}: {{text}} <small>{{t.since}} {{time(since)}}</small></div>{{/troubles}}
        <h2>{{t.clusters}}</h2>
        <div class="scroll" tabindex="0" role="region" aria-label="{{t.clusters}}"><table><caption class="hidden">{{t.clusters}}</caption>
        <thead><tr><th scope="col">{{t.environment}}</th><th scope="col">{{t.cluster}}</th><th scope="col" class="number">{{t.tasks}}</th>
        <th scope="col">{{t.last_read}}</th></tr></thead>
        <tbody>{{#clusters}}<tr><td>{{environment}}</td><td>{{cluster}}</td><td class="number">{{count(tasks)}}</td>
        <td>{{ago(read_at)}} {{#error}}<span class="state bad">{{error}}</span>{{/error}}</td></tr>{{/clusters}}</tbody></table></div>
        </div>
        <h2>{{t.connections}}</h2>
        <dl class="facts">
        <dt>Prometheus</dt><dd>{{#prometheus}}<a href="{{prometheus}}">{{prometheus}}</a>{{/prometheus}}{{^prometheus}}{{t.none}}{{/prometheus}}</dd>
        <dt>Alertmanager</dt><dd><a href="{{alertmanager}}">{{alertmanager}}</a></dd>
        <dt>Slack</dt><dd>{{word(slack)}}</dd>
        </dl>
        {{/content}}{{/layout}}
        """#
}

extension Words {
    static let statusWords: [String: Phrase] = [
        "good": Phrase("Good", "正常"),
        "warn": Phrase("Attention", "注意"),
        "bad": Phrase("Bad", "異常"),
        "busy": Phrase("Under way", "進行中"),
        "idle": Phrase("Off", "停止"),
        "unknown": Phrase("Unknown", "不明"),
        "check_definitions": Phrase("Definitions", "定義"),
        "check_definitions_good": Phrase("{apps} apps, nothing wrong.", "{apps}件のアプリに問題はありません。"),
        "check_definitions_else": Phrase(
            "{problems} problems; the last good definitions are in force.", "{problems}件の問題があります。直前の正しい定義が有効です。"),
        "check_clusters": Phrase("Clusters", "クラスター"),
        "check_clusters_good": Phrase("{clusters} read, none fails.", "{clusters}件すべて読み取れています。"),
        "check_clusters_else": Phrase("{failing} of {clusters} cannot be read.", "{clusters}件中{failing}件が読み取れません。"),
        "check_targets": Phrase("Targets", "監視対象"),
        "check_targets_good": Phrase("{targets} are scraped.", "{targets}件を監視しています。"),
        "check_targets_else": Phrase(
            "{targets} are scraped, {unreachable} apps have no reachable port.", "{targets}件を監視中、{unreachable}件のアプリに到達できるポートがありません。"),
        "check_watchdog": Phrase("Way of alerts", "アラート経路"),
        "check_watchdog_good": Phrase(
            "Prometheus, Alertmanager and this server work together.", "Prometheus、Alertmanager、このサーバーは連携しています。"),
        "check_watchdog_busy": Phrase("The rule Watchdog has not been heard yet.", "Watchdog ルールの到着を待っています。"),
        "check_watchdog_else": Phrase(
            "The rule Watchdog has not been heard for 10 minutes.", "Watchdog ルールが10分以上届いていません。"),
        "check_outbox": Phrase("Outbox", "送信待ち"),
        "check_outbox_good": Phrase("{waiting} alerts wait for Slack.", "Slack 送信待ちのアラートは{waiting}件です。"),
        "check_outbox_else": Phrase("{waiting} alerts wait for Slack.", "Slack 送信待ちのアラートが{waiting}件あります。"),
        "check_channels": Phrase("Channels", "チャンネル"),
        "check_channels_good": Phrase("All take messages.", "すべてメッセージを受け取れます。"),
        "check_channels_else": Phrase("{troubles} do not take messages.", "{troubles}件がメッセージを受け取れません。"),
        "clusters": Phrase("Clusters", "クラスター"),
        "cluster": Phrase("Cluster", "クラスター"),
        "environment": Phrase("Environment", "環境"),
        "last_read": Phrase("Read", "最終取得"),
        "connections": Phrase("Connections", "接続先"),
        "slack_stand_in": Phrase("Built-in stand-in at /slack: no token is set", "内蔵の代替画面 /slack（トークン未設定）"),
        "slack_real": Phrase("Slack", "Slack"),
    ]
}
