/// Where an engine listens, keeps its state, and how patient it is.
public struct EngineConfiguration: Sendable {
    /// Holds the state, HAProxy's configuration and its sockets; made if it is not there.
    public var dataDirectory: String
    public var host = "127.0.0.1"
    /// The port of the ECS API.
    public var port = 7701
    /// The port at which the load balancers answer.
    public var entryPort = 7780
    public var timing = Timing.local
    public var locality = Locality()
    public var dockerSocket = "/var/run/docker.sock"
    /// Where `haproxy` is looked for.
    public var environment: [String: String]

    public init(dataDirectory: String, environment: [String: String]) {
        self.dataDirectory = dataDirectory
        self.environment = environment
    }
}

/// Why an engine does not start.
public struct EngineStartError: Error, Sendable, CustomStringConvertible {
    public let message: String
    public var description: String { message }
}
