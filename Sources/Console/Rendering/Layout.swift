/// What surrounds every page.
enum Layout {
    static let templates = ["layout": layout, "error": error]

    /// Pages fill the block `content`, and `topics` with what they want to hear of: `app:recipes`.
    private static let layout = #"""
        <!doctype html>
        <html lang="{{page.language}}" data-theme="{{page.theme}}">
        <head>
        <meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{{page.title}} · Jubako</title>
        <link rel="icon" href="{{asset.icon.svg}}" type="image/svg+xml"><link rel="stylesheet" href="{{asset.style.css}}">
        <script src="{{asset.app.js}}" defer></script>
        </head>
        <body data-worker="{{asset.worker.js}}" data-event="{{page.event}}" data-topics="{{$topics}}{{/topics}}">
        <a class="skip" href="#content">{{t.skip}}</a>
        <header class="top"><div class="bar">
        <a class="brand" href="/"><img src="{{asset.icon.svg}}" alt="" width="24" height="24">Jubako</a>
        <nav aria-label="{{t.navigation}}">
        <a href="/apps"{{#page.in_apps}} aria-current="true"{{/page.in_apps}}>{{t.apps}}</a>
        <a href="/teams"{{#page.in_teams}} aria-current="true"{{/page.in_teams}}>{{t.teams}}</a>
        <a href="/objectives"{{#page.in_objectives}} aria-current="true"{{/page.in_objectives}}>{{t.objectives}}</a>
        <a href="/terraform"{{#page.in_terraform}} aria-current="true"{{/page.in_terraform}}>{{t.terraform}}</a>
        <a href="/events"{{#page.in_events}} aria-current="true"{{/page.in_events}}>{{t.events}}</a>
        <a href="/silences"{{#page.in_silences}} aria-current="true"{{/page.in_silences}}>{{t.silences}}</a>
        <a href="/status"{{#page.in_status}} aria-current="true"{{/page.in_status}}>{{t.status}}</a>
        {{#me.reviews}}<a href="/audit"{{#page.in_audit}} aria-current="true"{{/page.in_audit}}>{{t.audit}}</a>{{/me.reviews}}
        </nav>
        <form action="/apps" role="search"><label class="hidden" for="search">{{t.search}}</label>
        <input id="search" name="q" type="search" placeholder="{{t.search}}" value="{{page.search}}"><button>{{t.search_action}}</button></form>
        {{#me.signed_in}}<a href="/me">{{t.account}}</a>{{/me.signed_in}}{{^me.signed_in}}<a href="/login">{{t.sign_in}}</a>{{/me.signed_in}}
        </div></header>
        <main id="content">
        <p class="live"><span id="live" role="status" data-say_live="{{t.live}}" data-say_reconnecting="{{t.reconnecting}}"
        data-say_polling="{{t.polling}}" data-say_stale="{{t.stale}}" data-say_paused="{{t.paused}}"></span>
        <button class="quiet" type="button" id="pause" data-pause="{{t.pause}}" data-resume="{{t.resume}}">{{t.pause}}</button></p>
        {{$content}}{{/content}}
        </main>
        <footer>
        <a href="/preferences?lang={{page.other_language}}&amp;back={{path(page.path)}}" lang="{{page.other_language}}"
        >{{page.other_language_name}}</a>
        <span>{{t.appearance}}: <a href="/preferences?theme=auto&amp;back={{path(page.path)}}">{{t.theme_auto}}</a> ·
        <a href="/preferences?theme=light&amp;back={{path(page.path)}}">{{t.theme_light}}</a> ·
        <a href="/preferences?theme=dark&amp;back={{path(page.path)}}">{{t.theme_dark}}</a></span>
        </footer>
        </body>
        </html>
        """#

    private static let error = #"""
        {{<layout}}{{$content}}
        <h1>{{title}}</h1>
        <div class="notice bad" role="alert">{{sentence(said)}}{{^said}}{{detail}}{{/said}}{{#technical}}<br><small>{{technical}}</small>{{/technical}}</div>
        {{#retry}}<p><a class="button" href="{{retry}}">{{t.try_again}}</a></p>{{/retry}}
        {{#who_can}}<p>{{t.who_can}}: {{who_can}}</p>{{/who_can}}
        <p class="soft">{{status}} · <a href="{{type}}">{{t.problem_more}}</a> · {{t.request_id}} <code>{{instance}}</code></p>
        <p><a class="button quiet" href="/apps">{{t.back_home}}</a></p>
        {{/content}}{{/layout}}
        """#
}
