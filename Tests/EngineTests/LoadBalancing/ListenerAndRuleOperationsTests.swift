import Foundation
import ServiceModel
import Testing

@testable import Engine

@Suite struct `Operations on listeners and rules` {
    @Test func `a port has one listener`() throws {
        var world = LoadBalancingWorld()
        let group = try world.targetGroup("group")
        let balancer = try world.loadBalancer("web")
        let listener = try world.listener(balancer, LoadBalancingWorld.forward(group))
        #expect(listener.string?.hasSuffix(":listener/app/web/0000000000000002/0000000000000003") == true)
        let input: JSON = ["LoadBalancerArn": balancer, "Protocol": "HTTP", "Port": 80, "DefaultActions": [LoadBalancingWorld.forward(group)]]
        #expect(
            world.failure("CreateListener", input)
                == "DuplicateListener: A listener already exists on this port for this load balancer '\(balancer.string ?? "")'")
        let second = try world.listener(balancer, port: 8080, LoadBalancingWorld.fixed(200, "ok"))
        #expect(world.failure("ModifyListener", ["ListenerArn": second, "Port": 80]).hasPrefix("DuplicateListener: "))
        let changed = try world.call("ModifyListener", ["ListenerArn": second, "Port": 8081, "DefaultActions": [LoadBalancingWorld.forward(group)]])[
            "Listeners"][
                0]
        #expect(changed["Port"] == 8081)
        #expect(changed["DefaultActions"][0]["TargetGroupArn"] == group)
        let ports = try world.call("DescribeListeners", ["LoadBalancerArn": balancer])["Listeners"].array.compactMap { $0["Port"].int }
        #expect(ports == [80, 8081])
    }

    @Test func `the entry's own port is refused`() throws {
        var world = LoadBalancingWorld(entryPort: 7780)
        let balancer = try world.loadBalancer("web")
        #expect(
            world.failure(
                "CreateListener",
                ["LoadBalancerArn": balancer, "Protocol": "HTTP", "Port": 7780, "DefaultActions": [LoadBalancingWorld.fixed(200, "")]]
            ).contains("is the local engine's entry"))
    }

    @Test func `rules are described by priority, the default last`() throws {
        var world = LoadBalancingWorld()
        let group = try world.targetGroup("group")
        let listener = try world.listener(try world.loadBalancer("web"), LoadBalancingWorld.forward(group))
        let condition: JSON = [["Field": "path-pattern", "Values": ["/x*"]]]
        let late = try world.rule(listener, priority: 200, condition, LoadBalancingWorld.forward(group))
        let early = try world.rule(listener, priority: 3, condition, LoadBalancingWorld.fixed(404, "gone"))
        func priorities() throws -> [String] {
            try world.call("DescribeRules", ["ListenerArn": listener])["Rules"].array.compactMap { $0["Priority"].string }
        }
        #expect(try priorities() == ["3", "200", "default"])
        #expect(
            world.failure(
                "CreateRule", ["ListenerArn": listener, "Priority": 3, "Conditions": condition, "Actions": [LoadBalancingWorld.forward(group)]])
                == "PriorityInUse: Priority '3' is currently in use")
        #expect(
            world.failure("SetRulePriorities", ["RulePriorities": [["RuleArn": late, "Priority": 3]]])
                == "PriorityInUse: Priority '3' is currently in use")
        try world.call("SetRulePriorities", ["RulePriorities": [["RuleArn": late, "Priority": 3], ["RuleArn": early, "Priority": 200]]])
        #expect(try priorities() == ["3", "200", "default"])
        let rules = try world.call("DescribeRules", ["ListenerArn": listener])["Rules"]
        #expect(rules[0]["RuleArn"] == late)
        let standard = rules[2]["RuleArn"]
        #expect(world.failure("DeleteRule", ["RuleArn": standard]).hasPrefix("OperationNotPermitted: Default rule"))
        #expect(world.failure("ModifyRule", ["RuleArn": standard]).contains("use ModifyListener"))
        #expect(try world.call("DescribeRules", ["RuleArns": [standard]])["Rules"][0]["IsDefault"] == true)
        try world.call("DeleteListener", ["ListenerArn": listener])
        #expect(world.state.rules.values.isEmpty)
    }

    @Test(
        arguments: [
            ["Field": "host-header", "Values": ["*.example.com"], "HostHeaderConfig": ["Values": ["*.example.com"]]],
            ["Field": "path-pattern", "Values": ["/a", "/b/*"], "PathPatternConfig": ["Values": ["/a", "/b/*"]]],
            ["Field": "http-header", "HttpHeaderConfig": ["HttpHeaderName": "X-Test", "Values": ["a*"]]],
            ["Field": "http-request-method", "HttpRequestMethodConfig": ["Values": ["GET"]]],
            ["Field": "query-string", "QueryStringConfig": ["Values": [["Key": "a", "Value": "1"], ["Value": "x*"]]]],
            ["Field": "source-ip", "SourceIpConfig": ["Values": ["127.0.0.0/8"]]],
        ] as [JSON])
    func `a condition reads as it was written`(condition: JSON) throws {
        var world = LoadBalancingWorld()
        let listener = try world.listener(try world.loadBalancer("web"), LoadBalancingWorld.fixed(200, "ok"))
        let rule = try world.call(
            "CreateRule", ["ListenerArn": listener, "Priority": 1, "Conditions": [condition], "Actions": [LoadBalancingWorld.fixed(200, "ok")]])[
                "Rules"][0]
        #expect(rule["Conditions"] == [condition])
    }

    @Test(
        arguments: [
            ([], "at least one condition"),
            ([["Field": "nonsense", "Values": ["a"]]], "Condition field 'nonsense' must be one of"),
            ([["Field": "path-pattern"]], "A condition value must be specified"),
            ([["Field": "path-pattern", "Values": ["/a\nb"]]], "without control characters"),
            ([["Field": "path-pattern", "Values": ["1", "2", "3", "4", "5", "6"]]], "can only have '5' condition values"),
            ([["Field": "source-ip", "SourceIpConfig": ["Values": ["10.0.0.1"]]]], "CIDR notation"),
            ([["Field": "http-request-method", "HttpRequestMethodConfig": ["Values": ["get x"]]]], "A-Z"),
            ([["Field": "http-header", "HttpHeaderConfig": ["HttpHeaderName": "a) -m found", "Values": ["x"]]]], "header name"),
            ([["Field": "path-pattern", "RegexValues": ["^x"]]], "Regular expressions in conditions are not supported"),
        ] as [(JSON, String)])
    func `a bad condition is refused`(conditions: JSON, message: String) throws {
        var world = LoadBalancingWorld()
        let listener = try world.listener(try world.loadBalancer("web"), LoadBalancingWorld.fixed(200, "ok"))
        let failure = world.failure(
            "CreateRule", ["ListenerArn": listener, "Priority": 1, "Conditions": conditions, "Actions": [LoadBalancingWorld.fixed(200, "ok")]])
        #expect(failure.contains(message), "\(failure)")
    }

    @Test(
        arguments: [
            (["Type": "authenticate-oidc"], "InvalidLoadBalancerAction: Actions of type 'authenticate-oidc' are not supported"),
            (["Type": "fixed-response", "FixedResponseConfig": ["StatusCode": "301"]], "must be 2XX, 4XX or 5XX"),
            (["Type": "fixed-response", "FixedResponseConfig": ["StatusCode": "200", "ContentType": "image/png"]], "must be one of"),
            (["Type": "redirect", "RedirectConfig": ["StatusCode": "HTTP_301"]], "must change at least one"),
            (["Type": "redirect", "RedirectConfig": ["StatusCode": "HTTP_301", "Path": "x"]], "must start with '/'"),
            (["Type": "redirect", "RedirectConfig": ["StatusCode": "HTTP_301", "Port": "x"]], "redirect port"),
            (["Type": "forward", "TargetGroupArn": "x"], "'x' is not a valid target group ARN"),
            (["Type": "forward", "TargetGroupArn": "x:targetgroup/y"], "Target groups '[x:targetgroup/y]' not found"),
            (["Type": "forward"], "one to five different target groups"),
        ] as [(JSON, String)])
    func `a bad action is refused`(action: JSON, message: String) throws {
        var world = LoadBalancingWorld()
        let balancer = try world.loadBalancer("web")
        let failure = world.failure("CreateListener", ["LoadBalancerArn": balancer, "Protocol": "HTTP", "Port": 80, "DefaultActions": [action]])
        #expect(failure.contains(message), "\(failure)")
    }
}
