public import Engine

/// What `jubako up` runs on one machine, and where.
public struct PlatformConfiguration: Sendable {
    public var engine: EngineConfiguration
    public var serverPort = 7700
    public var prometheusPort = 7790
    public var alertmanagerPort = 7793
    /// Seconds between two scrapes, and between two evaluations of the rules.
    public var interval = 5
    /// False leaves out server, Prometheus and Alertmanager.
    public var watches = true

    public init(engine: EngineConfiguration) { self.engine = engine }
}
