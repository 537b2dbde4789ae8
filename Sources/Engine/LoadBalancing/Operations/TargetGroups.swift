import ServiceModel

/// The operations on target groups.
enum TargetGroupOperations {
    static func create(_ state: inout LoadBalancingState, _ input: JSON, _ context: LoadBalancingContext) throws(EngineError) -> JSON {
        let name = input["Name"].string ?? ""
        try ResourceName.check(name, kind: "Target group")
        let typeName = input["TargetType"].string ?? "instance"
        guard let type = TargetGroup.TargetType(rawValue: typeName) else { throw .unsupported("Targets of type '\(typeName)' are") }
        guard let transport = input["Protocol"].string else { throw .validation("A protocol must be specified") }
        guard transport == "HTTP" else { throw .unsupported("Target groups with protocol '\(transport)' are", "UnsupportedProtocol") }
        let version = input["ProtocolVersion"].string ?? "HTTP1"
        guard version == "HTTP1" else { throw .unsupported("Target groups with protocol version '\(version)' are", "UnsupportedProtocol") }
        if input["IpAddressType"].string == "ipv6" { throw .unsupported("Target groups with IP address type 'ipv6' are") }
        guard let port = input["Port"].int else { throw .validation("A port must be specified") }
        try Ports.check(port)
        let wanted = TargetGroup(
            arn: context.arn("targetgroup/\(name)/\(context.makeID())"), name: name, port: port, vpcID: input["VpcId"].string ?? context.vpcID,
            targetType: type, createdAt: context.now, healthCheck: try HealthCheckSettings().changed(by: input),
            tags: try TagOperations.read(input["Tags"]))
        if let existing = state.targetGroups.values.first(where: { $0.name == name }) {
            guard isSame(existing, wanted) else {
                throw EngineError(
                    code: "DuplicateTargetGroupName", message: "A target group with the same name '\(name)' exists, but with different settings")
            }
            return ["TargetGroups": [show(existing, in: state)]]
        }
        state.targetGroups[wanted.arn] = wanted
        return ["TargetGroups": [show(wanted, in: state)]]
    }

    static func describe(_ state: inout LoadBalancingState, _ input: JSON, _ context: LoadBalancingContext) throws(EngineError) -> JSON {
        let all = Array(state.targetGroups.values)
        let uses = state.uses()
        var rows = all
        if case let names = input["Names"].strings, !names.isEmpty {
            for name in names {
                guard all.contains(where: { $0.name == name }) else { throw .targetGroupsNotFound(nil) }
            }
            rows = all.filter { names.contains($0.name) }
        } else if case let arns = input["TargetGroupArns"].strings, !arns.isEmpty {
            for arn in arns {
                guard arn.contains(":targetgroup/") else { throw .validation("'\(arn)' is not a valid target group ARN") }
                guard state.targetGroups[arn] != nil else { throw .targetGroupsNotFound(nil) }
            }
            rows = all.filter { arns.contains($0.arn) }
        } else if let arn = input["LoadBalancerArn"].string {
            _ = try LoadBalancerOperations.find(input, in: state)
            rows = all.filter { uses[$0.arn]?.contains(arn) ?? false }
        }
        return try Page.cut(rows, "TargetGroups", input, key: \.name) { show($0, uses: uses) }
    }

    static func modify(_ state: inout LoadBalancingState, _ input: JSON, _ context: LoadBalancingContext) throws(EngineError) -> JSON {
        var group = try find(input, in: state)
        group.healthCheck = try group.healthCheck.changed(by: input)
        state.targetGroups[group.arn] = group
        return ["TargetGroups": [show(group, in: state)]]
    }

    /// Deleting a target group that does not exist succeeds, as with Elastic Load Balancing.
    static func delete(_ state: inout LoadBalancingState, _ input: JSON, _ context: LoadBalancingContext) throws(EngineError) -> JSON {
        let arn = input["TargetGroupArn"].string ?? ""
        guard arn.contains(":targetgroup/") else { throw .validation("'\(arn)' is not a valid target group ARN") }
        guard state.uses()[arn] == nil else {
            throw EngineError(code: "ResourceInUse", message: "Target group '\(arn)' is currently in use by a listener or a rule")
        }
        state.targetGroups[arn] = nil
        return [:]
    }

    static func describeAttributes(
        _ state: inout LoadBalancingState, _ input: JSON, _ context: LoadBalancingContext
    ) throws(EngineError) -> JSON {
        ["Attributes": TargetGroupAttributes.describe(try find(input, in: state).attributes)]
    }

    static func modifyAttributes(
        _ state: inout LoadBalancingState, _ input: JSON, _ context: LoadBalancingContext
    ) throws(EngineError) -> JSON {
        var group = try find(input, in: state)
        group.attributes = try TargetGroupAttributes.apply(input["Attributes"], to: group.attributes)
        state.targetGroups[group.arn] = group
        return ["Attributes": TargetGroupAttributes.describe(group.attributes)]
    }

    /// The target group that `TargetGroupArn` names.
    static func find(_ input: JSON, in state: LoadBalancingState) throws(EngineError) -> TargetGroup {
        let arn = input["TargetGroupArn"].string ?? ""
        guard arn.contains(":targetgroup/") else { throw .validation("'\(arn)' is not a valid target group ARN") }
        guard let group = state.targetGroups[arn] else { throw .targetGroupsNotFound(arn) }
        return group
    }

    private static func isSame(_ existing: TargetGroup, _ wanted: TargetGroup) -> Bool {
        existing.port == wanted.port && existing.vpcID == wanted.vpcID && existing.targetType == wanted.targetType
            && existing.healthCheck == wanted.healthCheck
    }

    private static func show(_ group: TargetGroup, in state: LoadBalancingState) -> JSON { show(group, uses: state.uses()) }

    private static func show(_ group: TargetGroup, uses: [String: Set<String>]) -> JSON {
        let check = group.healthCheck
        return [
            "TargetGroupArn": .string(group.arn),
            "TargetGroupName": .string(group.name),
            "Protocol": "HTTP",
            "Port": .integer(group.port),
            "VpcId": .string(group.vpcID),
            "HealthCheckProtocol": "HTTP",
            "HealthCheckPort": .string(check.port.map(String.init) ?? "traffic-port"),
            "HealthCheckEnabled": true,
            "HealthCheckIntervalSeconds": .integer(check.interval),
            "HealthCheckTimeoutSeconds": .integer(check.timeout),
            "HealthyThresholdCount": .integer(check.healthyThreshold),
            "UnhealthyThresholdCount": .integer(check.unhealthyThreshold),
            "HealthCheckPath": .string(check.path),
            "Matcher": ["HttpCode": .string(check.matcher.text)],
            "LoadBalancerArns": JSON((uses[group.arn] ?? []).sorted()),
            "TargetType": .string(group.targetType.rawValue),
            "ProtocolVersion": "HTTP1",
            "IpAddressType": "ipv4",
        ]
    }
}

/// Port numbers in requests.
enum Ports {
    static func check(_ port: Int) throws(EngineError) {
        guard (1...65_535).contains(port) else { throw .validation("Port '\(port)' must be between 1 and 65535") }
    }
}
