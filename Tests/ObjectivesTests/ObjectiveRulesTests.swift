import Definitions
import Foundation
import Objectives
import TestSupport
import Testing

private let ratio = Objective.Indicator.ratio(
    .init(part: SeriesSelector(name: "bad_total"), isGood: false, total: SeriesSelector(name: "all_total")))

@Suite(.enabled(if: Promtool.isInstalled, "promtool is not installed"))
struct ObjectiveRulesTests {
    @Test func `promtool takes the rules of every kind of indicator`() async throws {
        let text = rules(
            objective("a"), objective("b", .availability(.init(source: .haproxy)), "99.99", window: .month),
            objective("k", .availability(.init(source: .alb))),
            objective("c", .latency(.init(source: .haproxy), milliseconds: 1_000)),
            objective("d", .latency(.init(source: .app, match: ["route": "/x\"y"]), milliseconds: 250), "99", window: .days(7)),
            objective("e", ratio, summary: "it's {{ \"odd\" }}", lowTraffic: .init(events: 100, failures: 0)), objective("f", .uptime(nil)),
            objective("g", .uptime(SeriesSelector(name: "probe_success")), missingData: .ignore),
            objective("h", .composite(.product(["a", "b"]))), objective("i", .composite(.weights(["a": 1, "b": 2]))), objective("j", alerts: []))
        try await withTemporaryDirectory { folder in
            let file = folder.appending(path: "rules.yml")
            try text.write(to: file, atomically: true, encoding: .utf8)
            let answer = try await Promtool.run(["check", "rules", file.path])
            #expect(answer.isSuccess, "\(answer.text)")
            #expect(!answer.text.contains("duplicate"), "\(answer.text)")
        }
        #expect(text.contains("> 0.0144)") && !text.contains("0000000001") && !text.contains("99999999"))
    }

    @Test func `a load balancer of AWS is counted by its minutes, each once`() async throws {
        // Ten requests a minute found a target and one of them failed there; from 1h to 1h10m nobody found one.
        let labels = #"dimension_LoadBalancer="app/hako-web/1""#
        let tests = """
            - interval: 1m
              input_series:
                - {series: 'aws_applicationelb_request_count_sum{\(labels)}', values: '10x180'}
                - {series: 'aws_applicationelb_httpcode_target_5_xx_count_sum{\(labels)}', values: '1x180'}
                # the same once more, by target group and by zone, and another app's
                - {series: 'aws_applicationelb_request_count_sum{\(labels),dimension_TargetGroup="t"}', values: '10x180'}
                - {series: 'aws_applicationelb_request_count_sum{\(labels),dimension_AvailabilityZone="z"}', values: '10x180'}
                - {series: 'aws_applicationelb_request_count_sum{dimension_LoadBalancer="app/hako-webshop/1"}', values: '99x180'}
                - {series: 'aws_applicationelb_httpcode_elb_503_count_sum{\(labels)}', values: '_x60 4x9 _x100'}
                - {series: 'aws_applicationelb_httpcode_elb_5_xx_count_sum{\(labels)}', values: '_x60 5x9 _x100'}
              promql_expr_test:
                - {eval_time: 1h, expr: 'slo:total:increase5m', exp_samples: [{labels: 'slo:total:increase5m{app="web",objective="a"}', value: 50}]}
                - {eval_time: 1h, expr: 'slo:bad:increase5m', exp_samples: [{labels: 'slo:bad:increase5m{app="web",objective="a"}', value: 5}]}
                # 100 minutes of ten, and ten of four more
                - {eval_time: 2h, expr: 'sum_over_time(slo:total:increase5m[99m:5m])', exp_samples: [{labels: '{app="web",objective="a"}', value: 1040}]}
                - {eval_time: 2h, expr: 'sum_over_time(slo:bad:increase5m[99m:5m])', exp_samples: [{labels: '{app="web",objective="a"}', value: 150}]}
              alert_rule_test:
                - {eval_time: 2h, alertname: ObjectiveNotMeasured}

            """
        let complaint = try await Promtool.complaint(rules(objective("a", .availability(.init(source: .alb)))), tests: tests)
        #expect(complaint == nil)
        let other = rules(objective("a", .availability(.init(source: .alb, match: ["load_balancer": "app/x/2"]))))
        #expect(other.contains(#"load_balancer="app/x/2""#) && !other.contains("dimension_LoadBalancer"))
    }

