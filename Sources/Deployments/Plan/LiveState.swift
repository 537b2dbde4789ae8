import AWS
import Definitions
public import ServiceModel

/// What is there now, as the services answered it.
public struct LiveState: Sendable {
    /// One element of DescribeServices' `services`; null when there is no such service.
    public var service: JSON = .null
    /// DescribeTaskDefinition's answer for the family: its latest active revision; null when there is none.
    public var latestTaskDefinition: JSON = .null
    /// DescribeTaskDefinition's answer for what the service runs; the same as the latest where that is what runs.
    public var runningTaskDefinition: JSON = .null
    public var loadBalancing = LiveLoadBalancing()

    public init() {}
}

/// What is there of the load balancer that a definition names.
public struct LiveLoadBalancing: Sendable {
    public var loadBalancer: JSON = .null
    public var listeners: [JSON] = []
    public var targetGroup: JSON = .null
    public var loadBalancerAttributes: [String: String] = [:]
    public var targetGroupAttributes: [String: String] = [:]

    public init() {}
}

extension LiveState {
    /// Reads everything that a plan needs, all at once where one does not depend on the other. Changes nothing.
    static func read(_ desired: DesiredState, _ calls: any ServiceCalls) async throws -> LiveState {
        async let service = Self.service(desired.serviceName, cluster: desired.cluster, calls)
        async let latest = taskDefinition(desired.app, calls)
        async let balancing = LiveLoadBalancing.read(desired.loadBalancing, app: desired.app, calls)
        var state = LiveState()
        state.service = try await service
        state.latestTaskDefinition = try await latest
        state.loadBalancing = try await balancing
        let running = state.service["taskDefinition"].string
        if let running, running != state.latestTaskDefinition["taskDefinition"]["taskDefinitionArn"].string {
            state.runningTaskDefinition = try await taskDefinition(running, calls)
        } else if running != nil {
            state.runningTaskDefinition = state.latestTaskDefinition
        }
        return state
    }

    /// The service, or null when there is none; one that was removed counts as none.
    static func service(_ name: String, cluster: String, _ calls: any ServiceCalls) async throws(AWSError) -> JSON {
        do {
            let answer = try await calls.ecs("DescribeServices", ["cluster": .string(cluster), "services": [.string(name)], "include": ["TAGS"]])
            let found = answer["services"][0]
            return found["status"].string == "INACTIVE" ? .null : found
        } catch {
            guard error.code == "ClusterNotFoundException" else { throw error }
            throw AWSError(
                kind: .configuration, code: error.code,
                message: "there is no cluster \(cluster) here; check scheduler.cluster, the region and the endpoint, or create it "
                    + "(aws ecs create-cluster --cluster-name \(cluster))")
        }
    }

    /// DescribeTaskDefinition's answer; null when there is no such family or revision.
    static func taskDefinition(_ name: String, _ calls: any ServiceCalls) async throws(AWSError) -> JSON {
        try await calls.find(
            .ecs, "DescribeTaskDefinition", ["taskDefinition": .string(name), "include": ["TAGS"]], absent: "ClientException",
            "InvalidParameterException")
    }
}

extension LiveLoadBalancing {
    static func read(_ desired: LoadBalancing?, app: String, _ calls: any ServiceCalls) async throws -> LiveLoadBalancing {
        guard let desired else { return LiveLoadBalancing() }
        async let balancer = loadBalancer(desired, app: app, calls)
        async let group = targetGroup(desired, app: app, calls)
        var (live, part) = (try await balancer, try await group)
        swap(&live.targetGroup, &part.targetGroup)
        swap(&live.targetGroupAttributes, &part.targetGroupAttributes)
        return live
    }

    private static func loadBalancer(_ desired: LoadBalancing, app: String, _ calls: any ServiceCalls) async throws -> LiveLoadBalancing {
        var live = LiveLoadBalancing()
        let name = desired.loadBalancerName
        let answer = try await calls.find(.elbv2, "DescribeLoadBalancers", ["Names": [.string(name)]], absent: "LoadBalancerNotFound")
        live.loadBalancer = answer["LoadBalancers"][0]
        let arn = live.loadBalancer["LoadBalancerArn"]
        guard !arn.isNull, desired.ownsLoadBalancer else { return live }
        async let listeners = calls.pages(.elbv2, "DescribeListeners", ["LoadBalancerArn": arn], items: "Listeners")
        if !desired.loadBalancerAttributes.isEmpty {
            let attributes = try await calls.elb("DescribeLoadBalancerAttributes", ["LoadBalancerArn": arn])
            live.loadBalancerAttributes = Self.map(attributes["Attributes"])
        }
        live.listeners = try await listeners
        return live
    }

    private static func targetGroup(_ desired: LoadBalancing, app: String, _ calls: any ServiceCalls) async throws -> LiveLoadBalancing {
        var live = LiveLoadBalancing()
        let name = desired.targetGroupName
        let answer = try await calls.find(.elbv2, "DescribeTargetGroups", ["Names": [.string(name)]], absent: "TargetGroupNotFound")
        live.targetGroup = answer["TargetGroups"][0]
        let arn = live.targetGroup["TargetGroupArn"]
        guard !arn.isNull, desired.ownsTargetGroup, !desired.targetGroupAttributes.isEmpty else { return live }
        let attributes = try await calls.elb("DescribeTargetGroupAttributes", ["TargetGroupArn": arn])
        live.targetGroupAttributes = Self.map(attributes["Attributes"])
        return live
    }

    private static func map(_ attributes: JSON) -> [String: String] {
        Dictionary(attributes.array.map { ($0["Key"].string ?? "", $0["Value"].string ?? "") }, uniquingKeysWith: { $1 })
    }
}

extension LoadBalancing {
    /// A load balancer that the definition names belongs to somebody else: it is used and never changed.
    var ownsLoadBalancer: Bool { !usesExistingLoadBalancer }
    var ownsTargetGroup: Bool { !usesExistingTargetGroup }
    var isNetwork: Bool { kind == .network }
}
