public import Definitions
public import ServiceModel

/// What a definition asks for.
public struct DesiredState: Sendable {
    public let app: String
    public let cluster: String
    public let region: String?
    /// A complete RegisterTaskDefinition request.
    public let taskDefinition: JSON
    /// A CreateService request without task definition and load balancers.
    public let service: JSON
    public let loadBalancing: LoadBalancing?

    public init(
        app: String, cluster: String, region: String? = nil, taskDefinition: JSON, service: JSON, loadBalancing: LoadBalancing? = nil
    ) {
        self.app = app
        self.cluster = cluster
        self.region = region
        self.taskDefinition = taskDefinition
        self.service = service
        self.loadBalancing = loadBalancing
    }

    /// The name of the service in its cluster.
    public var serviceName: String { service["serviceName"].string ?? app }
}
