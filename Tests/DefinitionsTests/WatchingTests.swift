import ServiceModel
import Testing

@testable import Definitions

private let ported = "  port_mappings: [{container_port: 3000}, {container_port: 9000}]"

@Test(arguments: [
    ("monitoring: true", Monitoring(port: 3000)),
    ("monitoring: {}", Monitoring(port: 3000)),
    ("monitoring: {port: 9000, path: /m}", Monitoring(port: 9000, path: "/m")),
    ("monitoring: {port: '9000', channel: '#recipes-dev'}", Monitoring(port: 9000, channel: "#recipes-dev")),
    ("monitoring: {channel: C0123456789}", Monitoring(port: 3000, channel: "C0123456789")),
    ("monitoring: {rules: false}", Monitoring(port: 3000, genericRules: .none)),
    (
        "monitoring: {rules: true, thresholds: {error_ratio: 0.01, task_stops: 5}}",
        Monitoring(port: 3000, thresholds: ["error_ratio": 0.01, "task_stops": 5])
    ),
    ("monitoring: {rules: {except: [AppLatencyHigh]}}", Monitoring(port: 3000, genericRules: .except(["AppLatencyHigh"]))),
])
func `monitoring is read with its defaults`(text: String, expected: Monitoring) async throws {
    try await Workspace.with(["app.yml": minimal(app: ported, rest: text)]) { workspace in
        let monitoring = try await workspace.load("app.yml").monitoring
        #expect(monitoring == expected)
    }
}

@Test(arguments: ["", "monitoring: false", "monitoring:"])
func `an app without monitoring is not scraped`(text: String) async throws {
    try await Workspace.with(["app.yml": minimal(app: ported, rest: text)]) { workspace in
        let monitoring = try await workspace.load("app.yml").monitoring
        #expect(monitoring == nil)
    }
}

@Test func `an app without a port may have a channel`() async throws {
    try await Workspace.with(["app.yml": minimal(rest: "monitoring: {channel: '#jobs'}")]) { workspace in
        let monitoring = try await workspace.load("app.yml").monitoring
        #expect(monitoring == Monitoring(channel: "#jobs"))
    }
}

@Test func `the load balancer's port comes before the first that is mapped`() async throws {
    let balancer = "  elb_v2: {load_balancer_name: x, target_group_name: y, container_name: app, container_port: 9000}"
    try await Workspace.with(["app.yml": minimal(scheduler: balancer, app: ported, rest: "monitoring: true")]) { workspace in
        let monitoring = try await workspace.load("app.yml").monitoring
        #expect(monitoring?.port == 9000)
    }
}

