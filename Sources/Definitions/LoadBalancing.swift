public import OrderedCollections
import ServiceModel

/// `scheduler.elb_v2`: the load balancer in front of a service.
public struct LoadBalancing: Sendable, Hashable {
    public enum Kind: String, Sendable, Hashable {
        case application, network
    }

    public struct Listener: Sendable, Hashable {
        public var port: Int
        /// HTTP, HTTPS, TCP, TLS, UDP or TCP_UDP.
        public var `protocol`: String
        public var certificateARN: String?
        public var sslPolicy: String?
    }

    /// The codes that a health check takes for success.
    public struct Matcher: Sendable, Hashable {
        public var httpCode: String?
        public var grpcCode: String?
    }

    public var kind: Kind
    public var vpcID: String?
    public var subnets: [String]
    public var securityGroups: [String]
    /// `internet-facing` or `internal`.
    public var scheme: String?
    /// Of the load balancer only.
    public var tags: OrderedDictionary<String, String>
    public var listeners: [Listener]
    public var loadBalancerName: String
    /// The definition names the load balancer: it exists or is shared, and is never created, changed or deleted, nor are its listeners.
    public var usesExistingLoadBalancer: Bool
    public var targetGroupName: String
    /// The definition names the target group: it is never created, changed or deleted.
    public var usesExistingTargetGroup: Bool
    /// `instance` or `ip`; always `ip` with `network_mode: awsvpc`.
    public var targetType: String?
    public var healthCheckPath: String?
    /// `HTTP1` unless the definition says otherwise; nil for a network load balancer.
    public var protocolVersion: String?
    public var matcher: Matcher?
    public var loadBalancerAttributes: OrderedDictionary<String, String>
    public var targetGroupAttributes: OrderedDictionary<String, String>
    public var containerName: String
    public var containerPort: Int
}

extension LoadBalancing {
    static let defaultContainerName = "front"
    static let defaultContainerPort = 80

    /// - Parameter checked: the value of `elb_v2` after the check, so of the right types.
    init(_ checked: JSON, appID: String, networkMode: String?) {
        func texts(_ value: JSON) -> OrderedDictionary<String, String> { value.object.compactMapValues { $0.scalarText } }
        kind = checked["type"].string.flatMap(Kind.init) ?? .application
        vpcID = checked["vpc_id"].string
        subnets = checked["subnets"].strings
        securityGroups = checked["security_groups"].strings
        scheme = checked["scheme"].string
        tags = checked["tags"].object.mapValues { $0.scalarText ?? "" }
        listeners = checked["listeners"].array.compactMap { listener in
            guard let port = listener["port"].int, let name = listener["protocol"].string else { return nil }
            return Listener(port: port, protocol: name, certificateARN: listener["certificate_arn"].string, sslPolicy: listener["ssl_policy"].string)
        }
        loadBalancerName = checked["load_balancer_name"].string ?? "hako-\(appID)"
        usesExistingLoadBalancer = !checked["load_balancer_name"].isNull
        targetGroupName = checked["target_group_name"].string ?? "hako-\(appID)"
        usesExistingTargetGroup = !checked["target_group_name"].isNull
        targetType = networkMode == "awsvpc" ? "ip" : checked["target_type"].string
        healthCheckPath = checked["health_check_path"].string
        protocolVersion = kind == .network ? nil : checked["protocol_version"].string ?? "HTTP1"
        let codes = checked["matcher"]
        matcher = codes.isNull ? nil : Matcher(httpCode: codes["http_code"].string, grpcCode: codes["grpc_code"].string)
        loadBalancerAttributes = texts(checked["load_balancer_attributes"])
        targetGroupAttributes = texts(checked["target_group_attributes"])
        containerName = checked["container_name"].string ?? Self.defaultContainerName
        containerPort = checked["container_port"].int ?? Self.defaultContainerPort
    }
}
