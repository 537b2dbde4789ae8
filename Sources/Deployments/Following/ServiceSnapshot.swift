public import ServiceModel

/// What DescribeServices said about one service at one moment.
public struct ServiceSnapshot: Hashable, Sendable {
    public struct Event: Hashable, Sendable {
        public let id: String
        public let time: Double?
        public let message: String
    }

    /// ACTIVE, DRAINING or INACTIVE.
    public let status: String
    public let desired: Int
    public let running: Int
    public let pending: Int
    public let deployments: [DeploymentCounts]
    /// Oldest first.
    public let events: [Event]

    public init(_ service: JSON) {
        status = service["status"].string ?? "ACTIVE"
        desired = service["desiredCount"].int ?? 0
        running = service["runningCount"].int ?? 0
        pending = service["pendingCount"].int ?? 0
        deployments = service["deployments"].array.map(DeploymentCounts.init)
        events = service["events"].array.reversed().map {
            Event(id: $0["id"].string ?? $0.text, time: $0["createdAt"].double, message: $0["message"].string ?? "")
        }
    }

    /// The deployment that the service works towards. ECS may show none for a moment.
    public var primary: DeploymentCounts? { deployments.first { $0.status == "PRIMARY" } }
}
