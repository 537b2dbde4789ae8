import ServiceModel
import Testing

@testable import Definitions

private let scraped = "  port_mappings: [{container_port: 3000}]"
private let balancer = "  elb_v2: {load_balancer_name: x, target_group_name: y, container_name: app, container_port: 3000}"

/// A definition with `text` below `objectives`, from line 8 on.
private func definition(_ text: String) -> String { minimal(app: scraped, rest: "monitoring: true\nobjectives:\n" + text) }

@Test func `objectives are read with their defaults`() async throws {
    let text = """
        - {name: availability, availability: true, objective: 99.95}
        - name: fast
          description: Open a recipe
          latency: {within: 250ms, match: {route: /recipes}}
          objective: '99.5'
          window: quarter
          time_zone: Asia/Tokyo
          no_data: hold-last
          low_traffic: {events: 100, failures: 3}
          cost_per_minute: {amount: 1200, currency: JPY}
          alerts: [{severity: page, window: 2h, budget: 2.5}]
        - {name: saves, ratio: {good: 'saved_total{kind="a"}', total: tried_total}, objective: 99, window: 8w}
        - {name: up, uptime: true, objective: 99.9}
        - {name: all, composite: {product: [availability, up]}, objective: 99}
        - {name: mean, composite: {weights: {availability: 3, up: 1}}, objective: 99}
        """
    let expected = [
        Objective(name: "availability", indicator: .availability(.init(source: .app)), target: Percent(millionths: 99_950_000)),
        Objective(
            name: "fast", summary: "Open a recipe", indicator: .latency(.init(source: .app, match: ["route": "/recipes"]), milliseconds: 250),
            target: Percent(millionths: 99_500_000), window: .quarter, timeZone: "Asia/Tokyo", missingData: .holdLast,
            lowTraffic: .init(events: 100, failures: 3), alerts: [BurnAlert(severity: .page, minutes: 120, share: Percent(millionths: 2_500_000))],
            cost: .init(amount: 1_200, currency: "JPY")),
        Objective(
            name: "saves",
            indicator: .ratio(
                .init(part: SeriesSelector(name: "saved_total", [.init("kind", "=", "a")]), isGood: true, total: SeriesSelector(name: "tried_total"))),
            target: Percent(millionths: 99_000_000), window: .days(56)),
        Objective(name: "up", indicator: .uptime(nil), target: Percent(millionths: 99_900_000), missingData: .bad, lowTraffic: .init(failures: 1)),
        Objective(name: "all", indicator: .composite(.product(["availability", "up"])), target: Percent(millionths: 99_000_000)),
        Objective(name: "mean", indicator: .composite(.weights(["availability": 3, "up": 1])), target: Percent(millionths: 99_000_000)),
    ]
    try await Workspace.with(["app.yml": definition(text)]) { workspace in
        let found = try await workspace.load("app.yml").objectives.map { objective in
            var objective = objective
            #expect(objective.file == workspace.path("app.yml") && objective.line > 8)
            (objective.file, objective.line, objective.column) = ("", 1, 1)
            return objective
        }
        #expect(found == expected)
    }
}

@Test func `an app behind a load balancer is counted there`() async throws {
    let text = minimal(scheduler: balancer, app: scraped, rest: "objectives: [{name: a, availability: true, objective: 99.9}]")
    try await Workspace.with(["app.yml": text]) { workspace in
        let indicator = try await workspace.load("app.yml").objectives.first?.indicator
        #expect(indicator == .availability(.init(source: .haproxy)))
    }
}

@Test(arguments: [
    ("99.95", 99_950_000), ("99", 99_000_000), ("99.9999", 99_999_900), ("0.5", 500_000), ("99.950000", 99_950_000), ("99.9500000", 99_950_000),
    ("99.1234567", nil), ("99,9", nil), ("", nil), (".5", nil), ("9e1", nil), ("-1", nil), ("99.", nil), ("٩٩", nil),
])
func `a percentage is exact or none`(text: String, millionths: Int?) {
    #expect(Percent(text)?.millionths == millionths)
}

