/// What the pages of objectives look like.
enum ObjectiveTemplates {
    static let templates = [
        "objectives": list, "app-objectives": ofApp, "objective": one, "objective-report": report, "slo-fresh": fresh, "slo-big": big,
        "slo-account": account, "slo-correct": correct,
    ]

    /// How old the figures are.
    private static let fresh = #"""
        {{#problem}}<div class="notice warn">{{t.slo_unread}} <small>{{problem}}</small></div>{{/problem}}
        <p class="soft">{{#read_at}}{{t.slo_read}} <time datetime="{{read_at}}" title="{{time(read_at)}}">{{ago(read_at)}}</time>{{/read_at}}
        {{^read_at}}{{t.slo_never_read}}{{/read_at}}</p>
        """#

    /// The three numbers of one objective.
    private static let big = #"""
        <div class="cards three"><div class="card"><h3>{{t.slo_target}}</h3><p class="big">{{target}}</p><p>{{t.slo_kept}} {{achieved}}</p></div>
        <div class="card"><h3>{{t.slo_left}}</h3><p class="big">{{#left}}{{left}}{{/left}}{{^left}}–{{/left}}</p>
        <p>{{left_minutes}} / {{allowed_minutes}} {{t.slo_minutes}}</p></div>
        <div class="card"><h3>{{t.slo_forecast}}</h3><p><span class="state {{state}}">{{word(word)}}</span></p><p>{{sentence(forecast)}}</p></div></div>
        """#

    private static let account = #"""
        <div class="scroll" tabindex="0" role="region" aria-label="{{t.slo_statement}}: {{of}}"><table><caption class="hidden">{{t.slo_statement}}</caption>
        <thead><tr><th scope="col">{{t.slo_on_what}}</th><th scope="col" class="number">{{t.slo_failures}}</th>
        <th scope="col" class="number">{{t.slo_minutes_spent}}</th></tr></thead>
        <tbody>{{#lines}}<tr><th scope="row">{{word(word)}}
        {{#title}}{{#link}}<a href="{{link}}">{{title}}</a>{{/link}}{{^link}}{{title}}{{/link}}{{/title}}
        {{#at}}<br><small><time datetime="{{at}}">{{time(at)}}</time></small>{{/at}}</th>
        <td class="number">{{failures}}</td><td class="number">{{minutes}}</td></tr>{{/lines}}
        <tr class="sum"><th scope="row">{{t.slo_sum}}</th><td class="number"><strong>{{failures}}</strong></td>
        <td class="number"><strong>{{minutes}}</strong></td></tr></tbody></table></div>
        """#

    private static let list = #"""
        {{<layout}}{{$topics}}objectives{{/topics}}{{$content}}
        <h1>{{t.objectives}}</h1>
        <p class="pages"><a href="/objectives/report">{{t.slo_report}}</a></p>
        <form class="filters" role="search">
        <div><label for="q">{{t.slo_search}}</label><input id="q" name="q" type="search" value="{{q}}"></div>
        <div><label for="team">{{t.team}}</label><input id="team" name="team" list="teams" value="{{team}}">
        <datalist id="teams">{{#teams}}<option value="{{.}}"></option>{{/teams}}</datalist></div>
        <div><label for="state">{{t.slo_state}}</label><select id="state" name="state"><option value="">{{t.any}}</option>
        {{#states}}<option value="{{state}}"{{#is_chosen}} selected{{/is_chosen}}>{{word(word)}}</option>{{/states}}</select></div>
        <button class="quiet">{{t.search_action}}</button></form>
        <div id="list" data-live>{{>slo-fresh}}
        <div class="scroll" tabindex="0" role="region" aria-label="{{t.objectives}}">
        <table class="stack"><caption>{{t.objectives}}: {{count(total)}}</caption>
        <thead><tr><th scope="col">{{t.objective}}</th><th scope="col">{{t.slo_state}}</th><th scope="col" class="number">{{t.slo_left}}</th>
        <th scope="col" class="number">{{t.slo_minutes_left}}</th><th scope="col">{{t.team}}</th></tr></thead>
        <tbody>{{#objectives}}<tr><th scope="row"><a href="/apps/{{path(app)}}/objectives/{{path(name)}}">{{app}} {{name}}</a>
        <br><small>{{what}} · {{target}} · {{period}}</small></th>
        <td><span class="state {{state}}">{{word(word)}}</span> <small>{{sentence(forecast)}}</small></td>
        <td class="number">{{#left}}{{left}}{{/left}}{{^left}}–{{/left}}</td>
        <td class="number">{{left_minutes}} / {{allowed_minutes}}</td>
        <td>{{#team}}<a href="/teams/{{path(team)}}">{{team}}</a>{{/team}}</td></tr>{{/objectives}}
        {{^objectives}}<tr><td colspan="5">{{t.slo_no_match}}</td></tr>{{/objectives}}</tbody></table></div>
        <p class="pages">{{#previous}}<a href="{{previous}}" rel="prev">{{t.previous}}</a>{{/previous}}
        {{#next}}<a href="{{next}}" rel="next">{{t.next}}</a>{{/next}}</p></div>
        {{/content}}{{/layout}}
        """#

    private static let ofApp = #"""
        {{<layout}}{{$topics}}objectives{{/topics}}{{$content}}
        {{>app-head}}
        <div id="objectives" data-live>
        {{#objectives}}{{#shown}}<section><h2><a href="/apps/{{path(app)}}/objectives/{{path(name)}}">{{what}}</a> <small>{{name}} · {{period}}</small></h2>
        <p>{{sentence(promise)}}</p>{{>slo-big}}</section>{{/shown}}{{/objectives}}
        {{^objectives}}<p>{{t.slo_none}}</p><p>{{t.slo_none_help}}</p>{{/objectives}}
        {{>slo-fresh}}</div>
        {{/content}}{{/layout}}
        """#

    private static let one = #"""
        {{<layout}}{{$topics}}objectives{{/topics}}{{$content}}
        {{>app-head}}
        {{#done}}<div class="notice good" role="status">{{word(done)}}</div>{{/done}}
        {{#form.detail}}<div class="notice bad" role="alert">{{form.detail}}</div>{{/form.detail}}
        <div id="objective" data-live>
        {{#shown}}<h2>{{what}} <small>{{name}} · {{period}}</small></h2>{{/shown}}
        <nav class="pages" aria-label="{{t.slo_reader}}">{{#readers}}
        <a href="?as={{as}}"{{#is_chosen}} aria-current="true"{{/is_chosen}}>{{word(word)}}</a>{{/readers}}</nav>
        {{#shown}}{{>slo-big}}{{/shown}}
        {{#said}}<p>{{sentence(.)}}</p>{{/said}}
        {{#chart}}<section class="card drawn"><h3>{{t.slo_spending}}</h3><p class="soft">{{sentence(finding)}}</p>
        <p class="legend"><span class="key">{{t.slo_spent}}</span> <span class="key">{{t.slo_even}}</span></p>
        {{{svg(.)}}}
        <details><summary>{{t.chart_table}}</summary><table><caption class="hidden">{{t.slo_spending}}</caption>
        <thead><tr><th scope="col">{{t.slo_day}}</th><th scope="col" class="number">{{t.slo_spent}}</th></tr></thead>
        <tbody>{{#rows}}<tr><th scope="row">{{day}}</th><td class="number">{{spent}}</td></tr>{{/rows}}</tbody></table></details></section>{{/chart}}
        <h3>{{t.slo_statement}}</h3>
        {{#statement}}{{>slo-account}}{{/statement}}
        {{#is_sre}}<h3>{{t.slo_burns}}</h3>
        {{#burn_problem}}<div class="notice warn">{{t.prometheus_silent}} <small>{{burn_problem}}</small></div>{{/burn_problem}}
        <div class="scroll" tabindex="0" role="region" aria-label="{{t.slo_burns}}"><table><caption class="hidden">{{t.slo_burns}}</caption>
        <thead><tr><th scope="col">{{t.slo_windows}}</th><th scope="col">{{t.slo_state}}</th><th scope="col" class="number">{{t.slo_long}}</th>
        <th scope="col" class="number">{{t.slo_short}}</th><th scope="col" class="number">{{t.slo_threshold}}</th></tr></thead>
        <tbody>{{#burns}}<tr><th scope="row">{{windows}} <small>{{severity}}</small></th><td><span class="state {{state}}">{{word(word)}}</span></td>
        <td class="number">{{long}}</td><td class="number">{{short}}</td><td class="number">{{threshold}}</td></tr>{{/burns}}
        {{^burns}}<tr><td colspan="5">{{t.none}}</td></tr>{{/burns}}</tbody></table></div>
        <details><summary>{{t.slo_queries}}</summary>{{#queries}}<p>{{word(name)}}</p><pre>{{query}}</pre>{{/queries}}
        {{#burns}}<p>{{windows}}</p><pre>{{query}}</pre>{{/burns}}</details>
        <h3>{{t.slo_versions}}</h3><ul>{{#versions}}<li><time datetime="{{at}}">{{time(at)}}</time> {{summary}} <code>{{digest}}</code></li>{{/versions}}
        {{^versions}}<li>{{t.none}}</li>{{/versions}}</ul>
        <p class="soft">{{t.definition}}: <code>{{definition}}</code></p>{{/is_sre}}
        <h3 id="corrections">{{t.slo_corrections}}</h3>
        <ul>{{#corrections}}<li>{{time(start)}} – {{time(end)}}: {{reason}} <small>{{t.slo_requested_by}}: {{requested_by}},
        {{t.slo_approved_by}}: {{approved_by}} ({{time(at)}})</small></li>{{/corrections}}{{^corrections}}<li>{{t.none}}</li>{{/corrections}}</ul>
        {{>slo-fresh}}</div>
        {{#me.operates}}{{>slo-correct}}{{/me.operates}}
        {{/content}}{{/layout}}
        """#

    private static let correct = #"""
        <details{{#form.detail}} open{{/form.detail}}><summary>{{t.slo_correct}}</summary><p>{{t.slo_correct_help}}</p>
        <form class="stack" method="post" action="/apps/{{path(app)}}/objectives/{{path(name)}}/corrections#corrections">
        <input type="hidden" name="_token" value="{{me.token}}">
        <div><label for="start">{{t.slo_start}} <small>{{zone}}</small></label>
        <input id="start" name="start" type="datetime-local" required value="{{form.values.start}}"
        {{#form.errors.start}}aria-invalid="true" aria-describedby="start-error"{{/form.errors.start}}>
        {{#form.errors.start}}<p class="problem" id="start-error">{{form.errors.start}}</p>{{/form.errors.start}}</div>
        <div><label for="end">{{t.slo_end}} <small>{{zone}}</small></label>
        <input id="end" name="end" type="datetime-local" required value="{{form.values.end}}"
        {{#form.errors.end}}aria-invalid="true" aria-describedby="end-error"{{/form.errors.end}}>
        {{#form.errors.end}}<p class="problem" id="end-error">{{form.errors.end}}</p>{{/form.errors.end}}</div>
        <div><label for="reason">{{t.reason}}</label><input id="reason" name="reason" required autocomplete="off" value="{{form.values.reason}}"
        {{#form.errors.reason}}aria-invalid="true" aria-describedby="reason-error"{{/form.errors.reason}}>
        {{#form.errors.reason}}<p class="problem" id="reason-error">{{form.errors.reason}}</p>{{/form.errors.reason}}</div>
        <div><label for="requested_by">{{t.slo_requested_by}}</label>
        <input id="requested_by" name="requested_by" required autocomplete="off" value="{{form.values.requested_by}}"
        {{#form.errors.requested_by}}aria-invalid="true" aria-describedby="requested-error"{{/form.errors.requested_by}}>
        {{#form.errors.requested_by}}<p class="problem" id="requested-error">{{form.errors.requested_by}}</p>{{/form.errors.requested_by}}</div>
        <button>{{t.slo_approve}}</button></form></details>
        """#

    private static let report = #"""
        {{<layout}}{{$content}}
        <h1>{{t.slo_report}} {{month}}{{#team}}: {{team}}{{/team}}</h1>
        <form class="filters"><div><label for="month">{{t.slo_month}}</label>
        <input id="month" name="month" value="{{month}}" pattern="2[0-9]{3}-(0[1-9]|1[0-2])"></div>
        <div><label for="team">{{t.team}}</label><input id="team" name="team" list="teams" value="{{team}}">
        <datalist id="teams">{{#teams}}<option value="{{.}}"></option>{{/teams}}</datalist></div>
        <button class="quiet">{{t.slo_show}}</button></form>
        <nav class="pages" aria-label="{{t.slo_month}}"><a href="?month={{previous}}&amp;team={{path(team)}}">{{previous}}</a>
        {{#next}}<a href="?month={{next}}&amp;team={{path(team)}}">{{next}}</a>{{/next}}</nav>
        {{#is_cut}}<div class="notice">{{t.slo_cut}}</div>{{/is_cut}}
        <div class="report">{{#objectives}}<section>{{#shown}}<h2><a href="/apps/{{path(app)}}/objectives/{{path(name)}}?as=biz">{{what}}</a>
        <small>{{app}} {{name}} · {{period}}</small></h2><p><span class="state {{state}}">{{word(word)}}</span> {{sentence(promise)}}</p>{{/shown}}
        {{#account}}{{>slo-account}}{{/account}}</section>{{/objectives}}
        {{^objectives}}<p>{{t.slo_no_match}}</p>{{/objectives}}</div>
        {{/content}}{{/layout}}
        """#
}
