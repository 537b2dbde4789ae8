import Foundation

/// What identifies a target within its group.
struct TargetKey: Codable, Sendable, Hashable {
    /// An instance id or an address.
    let id: String
    let port: Int
}

/// Where a target is reached.
struct TargetAddress: Codable, Sendable, Hashable {
    let host: String
    let port: Int
}

/// A target of a group.
struct RegisteredTarget: Codable, Sendable, Equatable {
    let key: TargetKey
    let address: TargetAddress
    var health: TargetHealth
    let registeredAt: Date
    /// Since when it finishes its last requests; set while its state is draining.
    var drainingSince: Date?

    /// It was deregistered and takes no new requests.
    var isDraining: Bool { drainingSince != nil }
}

/// Whether a target gets requests.
enum TargetState: String, Codable, Sendable {
    case initial
    case healthy
    case unhealthy
    case draining
    case unused
}

/// A target's state and why it is so, in the words of Elastic Load Balancing.
struct TargetHealth: Codable, Sendable, Equatable {
    let state: TargetState
    let reason: String?
    let description: String?

    private init(_ state: TargetState, _ reason: String? = nil, _ description: String? = nil) {
        self.state = state
        self.reason = reason
        self.description = description
    }

    static let healthy = TargetHealth(.healthy)
    static let registering = TargetHealth(.initial, "Elb.RegistrationInProgress", "Target registration is in progress")
    static let checking = TargetHealth(.initial, "Elb.InitialHealthChecking", "Initial health checks in progress")
    static let draining = TargetHealth(.draining, "Target.DeregistrationInProgress", "Target deregistration is in progress")
    static let notInUse = TargetHealth(.unused, "Target.NotInUse", "Target group is not configured to receive traffic from the load balancer")
    static let notRegistered = TargetHealth(.unused, "Target.NotRegistered", "Target is not registered to the target group")

    /// Unhealthy for the reason that its last check failed.
    static func unhealthy(_ failure: HealthCheckFailure) -> TargetHealth {
        switch failure {
        case .status(let code):
            TargetHealth(.unhealthy, "Target.ResponseCodeMismatch", "Health checks failed with these codes: [\(code)]")
        case .timeout: TargetHealth(.unhealthy, "Target.Timeout", "Request timed out")
        case .connection: TargetHealth(.unhealthy, "Target.FailedHealthChecks", "Health checks failed")
        }
    }
}

/// Why a health check failed.
enum HealthCheckFailure: Sendable, Equatable {
    /// The target answered with a status outside the matcher.
    case status(Int)
    case timeout
    /// The connection was refused or broke.
    case connection
}