@Test func `fractions are printed without the dirt of floating point`() {
    #expect(Percent(millionths: 99_950_000).rest.fraction.decimal == "0.0005")
    #expect((Fraction(144, 10) * Percent(millionths: 99_900_000).rest.fraction).decimal == "0.0144")
    #expect(Fraction(31, 30).decimal == "1.03333333333")
    #expect(Fraction(2, 3).decimal == "0.666666666667")
    #expect(Fraction(999_999_999_999_9, 10_000_000_000_000).decimal == "1")
    #expect(Percent(millionths: 99_950_000).description == "99.95")
}

@Test(
    "burn rates are share × window ÷ long window, and at least 1",
    arguments: [
        (Objective.Window.days(30), ["14.4", "6", "3", "1"]), (.days(28), ["13.44", "5.6", "2.8", "1"]), (.days(7), ["3.36", "1.4", "1", "1"]),
        (.days(90), ["43.2", "18", "9", "3"]), (.days(31), ["14.88", "6.2", "3.1", "1.03333333333"]), (.month, ["14.4", "6", "3", "1"]),
    ])
func burnRates(window: Objective.Window, expected: [String]) {
    #expect(BurnAlert.standard.map { $0.burnRate(in: window).decimal } == expected)
}

@Test(
    "a selector is one metric with matchers",
    arguments: [
        ("up", "up"), (" a:b_total { } ", "a:b_total"), ("x{a=\"1\",b!='2', c=~\"a|b\",}", "x{a=\"1\",b!=\"2\",c=~\"a|b\"}"),
        ("x{a=\"q\\\"uote\\\\\"}", "x{a=\"q\\\"uote\\\\\"}"), ("rate(x[5m])", nil), ("x[5m]", nil), ("x{a=1}", nil), ("x{a=\"1\"", nil), ("x y", nil),
        ("x{a=\"1\"} offset 5m", nil), ("", nil), ("{__name__=\"x\"}", nil), ("x{,}", nil), ("x{a=\"1\" b=\"2\"}", nil),
    ])
func selectors(text: String, expected: String?) {
    #expect(SeriesSelector(text)?.description == expected)
}

