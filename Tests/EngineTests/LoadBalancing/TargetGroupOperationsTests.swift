import Foundation
import ServiceModel
import Testing

@testable import Engine

@Suite struct `Operations on target groups and targets` {
    @Test func `a target group has the defaults of Elastic Load Balancing`() throws {
        var world = LoadBalancingWorld()
        let arn = try world.targetGroup("group")
        let group = try world.call("DescribeTargetGroups", ["TargetGroupArns": [arn]])["TargetGroups"][0]
        #expect(arn == "arn:aws:elasticloadbalancing:eu-west-1:000000000000:targetgroup/group/0000000000000001")
        let expected: [(String, JSON)] = [
            ("HealthCheckIntervalSeconds", 30), ("HealthCheckTimeoutSeconds", 6), ("HealthyThresholdCount", 5), ("UnhealthyThresholdCount", 2),
            ("HealthCheckPath", "/"), ("HealthCheckPort", "traffic-port"), ("Matcher", ["HttpCode": "200"]), ("TargetType", "instance"),
            ("LoadBalancerArns", []), ("ProtocolVersion", "HTTP1"),
        ]
        for (key, value) in expected { #expect(group[key] == value) }
        let attributes = try world.call("DescribeTargetGroupAttributes", ["TargetGroupArn": arn])["Attributes"].array
        #expect(attributes.contains(["Key": "deregistration_delay.timeout_seconds", "Value": "300"]))
        #expect(attributes.contains(["Key": "stickiness.enabled", "Value": "false"]))
    }

    @Test func `a target group is made once, and one with other settings is a duplicate`() throws {
        var world = LoadBalancingWorld()
        let arn = try world.targetGroup("group")
        #expect(try world.targetGroup("group") == arn)
        #expect(
            world.failure("CreateTargetGroup", ["Name": "group", "Protocol": "HTTP", "Port": 81])
                == "DuplicateTargetGroupName: A target group with the same name 'group' exists, but with different settings")
    }

    @Test(
        arguments: [
            ("HealthCheckIntervalSeconds", 4, "must have value greater than or equal to 5"),
            ("HealthCheckIntervalSeconds", 301, "must have value less than or equal to 300"),
            ("HealthCheckTimeoutSeconds", 1, "must have value greater than or equal to 2"),
            ("HealthyThresholdCount", 11, "must have value less than or equal to 10"),
            ("UnhealthyThresholdCount", 1, "must have value greater than or equal to 2"),
            ("HealthCheckTimeoutSeconds", 30, "timeout '30' must be smaller than the interval '30'"),
            ("HealthCheckPath", "healthz", "must begin with a '/' character"),
            ("HealthCheckPath", "/a b\nserver x", "printable ASCII"),
            ("HealthCheckPort", "0", "must be 'traffic-port'"),
            ("Matcher", ["HttpCode": "99"], "must be within '200-499' inclusive"),
            ("Matcher", ["HttpCode": "299-200"], "must be within '200-499' inclusive"),
            ("HealthCheckEnabled", false, "must be true"),
            ("Port", 0, "must be between 1 and 65535"),
        ] as [(String, JSON, String)])
    func `settings out of range are refused`(key: String, value: JSON, message: String) {
        var world = LoadBalancingWorld()
        var input: JSON = ["Name": "group", "Protocol": "HTTP", "Port": 80]
        input[key] = value
        let failure = world.failure("CreateTargetGroup", input)
        #expect(failure.hasPrefix("ValidationError: ") && failure.contains(message))
        #expect(world.state.targetGroups.values.isEmpty)
    }