    @Test func `of one environment counts that one only`() {
        var here = objective("a", ratio)
        here.environment = "production"
        let text = rules(here)
        #expect(text.contains(#"bad_total{app="web",environment="production"}"#) && text.contains(#"all_total{app="web",environment="production"}"#))
        here.indicator = .availability(.init(source: .haproxy))
        #expect(rules(here).contains(#"haproxy_backend_http_responses_total{app="web",environment="production",code="5xx"}"#))
        here.indicator = .uptime(SeriesSelector(#"up{environment="staging"}"#))
        #expect(rules(here).contains(#"environment="staging""#) && !rules(here).contains("production"))
    }

    @Test func `idle times are no NaN, where a mean of ratios is`() async throws {
        let tests = """
            - interval: 1m
              input_series:
                - {series: 'bad_total{app="web"}', values: '0x180'}
                - {series: 'all_total{app="web"}', values: '0+100x60 6000x20 6000+100x100'}
              promql_expr_test:
                - {eval_time: 1h15m, expr: 'slo:total:increase5m{app="web"}', exp_samples: [{labels: 'slo:total:increase5m{app="web",objective="a"}', value: 0}]}
                - {eval_time: 1h15m, expr: 'slo:bad:increase5m', exp_samples: [{labels: 'slo:bad:increase5m{app="web",objective="a"}', value: 0}]}
                - eval_time: 3h
                  expr: 1 - sum_over_time(slo:bad:increase5m[3h:5m]) / (sum_over_time(slo:total:increase5m[3h:5m]) > 0) / 0.001
                  exp_samples: [{labels: '{app="web",objective="a"}', value: 1}]
                # a sum over all tiles is the number of events
                - {eval_time: 3h, expr: 'sum_over_time(slo:total:increase5m[3h:5m])', exp_samples: [{labels: '{app="web",objective="a"}', value: 15800}]}
                - {eval_time: 3h, expr: 'slo:bad:increase5m != slo:bad:increase5m', exp_samples: []}
              alert_rule_test:
                - {eval_time: 1h15m, alertname: ErrorBudgetBurn}
                - {eval_time: 3h, alertname: ErrorBudgetBurn}
                - {eval_time: 3h, alertname: ObjectiveNotMeasured}

            """
        #expect(try await Promtool.complaint(rules(objective("a", ratio)), tests: tests) == nil)
    }

    @Test func `a quiet hour of failures weighs what it is, not what it is a share of`() async throws {
        // Sloth's mean of ratios says 3.889e-2 and -3,789 %
        let tests = """
            - interval: 1m
              input_series:
                - {series: 'bad_total{app="web"}', values: '0x1380 1+1x59'}
                - {series: 'all_total{app="web"}', values: '0+6000x1380 8280001+1x59'}
              promql_expr_test:
                - {eval_time: 24h, expr: 'sum_over_time(slo:bad:increase5m[24h:5m])', exp_samples: [{labels: '{app="web",objective="a"}', value: 60}]}
                - {eval_time: 24h, expr: 'sum_over_time(slo:total:increase5m[24h:5m])', exp_samples: [{labels: '{app="web",objective="a"}', value: 8280060}]}
              alert_rule_test:
                # within the quiet hour itself everything fails, and that is said in numbers
                - eval_time: 24h
                  alertname: ErrorBudgetBurn
                  exp_alerts:
                    - exp_labels: {app: web, team: kitchen, objective: a, severity: page}
                      exp_annotations:
                        summary: 'web, save a recipe: at this rate the budget of 30 days is gone in 43m 12s'
                        description: 'Within the last 1h 60 of 60 events failed. Allowed are 0.1 % of 30 days.'
                        runbook_url: docs/runbooks/ErrorBudgetBurn.md

            """
        #expect(try await Promtool.complaint(rules(objective("a", ratio, summary: "save a recipe")), tests: tests) == nil)
    }

    @Test func `no failure is lost between two windows, and a restart counts from 0`() async throws {
        // all failures fall between the last sample of one window and the first of the next, where increase() sees none of them
        let tests = """
            - interval: 20s
              input_series:
                - {series: 'bad_total{app="web",task="a"}', values: '0x15 30x14 60x14 90x60'}
                - {series: 'all_total{app="web",task="a"}', values: '0+2x103'}
                - {series: 'all_total{app="web",task="b"}', values: '500x20 7x83'}
              promql_expr_test:
                - {eval_time: 30m, expr: 'sum_over_time(slo:bad:increase5m[30m:5m])', exp_samples: [{labels: '{app="web",objective="a"}', value: 90}]}

            """
        #expect(try await Promtool.complaint(rules(objective("a", ratio)), tests: tests, interval: "20s") == nil)
    }

    @Test func `an outage pages after the seconds that the formula says`() async throws {
        // 99.95 %: 14.4 × 0.0005 × 3600 s = 25.92 s of a total outage
        let page = { (time: String, count: Int) in
            count == 0
                ? "    - {eval_time: \(time), alertname: ErrorBudgetBurn}"
                : "    - {eval_time: \(time), alertname: ErrorBudgetBurn, exp_alerts: [{exp_labels: {app: web, team: kitchen, objective: a, severity: page}, exp_annotations: {summary: S, description: D, runbook_url: R}}]}"
        }
        let head = """
            - interval: 5s
              input_series:
                - {series: 'http_requests_total{app="web",code="200"}', values: '0+50x1440 72000x60'}
                - {series: 'http_requests_total{app="web",code="503"}', values: '0x1440 50+50x60'}
              alert_rule_test:

            """
        let text = rules(objective("a", .availability(.init(source: .app)), "99.95", alerts: [BurnAlert.standard[0]]))
        // the outage starts at 2h
        #expect(try await Promtool.complaint(text, tests: head + page("2h25s", 0) + "\n", interval: "5s") == nil)
        let fired = try await Promtool.complaint(text, tests: head + page("2h30s", 1) + "\n", interval: "5s")
        #expect(fired?.contains("severity=\"page\"") == true, "\(fired ?? "")")
        #expect(fired?.contains("at this rate the budget of 30 days is gone in") == true, "\(fired ?? "")")
        #expect(fired?.contains("300 of 36000 requests failed") == true, "\(fired ?? "")")
    }

    @Test func `what cannot be measured is said, and is not a quiet time`() async throws {
        let tests = """
            - interval: 1m
              input_series:
                - {series: 'up{app="web"}', values: '1x10 0x5 1x5 _x20'}
                - {series: 'other', values: '0x60'}
              promql_expr_test:
                - {eval_time: 15m, expr: 'slo:bad:increase5m{objective="up"}', exp_samples: [{labels: 'slo:bad:increase5m{app="web",objective="up"}', value: 5}]}
                - {eval_time: 20m, expr: 'sum_over_time(slo:bad:increase5m{objective="up"}[19m59s:5m])', exp_samples: [{labels: '{app="web",objective="up"}', value: 6}]}
                - {eval_time: 20m, expr: 'sum_over_time(slo:total:increase5m{objective="up"}[19m59s:5m])', exp_samples: [{labels: '{app="web",objective="up"}', value: 20}]}
                - {eval_time: 40m, expr: 'slo:total:increase5m{objective="ignore"}', exp_samples: [{labels: 'slo:total:increase5m{app="web",objective="ignore"}', value: 0}]}
                - {eval_time: 40m, expr: 'slo:bad:increase5m{objective="up"}', exp_samples: [{labels: 'slo:bad:increase5m{app="web",objective="up"}', value: 5}]}
                - {eval_time: 40m, expr: 'slo:total:increase5m{objective="a"}', exp_samples: [{labels: 'slo:total:increase5m{app="web",objective="a"}', value: 0}]}
              alert_rule_test:
                - eval_time: 30m
                  alertname: ObjectiveNotMeasured
                  exp_alerts:
                    - exp_labels: {app: web, team: kitchen, objective: a, severity: ticket}
                      exp_annotations:
                        summary: 'web, a: nobody knows how it does'
                        description: 'For 15 minutes there was nothing to count for the objective a of web: the series that it reads is gone.'
                        runbook_url: docs/runbooks/ObjectiveNotMeasured.md

            """
        let text = rules(
            objective("a", ratio), objective("up", .uptime(nil), alerts: []), objective("ignore", .uptime(nil), missingData: .ignore, alerts: []))
        #expect(try await Promtool.complaint(text, tests: tests) == nil)
    }
}
