import AsyncHTTPClient
import Definitions
import Foundation
import Logging
import Monitoring
import NIOCore
import NIOHTTP1
import ServiceLifecycle
import ServiceModel
import TestSupport

@testable import Console

/// A whole server on the loopback address with two apps of two teams, and nothing behind it.
struct ConsoleHost: Sendable {
    let server: Server
    let url: String
    let token: AccessToken
    let client: HTTPClient

    private static func organization(_ provider: OpenIDProvider?, url: String, _ more: String) -> String {
        let teams = "teams: {kitchen: {groups: [cooks]}, pantry: {groups: [keepers]}}\n\(more)"
        guard let provider else { return teams }
        return teams + """
            sign_in:
              issuer: \(provider.issuer)
              client_id: jubako
              url: \(url)
              roles: {viewer: [readers], sre: [sres], admin: [chiefs]}

            """
    }

    /// Runs a server for the length of `body`.
    ///
    /// - Parameters:
    ///   - provider: where people sign in; nil for a server that only this machine reaches.
    ///   - organization: more of `jubako.yml`.
    ///   - definition: more of each app's, instead of an objective of recipes.
    ///   - prometheus: the address of what measures objectives.
    static func run<Result: Sendable>(
        provider: OpenIDProvider?, organization more: String = "", definition: String = "", prometheus: String? = nil,
        _ body: @escaping @Sendable (ConsoleHost) async throws -> Result
    ) async throws -> Result {
        try await withTemporaryDirectory { folder in
            let port = try await PortReservation.free()
            let url = "http://127.0.0.1:\(port)"
            provider?.set { $0.redirectURI = url + "/login/callback" }
            try FileManager.default.createDirectory(at: folder.appending(path: "apps"), withIntermediateDirectories: true)
            try Data(organization(provider, url: url, more).utf8).write(to: folder.appending(path: "jubako.yml"))
            for (app, team) in [("recipes", "kitchen"), ("stock", "pantry")] {
                let objective = "objectives: [{name: availability, ratio: {bad: errors_total, total: requests_total}, objective: 99.9, window: 7d}]\n"
                let rest = definition.isEmpty && app == "recipes" ? objective : definition
                let text = "owner: \(team)\nscheduler: {type: ecs, desired_count: 1}\napp: {image: web, memory: 64}\n\(rest)"
                try Data(text.utf8).write(to: folder.appending(path: "apps/\(app).yml"))
            }
            let root = folder.path().hasSuffix("/") ? String(folder.path().dropLast()) : folder.path()
            let catalog = await LiveCatalog.load(CatalogSource(repository: root, loader: DefinitionLoader(cacheDirectory: nil)))
            let problems = await catalog.catalog.problems
            guard problems.isEmpty else { throw ConditionNotMet(description: "\(problems)") }
            var settings = ServerSettings(
                directory: root, catalog: catalog, library: try RuleLibrary(folder: ""), clusters: [], alertmanager: "http://127.0.0.1:9",
                slack: .standIn)
            settings.port = port
            settings.prometheus = prometheus
            settings.clientSecret = OpenIDProvider.Settings().clientSecret
            let token = try AccessToken.load(folder: root)
            let server = try await Server(settings, token: token, logger: .silent)
            var configuration = ServiceGroupConfiguration(services: server.services.map { .init(service: $0) }, logger: .silent)
            configuration.maximumGracefulShutdownDuration = .seconds(10)
            let group = ServiceGroup(configuration: configuration)
            var options = HTTPClient.Configuration(redirectConfiguration: .disallow)
            options.httpVersion = .http1Only
            let host = ConsoleHost(
                server: server, url: url, token: token, client: HTTPClient(eventLoopGroupProvider: .singleton, configuration: options))
            return try await withThrowingTaskGroup(of: Void.self) { tasks in
                tasks.addTask { try await group.run() }
                let outcome: Swift.Result<Result, any Error>
                do {
                    try await eventually("the server answers") { (try? await host.get("/healthz"))?.status == 200 }
                    outcome = .success(try await body(host))
                } catch { outcome = .failure(error) }
                try await host.client.shutdown()
                await group.triggerGracefulShutdown()
                try await tasks.waitForAll()
                return try outcome.get()
            }
        }
    }

    struct Answer: Sendable {
        let status: Int
        let headers: HTTPHeaders
        let body: String

        var location: String? { headers.first(name: "Location") }
        var json: JSON { (try? JSON(parsing: body)) ?? .null }
    }

    func get(_ path: String, headers: [(String, String)] = []) async throws -> Answer { try await send(.GET, path, headers: headers) }

    /// - Parameter path: an address, or a path of this server.
    func send(_ method: HTTPMethod, _ path: String, headers: [(String, String)] = [], body: String? = nil) async throws -> Answer {
        var request = HTTPClientRequest(url: path.hasPrefix("http") ? path : url + path)
        request.method = method
        for (name, value) in headers { request.headers.add(name: name, value: value) }
        if let body { request.body = .bytes(ByteBuffer(string: body)) }
        let answer = try await client.execute(request, timeout: .seconds(30))
        // A stream of events has no end.
        let isStream = answer.headers.first(name: "Content-Type")?.hasPrefix("text/event-stream") ?? false
        let text = isStream ? "" : String(buffer: try await answer.body.collect(upTo: 1 << 20))
        return Answer(status: Int(answer.status.code), headers: answer.headers, body: text)
    }

    /// A call with a token, the server's unless another is given.
    func call(_ method: HTTPMethod, _ path: String, _ body: JSON? = nil, token given: String? = nil) async throws -> Answer {
        try await send(
            method, path, headers: [("Authorization", "Bearer \(given ?? token.text)"), ("Content-Type", "application/json")], body: body?.text)
    }
}
