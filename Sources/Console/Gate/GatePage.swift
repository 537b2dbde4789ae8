/// The template of ``GateEndpoints``.
enum GatePage {
    static let templates = ["gate": template]

    private static let template = #"""
        {{<layout}}{{$topics}}app:{{app}}{{/topics}}{{$content}}
        {{>app-head}}
        {{#done}}<div class="notice good" role="status">{{word(done)}}</div>{{/done}}
        {{#form.detail}}<div class="notice bad" role="alert">{{form.detail}}</div>{{/form.detail}}
        <div id="gate" data-live>
        <h2>{{t.gate_title}}</h2>
        <p><span class="state {{state}}">{{#allowed}}{{#exception}}{{t.gate_passes}}{{/exception}}{{^exception}}{{t.gate_open}}{{/exception}}{{/allowed}}{{^allowed}}{{t.gate_closed}}{{/allowed}}</span>
        {{#environment}}<code>{{environment}}</code>{{/environment}}</p>
        <p>{{sentence}}</p>
        {{#exception}}<p>{{t.gate_because}} {{text}}</p>{{/exception}}
        {{#quote}}<p>{{t.gate_worst}} {{sentence}}</p>{{/quote}}
        <h3>{{t.gate_spent}}</h3>
        <ul>{{#spent}}<li>{{.}}</li>{{/spent}}{{^spent}}<li>{{t.none}}</li>{{/spent}}</ul>
        <h3>{{t.gate_way_out}}</h3>
        <ul>{{#way_out}}<li>{{.}}</li>{{/way_out}}{{^way_out}}<li>{{t.gate_nothing_to_do}}</li>{{/way_out}}</ul>
        </div>
        <h2 id="overrides">{{t.gate_overrides}}</h2>
        <p>{{t.gate_overrides_help}}</p>
        <div class="scroll" tabindex="0" role="region" aria-label="{{t.gate_overrides}}"><table><caption class="hidden">{{t.gate_overrides}}</caption>
        <thead><tr><th scope="col">{{t.reason}}</th><th scope="col">{{t.until}}</th><th scope="col">{{t.gate_signatures}}</th>
        <th scope="col">{{t.action}}</th></tr></thead>
        <tbody>{{#overrides}}<tr><td>{{reason}}<br><small>{{opened_by}} · <code>{{id}}</code></small></td>
        <td><time datetime="{{until}}" title="{{time(until)}}">{{ago(until)}}</time></td>
        <td>{{#signatures}}{{word(role)}}: {{person}} <small>{{ago(at)}}</small><br>{{/signatures}}
        {{#is_complete}}<span class="state good">{{t.gate_in_force}}</span>{{/is_complete}}</td>
        <td>{{#is_complete}}{{t.none}}{{/is_complete}}{{^is_complete}}<form method="post" action="/apps/{{path(app)}}/gate/overrides/{{path(id)}}/sign">
        <input type="hidden" name="_token" value="{{me.token}}">
        {{#missing}}<button class="quiet" name="role" value="{{.}}"{{^may_sign}} disabled{{/may_sign}}>{{t.gate_sign_as}} {{word(.)}}</button>
        {{/missing}}</form>{{/is_complete}}</td></tr>{{/overrides}}
        {{^overrides}}<tr><td colspan="4">{{t.none}}</td></tr>{{/overrides}}</tbody></table></div>
        <h3>{{t.gate_ask}}</h3>
        <form class="stack" method="post" action="/apps/{{path(app)}}/gate/overrides#overrides">
        <input type="hidden" name="_token" value="{{me.token}}">
        <div><label for="reason">{{t.reason}}</label>
        <input id="reason" name="reason" required maxlength="500" autocomplete="off" value="{{form.values.reason}}"
        {{#form.errors.reason}}aria-invalid="true" aria-describedby="reason-error"{{/form.errors.reason}}>
        {{#form.errors.reason}}<p class="problem" id="reason-error">{{form.errors.reason}}</p>{{/form.errors.reason}}</div>
        <div><label for="for">{{t.how_long}}</label><select id="for" name="for">{{#lengths}}<option>{{.}}</option>{{/lengths}}</select>
        {{#form.errors.for}}<p class="problem">{{form.errors.for}}</p>{{/form.errors.for}}</div>
        <button{{^me.develops}} disabled{{/me.develops}}>{{t.gate_ask}}</button>
        {{^me.develops}}<p>{{t.read_only}}</p>{{/me.develops}}
        </form>
        {{/content}}{{/layout}}
        """#
}

extension Words {
    static let gateWords: [String: Phrase] = [
        "gate": Phrase("Gate", "ゲート"),
        "gate_title": Phrase("May it be deployed?", "デプロイできるか"),
        "gate_open": Phrase("The gate is open", "デプロイできます"),
        "gate_passes": Phrase("The gate lets it pass", "例外としてデプロイできます"),
        "gate_closed": Phrase("The gate is closed", "デプロイは止められています"),
        "gate_because": Phrase("It passes:", "例外の理由:"),
        "gate_worst": Phrase("A deploy could cost at worst:", "デプロイに失敗した場合の最大の消費:"),
        "gate_spent": Phrase("What spent it", "バジェットの内訳"),
        "gate_way_out": Phrase("The way out", "解決の方法"),
        "gate_nothing_to_do": Phrase("Nothing has to be done.", "対応は不要です。"),
        "gate_overrides": Phrase("Overrides", "ゲートの例外"),
        "gate_overrides_help": Phrase(
            "An override lets one deploy pass. Two people sign it: one for the business, one SRE.",
            "例外は1回のデプロイだけを許可します。ビジネス側とSREから1人ずつ、別の2人の署名が必要です。"),
        "gate_signatures": Phrase("Signatures", "署名"),
        "gate_in_force": Phrase("Lets one deploy pass", "1回のデプロイを許可"),
        "gate_sign_as": Phrase("Sign as", "署名する:"),
        "gate_ask": Phrase("Ask for an override", "例外を申請"),
        "gate_opened": Phrase("The override waits for two signatures.", "例外を申請しました。2人の署名を待っています。"),
        "gate_signed": Phrase("You have signed.", "署名しました。"),
        "business": Phrase("Business", "ビジネス"),
        "sre": Phrase("SRE", "SRE"),
    ]
}
