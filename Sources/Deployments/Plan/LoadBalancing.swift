public import ServiceModel

public struct LoadBalancing: Sendable, Hashable {
    public struct Listener: Sendable, Hashable {
        public var port: Int
        public var `protocol`: String
        public var certificateARN: String?
        public var sslPolicy: String?
    }
    public var type: String?
    public var vpcID: String?
    public var subnets: [String] = []
    public var securityGroups: [String] = []
    public var scheme: String?
    public var tags: [String: String] = [:]
    public var listeners: [Listener] = []
    public var loadBalancerName: String?
    public var targetGroupName: String?
    public var targetType: String?
    public var healthCheckPath: String?
    public var protocolVersion: String?
    public var matcher: JSON = .null
    public var loadBalancerAttributes: [String: String] = [:]
    public var targetGroupAttributes: [String: String] = [:]
    public var containerName = "front"
    public var containerPort = 80
    public init() {}
}