@Test(arguments: [
    (
        "- {name: a, availability: true, objective: 100}",
        "app.yml:10:44: 100 % leaves no budget: every change would have to wait for ever. Promise what users need, such as 99.95"
    ),
    ("- {name: a, availability: true, objective: 120}", "app.yml:10:44: objective is a percentage below 100, not 120"),
    ("- {name: a, availability: true, objective: 0.9995}", "app.yml:10:44: 0.9995 is read as 0.9995 percent: write 99.95 if that was a share"),
    (
        "- {name: a, availability: true, objective: 99.12345678}",
        "app.yml:10:44: objective must be a percentage with at most six decimals, such as 99.95, not 99.12345678"
    ),
    ("- {name: a, availability: true}", "app.yml:10:3: objective is missing"),
    ("- {availability: true, objective: 99}", "app.yml:10:3: name is missing"),
    (
        "- {name: A b, availability: true, objective: 99}",
        "app.yml:10:10: an objective's name has small letters, digits and - only, at most 63, as save-recipe"
    ),
    ("- {name: a, uptime: true, objective: 99}\n- {name: a, uptime: true, objective: 99}", "app.yml:11:10: there is an objective a already"),
    (
        "- {name: a, avalability: true, objective: 99}",
        "app.yml:10:3: an objective needs one of availability, latency, ratio, uptime, composite: what is to be counted\napp.yml:10:13: unknown key avalability, did you mean availability?"
    ),
    (
        "- {name: a, availability: true, latency: {within: 1s}, objective: 99}",
        "app.yml:10:33: availability and latency in one objective: each has one indicator; write two, and a composite over them"
    ),
    ("- {name: a, latency: {}, objective: 99}", "app.yml:10:13: within is missing"),
    ("- {name: a, latency: {within: fast}, objective: 99}", "app.yml:10:31: within must be a duration such as 250ms or 1s"),
    (
        "- {name: a, availability: {source: haproxy}, objective: 99}",
        "app.yml:10:36: app has no elb_v2, so no load balancer counts its requests: take source: app"
    ),
    (
        "- {name: a, availability: {match: {app: x}}, objective: 99}",
        "app.yml:10:36: app cannot be matched: a label has letters, digits and _ only, and app is put in by itself"
    ),
    ("- {name: a, ratio: {total: x_total}, objective: 99}", "app.yml:10:13: ratio needs either bad or good beside total"),
    (
        "- {name: a, ratio: {bad: x_total, good: y_total, total: z_total}, objective: 99}",
        "app.yml:10:13: ratio needs either bad or good beside total, not both"
    ),
    (
        "- {name: a, ratio: {bad: 'rate(x_total[5m])', total: z_total}, objective: 99}",
        "app.yml:10:26: bad must be one metric with matchers, as http_requests_total{method=\"POST\"}, without functions and ranges: these are put around it"
    ),
    (
        "- {name: a, ratio: {bad: memory_bytes, total: z_total}, objective: 99}",
        "app.yml:10:26: memory_bytes does not look like a counter: counters end in _total, _count, _sum, _bucket"
    ),
    (
        "- {name: a, ratio: {bad: 'x_total{app=\"other\"}', total: z_total}, objective: 99}",
        "app.yml:10:26: an objective of app counts app only, not app=\"other\": leave it out, it is put in by itself"
    ),
    (
        "- {name: a, uptime: true, objective: 99, window: 1d}",
        "app.yml:10:50: window must be 7d to 90d (the last so many days), month or quarter, not 1d"
    ),
    ("- {name: a, uptime: true, objective: 99, time_zone: Asia/Tokio}", "app.yml:10:53: there is no time zone Asia/Tokio, did you mean Asia/Tokyo?"),
    ("- {name: a, uptime: true, objective: 99, time_zone: JST}", "app.yml:10:53: there is no time zone JST: write it as Asia/Tokyo or UTC"),
    ("- {name: a, uptime: true, objective: 99, no_data: hold}", "app.yml:10:51: no_data \"hold\" is none of ignore, bad, hold-last"),
    (
        "- {name: a, uptime: true, objective: 99.999}",
        "app.yml:10:38: 99.999 % of 30d allows 0.432 minutes, but uptime is counted in whole minutes: the first bad one breaks the promise"
    ),
    (
        "- {name: a, availability: true, objective: 99.9995}",
        "app.yml:10:44: 99.9995 % has more than five nines: it takes 768317 events without a failure to show it. If there are that many, say so with low_traffic: {events: 768317}"
    ),
    (
        "- {name: a, availability: true, objective: 93}",
        "app.yml:10:44: the page alert over 1h can never fire: it needs more than 100.8 % failures (14.4 times the budget of 7 %): let it fire at a smaller share of the budget or over a longer window, or promise more than 93.06 %"
    ),
    (
        "- {name: a, uptime: true, objective: 99, window: 7d, alerts: [{severity: page, window: 7d, budget: 5}]}",
        "app.yml:10:88: the alert's window of 7d is not shorter than the objective's of 7d: the budget would be gone before it fires"
    ),
    (
        "- {name: a, uptime: true, objective: 99, alerts: [{severity: info, window: 1h, budget: 5}]}",
        "app.yml:10:62: severity \"info\" is none of page, ticket"
    ),
    (
        "- {name: a, uptime: true, objective: 99, alerts: [{severity: page, window: 5m, budget: 5}]}",
        "app.yml:10:76: window must be at least 1h and a multiple of 12m, so that the short window beside it, a twelfth, has whole minutes, not 5m"
    ),
    (
        "- {name: a, uptime: true, objective: 99, alerts: [{severity: page, window: 1h, budget: 0}]}",
        "app.yml:10:88: budget is the percentage of the budget that may be gone when it fires, more than 0, at most 100, with at most two decimals"
    ),
    (
        "- {name: a, uptime: true, objective: 99}\n- {name: b, composite: {product: [aa]}, objective: 99}",
        "app.yml:11:13: there is no objective aa, did you mean a?"
    ),
    (
        "- {name: a, uptime: true, objective: 99, window: month}\n- {name: b, composite: {product: [a]}, objective: 99}",
        "app.yml:11:13: a has another window (month, UTC) than b (30d, UTC): only equal ones can be put together"
    ),
    (
        "- {name: b, composite: {product: [c]}, objective: 99}\n- {name: c, composite: {product: [b]}, objective: 99}",
        "app.yml:10:13: c is a composite itself: name what it is made of\napp.yml:11:13: b is a composite itself: name what it is made of"
    ),
    (
        "- {name: a, uptime: true, objective: 99, cost_per_minute: {amount: 10, currency: yen}}",
        "app.yml:10:82: currency has three capital letters, such as JPY"
    ),
])
func `an objective that cannot hold is refused with its place`(text: String, expected: String) async throws {
    try await Workspace.with(["app.yml": definition(text)]) { workspace in
        let problems = await workspace.problems("app.yml")
        #expect(problems == expected)
    }
}

