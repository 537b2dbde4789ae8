/// The pages of tokens: the list, and a new one, whose secret is shown this once.
enum TokenTemplates {
    static let list = #"""
        {{<layout}}{{$content}}
        <h1>{{t.tokens}}</h1>
        {{#done}}<div class="notice good" role="status">{{word(done)}}</div>{{/done}}
        {{#form.detail}}<div class="notice bad" role="alert">{{form.detail}}</div>{{/form.detail}}
        <p>{{t.tokens_help}}</p>
        <div class="scroll" tabindex="0" role="region" aria-label="{{t.tokens}}"><table><caption class="hidden">{{t.tokens}}</caption>
        <thead><tr><th scope="col">{{t.name}}</th><th scope="col">{{t.role}}</th><th scope="col">{{t.limited_to}}</th>
        <th scope="col">{{t.created}}</th><th scope="col">{{t.last_used}}</th><th scope="col">{{t.expires}}</th><th scope="col">{{t.action}}</th></tr></thead>
        <tbody>{{#tokens}}<tr><th scope="row">{{name}}<br><small><code>{{id}}</code></small></th><td>{{word(role)}}</td><td>{{limits}}</td>
        <td>{{created_by}}<br><time datetime="{{created_at}}" title="{{time(created_at)}}">{{ago(created_at)}}</time></td>
        <td>{{#used_at}}<time datetime="{{used_at}}" title="{{time(used_at)}}">{{ago(used_at)}}</time>{{/used_at}}{{^used_at}}{{t.never}}{{/used_at}}</td>
        <td><time datetime="{{expires_at}}" title="{{time(expires_at)}}">{{ago(expires_at)}}</time></td>
        <td><form method="post" action="/me/tokens/{{path(id)}}/revoke"><input type="hidden" name="_token" value="{{me.token}}">
        <button class="quiet">{{t.revoke}}</button></form></td></tr>{{/tokens}}
        {{^tokens}}<tr><td colspan="7">{{t.none}}</td></tr>{{/tokens}}</tbody></table></div>

        <h2 id="new">{{t.token_new}}</h2>
        {{^is_fresh}}<div class="notice">{{t.sign_in_again_first}} <a href="{{again}}">{{t.try_again}}</a></div>{{/is_fresh}}
        <form class="stack" method="post" action="/me/tokens#new">
        <input type="hidden" name="_token" value="{{me.token}}">
        <div><label for="token-name">{{t.name}}<small>{{t.token_name_help}}</small></label>
        <input id="token-name" name="name" required maxlength="100" autocomplete="off" value="{{form.values.name}}"
        {{#form.errors.name}}aria-invalid="true" aria-describedby="name-error"{{/form.errors.name}}>
        {{#form.errors.name}}<p class="problem" id="name-error">{{form.errors.name}}</p>{{/form.errors.name}}</div>
        <div><label for="token-role">{{t.role}}</label>
        <select id="token-role" name="role">{{#roles}}<option value="{{role}}">{{word(role)}}</option>{{/roles}}</select>
        {{#form.errors.role}}<p class="problem">{{form.errors.role}}</p>{{/form.errors.role}}</div>
        <div><label for="token-apps">{{t.token_apps}}<small>{{t.token_apps_help}}</small></label>
        <input id="token-apps" name="apps" autocomplete="off" value="{{form.values.apps}}"
        {{#form.errors.apps}}aria-invalid="true" aria-describedby="apps-error"{{/form.errors.apps}}>
        {{#form.errors.apps}}<p class="problem" id="apps-error">{{form.errors.apps}}</p>{{/form.errors.apps}}</div>
        <div><label for="token-days">{{t.token_days}}</label>
        <input id="token-days" name="days" type="number" min="1" max="365" value="{{days}}"
        {{#form.errors.days}}aria-invalid="true" aria-describedby="days-error"{{/form.errors.days}}>
        {{#form.errors.days}}<p class="problem" id="days-error">{{form.errors.days}}</p>{{/form.errors.days}}</div>
        <button{{^is_fresh}} disabled{{/is_fresh}}>{{t.token_create}}</button>
        </form>
        {{/content}}{{/layout}}
        """#

    static let made = #"""
        {{<layout}}{{$content}}
        <h1>{{t.token_made}}</h1>
        <div class="notice good" role="status">{{t.token_made_help}}</div>
        <pre id="token">{{token}}</pre>
        <dl class="facts"><dt>{{t.name}}</dt><dd>{{name}} <code>{{id}}</code></dd><dt>{{t.role}}</dt><dd>{{word(role)}}</dd>
        <dt>{{t.expires}}</dt><dd><time datetime="{{expires_at}}">{{time(expires_at)}}</time></dd></dl>
        <p><a class="button quiet" href="/me/tokens">{{t.tokens}}</a></p>
        {{/content}}{{/layout}}
        """#
}

extension Words {
    static let tokenWords: [String: Phrase] = [
        "tokens": Phrase("API tokens", "API トークン"),
        "tokens_help": Phrase(
            "Programs show a token as Authorization: Bearer …. It is shown once, when it is made, and kept only as a hash.",
            "プログラムは Authorization: Bearer … でトークンを提示します。トークンは作成時に一度だけ表示され、ハッシュとしてのみ保存されます。"),
        "limited_to": Phrase("Limited to", "対象"),
        "created": Phrase("Made by", "作成"),
        "expires": Phrase("Expires", "有効期限"),
        "never": Phrase("Never", "未使用"),
        "revoke": Phrase("Revoke", "失効"),
        "token_revoked": Phrase("The token is revoked.", "トークンを失効させました。"),
        "token_new": Phrase("New token", "新しいトークン"),
        "token_name_help": Phrase("What it is for, as the audit log will say.", "用途。監査ログにも表示されます。"),
        "token_apps": Phrase("Only these apps", "対象アプリ"),
        "token_apps_help": Phrase("Names with commas; empty for all.", "カンマ区切り。空欄ならすべてのアプリ。"),
        "token_days": Phrase("Days until it expires", "有効日数"),
        "token_create": Phrase("Create", "作成"),
        "token_made": Phrase("New token", "新しいトークン"),
        "token_made_help": Phrase("Copy it now: it is not shown again.", "今すぐコピーしてください。再表示はできません。"),
    ]
}
