import Definitions
public import ECSModel
public import ServiceModel

/// One call that brings a load balancer nearer to its definition.
public struct LoadBalancingStep: Sendable {
    public let operation: String
    /// The request; ARNs that only an earlier step brings are filled in when it is carried out.
    public let input: JSON
    /// What people read: "create load balancer hako-recipes".
    public let summary: String
    public let changes: [Difference]

    /// The same once it is done: "created load balancer hako-recipes".
    var done: String {
        for (verb, past) in ["create": "created", "change": "changed"] where summary.hasPrefix(verb) { return past + summary.dropFirst(verb.count) }
        return summary
    }
}

/// Compares the load balancer, its target group and listeners with what the definition says.
struct LoadBalancingPlan {
    private(set) var steps: [LoadBalancingStep] = []
    private(set) var issues: [Plan.Issue] = []
    /// The entry of the service's `loadBalancers`. Its target group has no ARN before it is created.
    private(set) var attachment: JSON?

    init(_ desired: LoadBalancing?, app: String, live: LiveLoadBalancing) {
        guard let desired else { return }
        planLoadBalancer(desired, app, live)
        planTargetGroup(desired, app, live)
        if desired.ownsLoadBalancer { planListeners(desired, app, live) }
        attachment = .compact([
            "targetGroupArn": live.targetGroup["TargetGroupArn"].isNull ? .string(desired.targetGroupName) : live.targetGroup["TargetGroupArn"],
            "containerName": .string(desired.containerName), "containerPort": .integer(desired.containerPort),
        ])
    }

    private mutating func planLoadBalancer(_ desired: LoadBalancing, _ app: String, _ live: LiveLoadBalancing) {
        let name = desired.loadBalancerName
        guard !live.loadBalancer.isNull else {
            if desired.ownsLoadBalancer {
                let tags = desired.tags.map { JSON.compact(["Key": .string($0.key), "Value": .string($0.value)]) }
                add(
                    "CreateLoadBalancer", "create load balancer \(name)",
                    .compact([
                        "Name": .string(name), "Subnets": JSON(desired.subnets),
                        "SecurityGroups": desired.isNetwork || desired.securityGroups.isEmpty ? .null : JSON(desired.securityGroups),
                        "Scheme": JSON(desired.scheme), "Type": desired.isNetwork ? "network" : .null, "Tags": tags.isEmpty ? .null : .array(tags),
                    ]))
                addAttributes(desired.loadBalancerAttributes, live: [:], "ModifyLoadBalancerAttributes", "load balancer \(name)", arn: nil)
            } else {
                issue("there is no load balancer \(name): create it, or leave load_balancer_name out so that one is created")
            }
            return
        }
        guard desired.ownsLoadBalancer else { return }
        let arn = live.loadBalancer["LoadBalancerArn"]
        let subnets = live.loadBalancer["AvailabilityZones"].array.compactMap(\.["SubnetId"].string)
        if !desired.subnets.isEmpty, subnets.sorted() != desired.subnets.sorted() {
            change("SetSubnets", name, ["LoadBalancerArn": arn, "Subnets": JSON(desired.subnets)], "subnets", JSON(subnets), JSON(desired.subnets))
        }
        let groups = live.loadBalancer["SecurityGroups"].strings
        if !desired.isNetwork, !desired.securityGroups.isEmpty, groups.sorted() != desired.securityGroups.sorted() {
            change(
                "SetSecurityGroups", name, ["LoadBalancerArn": arn, "SecurityGroups": JSON(desired.securityGroups)], "security_groups", JSON(groups),
                JSON(desired.securityGroups))
        }
        checkFixed("load balancer \(name)", "scheme", live.loadBalancer["Scheme"], desired.scheme)
        checkFixed("load balancer \(name)", "type", live.loadBalancer["Type"], desired.kind.rawValue)
        addAttributes(
            desired.loadBalancerAttributes, live: live.loadBalancerAttributes, "ModifyLoadBalancerAttributes", "load balancer \(name)", arn: arn)
    }

