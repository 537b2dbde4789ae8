import Foundation

/// Targets that answer the same requests, and how their health is checked.
struct TargetGroup: Record {
    static var kind: String { "targetGroup" }

    let arn: String
    let name: String
    let port: Int
    let vpcID: String
    let targetType: TargetType
    let createdAt: Date
    var healthCheck: HealthCheckSettings
    /// The attributes that were set; all others have their defaults.
    var attributes: [String: String] = [:]
    var tags: [ResourceTag] = []
    var targets: [RegisteredTarget] = []

    var id: String { arn }

    enum TargetType: String, Codable, Sendable {
        /// The id is that of the container instance, the port a host port.
        case instance
        /// The id is the address of a container.
        case ip
    }

    /// How long a deregistered target may finish its requests, in seconds.
    var deregistrationDelay: Int { TargetGroupAttributes.integer("deregistration_delay.timeout_seconds", in: attributes) }

    /// How long a client stays with its target, in seconds; nil when it need not stay.
    var stickiness: Int? {
        guard TargetGroupAttributes.text("stickiness.enabled", in: attributes) == "true" else { return nil }
        return TargetGroupAttributes.integer("stickiness.lb_cookie.duration_seconds", in: attributes)
    }

    /// The position of a registered target.
    func index(of target: TargetKey) -> Int? { targets.firstIndex { $0.key == target } }
}

/// How a target group finds out whether a target is healthy.
struct HealthCheckSettings: Codable, Sendable, Equatable {
    /// The port to check; nil stands for the one that gets the traffic.
    var port: Int?
    var path = "/"
    /// Seconds from check to check.
    var interval = 30
    /// Seconds until a check without an answer has failed.
    var timeout = 6
    /// Consecutive successes that make an unhealthy target healthy.
    var healthyThreshold = 5
    /// Consecutive failures that make a target unhealthy.
    var unhealthyThreshold = 2
    var matcher = StatusMatcher.ok
}
