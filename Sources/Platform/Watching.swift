import AWS
import Console
import Definitions
import Deployments
import Engine
import Foundation
import Logging
import Monitoring
import ServiceLifecycle

/// The server with Prometheus and Alertmanager beside an engine: every app is scraped, and its alerts find its team.
struct Watching: Sendable {
    /// In the order in which they start.
    let services: [any Service]
    /// Signs one browser in at the server's pages, once; nil where people sign in at a provider.
    let signInLink: String?
    /// Where deploys are written down.
    let releases: any ReleaseLog

    /// - Parameter files: the definitions that are deployed; the repository around them is the catalog.
    init(_ configuration: PlatformConfiguration, files: [String], logger: Logger) async throws {
        let engine = configuration.engine
        let repository = DefinitionsRepository(around: files)
        let catalog = await repository.catalog(with: files, environment: engine.environment)
        let library = try repository.library()

        let engineURL = "http://\(engine.host):\(engine.port)"
        let aws = try AWSConfiguration.resolve(
            environment: ["AWS_ACCESS_KEY_ID": "jubako", "AWS_SECRET_ACCESS_KEY": "jubako"], profile: nil, region: engine.locality.region,
            endpoint: engineURL)
        let client = AWSClient(configuration: aws, logger: logger)
        let clusters = Set(await catalog.catalog.apps.values.map(\.definition.cluster)).union(["default"]).sorted()
        var settings = ServerSettings(
            directory: engine.dataDirectory, catalog: catalog, library: library,
            clusters: clusters.map { WatchedCluster(environment: MonitoringStack.environment, cluster: $0, host: engine.host, calls: client) },
            alertmanager: "http://127.0.0.1:\(configuration.alertmanagerPort)",
            slack: ServerSettings.Slack(environment: engine.environment))
        settings.clientSecret = ServerSettings.clientSecret(environment: engine.environment)
        settings.port = configuration.serverPort
        settings.prometheus = "http://127.0.0.1:\(configuration.prometheusPort)"
        settings.fleetInterval = .seconds(1)
        settings.refreshInterval = .seconds(min(configuration.interval, 5))

        let token = try AccessToken.load(folder: engine.dataDirectory)
        var stack = MonitoringStack.Settings(
            directory: "\(engine.dataDirectory)/monitoring", server: settings.url, engine: "\(engine.host):\(engine.port)", tokenFile: token.path,
            environment: engine.environment)
        stack.prometheusPort = configuration.prometheusPort
        stack.alertmanagerPort = configuration.alertmanagerPort
        stack.interval = configuration.interval
        let monitoring = try await MonitoringStack(stack, catalog: catalog, library: library, logger: logger)
        let server = try await Server(settings, token: token, logger: logger)
        signInLink = server.signInLink
        releases = server.releases
        services = [Connection(client: client)] + server.services + monitoring.services
    }
}
