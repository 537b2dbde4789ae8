import AWS
import ArgumentParser
import Deployments
import Foundation
import Logging

/// Which ECS to talk to.
struct ConnectionOptions: ParsableArguments {
    @Flag(help: "Talk to the local engine (at 127.0.0.1:7701, or the port in JUBAKO_ENGINE_PORT); needs no AWS settings.")
    var engine = false

    @Option(name: .customLong("endpoint-url"), help: "Talk to this URL instead of AWS (also AWS_ENDPOINT_URL).")
    var endpointURL: String?

    @Option(help: "The AWS region, where the definition does not name one (also AWS_REGION).")
    var region: String?

    @Option(help: "The profile of the AWS configuration (also AWS_PROFILE).")
    var profile: String?

    func validate() throws {
        if engine, endpointURL != nil { throw ValidationError("--engine and --endpoint-url exclude each other") }
    }

    /// Opens a connection, hands it to `body`, and closes it.
    ///
    /// - Parameter region: the definition's; it comes before every other.
    func connect<Result>(region definitionRegion: String?, _ body: (Connection) async throws -> Result) async throws -> Result {
        var environment = ProcessInfo.processInfo.environment
        let endpoint = engine ? Connection.engineURL(environment) : endpointURL
        let effective = endpoint ?? environment["AWS_ENDPOINT_URL_ECS"] ?? environment["AWS_ENDPOINT_URL"]
        let isLocal = effective.map(Connection.isLoopback) ?? false
        let hasCredentials = environment["AWS_ACCESS_KEY_ID"] != nil || environment["AWS_PROFILE"] != nil || profile != nil
        if engine || isLocal && !hasCredentials {
            // A server on this machine checks no signature, so it needs no real keys; looking for some would only cost time.
            environment["AWS_ACCESS_KEY_ID"] = "jubako"
            environment["AWS_SECRET_ACCESS_KEY"] = "jubako"
            environment["AWS_SESSION_TOKEN"] = nil
            environment["AWS_PROFILE"] = nil
        }
        var configuration = try AWSConfiguration.resolve(
            environment: environment, profile: engine ? nil : profile, region: definitionRegion ?? region, endpoint: endpoint)
        if configuration.region == nil, isLocal { configuration.region = "us-east-1" }
        let client = AWSClient(configuration: configuration, logger: Logger(label: "jubako.aws", factory: { _ in SwiftLogNoOpLogHandler() }))
        let connection = Connection(client: client, endpoint: effective, region: configuration.region, isLocal: isLocal, environment: environment)
        do {
            let result = try await body(connection)
            await client.shutdown()
            return result
        } catch {
            await client.shutdown()
            throw connection.explained(error)
        }
    }
}

/// A connection to an ECS.
struct Connection: Sendable {
    let client: AWSClient
    /// Nil for AWS itself.
    let endpoint: String?
    let region: String?
    /// The endpoint is on this machine.
    let isLocal: Bool
    let environment: [String: String]

    /// Whether the endpoint may be an emulator.
    var isEmulated: Bool { endpoint != nil && !isEngine }
    var isEngine: Bool { endpoint == Self.engineURL(environment) }
    /// The port at which the engine's load balancers answer.
    var entryPort: Int { environment["JUBAKO_HTTP_PORT"].flatMap { Int($0) } ?? Address.entryPort }

    /// Where `jubako up` and `jubako engine` listen.
    static func engineURL(_ environment: [String: String]) -> String {
        "http://127.0.0.1:\(environment["JUBAKO_ENGINE_PORT"].flatMap { Int($0) } ?? 7701)"
    }

    /// - Parameter recorder: writes down what happens.
    func session(_ invocation: Invocation, _ recorder: ReleaseRecorder? = nil) -> Session {
        Session(
            calls: client, polling: isLocal ? .local : .aws, interruption: invocation.interruption,
            report: {
                invocation.progress.report($0)
                recorder?.report($0)
            })
    }

    static func isLoopback(_ url: String) -> Bool {
        guard let host = URL(string: url)?.host() else { return false }
        return host == "localhost" || host.hasSuffix(".localhost") || host.wholeMatch(of: /127(\.\d{1,3}){3}/) != nil || host == "::1"
            || host == "[::1]"
    }

    /// What nobody answers means here, and what to do about it.
    func explained(_ error: any Error) -> any Error {
        guard let failure = error as? AWSError, failure.kind == .connection, let endpoint else { return error }
        guard isEngine else {
            return DeployError("cannot reach the ECS endpoint \(endpoint): \(failure.message)")
        }
        return DeployError("cannot reach the engine at \(endpoint): start it with make up (or jubako up)")
    }
}
