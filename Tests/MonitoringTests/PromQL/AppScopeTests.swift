import Definitions
import Foundation
import Monitoring
import SystemPackage
import TestSupport
import Testing

private let expressions: [(String, String)] = [
    ("up", #"up{app="web"}"#),
    ("up == 0", #"up{app="web"} == 0"#),
    (#"up{job="apps"}"#, #"up{app="web",job="apps"}"#),
    ("up{ }", #"up{app="web" }"#),
    (#"{__name__="up"}"#, #"{app="web",__name__="up"}"#),
    (#"up{app="web"}"#, #"up{app="web"}"#),
    (#"node_load1{app=""} > 10"#, #"node_load1{app=""} > 10"#),
    (
        "sum by (app) (rate(a[5m])) / sum(rate(b{x='é'}[5m] offset 1h)) > 0.1",
        #"sum by (app) (rate(a{app="web"}[5m])) / sum(rate(b{app="web",x='é'}[5m] offset 1h)) > 0.1"#
    ),
    ("max_over_time(rate(a[1m])[1h:5m] @ end())", #"max_over_time(rate(a{app="web"}[1m])[1h:5m] @ end())"#),
    ("absent(a) or vector(1)", #"absent(a{app="web"}) or vector(1)"#),
    ("app:requests:rate5m # a comment {\n > 5", "app:requests:rate5m{app=\"web\"} # a comment {\n > 5"),
    ("a # {b}\n {x=\"1\"}", "a # {b}\n {app=\"web\",x=\"1\"}"),
    (#"label_replace(a, "app", "other", "", "")"#, #"label_replace(a{app="web"}, "app", "other", "", "")"#),
    (#"count by (app) (ALERTS{alertname="X"}) and on () a"#, #"count by (app) (ALERTS{app="web",alertname="X"}) and on () a{app="web"}"#),
    ("1 > bool 0", "1 > bool 0"),
]

@Test(arguments: expressions)
func `every selector is bound to the app`(text: String, bound: String) throws {
    #expect(try AppScope("web").bound(text) == bound)
}

@Test(.enabled(if: Judge.promtool != nil, "promtool is not installed"))
func `promtool accepts what was bound`() async throws {
    try await withTemporaryDirectory { directory in
        let alerts = expressions.enumerated().map { AlertRule(name: "A\($0)", expr: $1.0) }
        let path = directory.appending(path: "rules.yml").path
        let rendered = try #require(RenderedRules(app: "web", team: nil, alerts: alerts))
        try Data(rendered.text.utf8).write(to: URL(filePath: path))
        let answer = try await Judge.ask(["check", "rules", path])
        #expect(answer.isContent, "\(answer.text)")
    }
}

@Test(arguments: [
    (#"up{app="other"}"#, #"app="other" reads what is not web's: leave it out, it is put in by itself"#),
    (#"up{"app"="other"}"#, #"app="other" reads what is not web's: leave it out, it is put in by itself"#),
    (#"up{app!=""}"#, #"app!="" reads what is not web's: leave it out, it is put in by itself"#),
    (#"up{app=~"web|other"}"#, #"app=~"web|other" reads what is not web's: leave it out, it is put in by itself"#),
    (#"up{app="\x6fther"}"#, #"app="other" reads what is not web's: leave it out, it is put in by itself"#),
    ("up ==", "expected an expression, found the end of the expression (at byte 5 of the expression)"),
])
func `an expression that cannot be bound is refused`(text: String, reason: String) throws {
    #expect(throws: AppScope.Objection(reason)) { try AppScope("web").bound(text) }
}

/// Two apps have the same metric; the rule of one says nothing about `app`, and fires for itself only.
@Test(.enabled(if: Judge.promtool != nil, "promtool is not installed"))
func `a rule without a selector of the app fires for its own app only`() async throws {
    try await withTemporaryDirectory { directory in
        let alerts = [AlertRule(name: "Fails", expr: "errors > 5"), AlertRule(name: "Gone", expr: "absent(other_errors)")]
        let rendered = try #require(RenderedRules(app: "web", team: "kitchen", alerts: alerts))
        try Data(rendered.text.utf8).write(to: directory.appending(path: "rules.yml"))
        func test(web: Int, fires: Bool) -> String {
            """
              - interval: 1m
                input_series:
                  - {series: 'errors{app="web"}', values: '\(web)x10'}
                  - {series: 'errors{app="api"}', values: '9x10'}
                  - {series: 'other_errors{app="api"}', values: '1x10'}
                alert_rule_test:
                  - eval_time: 5m
                    alertname: Fails
                    exp_alerts: \(fires ? "[{exp_labels: {app: web, team: kitchen, severity: ticket}}]" : "[]")
                  - eval_time: 5m
                    alertname: Gone
                    exp_alerts: [{exp_labels: {app: web, team: kitchen, severity: ticket}}]

            """
        }
        let tests = "rule_files: [rules.yml]\ntests:\n" + test(web: 1, fires: false) + test(web: 6, fires: true)
        try Data(tests.utf8).write(to: directory.appending(path: "tests.yml"))
        let answer = try await Judge.ask(["test", "rules", "tests.yml"], in: directory.path)
        #expect(answer.isContent, "\(answer.text)")
    }
}