@Test(arguments: [
    ("monitoring: yes please", "app.yml:8:13: monitoring must be a map, not a string"),
    ("monitoring: {prot: 1}", "app.yml:8:14: unknown key prot, did you mean port?"),
    ("monitoring: {port: 80}", "app.yml:8:20: the container app does not map port 80: it maps 3000, 9000"),
    ("monitoring: {port: http}", "app.yml:8:20: port must be an integer, not a string"),
    ("monitoring: {container: ap}", "app.yml:8:25: there is no container ap, did you mean app?"),
    ("monitoring: {path: metrics}", "app.yml:8:20: path must start with a slash and have no blanks"),
    (
        "monitoring: {channel: recipes}",
        "app.yml:8:23: channel must be a channel's name as '#recipes', in small letters, or its id as C0123456789: write '#recipes'"
    ),
    ("monitoring: {channel: '#Recipes'}", "app.yml:8:23: channel must be a channel's name as '#recipes', in small letters, or its id as C0123456789"),
    ("monitoring: {thresholds: {eror_ratio: 1}}", "app.yml:8:27: unknown threshold eror_ratio, did you mean error_ratio?"),
    ("monitoring: {thresholds: {error_ratio: 5}}", "app.yml:8:40: error_ratio is a share, from 0 to 1: write 0.05 for 5.0 percent"),
    ("monitoring: {thresholds: {task_stops: -1}}", "app.yml:8:39: task_stops must be a number of at least 0"),
    ("monitoring: {rules: some}", "app.yml:8:21: rules must be true, false or {except: [NAME, …]}, not a string"),
    (
        "monitoring: {rules: {only: [A]}}",
        "app.yml:8:14: except is missing: it lists the generic rules that do not hold\napp.yml:8:22: unknown key only"
    ),
    ("monitoring: {rules: {except: A}}", "app.yml:8:30: except must be a list of rule names, not a string"),
    ("alerts: {}", "app.yml:8:1: alerts must be a list, not a map"),
    ("alerts:\n- expr: up", "app.yml:9:3: alert is missing"),
    ("alerts:\n- alert: A\n  exrp: up", "app.yml:9:3: expr is missing\napp.yml:10:3: unknown key exrp, did you mean expr?"),
    (
        "alerts:\n- alert: too-bad\n  expr: up",
        "app.yml:9:10: an alert's name starts with a capital letter and has letters and digits only, as RecipesWriteErrors"
    ),
    ("alerts:\n- {alert: A, expr: up}\n- {alert: A, expr: up}", "app.yml:10:11: there is an alert A already"),
    ("alerts:\n- {alert: A, expr: '  '}", "app.yml:9:20: expr is empty"),
    ("alerts:\n- {alert: A, expr: up, for: 5 minutes}", "app.yml:9:29: for must be a duration such as 30s, 5m or 1h30m"),
    ("alerts:\n- {alert: A, expr: up, keep_firing_for: 1m1h}", "app.yml:9:41: keep_firing_for must be a duration such as 30s, 5m or 1h30m"),
    ("alerts:\n- {alert: A, expr: up, labels: {severity: pge}}", "app.yml:9:43: severity \"pge\" is none of page, ticket, info, did you mean page?"),
    ("alerts:\n- {alert: A, expr: up, labels: {app: other}}", "app.yml:9:33: app cannot be set here: it is always \"app\", and put on by itself"),
    ("alerts:\n- {alert: A, expr: up, labels: {team: other}}", "app.yml:9:33: team cannot be set here: it is the owner, and put on by itself"),
    ("alerts:\n- {alert: A, expr: up, labels: {alertname: B}}", "app.yml:9:33: alertname cannot be set here: it is what stands at alert"),
    (
        "alerts:\n- {alert: A, expr: up, labels: {a-b: x}}",
        "app.yml:9:33: a label's name has letters, digits and _ only, and does not start with a digit or __"
    ),
    ("alerts:\n- {alert: A, expr: up, annotations: {a b: x}}", "app.yml:9:38: an annotation's name has letters, digits and _ only"),
    (
        "alerts:\n- alert: A\n  expr: up{app=\"other\"}",
        "app.yml:10:9: a rule of app selects app only, not app=\"other\": leave it out, it is put in by itself"
    ),
    (
        "alerts:\n- alert: A\n  expr: up{app=~\".*\"}",
        "app.yml:10:9: a rule of app selects app only, not app=~\".*\": leave it out, it is put in by itself"
    ),
])
func `monitoring and alerts that do not fit say where`(text: String, expected: String) async throws {
    try await Workspace.with(["app.yml": minimal(app: ported, rest: text)]) { workspace in
        let found = await workspace.problems("app.yml")
        #expect(found == expected)
    }
}

@Test(arguments: ["monitoring: true", "monitoring: {path: /m}", "monitoring: {}"])
func `metrics that cannot be reached are a problem`(text: String) async throws {
    try await Workspace.with(["app.yml": minimal(rest: text)]) { workspace in
        let found = await workspace.problems("app.yml")
        #expect(found == "app.yml:7:1: the container app maps no port, so its metrics cannot be reached: add port_mappings")
    }
}

@Test func `alerts know their place and their severity`() async throws {
    let rule = "- alert: Slow\n  expr: up{app='app'} == 0 # app=\"other\"\n  for: 1h30m\n  labels: {tier: web}\n  annotations: {summary: s}\n"
    try await Workspace.with(["app.yml": minimal(rest: "alerts: !include rules.yml"), "rules.yml": rule]) { workspace in
        let definition = try await workspace.load("app.yml")
        #expect(
            definition.alerts == [
                AlertRule(
                    name: "Slow", expr: "up{app='app'} == 0", for: "1h30m", labels: ["tier": "web", "severity": "ticket"],
                    annotations: ["summary": "s"], file: workspace.path("rules.yml"), line: 1, column: 10)
            ])
        #expect(definition.sources == [workspace.path("app.yml"), workspace.path("rules.yml")])
        #expect(definition.alerts.first?.severity == .ticket)
    }
}

@Test(arguments: [
    (#"up{app="a"}"#, ["=a"]), (#"sum by (app) (rate(x{job="app", app!~'b|c'}[5m]))"#, ["!~b|c"]), (#"label_replace(x, "app", "y", "app", "z")"#, []),
    (#"up{myapp="a", app_name="b"} == 1"#, []), (#"up{app=`a`} # app="b""#, ["=a"]), (#"up{job="x\" app=\"y"}"#, []),
    (#"up{app = "a" , app!="b"}"#, ["=a", "!=b"]),
    (#"up{app="#, []),
])
func `selectors of an app are found in expressions`(expression: String, expected: [String]) {
    #expect(AppSelection.matchers(in: expression).map { $0.sign + $0.value } == expected)
}

@Test func `the schema has the new keys`() {
    let schema = DefinitionSchema.schema
    #expect(schema["$defs"]["Definition"]["properties"]["monitoring"]["anyOf"].array.count == 2)
    #expect(
        schema["$defs"]["Monitoring"]["properties"].object.keys.elementsEqual(["port", "path", "container", "channel", "url", "rules", "thresholds"]))
    #expect(schema["$defs"]["AlertRule"]["required"].strings == ["alert", "expr"])
}