    private mutating func planTargetGroup(_ desired: LoadBalancing, _ app: String, _ live: LiveLoadBalancing) {
        let name = desired.targetGroupName
        guard !live.targetGroup.isNull else {
            guard desired.ownsTargetGroup else {
                issue("there is no target group \(name): create it, or leave target_group_name out so that one is created")
                return
            }
            let isHTTP = !desired.isNetwork
            add(
                "CreateTargetGroup", "create target group \(name)",
                .compact([
                    "Name": .string(name), "Protocol": isHTTP ? "HTTP" : "TCP", "ProtocolVersion": isHTTP ? JSON(desired.protocolVersion) : .null,
                    "Port": 80, "VpcId": JSON(desired.vpcID), "HealthCheckPath": isHTTP ? JSON(desired.healthCheckPath) : .null,
                    "Matcher": isHTTP ? Self.matcher(desired) : .null, "TargetType": JSON(desired.targetType),
                ]))
            addAttributes(desired.targetGroupAttributes, live: [:], "ModifyTargetGroupAttributes", "target group \(name)", arn: nil)
            return
        }
        guard desired.ownsTargetGroup else { return }
        let arn = live.targetGroup["TargetGroupArn"]
        if !desired.isNetwork, let path = desired.healthCheckPath, path != live.targetGroup["HealthCheckPath"].string {
            change(
                "ModifyTargetGroup", name, ["TargetGroupArn": arn, "HealthCheckPath": .string(path)], "health_check_path",
                live.targetGroup["HealthCheckPath"], .string(path))
        }
        let matcher = Self.matcher(desired)
        if !desired.isNetwork, !matcher.isNull, matcher != live.targetGroup["Matcher"] {
            change("ModifyTargetGroup", name, ["TargetGroupArn": arn, "Matcher": matcher], "matcher", live.targetGroup["Matcher"], matcher)
        }
        checkFixed("target group \(name)", "target_type", live.targetGroup["TargetType"], desired.targetType)
        checkFixed("target group \(name)", "vpc_id", live.targetGroup["VpcId"], desired.vpcID)
        if !desired.isNetwork { checkFixed("target group \(name)", "protocol_version", live.targetGroup["ProtocolVersion"], desired.protocolVersion) }
        addAttributes(
            desired.targetGroupAttributes, live: live.targetGroupAttributes, "ModifyTargetGroupAttributes", "target group \(name)", arn: arn)
    }

    private mutating func planListeners(_ desired: LoadBalancing, _ app: String, _ live: LiveLoadBalancing) {
        for listener in desired.listeners {
            let certificates: JSON = listener.certificateARN.map { [["CertificateArn": .string($0)]] } ?? .null
            let title = "listener \(listener.port) of \(desired.loadBalancerName)"
            guard let found = live.listeners.first(where: { $0["Port"].int == listener.port }) else {
                add(
                    "CreateListener", "create \(title)",
                    .compact([
                        "LoadBalancerArn": live.loadBalancer["LoadBalancerArn"], "Protocol": .string(listener.protocol),
                        "Port": .integer(listener.port),
                        "SslPolicy": JSON(listener.sslPolicy), "Certificates": certificates,
                        "DefaultActions": [.compact(["Type": "forward", "TargetGroupArn": live.targetGroup["TargetGroupArn"]])],
                    ]))
                continue
            }
            // What a listener does with requests is left alone: people add redirects and rules by hand.
            var fields: JSON = ["ListenerArn": found["ListenerArn"]]
            var changes: [Difference] = []
            func compare(_ field: String, _ key: String, _ old: JSON, _ new: JSON, sent: JSON) {
                if new.isNull || old == new { return }
                fields[field] = sent
                changes.append(Difference(path: [.key(key)], old: old, new: new))
            }
            compare("Protocol", "protocol", found["Protocol"], .string(listener.protocol), sent: .string(listener.protocol))
            compare("SslPolicy", "ssl_policy", found["SslPolicy"], JSON(listener.sslPolicy), sent: JSON(listener.sslPolicy))
            compare("Certificates", "certificate_arn", found["Certificates"][0]["CertificateArn"], JSON(listener.certificateARN), sent: certificates)
            if !changes.isEmpty { steps.append(.init(operation: "ModifyListener", input: fields, summary: "change \(title)", changes: changes)) }
        }
    }

    private static func matcher(_ desired: LoadBalancing) -> JSON {
        let codes = JSON.compact(["HttpCode": JSON(desired.matcher?.httpCode), "GrpcCode": JSON(desired.matcher?.grpcCode)])
        return codes.object.isEmpty ? .null : codes
    }

    private mutating func add(_ operation: String, _ summary: String, _ input: JSON) {
        steps.append(.init(operation: operation, input: input, summary: summary, changes: []))
    }

    private mutating func change(_ operation: String, _ name: String, _ input: JSON, _ key: String, _ old: JSON, _ new: JSON) {
        let what = operation.contains("TargetGroup") ? "target group" : "load balancer"
        steps.append(
            .init(operation: operation, input: input, summary: "change \(what) \(name)", changes: [Difference(path: [.key(key)], old: old, new: new)])
        )
    }

    private mutating func addAttributes(
        _ desired: OrderedDictionary<String, String>, live: [String: String], _ operation: String, _ title: String, arn: JSON?
    ) {
        let different = desired.filter { live[$0.key] != $0.value }
        if different.isEmpty { return }
        let attributes = different.map { JSON.compact(["Key": .string($0.key), "Value": .string($0.value)]) }
        let field = operation == "ModifyTargetGroupAttributes" ? "TargetGroupArn" : "LoadBalancerArn"
        steps.append(
            .init(
                operation: operation, input: .compact([field: arn ?? .null, "Attributes": .array(attributes)]), summary: "set attributes of \(title)",
                changes: different.map { Difference(path: [.key($0.key)], old: JSON(live[$0.key]), new: .string($0.value)) }))
    }

    private mutating func checkFixed(_ title: String, _ key: String, _ live: JSON, _ desired: String?) {
        guard let desired, let found = live.string, found != desired else { return }
        issues.append(
            .init(
                isError: false,
                message: "\(key) of \(title) is \(found) and the definition says \(desired): it cannot be changed in place and stays as it is"))
    }

    private mutating func issue(_ message: String) {
        issues.append(.init(isError: true, message: message))
    }
}
