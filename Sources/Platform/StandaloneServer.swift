import AWS
import Console
import Definitions
import Foundation
public import Logging
import Monitoring
import ServiceLifecycle

/// `jubako server`: the server beside an ECS, a Prometheus and an Alertmanager that exist already.
public struct StandaloneServer: Sendable {
    public struct Settings: Sendable {
        /// The definitions repository.
        public var repository: String
        /// Holds the store and the token.
        public var directory: String
        public var port = 7700
        public var alertmanager = "http://127.0.0.1:9093"
        /// Reloaded when its rules have changed; nil leaves that to others.
        public var prometheus: String?
        /// Where the rules of the catalog are written to; nil writes none.
        public var rules: String?
        /// Seconds between two readings of the clusters.
        public var interval = 15
        public var environment: [String: String]

        public init(repository: String, directory: String, environment: [String: String]) {
            self.repository = repository
            self.directory = directory
            self.environment = environment
        }
    }

    private let settings: Settings
    private let logger: Logger

    public init(_ settings: Settings, logger: Logger) {
        self.settings = settings
        self.logger = logger
    }

    /// Runs until Ctrl-C or SIGTERM.
    ///
    /// - Parameter ready: is told how many apps and clusters are watched, and a link that signs one browser in (nil where people sign in at a provider), before the server starts.
    /// - Throws: ``StandaloneServerError`` for a repository that cannot be used; errors of AWS settings, of the store, of the port.
    public func run(ready: (_ apps: Int, _ clusters: [String], _ signInLink: String?) -> Void) async throws {
        guard FileManager.default.fileExists(atPath: "\(settings.repository)/jubako.yml") else {
            throw StandaloneServerError(
                "\(settings.repository) has no jubako.yml: name the root of the definitions repository with --definitions")
        }
        let repository = DefinitionsRepository(root: settings.repository)
        let live = await repository.catalog(environment: settings.environment)
        let catalog = await live.catalog
        for problem in catalog.problems { logger.warning("\(problem)") }
        guard !catalog.organization.environments.isEmpty else {
            throw StandaloneServerError(
                "\(settings.repository)/jubako.yml names no environments: add one, such as {production: {region: ap-northeast-1, cluster: default}}")
        }
        let (clusters, connections) = try watched(catalog)
        let library = try repository.library()
        var server = ServerSettings(
            directory: settings.directory, catalog: live, library: library, clusters: clusters, alertmanager: settings.alertmanager,
            slack: ServerSettings.Slack(environment: settings.environment))
        server.clientSecret = ServerSettings.clientSecret(environment: settings.environment)
        server.port = settings.port
        server.prometheus = settings.prometheus
        server.refreshInterval = .seconds(settings.interval)
        server.fleetInterval = .seconds(min(settings.interval, 10))
        server.callsAreLimited = true
        let keeper: any Service
        if let path = settings.rules {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            let folder = RuleFolder(path: path, promtool: try Tool.promtool.path(environment: settings.environment))
            keeper = RuleKeeper(rules: folder, library: library, catalog: live, prometheus: settings.prometheus, logger: logger)
        } else {
            keeper = CatalogKeeper(catalog: live)
        }
        let token = try AccessToken.load(folder: settings.directory)
        let made = try await Server(server, token: token, logger: logger)
        ready(catalog.apps.count, clusters.map { "\($0.environment)/\($0.cluster)" }, made.signInLink)
        try await Supervision.run(connections + made.services + [keeper], logger: logger)
    }

    /// Every cluster that an environment or one of its apps names, each environment with a connection of its own.
    private func watched(_ catalog: Catalog) throws -> ([WatchedCluster], [any Service]) {
        var clusters: [WatchedCluster] = []
        var connections: [any Service] = []
        for (name, environment) in catalog.organization.environments.sorted(by: { $0.key < $1.key }) {
            var variables = settings.environment
            let host = environment.endpointURL.flatMap { URL(string: $0)?.host() }
            let isLocal = host.map { ["127.0.0.1", "localhost", "::1"].contains($0) } ?? false
            if isLocal, variables["AWS_ACCESS_KEY_ID"] == nil, variables["AWS_PROFILE"] == nil {
                // what listens on this machine checks no signature
                variables["AWS_ACCESS_KEY_ID"] = "jubako"
                variables["AWS_SECRET_ACCESS_KEY"] = "jubako"
            }
            let configuration = try AWSConfiguration.resolve(
                environment: variables, profile: nil, region: environment.region, endpoint: environment.endpointURL)
            let client = AWSClient(configuration: configuration, logger: logger)
            connections.append(Connection(client: client))
            let named = catalog.apps.values.map(\.definition).filter { $0.region == nil || $0.region == environment.region }.map(\.cluster)
            for cluster in Set(named).union([environment.cluster]).sorted() {
                clusters.append(WatchedCluster(environment: name, cluster: cluster, host: isLocal ? host : nil, calls: client))
            }
        }
        return (clusters, connections)
    }
}

/// Why a server cannot start.
public struct StandaloneServerError: Error, CustomStringConvertible {
    public let description: String

    init(_ description: String) { self.description = description }
}
