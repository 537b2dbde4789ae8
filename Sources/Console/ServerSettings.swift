public import Definitions
public import Monitoring

/// What a server needs to know.
public struct ServerSettings: Sendable {
    public enum Slack: Sendable {
        case token(String)
        /// The built-in stand-in, whose channels are pages of the server.
        case standIn
    }

    public var host = "127.0.0.1"
    public var port = 7700
    /// Holds the store and the token.
    public var directory: String
    public var catalog: LiveCatalog
    /// The generic rules.
    public var library: RuleLibrary
    public var clusters: [WatchedCluster]
    public var alertmanager: String
    public var slack: Slack
    /// How often the clusters' tasks are read.
    public var refreshInterval: Duration = .seconds(15)

    public init(
        directory: String, catalog: LiveCatalog, library: RuleLibrary, clusters: [WatchedCluster],
        alertmanager: String, slack: Slack
    ) {
        self.directory = directory
        self.catalog = catalog
        self.library = library
        self.clusters = clusters
        self.alertmanager = alertmanager
        self.slack = slack
    }

    /// Where the server answers.
    public var url: String { "http://\(host):\(port)" }
}
