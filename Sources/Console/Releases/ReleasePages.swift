import Deployments
import Foundation
import HTTPTypes
import ServiceModel

/// `/apps/{app}/releases`, `/apps/{app}/releases/{number}`: every change of an app, and how each went.
struct ReleasePages: Sendable {
    let desk: ReleaseDesk
    let fleet: Fleet

    static let templates = ["releases": list, "release": one]

    var endpoints: [Endpoint] {
        [
            .page(
                "/apps/{app}/releases", template: "releases", title: "releases", "List an app's releases, newest first",
                query: [
                    .init(name: "before", about: "The `next` of the page before"),
                    .init(name: "limit", about: "How many", schema: ["type": "integer", "minimum": 1, "maximum": 500]),
                ],
                returns: Schema.object([
                    "app": Schema.text, "releases": Schema.list(ReleaseEndpoints.returns), "next?": Schema.optional(Schema.text),
                ])
            ) { visit in .show(try await releases(visit)) },
            .page(
                "/apps/{app}/releases/{number}", template: "release", title: "release",
                "Read one release: its steps, what it changed, how it ended and why", returns: ReleaseEndpoints.returns
            ) { visit in .show(try await release(visit)) },
        ]
    }

    private func releases(_ visit: Visit) async throws -> JSON {
        let app = try visit.requireApp().name
        let limit = try visit.number("limit", default: 50, in: 1...500)
        let cursor = visit.query["before"].flatMap { $0.isEmpty ? nil : $0 }
        guard cursor.map({ Int($0) != nil }) ?? true else {
            throw ConsoleError(status: .badRequest, detail: "before is the `next` of the page before, a number")
        }
        let page = try await desk.book.releases(of: app, before: cursor, limit: limit)
        return ["app": .string(app), "releases": .array(page.releases.map(\.row)), "next": JSON(page.next)]
    }

    private func release(_ visit: Visit) async throws -> JSON {
        let (release, details) = try await ReleaseEndpoints.release(visit, desk)
        var answer = release.row
        for (name, value) in details.json.object { answer[name] = value }
        answer["logs"] = JSON(Self.logs(release, details))
        let lately = try await desk.book.releases(of: release.app, limit: 20).releases
        if release.isOpen, release.kind != .setting {
            let times = lately.filter { $0.outcome == "deployed" && $0.kind != .setting }.compactMap { release in
                release.endedAt.map { $0.timeIntervalSince(release.startedAt) }
            }.sorted()
            if !times.isEmpty { answer["usual_seconds"] = .number(times[times.count / 2]) }
            let service = await fleet.app(release.app)?.service ?? .null
            answer["deployments"] = .array(service["deployments"].array.map(AppPages.deployment))
        }
        answer["may_roll_back"] = .bool(lately.first?.number == release.number && release.kind != .setting)
        return answer
    }

    /// Where whoever wants to know why reads on.
    private static func logs(_ release: Release, _ details: ReleaseDetails) -> String? {
        guard !details.verdict.isNull, details.verdict["cause"] != "none" else { return nil }
        let task = details.verdict["evidence"].strings.lazy.compactMap { $0.firstMatch(of: /task ([0-9a-f]{8,32})/)?.1 }.first
        return "/apps/\(release.app)/logs" + (task.map { "?task=\($0)" } ?? "")
    }

