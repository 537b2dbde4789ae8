public import Definitions
public import Monitoring

/// What a server needs to know.
public struct ServerSettings: Sendable {
    public enum Slack: Sendable {
        /// - Parameter api: where Slack's methods are, without a slash at the end.
        case token(String, api: String)
        /// The built-in stand-in, whose channels are pages of the server.
        case standIn

        /// By `SLACK_BOT_TOKEN` and `SLACK_API_URL`, the variables of Slack's own tools; the stand-in without a token.
        public init(environment: [String: String]) {
            guard let token = environment["SLACK_BOT_TOKEN"], !token.isEmpty else {
                self = .standIn
                return
            }
            let api = environment["SLACK_API_URL"] ?? "https://slack.com/api"
            self = .token(token, api: api.hasSuffix("/") ? String(api.dropLast()) : api)
        }
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
    /// Prometheus's address, for charts; nil for none.
    public var prometheus: String?
    public var slack: Slack
    /// What the server proves to the sign-in provider that it is itself; nil for a public client.
    public var clientSecret: String?
    /// How often the clusters' tasks are read.
    public var refreshInterval: Duration = .seconds(15)
    /// How often the services of all apps are read for the pages.
    public var fleetInterval: Duration = .seconds(10)
    /// The clusters count calls: ECS allows 20 a second of each reading operation to a whole account.
    public var callsAreLimited = false

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

    /// The secret in the variable `JUBAKO_OIDC_CLIENT_SECRET`.
    public static func clientSecret(environment: [String: String]) -> String? {
        environment["JUBAKO_OIDC_CLIENT_SECRET"].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Where the server answers.
    public var url: String { "http://\(host):\(port)" }
}
