public import Logging
public import ServiceModel

/// Calls AWS's services, and whatever speaks like them. A cheap value: copies share connections and credentials.
public struct AWSClient: Sendable {
    private let transport: HTTPTransport
    private let caller: ServiceCaller
    private let credentials: RotatingCredentials

    /// Opens nothing yet: connections, files of tokens and credentials are looked for at the first call.
    public init(configuration: AWSConfiguration, logger: Logger) {
        let transport = HTTPTransport(
            connectTimeout: configuration.timeouts.connect, certificateAuthorities: configuration.certificateAuthorities)
        let caller = ServiceCaller(
            transport: transport, endpoints: configuration.endpoints, region: configuration.region, profile: configuration.profile,
            retry: configuration.retry, timeouts: configuration.timeouts, clock: ServiceClock(system: configuration.now), logger: logger)
        let context = CredentialContext(transport: transport, caller: caller, now: configuration.now, logger: logger)
        let chain = configuration.credentials
        self.transport = transport
        self.caller = caller
        credentials = RotatingCredentials(now: configuration.now) { () async throws(CredentialFailure) in try await chain.credentials(context) }
    }

    /// Calls one operation and returns its output. A failure that may pass is tried again; every attempt is signed anew.
    ///
    /// - Parameter input: the operation's members by the names of the service's model; times are epoch seconds.
    public func call(_ model: ServiceModel, _ operation: String, _ input: JSON) async throws(AWSError) -> JSON {
        try await caller.call(model, operation, input, as: .rotating(credentials))
    }

    /// Closes the connections. Later calls fail.
    public func shutdown() async {
        await credentials.shutdown()
        await transport.shutdown()
    }
}
