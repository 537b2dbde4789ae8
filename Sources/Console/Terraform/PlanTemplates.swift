/// What the pages of plans look like.
enum PlanTemplates {
    static let templates = ["plans": list, "plan": one, "plan-rows": rows]

    private static let rows = #"""
        <div class="scroll" tabindex="0" role="region" aria-label="{{t.plans}}"><table class="stack"><caption class="hidden">{{t.plans}}</caption>
        <thead><tr><th scope="col">{{t.plan}}</th><th scope="col">{{t.plan_state}}</th><th scope="col">{{t.plan_changes}}</th>
        <th scope="col">{{t.plan_authors}}</th><th scope="col">{{t.plan_made}}</th></tr></thead>
        <tbody>{{#plans}}<tr><th scope="row"><a href="/terraform/plans/{{id}}">#{{id}}</a> {{project}}</th>
        <td><span class="state {{light}}">{{word(word)}}</span>{{#reason}}<br><small>{{reason}}</small>{{/reason}}
        {{#holder}}<br><small>{{person}}, {{ago(since)}}</small>{{/holder}}</td>
        <td>{{#change}}{{sentence(.)}} {{/change}}{{^change}}{{t.plan_nothing}}{{/change}}
        {{#loses_data}}<br><span class="state bad">{{t.plan_loses_data}}</span>{{/loses_data}}</td>
        <td>{{#authors}}{{.}}<br>{{/authors}}{{^authors}}{{uploaded_by}}{{/authors}}</td>
        <td><time datetime="{{uploaded_at}}" title="{{time(uploaded_at)}}">{{ago(uploaded_at)}}</time></td></tr>{{/plans}}
        {{^plans}}<tr><td colspan="5">{{t.plans_none}}</td></tr>{{/plans}}</tbody></table></div>
        """#

    private static let list = #"""
        {{<layout}}{{$topics}}terraform{{/topics}}{{$content}}
        <h1>{{t.plans}}</h1>
        <p class="soft">{{t.plans_help}}</p>
        <p class="pages"><a href="/terraform/drift">{{t.drift}}</a></p>
        <form class="filters" role="search">
        <div><label for="project">{{t.project}}</label><input id="project" name="project" list="projects" value="{{project}}">
        <datalist id="projects">{{#projects}}<option value="{{.}}"></option>{{/projects}}</datalist></div>
        <div><label for="state">{{t.plan_state}}</label><select id="state" name="state"><option value="">{{t.any}}</option>
        {{#states}}<option value="{{state}}"{{#is_chosen}} selected{{/is_chosen}}>{{word(word)}}</option>{{/states}}</select></div>
        <button class="quiet">{{t.search_action}}</button></form>
        <div id="plans" data-live>{{>plan-rows}}</div>
        {{/content}}{{/layout}}
        """#

    private static let one = #"""
        {{<layout}}{{$topics}}terraform{{/topics}}{{$content}}
        <h1>{{t.plan}} #{{id}} <small><a class="plain" href="/terraform?project={{path(project)}}">{{project}}</a></small></h1>
        {{#done}}<div class="notice good" role="status">{{word(done)}}</div>{{/done}}
        {{#form.detail}}<div class="notice bad" role="alert">{{form.detail}}</div>{{/form.detail}}
        <div id="plan" data-live>
        <p role="status"><span class="state {{light}}">{{word(word)}}</span>{{#reason}} {{reason}}{{/reason}}</p>
        {{#holder}}<p>{{t.plan_applied_by}} {{person}}, <time datetime="{{since}}" title="{{time(since)}}">{{ago(since)}}</time></p>{{/holder}}
        <p>{{#change}}{{sentence(.)}} {{/change}}{{^change}}{{t.plan_nothing}}{{/change}}</p>
        {{#loses_data}}<div class="notice bad"><strong>{{t.plan_loses_data}}</strong></div>{{/loses_data}}
        {{#over_limit}}<div class="notice bad"><strong>{{t.plan_over_limit}}</strong></div>{{/over_limit}}
        {{#is_wrong}}<div class="notice bad">{{t.plan_tags_wrong}}<ul>{{#wrong}}<li><code>{{address}}</code>: {{message}}{{#fix}}<br>{{fix}}{{/fix}}</li>{{/wrong}}</ul></div>{{/is_wrong}}
        <h2>{{t.plan_promises}}</h2>
        {{#apps}}<p><a href="/apps/{{path(app)}}">{{app}}</a>{{#team}} · <a href="/teams/{{path(team)}}">{{team}}</a>{{/team}}</p>
        <ul>{{#objectives}}<li><a href="/apps/{{path(app)}}/objectives/{{path(name)}}">{{what}}</a> {{target}}
        <span class="state {{state}}">{{word(word)}}</span>{{#left}} {{t.slo_left}} {{left}}{{/left}}</li>{{/objectives}}
        {{^objectives}}<li>{{t.slo_none}}</li>{{/objectives}}</ul>{{/apps}}
        {{^apps}}<p>{{t.plan_no_apps}}</p>{{/apps}}
        <h2>{{t.plan_changes}}</h2>
        {{#groups}}<h3>{{#is_lossy}}<span class="state bad">{{word(word)}}</span>{{/is_lossy}}{{^is_lossy}}{{word(word)}}{{/is_lossy}}</h3>
        <ul>{{#resources}}<li><code>{{address}}</code>{{#holds_data}} <span class="state bad">{{t.plan_holds_data}}</span>{{/holds_data}}
        {{#forced_by}}<br><small>{{t.plan_forced_by}} <code>{{.}}</code></small>{{/forced_by}}{{#note}}<br><small>{{note}}</small>{{/note}}</li>{{/resources}}</ul>{{/groups}}
        {{^groups}}<p>{{t.plan_nothing}}</p>{{/groups}}
        {{#report}}<h2>{{t.plan_report}}</h2>
        <div class="scroll" tabindex="0" role="region" aria-label="{{t.plan_report}}"><table><caption class="hidden">{{t.plan_report}}</caption>
        <thead><tr><th scope="col">{{t.plan_resource}}</th><th scope="col">{{t.action}}</th><th scope="col">{{t.plan_state}}</th></tr></thead>
        <tbody>{{#steps}}<tr><th scope="row" class="mono">{{address}}</th><td>{{word(action)}}</td><td>{{word(state)}}{{#error}}<br><small>{{error}}</small>{{/error}}</td></tr>{{/steps}}
        {{^steps}}<tr><td colspan="3">{{t.none}}</td></tr>{{/steps}}</tbody></table></div>
        <ul>{{#errors}}<li>{{.}}</li>{{/errors}}{{#deposed}}<li>{{t.plan_deposed}} <code>{{.}}</code></li>{{/deposed}}</ul>{{/report}}
        {{#has_journal}}<details{{#is_applying}} open{{/is_applying}}><summary>{{t.plan_journal}}</summary><ol class="steps">{{#journal}}<li>{{text}}
        <small><time datetime="{{at}}" title="{{time(at)}}">{{ago(at)}}</time></small></li>{{/journal}}</ol></details>{{/has_journal}}
        </div>
        <h2 id="approval">{{t.plan_approval}}</h2>
        <ul>{{#approvals}}<li>{{person}} <small><time datetime="{{at}}" title="{{time(at)}}">{{ago(at)}}</time></small>
        {{#from}}<small>{{t.plan_from}} <a href="/terraform/plans/{{from}}">#{{from}}</a></small>{{/from}}</li>{{/approvals}}
        {{^approvals}}<li>{{t.none}}</li>{{/approvals}}</ul>
        {{#missing}}<p>{{t.plan_missing}} {{missing}}</p>{{/missing}}
        {{#may_approve}}<form class="stack" method="post" action="/terraform/plans/{{id}}/approve#approval">
        <input type="hidden" name="_token" value="{{me.token}}"><input type="hidden" name="digest" value="{{digest}}">
        {{#wants_name}}<div><label for="confirm">{{t.plan_confirm}} <code>{{project}}</code></label>
        <input id="confirm" name="confirm" required autocomplete="off"
        {{#form.errors.confirm}}aria-invalid="true" aria-describedby="confirm-error"{{/form.errors.confirm}}>
        {{#form.errors.confirm}}<p class="problem" id="confirm-error">{{form.errors.confirm}}</p>{{/form.errors.confirm}}</div>{{/wants_name}}
        {{#form.errors.digest}}<p class="problem">{{form.errors.digest}}</p>{{/form.errors.digest}}
        <button>{{t.plan_approve}}</button></form>{{/may_approve}}
        {{#may_decide}}<form class="stack" method="post" action="/terraform/plans/{{id}}/reject#approval">
        <input type="hidden" name="_token" value="{{me.token}}">
        <div><label for="reason">{{t.reason}}</label><input id="reason" name="reason" required maxlength="500" autocomplete="off" value="{{form.values.reason}}"
        {{#form.errors.reason}}aria-invalid="true" aria-describedby="reason-error"{{/form.errors.reason}}>
        {{#form.errors.reason}}<p class="problem" id="reason-error">{{form.errors.reason}}</p>{{/form.errors.reason}}</div>
        <button class="quiet">{{t.plan_reject}}</button></form>{{/may_decide}}
        {{#may_withdraw}}<form method="post" action="/terraform/plans/{{id}}/withdraw#approval">
        <input type="hidden" name="_token" value="{{me.token}}"><button class="quiet">{{t.plan_withdraw}}</button></form>{{/may_withdraw}}
        {{#is_approved}}<p>{{t.plan_apply}}</p><pre>jubako terraform apply {{id}}</pre>{{/is_approved}}
        {{#queue}}<p>{{t.plan_queue}} <a href="/terraform/plans/{{plan}}">#{{plan}}</a> {{person}}, {{ago(since)}}</p>{{/queue}}
        {{#others}}<p>{{t.plan_other}} <a href="/terraform/plans/{{id}}">#{{id}}</a> <span class="state {{light}}">{{word(word)}}</span></p>{{/others}}
        <h2>{{t.plan_seal}}</h2>
        <dl class="facts"><dt>{{t.plan_digest}}</dt><dd class="mono">{{short}}</dd>
        {{#facts}}<dt>{{t.plan_commit}}</dt><dd class="mono">{{commit}}{{^commit}}–{{/commit}}</dd>
        {{#base}}<dt>{{t.plan_base}}</dt><dd class="mono">{{ref}}</dd>{{/base}}
        {{#state}}<dt>{{t.plan_serial}}</dt><dd>{{serial}}</dd>{{/state}}
        {{#tool}}<dt>{{t.plan_tool}}</dt><dd>{{name}} {{version}}</dd>{{/tool}}
        {{#pull_request}}<dt>{{t.plan_pull_request}}</dt><dd>{{pull_request}}</dd>{{/pull_request}}{{/facts}}
        {{#pull_request_link}}<dt>{{t.plan_pull_request}}</dt><dd><a href="{{pull_request_link}}" rel="noopener">{{pull_request_link}}</a></dd>{{/pull_request_link}}
        <dt>{{t.plan_authors}}</dt><dd>{{#authors}}{{.}} {{/authors}}{{^authors}}–{{/authors}}</dd>
        <dt>{{t.plan_made}}</dt><dd>{{uploaded_by}}, <time datetime="{{uploaded_at}}" title="{{time(uploaded_at)}}">{{ago(uploaded_at)}}</time></dd></dl>
        {{/content}}{{/layout}}
        """#
}

extension Words {
    static let planWords: [String: Phrase] = [
        "plans": Phrase("Terraform plans", "Terraformのプラン"),
        "plan": Phrase("Plan", "プラン"),
        "terraform": Phrase("Terraform", "Terraform"),
        "project": Phrase("Project", "プロジェクト"),
        "plans_help": Phrase(
            "A plan waits here for an SRE who did not make the change; exactly what was approved is applied.",
            "変更者以外のSREによる承認を待つプランです。承認された内容だけが適用されます。"),
        "plans_none": Phrase("There is no such plan.", "該当するプランはありません。"),
        "plan_state": Phrase("State", "状態"),
        "plan_changes": Phrase("What it does", "変更内容"),
        "plan_authors": Phrase("Who changed it", "変更者"),
        "plan_made": Phrase("Proposed", "提出"),
        "plan_nothing": Phrase("Nothing changes.", "変更はありません。"),
        "plan_loses_data": Phrase("Data is lost", "データが失われます"),
        "plan_over_limit": Phrase(
            "It destroys or replaces more than terraform.limits lets pass.", "削除または置き換えの数が terraform.limits の上限を超えています。"),
        "plan_holds_data": Phrase("holds data", "データを保持"),
        "plan_forced_by": Phrase("replaced because of", "置き換えの理由:"),
        "plan_tags_wrong": Phrase("Resources without the right tag: mend them and plan again.", "タグが正しくないリソースがあります。修正してもう一度プランを作成してください。"),
        "plan_promises": Phrase("Whose promises sit on it", "影響するアプリと目標"),
        "plan_no_apps": Phrase("No app names this project in its definition.", "このプロジェクトを参照するアプリはありません。"),
        "plan_resource": Phrase("Resource", "リソース"),
        "plan_report": Phrase("The apply", "適用の結果"),
        "plan_deposed": Phrase("Left behind by a replacement that failed half-way; the next plan deletes it:", "置き換えの失敗で残ったもの（次のプランで削除）:"),
        "plan_journal": Phrase("Journal", "適用の記録"),
        "plan_approval": Phrase("Approval", "承認"),
        "plan_from": Phrase("of a plan that does the same:", "同じ内容のプランの承認:"),
        "plan_missing": Phrase("SREs who still have to approve:", "必要な承認の残り:"),
        "plan_confirm": Phrase("What is destroyed does not come back. Type the project's name:", "削除したものは元に戻せません。プロジェクト名を入力してください:"),
        "plan_approve": Phrase("Approve", "承認する"),
        "plan_reject": Phrase("Reject", "却下する"),
        "plan_withdraw": Phrase("Withdraw", "取り下げる"),
        "plan_apply": Phrase("An SRE applies it from a checkout of the repository:", "SREがリポジトリのチェックアウトから適用します:"),
        "plan_applied_by": Phrase("Applied by", "適用者:"),
        "plan_queue": Phrase("Waits for the project's turn:", "適用待ち:"),
        "plan_other": Phrase("Another open plan of this project:", "このプロジェクトの他のプラン:"),
        "plan_seal": Phrase("What has to be as it was", "適用の前提"),
        "plan_digest": Phrase("Digest", "ダイジェスト"),
        "plan_commit": Phrase("Commit", "コミット"),
        "plan_base": Phrase("Base branch", "ベースブランチ"),
        "plan_serial": Phrase("Serial of the state", "ステートのシリアル"),
        "plan_tool": Phrase("Program", "プログラム"),
        "plan_pull_request": Phrase("Pull request", "プルリクエスト"),
        "plan_open": Phrase("Open", "未完了"),
        "plan_waiting": Phrase("Waits for approval", "承認待ち"),
        "plan_approved": Phrase("Approved", "承認済み"),
        "plan_applying": Phrase("Being applied", "適用中"),
        "plan_applied": Phrase("Applied", "適用済み"),
        "plan_failed": Phrase("Failed half-way", "途中で失敗"),
        "plan_lost": Phrase("Not heard of any more", "応答なし"),
        "plan_rejected": Phrase("Rejected", "却下"),
        "plan_withdrawn": Phrase("Withdrawn", "取り下げ"),
        "plan_superseded": Phrase("A newer one took its place", "新しいプランに置き換え"),
        "plan_void": Phrase("No longer fits", "無効"),
        "plan_to_destroy": Phrase("{count} to destroy", "削除 {count}"),
        "plan_to_replace": Phrase("{count} to replace", "置き換え {count}"),
        "plan_to_forget": Phrase("{count} to forget", "管理対象外 {count}"),
        "plan_to_update": Phrase("{count} to change", "変更 {count}"),
        "plan_to_create": Phrase("{count} to create", "作成 {count}"),
        "plan_to_adopt": Phrase("{count} to import", "インポート {count}"),
        "plan_to_move": Phrase("{count} to move", "移動 {count}"),
        "plan_group_destroy": Phrase("Destroyed", "削除"),
        "plan_group_replace": Phrase("Replaced", "置き換え"),
        "plan_group_forget": Phrase("Forgotten", "管理対象外"),
        "plan_group_update": Phrase("Changed", "変更"),
        "plan_group_create": Phrase("Created", "作成"),
        "plan_group_adopt": Phrase("Imported", "インポート"),
        "plan_group_move": Phrase("Moved", "移動"),
        "destroy": Phrase("destroy", "削除"),
        "replace": Phrase("replace", "置き換え"),
        "forget": Phrase("forget", "管理対象外"),
        "update": Phrase("change", "変更"),
        "create": Phrase("create", "作成"),
        "adopt": Phrase("import", "インポート"),
        "move": Phrase("move", "移動"),
        "done": Phrase("done", "完了"),
        "in-flight": Phrase("in flight", "処理中"),
        "left": Phrase("left", "未処理"),
    ]
}
