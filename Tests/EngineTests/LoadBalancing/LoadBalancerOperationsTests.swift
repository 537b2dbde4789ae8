import Foundation
import ServiceModel
import Testing

@testable import Engine

@Suite struct `Operations on load balancers` {
    @Test func `a load balancer is made once however often it is asked for`() throws {
        var world = LoadBalancingWorld()
        let input: JSON = ["Name": "web", "Subnets": ["subnet-1", "subnet-2"], "Scheme": "internal", "Tags": [["Key": "Project", "Value": "x"]]]
        let first = try world.call("CreateLoadBalancer", input)["LoadBalancers"][0]
        let again = try world.call("CreateLoadBalancer", input)["LoadBalancers"][0]
        #expect(first == again)
        #expect(first["LoadBalancerArn"] == "arn:aws:elasticloadbalancing:eu-west-1:000000000000:loadbalancer/app/web/0000000000000001")
        #expect(first["DNSName"] == "web.localhost")
        #expect(first["State"]["Code"] == "active")
        #expect(first["Type"] == "application")
        #expect(first["AvailabilityZones"][1]["ZoneName"] == "eu-west-1b")
        #expect(
            world.failure("CreateLoadBalancer", ["Name": "web"])
                == "DuplicateLoadBalancerName: A load balancer with the same name 'web' exists, but with different settings")
    }

    @Test(arguments: [
        ("", "Load balancer name cannot be empty"),
        (String(repeating: "a", count: 33), "Load balancer name '\(String(repeating: "a", count: 33))' cannot be longer than '32' characters"),
        ("a_b", "Load balancer name 'a_b' can only contain characters that are alphanumeric characters and hyphens(-)"),
        ("a\nb", "Load balancer name 'a\nb' can only contain characters that are alphanumeric characters and hyphens(-)"),
        ("-a", "Load balancer name '-a' cannot begin or end with '-'"),
        ("internal-a", "Load balancer name 'internal-a' cannot begin with 'internal-'"),
    ])
    func `a bad name is refused`(name: String, message: String) {
        var world = LoadBalancingWorld()
        #expect(world.failure("CreateLoadBalancer", ["Name": .string(name)]) == "ValidationError: \(message)")
    }

    @Test func `what is not supported says so`() throws {
        var world = LoadBalancingWorld()
        let arn = try world.loadBalancer("web")
        let group = try world.targetGroup("group")
        #expect(
            world.failure("CreateLoadBalancer", ["Name": "nlb", "Type": "network"])
                == "InvalidConfigurationRequest: Load balancers of type 'network' are not supported by the local engine")
        #expect(
            world.failure(
                "CreateListener", ["LoadBalancerArn": arn, "Protocol": "HTTPS", "Port": 443, "DefaultActions": [LoadBalancingWorld.forward(group)]])
                == "UnsupportedProtocol: Listeners with protocol 'HTTPS' are not supported by the local engine; use HTTP, the local load balancer has no certificates"
        )
        #expect(
            world.failure("CreateTargetGroup", ["Name": "tcp", "Protocol": "TCP", "Port": 80])
                == "UnsupportedProtocol: Target groups with protocol 'TCP' are not supported by the local engine")
        #expect(
            world.failure("CreateTrustStore", [:])
                == "InvalidAction: The action CreateTrustStore is not valid for this web service or not supported by the local engine")
    }

    @Test func `what does not exist is not found`() throws {
        var world = LoadBalancingWorld()
        _ = try world.loadBalancer("web")
        let arn: JSON = "arn:aws:elasticloadbalancing:eu-west-1:000000000000:loadbalancer/app/other/1"
        let group: JSON = "arn:aws:elasticloadbalancing:eu-west-1:000000000000:targetgroup/other/1"
        let cases: [(String, JSON, String)] = [
            ("DescribeLoadBalancers", ["Names": ["web", "other"]], "LoadBalancerNotFound: Load balancers '[other]' not found"),
            ("DescribeLoadBalancers", ["LoadBalancerArns": [arn]], "LoadBalancerNotFound: One or more load balancers not found"),
            ("DescribeLoadBalancers", ["LoadBalancerArns": ["web"]], "ValidationError: 'web' is not a valid load balancer ARN"),
            ("SetSubnets", ["LoadBalancerArn": arn, "Subnets": ["a"]], "LoadBalancerNotFound: Load balancer '\(arn.string ?? "")' not found"),
            ("DescribeTargetGroups", ["Names": ["other"]], "TargetGroupNotFound: One or more target groups not found"),
            ("DescribeTargetHealth", ["TargetGroupArn": group], "TargetGroupNotFound: Target groups '[\(group.string ?? "")]' not found"),
            ("DescribeListeners", ["ListenerArns": ["x:listener/1"]], "ListenerNotFound: One or more listeners not found"),
            ("DescribeRules", ["RuleArns": ["x:listener-rule/1"]], "RuleNotFound: One or more rules not found"),
            ("DescribeTags", ["ResourceArns": [group]], "TargetGroupNotFound: Target groups '[\(group.string ?? "")]' not found"),
            ("DeleteLoadBalancer", ["LoadBalancerArn": arn], "no error"),
            ("DeleteTargetGroup", ["TargetGroupArn": group], "no error"),
            ("DeleteLoadBalancer", [:], "ValidationError: LoadBalancerArn is missing"),
        ]
        for (operation, input, expected) in cases { #expect(world.failure(operation, input) == expected) }
    }

    @Test func `a long list comes in pages`() throws {
        var world = LoadBalancingWorld()
        for name in ["c", "a", "e", "b", "d"] { _ = try world.loadBalancer(name) }
        var names: [String] = []
        var marker: JSON = .null
        repeat {
            let page = try world.call("DescribeLoadBalancers", .compact(["PageSize": 2, "Marker": marker]))
            #expect(page["LoadBalancers"].array.count <= 2)
            names += page["LoadBalancers"].array.compactMap { $0["LoadBalancerName"].string }
            marker = page["NextMarker"]
        } while !marker.isNull
        #expect(names == ["a", "b", "c", "d", "e"])
        #expect(world.failure("DescribeLoadBalancers", ["PageSize": 0]).hasPrefix("ValidationError: "))
    }

    @Test func `attributes have defaults, ranges and effects`() throws {
        var world = LoadBalancingWorld()
        let arn = try world.loadBalancer("web")
        func attributes(_ key: String, _ value: String) -> JSON {
            ["LoadBalancerArn": arn, "Attributes": [["Key": .string(key), "Value": .string(value)]]]
        }
        let described = try world.call("DescribeLoadBalancerAttributes", ["LoadBalancerArn": arn])["Attributes"].array
        #expect(described.contains(["Key": "idle_timeout.timeout_seconds", "Value": "60"]))
        try world.call("ModifyLoadBalancerAttributes", attributes("idle_timeout.timeout_seconds", "120"))
        #expect(world.state.loadBalancers.values.first?.idleTimeout == 120)
        #expect(
            world.failure("ModifyLoadBalancerAttributes", attributes("idle_timeout.timeout_seconds", "0"))
                == "ValidationError: Load balancer attribute value '0' for key 'idle_timeout.timeout_seconds' is not valid")
        #expect(
            world.failure("ModifyLoadBalancerAttributes", attributes("nonsense", "0"))
                == "ValidationError: Load balancer attribute key 'nonsense' is not recognized")
        try world.call("ModifyLoadBalancerAttributes", attributes("deletion_protection.enabled", "true"))
        #expect(world.failure("DeleteLoadBalancer", ["LoadBalancerArn": arn]).hasPrefix("OperationNotPermitted: "))
    }

    @Test func `subnets, security groups and tags change`() throws {
        var world = LoadBalancingWorld()
        let arn = try world.loadBalancer("web")
        let zones = try world.call("SetSubnets", ["LoadBalancerArn": arn, "Subnets": ["s1", "s2"]])["AvailabilityZones"]
        #expect(zones.array.compactMap { $0["SubnetId"].string } == ["s1", "s2"])
        #expect(try world.call("SetSecurityGroups", ["LoadBalancerArn": arn, "SecurityGroups": ["sg-1"]])["SecurityGroupIds"] == ["sg-1"])
        try world.call("AddTags", ["ResourceArns": [arn], "Tags": [["Key": "a", "Value": "1"], ["Key": "b"]]])
        try world.call("AddTags", ["ResourceArns": [arn], "Tags": [["Key": "a", "Value": "2"]]])
        try world.call("RemoveTags", ["ResourceArns": [arn], "TagKeys": ["b"]])
        let tags = try world.call("DescribeTags", ["ResourceArns": [arn]])["TagDescriptions"][0]["Tags"]
        #expect(tags == [["Key": "a", "Value": "2"]])
        #expect(
            world.failure("AddTags", ["ResourceArns": [arn], "Tags": [["Key": "a", "Value": "1"], ["Key": "a", "Value": "1"]]])
                == "DuplicateTagKeys: A tag key was specified more than once")
    }

    @Test func `a failed operation changes nothing`() throws {
        var world = LoadBalancingWorld()
        let arn = try world.loadBalancer("web")
        #expect(
            world.failure("AddTags", ["ResourceArns": [arn, "arn:none:loadbalancer/1"], "Tags": [["Key": "a", "Value": "1"]]]).hasPrefix(
                "LoadBalancerNotFound"))
        #expect(try world.call("DescribeTags", ["ResourceArns": [arn]])["TagDescriptions"][0]["Tags"] == [])
    }

    @Test func `every operation of the table is one of the service, and none of the service is forgotten`() {
        #expect(Set(LoadBalancingAPI.operations.keys) == Set(ServiceModel.elbv2.operations.keys))
    }
}
