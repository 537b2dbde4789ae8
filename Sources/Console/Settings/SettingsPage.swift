import ServiceModel

/// `/apps/{app}/settings`: what a team sets without a new definition.
struct SettingsPage: Sendable {
    let channel: ChannelEndpoints
    let thresholds: ThresholdEndpoints

    static let templates = ["settings": template]

    var endpoints: [Endpoint] {
        [
            .page(
                "/apps/{app}/settings", template: "settings", title: "settings", "Read an app's settings",
                returns: Schema.object([
                    "app": Schema.text, "team": Schema.optional(Schema.text), "channel": ChannelEndpoints.returns, "thresholds_version": Schema.text,
                    "thresholds": Schema.list(ThresholdEndpoints.row), "who_can": Schema.text, "done?": Schema.optional(Schema.text),
                ])
            ) { visit in
                let app = try visit.requireApp()
                var answer: JSON = ["app": .string(app.name), "team": JSON(app.team)]
                answer["channel"] = try await channel.state(of: app.name)
                let state = try await thresholds.state(of: app.name)
                answer["thresholds"] = state["thresholds"]
                answer["thresholds_version"] = state["version"]
                answer["who_can"] = .string(app.team.map { "developers of \($0), SREs, admins" } ?? "SREs, admins")
                answer["done"] = JSON(visit.query["done"].flatMap { Self.notices.contains($0) ? $0 : nil })
                return .show(answer)
            }
        ] + channel.endpoints + thresholds.endpoints
    }

    private static let notices: Set<String> = ["channel_set", "channel_removed", "threshold_set", "threshold_removed"]