@Test(arguments: [
    ("{name: a, availability: true, objective: 99}", "app.yml:7:24: the app's own metrics are not read: add monitoring with a port"),
    (
        "{name: a, uptime: true, objective: 99}",
        "app.yml:7:24: uptime without series reads whether the app's metrics can be had, but they are not read: add monitoring with a port"
    ),
])
func `what is not scraped cannot be counted`(text: String, expected: String) async throws {
    try await Workspace.with(["app.yml": minimal(rest: "objectives: [\(text)]")]) { workspace in
        let problems = await workspace.problems("app.yml")
        #expect(problems == expected)
    }
}

@Test func `the load balancer knows no routes, and only some bounds`() async throws {
    let text = minimal(
        scheduler: balancer, app: scraped,
        rest:
            "objectives:\n- {name: a, latency: {within: 300ms}, objective: 99}\n- {name: b, availability: {source: haproxy, match: {route: x}}, objective: 99}"
            + "\n- {name: c, latency: {source: alb, within: 250ms}, objective: 99}\n- {name: d, availability: {source: alb, match: {load_balancer: x}}, objective: 99}"
    )
    try await Workspace.with(["app.yml": text]) { workspace in
        let problems = await workspace.problems("app.yml")
        #expect(
            problems == """
                app.yml:10:31: the load balancer's histogram does not tell what is within 300ms: it has 5ms, 10ms, 25ms, 50ms, 100ms, 250ms, 500ms, 1000ms, 2500ms, 5000ms, 10000ms
                app.yml:11:45: the load balancer knows no route: take source: app
                app.yml:12:31: CloudWatch tells averages and percentiles of a load balancer, not how many requests were answered within 250ms: take source: app
                """)
    }
}

@Test func `the gate's policy is the organization's, then the team's, then the environment's`() async throws {
    let file = """
        gate: {amber: 30, fixes: [reliability, revert], business: [product]}
        teams: {kitchen: {gate: {red: 10}}}
        environments: {production: {gate: {unreachable: refuse}}, staging: {gate: {dry_run: true, red: 5}}}
        """
    try await Workspace.with(["jubako.yml": file]) { workspace in
        let organization = try Organization.load(workspace.path("jubako.yml"))
        let fixes: Set<String> = ["reliability", "revert"]
        #expect(organization.gate(environment: nil, team: nil) == GatePolicy(amber: 30, fixes: fixes))
        #expect(organization.businessGroups == ["product"])
        #expect(organization.gate(environment: "production", team: "kitchen") == GatePolicy(amber: 30, red: 10, fixes: fixes, unreachable: .refuse))
        #expect(organization.gate(environment: "staging", team: "kitchen") == GatePolicy(amber: 30, red: 5, fixes: fixes, isDryRun: true))
    }
    try await Workspace.with(["jubako.yml": "gate: {red: 50, unreachable: stop}\nteams: {a: {gate: {ambr: 1}}, b: {gate: {business: [x]}}}"]) {
        workspace in
        let problems = #expect(throws: DefinitionProblems.self) { try Organization.load(workspace.path("jubako.yml")) }
        let texts = problems?.problems.map { "\($0.line):\($0.column) \($0.message)" }
        #expect(
            texts == [
                "1:1 red (50 % left) comes before amber (25 % left): nobody would be warned",
                "1:30 unreachable \"stop\" is none of proceed, refuse", "2:20 unknown key ambr, did you mean amber?", "2:42 unknown key business",
            ])
    }
}