    private static let list = #"""
        {{<layout}}{{$topics}}app:{{app}}{{/topics}}{{$content}}
        {{>app-head}}
        <p><a class="button quiet" href="/apps/{{path(app)}}/rollback">{{t.roll_back}}</a></p>
        <div class="scroll" tabindex="0" role="region" aria-label="{{t.releases}}" id="releases" data-live>
        <table><caption class="hidden">{{t.releases}}</caption>
        <thead><tr><th scope="col">{{t.release}}</th><th scope="col">{{t.change}}</th><th scope="col">{{t.outcome}}</th><th scope="col">{{t.who}}</th>
        <th scope="col">{{t.started}}</th><th scope="col" class="number">{{t.duration}}</th></tr></thead>
        <tbody>{{#releases}}<tr><th scope="row"><a href="/apps/{{path(app)}}/releases/{{number}}">#{{number}}</a></th>
        <td>{{word(what)}} {{subject}} {{#from}}{{from}} → {{/from}}{{to}}{{#reason}}<br><small>{{reason}}</small>{{/reason}}</td>
        <td><span class="state {{state}}">{{word(ended)}}</span>{{#outcome_reason}}<br><small>{{outcome_reason}}</small>{{/outcome_reason}}</td>
        <td>{{by}}</td><td><time datetime="{{started_at}}" title="{{time(started_at)}}">{{ago(started_at)}}</time></td>
        <td class="number">{{seconds(seconds)}}</td></tr>{{/releases}}
        {{^releases}}<tr><td colspan="6">{{t.releases_none}}</td></tr>{{/releases}}</tbody></table></div>
        {{#next}}<p class="pages"><a href="?before={{path(next)}}" rel="next">{{t.next}}</a></p>{{/next}}
        {{/content}}{{/layout}}
        """#

    private static let one = #"""
        {{<layout}}{{$topics}}app:{{app}}{{/topics}}{{$content}}
        {{>app-head}}
        <h2>{{t.release}} #{{number}}</h2>
        <div id="release" data-live>
        <p role="status"><span class="state {{state}}">{{word(ended)}}</span> {{word(what)}} {{subject}} {{#from}}{{from}} → {{/from}}{{to}}</p>
        {{#outcome_reason}}<p>{{outcome_reason}}</p>{{/outcome_reason}}
        {{#logs}}<div class="notice bad">{{#verdict}}<p><strong>{{t.why}}:</strong> {{summary}}</p>
        <ul>{{#evidence}}<li class="mono">{{.}}</li>{{/evidence}}</ul>{{/verdict}}<p><a href="{{logs}}">{{t.logs_of_failure}}</a></p></div>{{/logs}}
        <dl class="facts"><dt>{{t.who}}</dt><dd>{{by}}</dd>{{#reason}}<dt>{{t.reason}}</dt><dd>{{reason}}</dd>{{/reason}}
        <dt>{{t.started}}</dt><dd><time datetime="{{started_at}}" title="{{time(started_at)}}">{{ago(started_at)}}</time></dd>
        {{#ended_at}}<dt>{{t.duration}}</dt><dd>{{seconds(seconds)}}</dd>{{/ended_at}}
        {{#usual_seconds}}<dt>{{t.usual}}</dt><dd>{{seconds(usual_seconds)}}</dd>{{/usual_seconds}}
        {{#environment}}<dt>{{t.environment}}</dt><dd>{{environment}}</dd>{{/environment}}
        {{#deployment}}<dt>{{t.deployment}}</dt><dd class="mono">{{deployment}}</dd>{{/deployment}}</dl>
        {{#is_open}}{{#deployments}}<p>{{revision}} · {{running}}/{{desired}} {{word(rollout_state)}}{{#failed}} · {{t.failed_tasks}} {{failed}}{{/failed}}</p>
        {{/deployments}}{{/is_open}}
        <h3>{{t.steps}}</h3>
        <ol class="steps">{{#steps}}<li>{{text}} <small><time datetime="{{at}}" title="{{time(at)}}">{{ago(at)}}</time></small></li>{{/steps}}
        {{^steps}}<li>{{t.none}}</li>{{/steps}}</ol>
        </div>
        <h3>{{t.changes}}</h3>
        {{#changes}}<div class="scroll" tabindex="0" role="region" aria-label="{{what}}"><table><caption>{{what}}</caption>
        <thead><tr><th scope="col">{{t.name}}</th><th scope="col">{{t.before}}</th><th scope="col">{{t.after}}</th></tr></thead>
        <tbody>{{#fields}}<tr><th scope="row" class="mono">{{field}}</th><td class="mono">{{old}}</td><td class="mono">{{new}}</td></tr>{{/fields}}
        {{^fields}}<tr><td colspan="3">{{t.none}}</td></tr>{{/fields}}</tbody></table></div>{{/changes}}
        {{^changes}}<p>{{t.changes_unknown}}</p>{{/changes}}
        {{#may_roll_back}}<p><a class="button quiet" href="/apps/{{path(app)}}/rollback">{{t.roll_back}}</a></p>{{/may_roll_back}}
        {{/content}}{{/layout}}
        """#
}

extension Words {
    static let releaseWords: [String: Phrase] = [
        "release": Phrase("Release", "リリース"),
        "change": Phrase("Change", "変更"),
        "outcome": Phrase("Outcome", "結果"),
        "who": Phrase("Who", "実行者"),
        "duration": Phrase("Duration", "所要時間"),
        "usual": Phrase("Usually takes", "通常の所要時間"),
        "environment": Phrase("Environment", "環境"),
        "deployment": Phrase("Deployment", "デプロイ"),
        "steps": Phrase("Steps", "経過"),
        "changes": Phrase("Changes", "変更内容"),
        "changes_unknown": Phrase("Nothing is known of what it changed.", "変更内容は記録されていません。"),
        "before": Phrase("Before", "変更前"),
        "after": Phrase("After", "変更後"),
        "why": Phrase("Why", "原因"),
        "logs_of_failure": Phrase("What the failing task wrote", "失敗したタスクのログ"),
        "releases_none": Phrase("There has been no release yet.", "リリースはまだありません。"),
        "last_release": Phrase("Last release", "最新のリリース"),
        "release_deploy": Phrase("Deploy", "デプロイ"),
        "release_rollback": Phrase("Rollback", "ロールバック"),
        "release_setting": Phrase("Setting", "設定変更"),
        "release_observed": Phrase("Deployment by another tool", "他のツールによるデプロイ"),
        "outcome_open": Phrase("Under way", "進行中"),
        "outcome_deployed": Phrase("Deployed", "完了"),
        "outcome_nothing-to-do": Phrase("Nothing to do", "変更なし"),
        "outcome_set": Phrase("Set", "設定済み"),
        "outcome_failed": Phrase("Failed", "失敗"),
        "outcome_rolled-back": Phrase("Failed and rolled back", "失敗（自動ロールバック）"),
        "outcome_error": Phrase("Error", "エラー"),
        "outcome_stopped": Phrase("Stopped before anything changed", "変更前に中止"),
        "outcome_superseded": Phrase("Superseded", "別のデプロイに置き換え"),
        "outcome_timed-out": Phrase("Not over in time", "時間切れ"),
        "outcome_interrupted": Phrase("Nobody watched its end", "監視を中断"),
        "outcome_started": Phrase("Started", "開始"),
        "outcome_unknown": Phrase("End unknown", "結果不明"),
    ]
}