    @Test func `a group in use cannot be deleted`() throws {
        var world = LoadBalancingWorld()
        let group = try world.targetGroup("group")
        let other = try world.targetGroup("other")
        let balancer = try world.loadBalancer("web")
        let listener = try world.listener(balancer, LoadBalancingWorld.forward(group))
        let rule = try world.rule(listener, priority: 1, [["Field": "path-pattern", "Values": ["/x"]]], LoadBalancingWorld.forward(other))
        for arn in [group, other] {
            #expect(
                world.failure("DeleteTargetGroup", ["TargetGroupArn": arn])
                    == "ResourceInUse: Target group '\(arn.string ?? "")' is currently in use by a listener or a rule")
        }
        #expect(try world.call("DescribeTargetGroups", ["LoadBalancerArn": balancer])["TargetGroups"].array.count == 2)
        try world.call("DeleteRule", ["RuleArn": rule])
        try world.call("DeleteTargetGroup", ["TargetGroupArn": other])
        try world.call("DeleteLoadBalancer", ["LoadBalancerArn": balancer])
        try world.call("DeleteTargetGroup", ["TargetGroupArn": group])
        #expect(world.state.listeners.values.isEmpty && world.state.targetGroups.values.isEmpty)
    }

    @Test func `a target goes from unused over initial and healthy to draining`() throws {
        var world = LoadBalancingWorld()
        let group = try world.targetGroup("group")
        func health(_ targets: JSON = .null) throws -> JSON {
            try world.call("DescribeTargetHealth", .compact(["TargetGroupArn": group, "Targets": targets]))["TargetHealthDescriptions"]
        }
        func states() throws -> [String] { try health().array.compactMap { $0["TargetHealth"]["State"].string } }
        try world.call("RegisterTargets", ["TargetGroupArn": group, "Targets": [["Id": "i-0a", "Port": 32_768]]])
        #expect(try health()[0]["TargetHealth"]["Reason"] == "Target.NotInUse")
        #expect(world.state.checkedTargets().isEmpty)

        let balancer = try world.loadBalancer("web")
        let listener = try world.listener(balancer, LoadBalancingWorld.forward(group))
        #expect(try states() == ["initial"])
        #expect(try health()[0]["TargetHealth"]["Reason"] == "Elb.RegistrationInProgress")
        let target = try #require(world.state.checkedTargets().first)
        #expect(target.address == TargetAddress(host: "127.0.0.1", port: 32_768))
        let isRecorded = world.state.record(.healthy, of: target)
        #expect(isRecorded)
        #expect(try health() == [["Target": ["Id": "i-0a", "Port": 32_768], "HealthCheckPort": "32768", "TargetHealth": ["State": "healthy"]]])

        try world.call("DeregisterTargets", ["TargetGroupArn": group, "Targets": [["Id": "i-0a"]]])
        #expect(try states() == ["draining"])
        #expect(world.state.checkedTargets().isEmpty)
        let isRecordedLate = world.state.record(.healthy, of: target)
        #expect(!isRecordedLate)
        let key = TargetKey(id: "i-0a", port: 32_768)
        let removals = [world.state.finishDraining(key, of: group.string ?? ""), world.state.finishDraining(key, of: group.string ?? "")]
        #expect(removals == [true, false])
        #expect(try health([["Id": "i-0a", "Port": 32_768]])[0]["TargetHealth"]["Reason"] == "Target.NotRegistered")

        try world.call("RegisterTargets", ["TargetGroupArn": group, "Targets": [["Id": "i-0a", "Port": 32_768]]])
        try world.call("DeleteListener", ["ListenerArn": listener])
        #expect(try states() == ["unused"])
        try world.call("DeregisterTargets", ["TargetGroupArn": group, "Targets": [["Id": "i-0a"]]])
        #expect(try states() == [])
    }

    @Test func `a draining target that is registered again starts anew`() throws {
        var world = LoadBalancingWorld()
        let group = try world.targetGroup("group")
        _ = try world.listener(try world.loadBalancer("web"), LoadBalancingWorld.forward(group))
        try world.healthyTarget(group, port: 8000)
        try world.call("RegisterTargets", ["TargetGroupArn": group, "Targets": [["Id": "i-0a", "Port": 8000]]])
        #expect(world.state.checkedTargets().map(\.health.state) == [.healthy])
        try world.call("DeregisterTargets", ["TargetGroupArn": group, "Targets": [["Id": "i-0a", "Port": 8000]]])
        try world.call("RegisterTargets", ["TargetGroupArn": group, "Targets": [["Id": "i-0a", "Port": 8000]]])
        #expect(world.state.checkedTargets().map(\.health.state) == [.initial])
    }

    @Test(
        arguments: [
            ("instance", "nonsense", "Instance ID 'nonsense' is not valid"),
            ("instance", "i-0a 127.0.0.1:1\nserver y", "is not valid"),
            ("ip", "10.0.0", "The IP address '10.0.0' is not a valid IPv4 address"),
            ("ip", "10.0.0.256", "is not a valid IPv4 address"),
        ])
    func `a target that cannot be is refused`(type: String, id: String, message: String) throws {
        var world = LoadBalancingWorld()
        let group = try world.targetGroup("group", ["TargetType": .string(type)])
        let failure = world.failure("RegisterTargets", ["TargetGroupArn": group, "Targets": [["Id": .string(id)]]])
        #expect(failure.hasPrefix("InvalidTarget: ") && failure.contains(message))
    }
}
