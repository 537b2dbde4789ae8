import Foundation
import ServiceModel

/// The operations on load balancers.
enum LoadBalancerOperations {
    static func create(_ state: inout LoadBalancingState, _ input: JSON, _ context: LoadBalancingContext) throws(EngineError) -> JSON {
        let name = input["Name"].string ?? ""
        try ResourceName.check(name, kind: "Load balancer")
        guard !name.lowercased().hasPrefix("internal-") else { throw .validation("Load balancer name '\(name)' cannot begin with 'internal-'") }
        let type = input["Type"].string ?? "application"
        guard type == "application" else { throw .unsupported("Load balancers of type '\(type)' are") }
        let id = context.makeID()
        let wanted = LoadBalancer(
            arn: context.arn("loadbalancer/app/\(name)/\(id)"), name: name, scheme: input["Scheme"].string ?? "internet-facing",
            createdAt: context.now, vpcID: context.vpcID, ipAddressType: input["IpAddressType"].string ?? "ipv4", subnets: subnets(input),
            securityGroups: input["SecurityGroups"].strings, tags: try TagOperations.read(input["Tags"]))
        if let existing = state.loadBalancers.values.first(where: { $0.name.lowercased() == name.lowercased() }) {
            guard isSame(existing, wanted) else {
                throw EngineError(
                    code: "DuplicateLoadBalancerName",
                    message: "A load balancer with the same name '\(name)' exists, but with different settings")
            }
            return ["LoadBalancers": [show(existing, region: context.region)]]
        }
        state.loadBalancers[wanted.arn] = wanted
        return ["LoadBalancers": [show(wanted, region: context.region)]]
    }

    static func describe(_ state: inout LoadBalancingState, _ input: JSON, _ context: LoadBalancingContext) throws(EngineError) -> JSON {
        let all = Array(state.loadBalancers.values)
        var rows = all
        if case let names = input["Names"].strings, !names.isEmpty {
            let missing = names.filter { name in !all.contains { $0.name == name } }
            guard missing.isEmpty else { throw .loadBalancersNotFound(missing.joined(separator: ", ")) }
            rows = all.filter { names.contains($0.name) }
        } else if case let arns = input["LoadBalancerArns"].strings, !arns.isEmpty {
            for arn in arns {
                guard arn.contains(":loadbalancer/") else { throw .validation("'\(arn)' is not a valid load balancer ARN") }
                guard state.loadBalancers[arn] != nil else { throw .loadBalancersNotFound(nil) }
            }
            rows = all.filter { arns.contains($0.arn) }
        }
        return try Page.cut(rows, "LoadBalancers", input, key: \.name) { show($0, region: context.region) }
    }

    /// Deleting a load balancer that does not exist succeeds, as with Elastic Load Balancing.
    static func delete(_ state: inout LoadBalancingState, _ input: JSON, _ context: LoadBalancingContext) throws(EngineError) -> JSON {
        let arn = input["LoadBalancerArn"].string ?? ""
        guard arn.contains(":loadbalancer/") else { throw .validation("'\(arn)' is not a valid load balancer ARN") }
        guard let loadBalancer = state.loadBalancers[arn] else { return [:] }
        if LoadBalancerAttributes.text("deletion_protection.enabled", in: loadBalancer.attributes) == "true" {
            throw .notPermitted("Load balancer '\(arn)' cannot be deleted because deletion protection is enabled")
        }
        for listener in state.listeners(of: arn) { ListenerOperations.remove(listener, from: &state) }
        state.loadBalancers[arn] = nil
        return [:]
    }

    static func describeAttributes(
        _ state: inout LoadBalancingState, _ input: JSON, _ context: LoadBalancingContext
    ) throws(EngineError) -> JSON {
        ["Attributes": LoadBalancerAttributes.describe(try find(input, in: state).attributes)]
    }

