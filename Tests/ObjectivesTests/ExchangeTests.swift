import Definitions
import Foundation
import Testing

@testable import Objectives

private let all = [
    objective("a", .availability(.init(source: .haproxy)), "99.95", summary: "Save: \"a\" recipe", window: .month, zone: "Asia/Tokyo"),
    objective("b", .latency(.init(source: .app, match: ["route": "/x"]), milliseconds: 250), "99", lowTraffic: .init(events: 10, failures: 2)),
    objective(
        "c",
        .ratio(.init(part: SeriesSelector(name: "good_total", [.init("kind", "=~", "a|b")]), isGood: true, total: SeriesSelector(name: "all_total"))),
        "99.999",
        window: .days(28), missingData: .holdLast, alerts: [BurnAlert(severity: .page, minutes: 120, share: Percent(millionths: 2_500_000))]),
    objective("d", .uptime(SeriesSelector(name: "probe_success")), "99.9", window: .quarter, alerts: []),
    objective("e", .composite(.product(["a", "b"]))), objective("f", .composite(.weights(["a": 1, "b": 3]))),
]

@Test func `what is exported as OpenSLO comes back as it was`() throws {
    let exported = OpenSLOExport.write(all, app: "web", team: "kitchen")
    let imported = try OpenSLOImport.read(exported.text, file: "slo.yml")
    #expect(imported.items.map(\.objective) == all.map { WrittenObjective($0) } && imported.apps == ["web"])
    #expect(exported.notes.count == 5 && exported.notes.contains { $0.hasPrefix("a: OpenSLO's burn rate conditions have one window") })
    let lines = exported.text.split(separator: "\n").map(String.init)
    #expect(lines.contains("      - targetPercent: 99.95") || lines.contains("      targetPercent: 99.95"))
    #expect(exported.text.contains("query: \"sum(haproxy_backend_http_responses_total{app=\\\"web\\\",code=\\\"5xx\\\"})\""))
    #expect(
        exported.text.contains("threshold: 14.4\n") && exported.text.contains("duration: \"1M\"\n")
            && exported.text.contains("budgetingMethod: \"Timeslices\""))
    // exporting what was imported changes nothing
    let text = imported.text(app: "web")
    #expect(
        text.hasPrefix(
            "objectives:\n  - name: a\n    description: \"Save: \\\"a\\\" recipe\"\n    availability: {source: haproxy}\n    objective: 99.95\n    window: month\n"
        ))
}

@Test func `OpenSLO of others is taken over where it has counts`() throws {
    let text = """
        apiVersion: openslo/v1
        kind: SLI
        metadata: {name: errors}
        spec:
          ratioMetric:
            counter: true
            good: {metricSource: {type: Prometheus, spec: {query: 'sum(rate(ok_total{job="x"}[5m]))'}}}
            total: {metricSource: {type: Prometheus, spec: {query: 'sum(all_total)'}}}
        ---
        apiVersion: openslo/v1
        kind: SLO
        metadata: {name: checkout, displayName: Checkout}
        spec:
          description: Buy
          service: shop
          indicatorRef: errors
          timeWindow: [{duration: 1M, isRolling: false, calendar: {startTime: '2026-01-01 00:00:00', timeZone: Europe/Berlin}}]
          budgetingMethod: Occurrences
          objectives: [{target: 0.9995}, {targetPercent: 99}]
          alertPolicies: []
        """
    let imported = try OpenSLOImport.read(text, file: "slo.yml")
    #expect(
        imported.text(app: "shop") == """
            objectives:
              - name: checkout-1
                description: Buy
                ratio: {good: "ok_total{job=\\"x\\"}", total: all_total}
                objective: 99.95
                window: month
                time_zone: Europe/Berlin
              - name: checkout-2
                description: Buy
                ratio: {good: "ok_total{job=\\"x\\"}", total: all_total}
                objective: 99
                window: month
                time_zone: Europe/Berlin

            """)
    #expect(imported.notes.map(\.line) == [20])
}

/// An SLO with one line changed.
private func slo(_ key: String, _ value: String) -> String {
    var lines = [
        "apiVersion: openslo/v1", "kind: SLO", "metadata: {name: a}", "spec:", "  service: web",
        "  indicator: {spec: {ratioMetric: {bad: {metricSource: {spec: {query: b_total}}}, total: {metricSource: {spec: {query: a_total}}}}}}",
        "  timeWindow: [{duration: 30d, isRolling: true}]", "  budgetingMethod: Occurrences", "  objectives: [{target: 0.99}]",
    ]
    for (index, line) in lines.enumerated() where line.drop(while: { $0 == " " }).hasPrefix("\(key):") {
        lines[index] = line.prefix { $0 == " " } + "\(key): \(value)"
    }
    return lines.joined(separator: "\n")
}

