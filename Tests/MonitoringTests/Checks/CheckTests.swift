import Foundation
import Testing

@testable import Monitoring

/// What the checks find in one alert, or in one recording rule with the fields given.
private func checks(_ expression: String, _ fields: String = "", _ change: (inout CheckSettings) -> Void = { _ in }) async throws -> Set<String> {
    var validator = RuleValidator()
    validator.promtool = nil
    change(&validator.settings)
    let head = fields.hasPrefix("record:") ? "" : "alert: AppOdd\n    "
    let text = "groups:\n- name: g\n  rules:\n  - \(head)expr: |-\n      \(expression)\n" + (fields.isEmpty ? "" : "    \(fields)\n")
    return Set(try await validator.validate(text, path: "rules.yml").findings.map(\.check))
}

@Suite struct CheckTests {
    @Test(
        "checks find what they are for",
        arguments: [
            ("increase(up[5m]) > 1", "rate-on-gauge"), ("rate(max by (app) (x_total)[5m:]) > 1", "rate-of-sum"),
            ("x > 1 or y", "alert-comparison-missing"),
            ("x and y", "alert-comparison-missing"), ("vector(1) > 0", "alert-always-firing"), ("vector(0) > 1", "alert-never-firing"),
            ("1 == bool 1", "alert-always-firing"),
            ("count(up) < 1", "alert-never-firing"), ("sum(x_total) > 5", "counter-without-rate"),
            ("predict_linear(x_total[1h], 60) > 5", "delta-on-counter"),
            ("x{a!~\".*\"} > 1", "regex-match-all"), ("x{a!=\"b\",a=\"b\"} > 1", "matcher-contradiction"),
            ("a > on (task) sum by (app) (b)", "vector-matching"),
            ("a * on (app) group_left (team) sum by (app) (b) > 1", "vector-matching"), ("sum by (a) (x) and sum by (b) (y) > 1", "vector-matching"),
            ("absent(sum by (app) (up))", "absent-labels-lost"), ("sum(up) < 1", "sum-without-by"),
            ("count by (job) (up == 0) > 1", "routing-labels-lost"),
            ("histogram_quantile(0.9, sum by (app, le) (rate(x_seconds_bucket[5m]))) > 2", "threshold-hard-coded"),
            ("idelta(x[5m]) > 1", "alert-irate"), ("up{a=~\"^b\"} == 0", "regex-anchored"),
            ("histogram_quantile(0.9, sum(rate(x_bucket[5m])) by (app)) > 1", "histogram-quantile-without-le"),
        ])
    func finds(expression: String, check: String) async throws {
        #expect(try await checks(expression).contains(check))
    }

    @Test(
        "checks leave alone what is right",
        arguments: [
            ("rate(x_seconds_sum[5m]) > 1", "rate-on-gauge"), ("x > 1 or y > 2", "alert-comparison-missing"),
            ("x unless y", "alert-comparison-missing"),
            ("ALERTS{alertname=\"A\"}", "alert-comparison-missing"), ("absent(x)", "alert-comparison-missing"),
            ("count(up or vector(0)) < 1", "alert-never-firing"),
            ("absent(x_total)", "counter-without-rate"), ("x > 1 and x_total", "counter-without-rate"),
            ("count(x_total) > 5", "counter-without-rate"),
            ("histogram_quantile(0.9, sum by (app) (rate(native[5m]))) > 1", "histogram-quantile-without-le"), ("x{a=~\"b.*\"} > 1", "regex-plain"),
            ("x{a=~\"b\\\\$\"} > 1", "regex-anchored"), ("sum(a) > on () group_left sum(b)", "vector-matching"),
            ("sum by (app) (a) or sum(b)", "vector-matching"),
            ("a / on (app) group_left (team) b > 1", "vector-matching"), ("sum(up{app=\"a\"}) by (app) < 1", "sum-without-by"),
            ("x{app=\"a\"} / x_errors > 0.5", "threshold-hard-coded"), ("vector(1) == x", "alert-always-firing"),
            ("{__name__=~\"x_.*\"} > 1", "selector-without-name"),
        ])
    func leaves(expression: String, check: String) async throws {
        #expect(!(try await checks(expression).contains(check)))
    }

    @Test(
        "templates are read as Go reads them",
        arguments: [
            ("{{ $labels.task }}", "template-label-missing", true), ("{{ .Labels.task }}", "template-label-missing", true),
            ("{{ index $labels \"task\" }}", "template-label-missing", true), ("{{ $labels.app }}", "template-label-missing", false),
            ("{{ humanise $value }}", "template-syntax", true), ("{{ $x := $labels.app }}{{ $x }}", "template-syntax", false),
            ("{{ if gt $value 1.5 }}a{{ else }}b{{ end }}", "template-syntax", false),
            ("{{ range $i, $r := query \"up\" }}{{ $r.Value }}{{ end }}", "template-syntax", false),
            ("{{/* $nothing here */}}", "template-syntax", false), ("{{- with $labels -}}{{ .app }}{{- end }}", "template-syntax", false),
            ("a } b { c", "template-syntax", false), ("{{ \"}}\" }}", "template-syntax", false), ("{{ $vlaue }}", "template-syntax", true),
            ("{{ `$nothing` }}", "template-syntax", false),
        ])
    func templates(text: String, check: String, isFound: Bool) async throws {
        let found = try await checks("sum by (app, team) (up) == 0", "annotations:\n      summary: >-\n        \(text)")
        #expect(found.contains(check) == isFound)
    }

    @Test func `labels set below a rule lead its alerts`() async throws {
        #expect(!(try await checks("sum(up) == 0", "labels: {team: sre}").contains("sum-without-by")))
        #expect(try await checks("up == 0", "labels: {alertstate: x}").contains("label-reserved"))
    }

    @Test(
        "a team's rules speak for its own app only",
        arguments: [
            ("up{app=\"pantry\"} == 0", "", true), ("up{app=~\"recipes|pantry\"} == 0", "", true), ("up == 0", "labels: {team: other}", true),
            ("up{app=\"recipes\"} == 0", "", false),
            ("sum(up) == 0", "", false),
        ])
    func claims(expression: String, fields: String, isFound: Bool) async throws {
        #expect(try await checks(expression, fields) { $0.app = "recipes" }.contains("app-claimed") == isFound)
    }

    @Test func `intervals come from the settings and from the group`() async throws {
        #expect(!(try await checks("rate(x_total[2m]) > 1").contains("rate-range-too-short")))
        #expect(try await checks("rate(x_total[2m]) > 1") { $0.scrapeInterval = 60 }.contains("rate-range-too-short"))
        #expect(try await checks("up == 0", "for: 30s") { $0.evaluationInterval = 60 }.contains("alert-for-too-short"))
    }
}
