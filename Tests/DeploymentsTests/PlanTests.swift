import Deployments
import ServiceModel
import Testing

@testable import Definitions

@Suite struct PlanTests {
    private func live(_ service: JSON = .null, latest: JSON = .null, running: JSON? = nil) -> LiveState {
        var state = LiveState()
        state.service = service
        state.latestTaskDefinition = latest
        state.runningTaskDefinition = running ?? (service.isNull ? .null : latest)
        return state
    }

    private let running = service(revision: 1, deployments: [deployment("old", revision: 1)])
    private let first = taskDefinition(1, image: "web:1")

    private func text(_ plan: Plan) -> String { plan.text(Redaction(), paint: Paint(isColoured: false)) }

    @Test func `a plan speaks the definition's language`() {
        let plan = Plan(desired(image: "web:2", count: 3), live(running, latest: first))
        #expect(plan.hasChanges)
        #expect(
            text(plan) == """
                plan for web in cluster default
                  ~ task definition: new revision after web:1
                      ~ app.image  "web:1" → "web:2"
                  ~ service web
                      ~ scheduler.desired_count  1 → 3
                """)
    }

    @Test func `the changes are those against what runs, not against the latest revision`() {
        let plan = Plan(desired(image: "web:3"), live(running, latest: taskDefinition(2, image: "web:2"), running: first))
        #expect(text(plan).contains(#"app.image  "web:1" → "web:3""#))
    }

    @Test func `after a rollback, what runs is what counts`() {
        let plan = Plan(desired(image: "web:1"), live(running, latest: taskDefinition(2, image: "web:2"), running: first))
        #expect(!plan.hasChanges)
    }

    @Test func `nothing to do is said so`() {
        let plan = Plan(desired(image: "web:1"), live(running, latest: first))
        #expect(!plan.hasChanges)
        #expect(text(plan).contains("nothing to do"))
    }

    @Test(
        "service fields that differ are sent, and only these",
        arguments: [
            (
                #"{"deploymentConfiguration":{"maximumPercent":150}}"#,
                #"{"deploymentConfiguration":{"maximumPercent":150,"minimumHealthyPercent":100}}"#
            ),
            (#"{"enableExecuteCommand":true}"#, #"{"enableExecuteCommand":true}"#),
            (#"{"deploymentConfiguration":{"minimumHealthyPercent":100}}"#, "{}"),
            (#"{"placementConstraints":[]}"#, "{}"),
            (#"{"platformVersion":"LATEST"}"#, "{}"),
            (#"{"propagateTags":"SERVICE"}"#, #"{"propagateTags":"SERVICE"}"#),
            (#"{"launchType":"EC2"}"#, "{}"),
        ])
    func serviceUpdates(extra: String, sent: String) {
        let plan = Plan(desired(image: "web:1", service: json(extra)), live(running, latest: first))
        guard case .update(let update) = plan.service else {
            #expect(sent == "{}")
            return
        }
        #expect(JSON.object(update.fields) == json(sent))
    }

    @Test func `a circuit breaker that the definition gives up is switched off`() {
        let guarded = service(revision: 1, deployments: [deployment("old", revision: 1)], breaker: ["enable": true, "rollback": true])
        let plan = Plan(desired(image: "web:1"), live(guarded, latest: first))
        guard case .update(let update) = plan.service else {
            Issue.record("no update")
            return
        }
        #expect(update.fields["deploymentConfiguration"]?["deploymentCircuitBreaker"]["enable"] == false)
        #expect(update.previous["deploymentConfiguration"]?["deploymentCircuitBreaker"]["enable"] == true)
    }

    @Test func `a changed capacity provider strategy replaces the tasks`() {
        let plan = Plan(
            desired(image: "web:1", service: ["capacityProviderStrategy": [["capacityProvider": "SPOT", "weight": 1]]]), live(running, latest: first))
        guard case .update(let update) = plan.service else {
            Issue.record("no update")
            return
        }
        #expect(update.forced != nil)
    }

    @Test func `a daemon has no count to compare`() {
        var daemon = running
        daemon["schedulingStrategy"] = "DAEMON"
        daemon["desiredCount"] = 7
        daemon["deploymentConfiguration"] = ["maximumPercent": 100, "minimumHealthyPercent": 0]
        let plan = Plan(desired(image: "web:1", count: nil, service: ["schedulingStrategy": "DAEMON"]), live(daemon, latest: first))
        #expect(!plan.hasChanges)
        #expect(plan.issues.isEmpty)
    }

    @Test func `a new service needs a count`() {
        #expect(Plan(desired(image: "web:1", count: nil), live()).errors.map(\.message) == ["desired_count must be set under scheduler"])
        #expect(Plan(desired(image: "web:1", count: 0), live()).errors.isEmpty)
    }

    @Test func `what cannot be changed in place is an error or a warning`() {
        let plan = Plan(desired(image: "web:1", service: ["launchType": "FARGATE", "role": "other"]), live(running, latest: first))
        #expect(plan.issues.map(\.isError) == [true, false])
    }

    // MARK: Load balancing

    private func balanced(_ text: String) -> DesiredState {
        let plain = desired(image: "web:1")
        return DesiredState(
            app: "web", cluster: "default", taskDefinition: plain.taskDefinition, service: plain.service,
            loadBalancing: LoadBalancing(json(text), appID: "web", networkMode: nil))
    }

    private let definition = """
        {"vpc_id":"vpc","subnets":["b","a"],"security_groups":["sg"],"health_check_path":"/up","container_name":"app","container_port":80,
         "listeners":[{"port":80,"protocol":"HTTP"},{"port":443,"protocol":"HTTPS","certificate_arn":"c1"}],
         "target_group_attributes":{"deregistration_delay.timeout_seconds":"5"}}
        """

    private var existing: LiveLoadBalancing {
        var live = LiveLoadBalancing()
        live.loadBalancer = [
            "LoadBalancerArn": "lb", "Type": "application", "SecurityGroups": ["sg"], "AvailabilityZones": [["SubnetId": "a"], ["SubnetId": "b"]],
        ]
        live.listeners = [
            ["ListenerArn": "l80", "Port": 80, "Protocol": "HTTP"],
            ["ListenerArn": "l443", "Port": 443, "Protocol": "HTTPS", "SslPolicy": "p", "Certificates": [["CertificateArn": "c1"]]],
        ]
        live.targetGroup = ["TargetGroupArn": "tg", "HealthCheckPath": "/up", "ProtocolVersion": "HTTP1", "VpcId": "vpc"]
        live.targetGroupAttributes = ["deregistration_delay.timeout_seconds": "5", "stickiness.enabled": "false"]
        return live
    }

    @Test func `what is not there is created, in an order that works`() {
        let plan = Plan(balanced(definition), live(latest: first))
        #expect(
            plan.loadBalancing.map(\.operation) == [
                "CreateLoadBalancer", "CreateTargetGroup", "ModifyTargetGroupAttributes", "CreateListener", "CreateListener",
            ])
        #expect(text(plan).contains("scheduler.load_balancers  \"hako-web → app:80\""))
    }

    @Test func `a load balancer that is as it should be is left alone`() {
        var state = live(running, latest: first)
        state.service["loadBalancers"] = [["targetGroupArn": "tg", "containerName": "app", "containerPort": 80]]
        state.loadBalancing = existing
        #expect(!Plan(balanced(definition), state).hasChanges)
    }

    @Test(
        "drift is put right, one call for each thing",
        arguments: [
            (#"{"subnets":["a"]}"#, ["SetSubnets"]), (#"{"security_groups":["x"]}"#, ["SetSecurityGroups"]),
            (#"{"health_check_path":"/new"}"#, ["ModifyTargetGroup"]),
            (#"{"listeners":[{"port":443,"protocol":"HTTPS","certificate_arn":"c2"}]}"#, ["ModifyListener"]),
            (#"{"target_group_attributes":{"stickiness.enabled":"true"}}"#, ["ModifyTargetGroupAttributes"]),
            (#"{"listeners":[{"port":8080,"protocol":"HTTP"}]}"#, ["CreateListener"]),
            (#"{"load_balancer_name":"shared","subnets":["z"],"listeners":[{"port":9,"protocol":"HTTP"}]}"#, []),
            (#"{"target_group_name":"theirs","health_check_path":"/z"}"#, []),
        ])
    func drift(change: String, operations: [String]) {
        var wanted = json(definition)
        for (key, value) in json(change).object { wanted[key] = value }
        var state = live(running, latest: first)
        state.loadBalancing = existing
        #expect(Plan(balanced(wanted.text), state).loadBalancing.map(\.operation) == operations)
    }

    @Test func `somebody else's load balancer must be there`() {
        let plan = Plan(balanced(#"{"load_balancer_name":"shared","container_name":"app"}"#), live(latest: first))
        #expect(plan.errors.map(\.message).contains { $0.contains("there is no load balancer shared") })
    }

    // MARK: Secrets

    @Test func `values of env providers are never shown`() {
        let placeholders = desired(image: "web:1").taskDefinition
        var resolved = placeholders
        resolved["containerDefinitions"] = [
            ["name": "app", "image": "web:1", "memory": 64, "command": ["--key=hunter22"], "environment": [["name": "PORT", "value": "hunter22"]]]
        ]
        var raw = placeholders
        raw["containerDefinitions"] = [
            ["name": "app", "image": "web:1", "memory": 64, "command": ["--key=hunter22"], "environment": [["name": "PORT", "value": "#{port}"]]]
        ]
        let state = DesiredState(app: "web", cluster: "default", taskDefinition: resolved, service: desired(image: "web:1").service)
        let redaction = Redaction(placeholders: raw, resolved: resolved)
        let plan = Plan(state, live(running, latest: first))
        #expect(!plan.text(redaction, paint: Paint(isColoured: true)).contains("hunter22"))
        #expect(!plan.json(redaction).text.contains("hunter22"))
    }

    @Test(
        "names and forms that give secrets away are hidden",
        arguments: [
            ("DB_PASSWORD", "x", true), ("API_KEY", "x", true), ("DATABASE_URL", "postgres://u:p@h/d", true),
            ("DATABASE_URL", "postgres://h/d", false),
            ("LOG_LEVEL", "debug", false), ("MONKEY", "x", false),
        ])
    func guessedSecrets(name: String, value: String, isHidden: Bool) {
        let path: DocumentPath = ["containerDefinitions", "app", "environment", name, "value"].map { .key($0) }
        #expect((Redaction().text(.string(value), at: path) == Redaction.hidden) == isHidden)
    }
}