@Test(arguments: [
    ("apiVersion", "openslo/v2", "1:13: apiVersion must be openslo/v1, not openslo/v2"),
    ("kind", "SLOO", "2:7: unknown kind SLOO, did you mean SLO?"),
    ("metadata", "{nam: a}", "3:11: name is missing"),
    ("objectives", "[{target: 1.0}]", "9:25: target must be a share below 1 with at most eight decimals"),
    ("objectives", "[{targetPercent: 100}]", "9:32: targetPercent must be below 100 and have at most six decimals"),
    ("objectives", "[{target: 0.9, targetPercent: 90}]", "9:45: there is a target beside targetPercent: keep one of them"),
    ("objectives", "[{target: 0.9, op: lte}]", "9:34: op cannot be taken over"),
    ("objectives", "[{targt: 0.9}]", "9:16: target or targetPercent is missing\n9:17: unknown key targt, did you mean target?"),
    (
        "budgetingMethod", "Timeslices",
        "8:20: budgetingMethod Timeslices cannot be taken over: events are weighted by their number here; write an uptime objective by hand"
    ),
    ("timeWindow", "[{duration: 1d, isRolling: true}]", "7:27: a rolling window of 1d cannot be taken over: it has 7 to 90 days"),
    (
        "timeWindow", "[{duration: 1Y, isRolling: false, calendar: {}}]",
        "7:27: a calendar window of 1Y cannot be taken over: it is a month (1M) or a quarter (1Q)"
    ),
    ("timeWindow", "[]", "7:15: timeWindow must have exactly one item"),
    (
        "indicator", "{spec: {thresholdMetric: {}}}",
        "6:39: thresholdMetric cannot be taken over: a value has no events to count. Write latency, or a ratio"
    ),
    (
        "indicator", "{spec: {ratioMetric: {raw: {}, rawType: success}}}",
        "6:41: raw cannot be taken over: a ratio that is computed already has lost its counts"
    ),
    ("service", "[", "6:3: this is no YAML"),
])
func `OpenSLO that cannot be taken over is refused with its place`(key: String, value: String, expected: String) {
    let error = #expect(throws: ExchangeProblems.self) { try OpenSLOImport.read(slo(key, value), file: "f") }
    let texts = error?.problems.map { "\($0.line):\($0.column): \($0.message)" } ?? []
    if expected.hasSuffix("no YAML") {
        #expect(texts.first?.contains("this is no YAML") == true, "\(texts)")
    } else {
        #expect(Set(texts).isSuperset(of: expected.split(separator: "\n").map(String.init)), "\(texts)")
    }
}

@Test func `Sloth's own example is taken over`() throws {
    let text = """
        version: "prometheus/v1"
        service: "myservice"
        labels: {owner: "myteam"}
        slos:
          - name: "requests-availability"
            objective: 99.9
            description: "Common SLO based on availability for HTTP request responses."
            sli:
              events:
                error_query: sum(rate(http_request_duration_seconds_count{job="myservice",code=~"(5..|429)"}[{{.window}}]))
                total_query: sum(rate(http_request_duration_seconds_count{job="myservice"}[{{.window}}]))
            alerting:
              name: MyServiceHighErrorRate
              page_alert: {labels: {severity: pageteam}}
              ticket_alert: {disable: true}
        """
    let imported = try SlothImport.read(text, file: "sloth.yml")
    #expect(
        imported.text(app: "myservice") == """
            objectives:
              - name: requests-availability
                description: "Common SLO based on availability for HTTP request responses."
                ratio: {bad: "http_request_duration_seconds_count{job=\\"myservice\\",code=~\\"(5..|429)\\"}", total: "http_request_duration_seconds_count{job=\\"myservice\\"}"}
                objective: 99.9
                window: 30d
                alerts: [{severity: page, window: 1h, budget: 2}, {severity: page, window: 6h, budget: 5}]

            """)
    #expect(imported.notes.map(\.line) == [3, 13, 14])
}

@Test(arguments: [
    ("version: prometheus/v2\nservice: a\nslos: [{name: x, objective: 9, sli: {raw: {}}}]", "1:10: version must be prometheus/v1, not prometheus/v2"),
    (
        "version: prometheus/v1\nservice: a\nslos: [{name: x, objective: 9, sli: {raw: {error_ratio_query: x}}}]",
        "3:43: sli.raw cannot be taken over: a ratio that is computed already has lost its counts. Write sli.events with two counters"
    ),
    ("version: prometheus/v1\nservice: a\nslso: []", "3:1: unknown key slso, did you mean slos?"),
    (
        "version: prometheus/v1\nservice: a\nslos: [{name: x, objective: 9, sli: {events: {error_query: 1 - x, total_query: y}}}]",
        "3:60: slos[0].sli.events.error_query cannot be taken over: it is not sum(rate(COUNTER{…}[{{.window}}])). Record what it says as a counter, and name that"
    ),
    ("{}", "1:1: version is missing"),
])
func `Sloth's that cannot be taken over is refused with its place`(text: String, expected: String) {
    let error = #expect(throws: ExchangeProblems.self) { try SlothImport.read(text, file: "f") }
    let texts = error?.problems.map { "\($0.line):\($0.column): \($0.message)" } ?? []
    #expect(texts.contains(expected), "\(texts)")
}
