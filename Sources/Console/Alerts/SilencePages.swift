/// The templates of ``SilenceEndpoints``.
enum SilencePages {
    static let templates = ["silences": list, "silence": form]

    private static let list = #"""
        {{<layout}}{{$topics}}apps{{/topics}}{{$content}}
        <h1>{{t.silences}}</h1>
        {{#done}}<div class="notice good" role="status">{{word(done)}}</div>{{/done}}
        {{#form.detail}}<div class="notice bad" role="alert">{{form.detail}}</div>{{/form.detail}}
        <p><a class="button" href="/silences/new">{{t.silence_new}}</a></p>
        <div class="scroll" tabindex="0" role="region" aria-label="{{t.silences}}" id="silences" data-live>
        <table><caption class="hidden">{{t.silences}}</caption>
        <thead><tr><th scope="col">{{t.matchers}}</th><th scope="col">{{t.reason}}</th><th scope="col">{{t.by}}</th>
        <th scope="col">{{t.ends}}</th><th scope="col">{{t.action}}</th></tr></thead>
        <tbody>{{#silences}}<tr><td>{{#matchers}}<code>{{.}}</code> {{/matchers}}</td><td>{{reason}}</td><td>{{by}}</td>
        <td><time datetime="{{ends_at}}" title="{{time(ends_at)}}">{{ago(ends_at)}}</time></td>
        <td><form method="post" action="/silences/{{path(id)}}/expire"><input type="hidden" name="_token" value="{{me.token}}">
        <button class="quiet"{{^me.contributes}} disabled{{/me.contributes}}>{{t.silence_end}}</button></form></td></tr>{{/silences}}
        {{^silences}}<tr><td colspan="5">{{t.silences_none}}</td></tr>{{/silences}}</tbody></table></div>
        {{/content}}{{/layout}}
        """#

    private static let form = #"""
        {{<layout}}{{$content}}
        <h1>{{t.silence_new}}</h1>
        {{#form.detail}}<div class="notice bad" role="alert">{{form.detail}}</div>{{/form.detail}}
        <form class="stack" action="/silences/new">
        <div><label for="matcher">{{t.matcher}}<small id="matcher-help">{{t.matcher_help}}</small></label>
        {{#matchers}}<input name="matcher" value="{{.}}" aria-label="{{t.matcher}}">{{/matchers}}
        <input id="matcher" name="matcher" placeholder="app=recipes" aria-describedby="matcher-help"></div>
        <button class="quiet">{{t.preview}}</button></form>
        {{#preview}}
        <h2>{{t.silence_hits}}</h2>
        <p>{{t.apps}}: {{#apps}}<a href="/apps/{{path(.)}}">{{.}}</a> {{/apps}}{{^apps}}{{t.none}}{{/apps}}</p>
        <h3>{{t.firing_now}}</h3>
        <ul>{{#firing}}<li><span class="state bad">{{labels.alertname}}</span> {{labels.app}} {{annotations.summary}}
        <small>{{ago(starts_at)}}</small></li>{{/firing}}{{^firing}}<li>{{t.none}}</li>{{/firing}}</ul>
        <details><summary>{{t.quiet_now}} ({{count(quiet)}})</summary><ul>{{#quiet}}<li>{{alertname}} {{app}}</li>{{/quiet}}</ul></details>
        {{/preview}}
        <h2>{{t.silence_make}}</h2>
        <form class="stack" method="post" action="/silences"><input type="hidden" name="_token" value="{{me.token}}">
        <div><label for="matchers">{{t.matchers}}<small>{{t.one_per_line}}</small></label>
        <textarea id="matchers" name="matchers" rows="4" required
        {{#form.errors.matchers}}aria-invalid="true" aria-describedby="matchers-error"{{/form.errors.matchers}}>
        {{#form.values}}{{matchers}}{{/form.values}}{{^form.values}}{{#matchers}}{{.}}
        {{/matchers}}{{/form.values}}</textarea>
        {{#form.errors.matchers}}<p class="problem" id="matchers-error">{{form.errors.matchers}}</p>{{/form.errors.matchers}}</div>
        <div><label for="for">{{t.how_long}}</label><select id="for" name="for">
        {{#choices}}<option{{#is_chosen}} selected{{/is_chosen}}>{{length}}</option>{{/choices}}</select>
        {{#form.errors.for}}<p class="problem">{{form.errors.for}}</p>{{/form.errors.for}}</div>
        <div><label for="reason">{{t.reason}}</label>
        <input id="reason" name="reason" required value="{{#form.values}}{{reason}}{{/form.values}}{{^form.values}}{{reason}}{{/form.values}}"
        {{#form.errors.reason}}aria-invalid="true" aria-describedby="reason-error"{{/form.errors.reason}}>
        {{#form.errors.reason}}<p class="problem" id="reason-error">{{form.errors.reason}}</p>{{/form.errors.reason}}</div>
        <button{{^me.contributes}} disabled{{/me.contributes}}>{{t.silence_make}}</button>
        {{^me.contributes}}<p>{{t.sign_in_to_change}}</p>{{/me.contributes}}
        </form>
        {{/content}}{{/layout}}
        """#
}

extension Words {
    static let silenceWords: [String: Phrase] = [
        "silence_new": Phrase("New silence", "サイレンスを作成"),
        "silence_make": Phrase("Silence", "サイレンスする"),
        "silence_end": Phrase("End now", "今すぐ終了"),
        "silence_made": Phrase("The silence is in force.", "サイレンスを開始しました。"),
        "silence_ended": Phrase("The silence has ended.", "サイレンスを終了しました。"),
        "silences_none": Phrase("Nothing is silenced.", "サイレンス中のアラートはありません。"),
        "silence_hits": Phrase("What it keeps back", "対象となるアラート"),
        "matcher": Phrase("Matcher", "マッチャー"),
        "matcher_help": Phrase(
            "A label and its value, as in app=recipes or alertname=~App.*", "ラベルと値（例: app=recipes、alertname=~App.*）"),
        "matchers": Phrase("Matchers", "マッチャー"),
        "one_per_line": Phrase("One in each line", "1行に1つ"),
        "preview": Phrase("Preview", "プレビュー"),
        "firing_now": Phrase("Fires now", "発生中"),
        "quiet_now": Phrase("Would be kept back if it fired", "発生した場合に対象となるもの"),
        "how_long": Phrase("For how long", "期間"),
        "by": Phrase("By", "作成者"),
        "ends": Phrase("Ends", "終了"),
        "action": Phrase("Action", "操作"),
        "sign_in_to_change": Phrase("Sign in to change something.", "変更するにはサインインしてください。"),
    ]
}
