/// What `/audit` looks like.
enum AuditPage {
    static let templates = ["audit": template]

    private static let template = #"""
        {{<layout}}{{$content}}
        <h1>{{t.audit}}</h1>
        <p>{{t.audit_help}} <code>jubako audit verify</code></p>
        <form class="filters" role="search">
        <div><label for="app">{{t.app}}</label><input id="app" name="app" value="{{chosen_app}}"></div>
        <div><label for="who">{{t.audit_who}}</label><input id="who" name="who" value="{{chosen_who}}"></div>
        <div><label for="action">{{t.audit_what}}</label><input id="action" name="action" value="{{chosen_action}}"></div>
        <div><label for="result">{{t.audit_result}}</label><select id="result" name="result"><option value="">{{t.any}}</option>
        {{#results}}<option value="{{result}}"{{#is_chosen}} selected{{/is_chosen}}>{{word(word)}}</option>{{/results}}</select></div>
        <div><label for="from">{{t.audit_from}}</label><input id="from" name="from" type="date" value="{{chosen_from}}"></div>
        <div><label for="to">{{t.audit_to}}</label><input id="to" name="to" type="date" value="{{chosen_to}}"></div>
        <button class="quiet">{{t.search_action}}</button></form>
        <div class="scroll" tabindex="0" role="region" aria-label="{{t.audit}}"><table><caption class="hidden">{{t.audit}}</caption>
        <thead><tr><th scope="col">{{t.audit_when}}</th><th scope="col">{{t.audit_who}}</th><th scope="col">{{t.audit_what}}</th>
        <th scope="col">{{t.audit_result}}</th></tr></thead>
        <tbody>{{#rows}}<tr id="row-{{seq}}"><td><time datetime="{{at}}">{{time(at)}}</time><br><small>{{seq}}</small></td>
        <th scope="row">{{who}}<br><small>{{proof}} {{token}} {{from}}</small></th>
        <td>{{action}}{{#app}} <a href="/apps/{{path(app)}}">{{app}}</a>{{/app}}{{#count}} <small>× {{count}} ({{t.since}} {{time(since)}})</small>{{/count}}
        {{#reason}}<br>{{t.reason}}: {{reason}}{{/reason}}{{#detail}}<br><small>{{detail}}</small>{{/detail}}
        <details><summary>{{t.audit_more}}</summary><dl class="facts">
        {{#before}}<dt>{{t.audit_before}}</dt><dd><pre>{{before}}</pre></dd>{{/before}}
        {{#after}}<dt>{{t.audit_after}}</dt><dd><pre>{{after}}</pre></dd>{{/after}}
        <dt>{{t.audit_path}}</dt><dd class="mono">{{object}}</dd><dt>{{t.request_id}}</dt><dd class="mono">{{request}}</dd>
        <dt>SHA-256</dt><dd class="mono">{{hash}}</dd></dl></details></td>
        <td><span class="state {{state}}">{{word(word)}}</span></td></tr>{{/rows}}
        {{^rows}}<tr><td colspan="4">{{t.none}}</td></tr>{{/rows}}</tbody></table></div>
        <p class="pages">{{#next}}<a href="?cursor={{next}}{{kept}}" rel="next">{{t.audit_older}}</a>{{/next}}</p>
        <p>{{t.audit_export}}: <a href="/api/audit/export?format=csv{{kept}}">CSV</a> ·
        <a href="/api/audit/export?format=jsonl{{kept}}">JSON Lines</a></p>
        {{/content}}{{/layout}}
        """#
}

extension Words {
    static let auditWords: [String: Phrase] = [
        "audit": Phrase("Audit log", "監査ログ"),
        "audit_help": Phrase(
            "Who did what, and what was refused. Each row is bound to the one before by its hash; whether one was changed or removed is checked by",
            "誰が何をしたか、何が拒否されたかの記録です。各行は直前の行のハッシュを含みます。改ざんや欠落の確認:"),
        "audit_when": Phrase("When", "日時"),
        "audit_who": Phrase("Who", "実行者"),
        "audit_what": Phrase("What", "操作"),
        "audit_result": Phrase("Result", "結果"),
        "audit_from": Phrase("From", "開始日"),
        "audit_to": Phrase("To", "終了日"),
        "audit_more": Phrase("Details", "詳細"),
        "audit_before": Phrase("Before", "変更前"),
        "audit_after": Phrase("After", "変更後"),
        "audit_path": Phrase("Address", "パス"),
        "audit_older": Phrase("Older", "より古いもの"),
        "audit_export": Phrase("Export", "エクスポート"),
        "audit_done": Phrase("Done", "完了"),
        "audit_denied": Phrase("Denied", "権限なし"),
        "audit_refused": Phrase("Refused", "拒否"),
        "audit_failed": Phrase("Broke off", "失敗"),
        "audit_unknown": Phrase("Not known", "結果不明"),
    ]
}