    static func modifyAttributes(
        _ state: inout LoadBalancingState, _ input: JSON, _ context: LoadBalancingContext
    ) throws(EngineError) -> JSON {
        var loadBalancer = try find(input, in: state)
        loadBalancer.attributes = try LoadBalancerAttributes.apply(input["Attributes"], to: loadBalancer.attributes)
        state.loadBalancers[loadBalancer.arn] = loadBalancer
        return ["Attributes": LoadBalancerAttributes.describe(loadBalancer.attributes)]
    }

    static func setSubnets(_ state: inout LoadBalancingState, _ input: JSON, _ context: LoadBalancingContext) throws(EngineError) -> JSON {
        var loadBalancer = try find(input, in: state)
        loadBalancer.subnets = subnets(input)
        guard !loadBalancer.subnets.isEmpty else { throw .validation("At least one subnet must be specified") }
        if let type = input["IpAddressType"].string { loadBalancer.ipAddressType = type }
        state.loadBalancers[loadBalancer.arn] = loadBalancer
        return ["AvailabilityZones": zones(loadBalancer, region: context.region), "IpAddressType": .string(loadBalancer.ipAddressType)]
    }

    static func setSecurityGroups(
        _ state: inout LoadBalancingState, _ input: JSON, _ context: LoadBalancingContext
    ) throws(EngineError) -> JSON {
        var loadBalancer = try find(input, in: state)
        loadBalancer.securityGroups = input["SecurityGroups"].strings
        state.loadBalancers[loadBalancer.arn] = loadBalancer
        return ["SecurityGroupIds": JSON(loadBalancer.securityGroups)]
    }

    /// The load balancer that `LoadBalancerArn` names.
    static func find(_ input: JSON, in state: LoadBalancingState) throws(EngineError) -> LoadBalancer {
        let arn = input["LoadBalancerArn"].string ?? ""
        guard arn.contains(":loadbalancer/") else { throw .validation("'\(arn)' is not a valid load balancer ARN") }
        guard let loadBalancer = state.loadBalancers[arn] else {
            throw EngineError(code: "LoadBalancerNotFound", message: "Load balancer '\(arn)' not found")
        }
        return loadBalancer
    }

    private static func subnets(_ input: JSON) -> [String] {
        let mapped = input["SubnetMappings"].array.compactMap { $0["SubnetId"].string }
        return mapped.isEmpty ? input["Subnets"].strings : mapped
    }

    private static func isSame(_ existing: LoadBalancer, _ wanted: LoadBalancer) -> Bool {
        existing.name == wanted.name && existing.scheme == wanted.scheme && existing.ipAddressType == wanted.ipAddressType
            && existing.subnets.sorted() == wanted.subnets.sorted() && existing.securityGroups.sorted() == wanted.securityGroups.sorted()
            && existing.tags.sorted { $0.key < $1.key } == wanted.tags.sorted { $0.key < $1.key }
    }

    private static func zones(_ loadBalancer: LoadBalancer, region: String) -> JSON {
        let letters = ["a", "b", "c"]
        return .array(
            loadBalancer.subnets.enumerated().map { index, subnet in
                ["ZoneName": .string(region + letters[index % letters.count]), "SubnetId": .string(subnet), "LoadBalancerAddresses": []]
            })
    }

    private static func show(_ loadBalancer: LoadBalancer, region: String) -> JSON {
        [
            "LoadBalancerArn": .string(loadBalancer.arn),
            "DNSName": .string(loadBalancer.dnsName),
            "CanonicalHostedZoneId": "Z00000000000000000001",
            "CreatedTime": .string(loadBalancer.createdAt.formatted(.iso8601.time(includingFractionalSeconds: true))),
            "LoadBalancerName": .string(loadBalancer.name),
            "Scheme": .string(loadBalancer.scheme),
            "VpcId": .string(loadBalancer.vpcID),
            "State": ["Code": "active"],
            "Type": "application",
            "AvailabilityZones": zones(loadBalancer, region: region),
            "SecurityGroups": JSON(loadBalancer.securityGroups),
            "IpAddressType": .string(loadBalancer.ipAddressType),
        ]
    }
}