    private static let template = #"""
        {{<layout}}{{$topics}}app:{{app}}{{/topics}}{{$content}}
        {{>app-head}}
        {{#done}}<div class="notice good" role="status">{{word(done)}}</div>{{/done}}
        {{#form.detail}}<div class="notice bad" role="alert"><p>{{form.detail}}</p>
        <ul>{{#form.differences}}<li>{{word(name)}}: {{t.edit_yours}} <code>{{yours}}</code>, {{t.edit_current}} <code>{{current}}</code></li>
        {{/form.differences}}</ul></div>{{/form.detail}}
        {{^me.develops}}<div class="notice">{{t.read_only}} {{t.who_can}}: {{who_can}}</div>{{/me.develops}}

        <h2 id="channel">{{t.slack_channel}}</h2>
        {{#channel}}
        <dl class="facts">
        <dt>{{t.alerts_go_to}}</dt><dd>{{#channel}}<strong>{{channel}}</strong>{{/channel}}{{^channel}}{{t.nobody}}{{/channel}}</dd>
        <dt>{{t.because}}</dt><dd>{{#reasons}}{{.}}<br>{{/reasons}}</dd>
        {{#setting}}<dt>{{t.proof}}</dt><dd>{{#proved_at}}<time datetime="{{proved_at}}" title="{{time(proved_at)}}">{{ago(proved_at)}}</time>{{/proved_at}}
        {{#failure}}<span class="state bad">{{failure}}</span>{{/failure}} · {{t.set_by}} {{set_by}}</dd>{{/setting}}
        </dl>
        {{#troubles}}<div class="notice bad">{{channel}}: {{text}} <small>{{t.since}} {{time(since)}}</small></div>{{/troubles}}
        {{/channel}}
        <form class="stack" method="post" action="/apps/{{path(app)}}/channel#channel">
        <input type="hidden" name="_token" value="{{me.token}}"><input type="hidden" name="version" value="{{channel.version}}">
        <div><label for="channel-field">{{t.new_channel}}<small id="channel-help">{{t.channel_help}}</small></label>
        <input id="channel-field" name="channel" required autocomplete="off" placeholder="#team" value="{{form.values.channel}}"
        aria-describedby="channel-help{{#form.errors.channel}} channel-error{{/form.errors.channel}}"
        {{#form.errors.channel}}aria-invalid="true"{{/form.errors.channel}}>
        {{#form.errors.channel}}<p class="problem" id="channel-error">{{form.errors.channel}}</p>{{/form.errors.channel}}</div>
        <button data-busy="{{t.channel_busy}}"{{^me.develops}} disabled{{/me.develops}}>{{t.channel_save}}</button>
        </form>
        {{#channel.setting}}<form method="post" action="/apps/{{path(app)}}/channel/remove"><input type="hidden" name="_token" value="{{me.token}}">
        <input type="hidden" name="version" value="{{channel.version}}">
        <p><button class="quiet"{{^me.develops}} disabled{{/me.develops}}>{{t.channel_unset}}</button></p></form>{{/channel.setting}}

        <h2 id="thresholds">{{t.thresholds}}</h2>
        <p>{{t.thresholds_help}}</p>
        <div class="scroll" tabindex="0" role="region" aria-label="{{t.thresholds}}"><table><caption class="hidden">{{t.thresholds}}</caption>
        <thead><tr><th scope="col">{{t.name}}</th><th scope="col" class="number">{{t.value}}</th><th scope="col">{{t.source}}</th></tr></thead>
        <tbody>{{#thresholds}}<tr><th scope="row">{{name}}<br><small>{{meaning(.)}}</small></th><td class="number">{{value}}</td>
        <td>{{word(source)}}{{#setting}}<br><small>{{reason}} · {{set_by}}, {{ago(set_at)}}{{#until}} · {{t.until}} {{time(until)}}{{/until}}</small>
        <form method="post" action="/apps/{{path(app)}}/thresholds/remove"><input type="hidden" name="_token" value="{{me.token}}">
        <input type="hidden" name="name" value="{{name}}"><button class="quiet"{{^me.develops}} disabled{{/me.develops}}>{{t.unset}}</button></form>
        {{/setting}}</td></tr>{{/thresholds}}</tbody></table></div>
        <form class="stack" method="post" action="/apps/{{path(app)}}/thresholds#thresholds">
        <input type="hidden" name="_token" value="{{me.token}}"><input type="hidden" name="version" value="{{thresholds_version}}">
        <h3>{{t.threshold_set_title}}</h3>
        <div><label for="threshold-name">{{t.threshold}}</label>
        <select id="threshold-name" name="name">{{#thresholds}}<option>{{name}}</option>{{/thresholds}}</select></div>
        <div><label for="threshold-value">{{t.value}}</label>
        <input id="threshold-value" name="value" required inputmode="decimal" autocomplete="off" value="{{form.values.value}}"
        {{#form.errors.value}}aria-invalid="true" aria-describedby="value-error"{{/form.errors.value}}>
        {{#form.errors.value}}<p class="problem" id="value-error">{{form.errors.value}}</p>{{/form.errors.value}}</div>
        <div><label for="threshold-reason">{{t.reason}}</label>
        <input id="threshold-reason" name="reason" required autocomplete="off" value="{{form.values.reason}}"
        {{#form.errors.reason}}aria-invalid="true" aria-describedby="reason-error"{{/form.errors.reason}}>
        {{#form.errors.reason}}<p class="problem" id="reason-error">{{form.errors.reason}}</p>{{/form.errors.reason}}</div>
        <div><label for="threshold-until">{{t.until}}<small>{{t.until_help}}</small></label>
        <input id="threshold-until" name="until" type="date" value="{{form.values.until}}"
        {{#form.errors.until}}aria-invalid="true" aria-describedby="until-error"{{/form.errors.until}}>
        {{#form.errors.until}}<p class="problem" id="until-error">{{form.errors.until}}</p>{{/form.errors.until}}</div>
        <button{{^me.develops}} disabled{{/me.develops}}>{{t.save}}</button>
        </form>
        {{/content}}{{/layout}}
        """#
}

extension Words {
    /// What a threshold of ours means; nil for one that an organization made up.
    func meaning(of threshold: String) -> String? {
        let key = "meaning_\(threshold)"
        return Self.all[key] == nil ? nil : self[key]
    }

    static let settingsWords: [String: Phrase] = [
        "slack_channel": Phrase("Slack channel", "Slack チャンネル"),
        "alerts_go_to": Phrase("Alerts go to", "アラートの送り先"),
        "because": Phrase("Because", "理由"),
        "nobody": Phrase("Nobody", "送り先なし"),
        "proof": Phrase("Last proof", "最後の到達確認"),
        "set_by": Phrase("set by", "設定者"),
        "since": Phrase("since", "開始"),
        "new_channel": Phrase("Another channel", "別のチャンネル"),
        "channel_help": Phrase(
            "A test alert goes the way of all alerts, through Alertmanager. The channel is set once its message has arrived.",
            "テストアラートを Alertmanager 経由で送り、メッセージが届いたことを確認してから設定します。"),
        "channel_save": Phrase("Prove and set", "確認して設定"),
        "channel_busy": Phrase("Waiting for the test alert…", "テストアラートの到達を待っています…"),
        "channel_unset": Phrase("Let the definition decide", "定義の値に戻す"),
        "channel_set": Phrase("The test alert has arrived, and the channel is set.", "テストアラートが届いたので、チャンネルを設定しました。"),
        "channel_removed": Phrase("The definition decides the channel again.", "チャンネルは定義の値に戻りました。"),
        "thresholds": Phrase("Thresholds", "しきい値"),
        "thresholds_help": Phrase(
            "The generic rules compare with these. A change is in force at the next scrape.", "共通ルールが比較に使う値です。変更は次のスクレイプから有効になります。"),
        "threshold": Phrase("Threshold", "しきい値"),
        "threshold_set_title": Phrase("Set one for a while", "一時的に変更する"),
        "threshold_set": Phrase("The threshold is set.", "しきい値を設定しました。"),
        "threshold_removed": Phrase("The definition decides the threshold again.", "しきい値は定義の値に戻りました。"),
        "name": Phrase("Name", "名前"),
        "value": Phrase("Value", "値"),
        "source": Phrase("Comes from", "設定元"),
        "until": Phrase("Until", "期限"),
        "until_help": Phrase("From the next day on the definition decides again.", "翌日から定義の値に戻ります。"),
        "unset": Phrase("Unset", "解除"),
        "edit_yours": Phrase("yours", "入力値"),
        "edit_current": Phrase("now", "現在の値"),
        "read_only": Phrase("You may look at this, and not change it.", "閲覧のみ可能です。"),
        "setting": Phrase("This page", "このページ"),
        "definition": Phrase("Definition", "定義"),
        "jubako.yml": Phrase("jubako.yml", "jubako.yml"),
        "default": Phrase("Default", "既定値"),
        "meaning_error_ratio": Phrase("share of requests answered with 5xx, 0 to 1", "5xx で応答したリクエストの割合（0〜1）"),
        "meaning_latency_p99_seconds": Phrase("time within which 99 of 100 requests are answered, in seconds", "99パーセンタイルの応答時間（秒）"),
        "meaning_cpu_ratio": Phrase("used share of the container's CPU limit, 0 to 1", "コンテナの CPU 上限に対する使用率（0〜1）"),
        "meaning_memory_ratio": Phrase("used share of the container's memory limit, 0 to 1", "コンテナのメモリ上限に対する使用率（0〜1）"),
        "meaning_task_stops": Phrase("tasks that ended by themselves within 15 minutes", "15分以内に勝手に終了したタスクの数"),
        "meaning_log_errors_per_minute": Phrase("error lines a minute, of an app that counts them", "1分あたりのエラーログ行数（計測しているアプリのみ）"),
        "meaning_certificate_days": Phrase("days that a certificate is still valid", "証明書の残り有効日数"),
    ]
}
