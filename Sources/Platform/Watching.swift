import AWS
import Console
import Definitions
import Engine
import Foundation
import Logging
import Monitoring
import ServiceLifecycle

/// The server with Prometheus and Alertmanager beside an engine: every app is scraped, and its alerts find its team.
struct Watching: Sendable {
    /// In the order in which they start.
    let services: [any Service]

    /// - Parameter files: the definitions that are deployed; the repository around them is the catalog.
    init(_ configuration: PlatformConfiguration, files: [String], logger: Logger) async throws {
        let engine = configuration.engine
        let repository = Self.repository(of: files)
        let loader = DefinitionLoader(environment: engine.environment)
        let folder = repository.map { "\($0)/apps" }
        let isInside = { (file: String) in folder.map { Self.absolute(file).hasPrefix($0 + "/") } ?? false }
        let source = CatalogSource(
            organizationFile: repository.map { "\($0)/jubako.yml" },
            paths: (folder.map { FileManager.default.fileExists(atPath: $0) ? [$0] : [] } ?? []) + files.filter { !isInside($0) }, loader: loader)
        let catalog = await LiveCatalog.load(source)
        let library = try RuleLibrary(folder: repository.map { "\($0)/rules" } ?? "")

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
            slack: configuration.slackToken.map { .token($0) } ?? .standIn)
        settings.port = configuration.serverPort
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
        services = [Connection(client: client)] + server.services + monitoring.services
    }

    /// The nearest folder above the first definition that has a `jubako.yml`.
    private static func repository(of files: [String]) -> String? {
        guard let first = files.first else { return nil }
        var folder = URL(filePath: absolute(first)).deletingLastPathComponent()
        while folder.path() != "/" {
            if FileManager.default.fileExists(atPath: folder.appending(path: "jubako.yml").path()) {
                let path = folder.path()
                return path.hasSuffix("/") ? String(path.dropLast()) : path
            }
            folder.deleteLastPathComponent()
        }
        return nil
    }

    private static func absolute(_ path: String) -> String { URL(filePath: path).standardizedFileURL.path() }

    private struct Connection: Service {
        let client: AWSClient

        func run() async throws {
            try? await gracefulShutdown()
            await client.shutdown()
        }
    }
}
