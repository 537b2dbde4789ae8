public import AWS
public import ServiceModel

/// One call to an AWS service: all that the targets need of the world. The AWS client is one, a test's script another.
public protocol ClusterCalls: Sendable {
    func call(_ model: ServiceModel, _ operation: String, _ input: JSON) async throws(AWSError) -> JSON
}

extension AWSClient: ClusterCalls {}

/// A cluster whose tasks are watched.
public struct WatchedCluster: Sendable {
    public let environment: String
    public let cluster: String
    /// Where host ports are reached: 127.0.0.1 for the local engine; nil where tasks have addresses of their own.
    public let host: String?
    public let calls: any ClusterCalls

    public init(environment: String, cluster: String, host: String? = nil, calls: any ClusterCalls) {
        self.environment = environment
        self.cluster = cluster
        self.host = host
        self.calls = calls
    }
}
