import ArgumentParser
import Engine
import Foundation
import Platform

/// Where the engine listens and keeps its state.
struct EngineOptions: ParsableArguments {
    @Option(help: "The folder of the engine's state. [env: JUBAKO_DATA_DIR] (default: jubako in the user's state folder)")
    var dataDir: String?

    @Option(help: "The port of the ECS API. [env: JUBAKO_ENGINE_PORT]")
    var port: Int?

    @Option(help: "The port at which apps answer, as http://NAME.localhost:PORT. [env: JUBAKO_HTTP_PORT]")
    var httpPort: Int?

    @Option(help: "How patient the engine is: local (a task is steady after 1 s) or aws (AWS's own times).")
    var timing = "local"

    @Option(help: "Docker's socket. [env: DOCKER_HOST]")
    var dockerSocket: String?

    @Flag(name: .shortAndLong, help: "Log more.")
    var verbose = false

    /// The options, over the environment, over the defaults.
    func configuration() throws -> EngineConfiguration {
        let environment = ProcessInfo.processInfo.environment
        var configuration = EngineConfiguration(dataDirectory: dataDir ?? Folders.state(environment), environment: environment)
        configuration.port = try Self.port(port, "JUBAKO_ENGINE_PORT", environment) ?? configuration.port
        configuration.entryPort = try Self.port(httpPort, "JUBAKO_HTTP_PORT", environment) ?? configuration.entryPort
        guard let profile = Timing.profiles.first(where: { $0.name == timing }) else {
            throw ValidationError("--timing is \(Timing.profiles.map(\.name).joined(separator: " or ")), not \(timing)")
        }
        configuration.timing = profile
        if let host = environment["DOCKER_HOST"], host.hasPrefix("unix://") { configuration.dockerSocket = String(host.dropFirst(7)) }
        if let dockerSocket { configuration.dockerSocket = dockerSocket }
        return configuration
    }

    static func port(_ option: Int?, _ variable: String, _ environment: [String: String]) throws -> Int? {
        guard let text = option.map(String.init) ?? environment[variable] else { return nil }
        guard let port = Int(text), (1...65535).contains(port) else {
            throw ValidationError("\(variable) and its option take a port from 1 to 65535, not \(text)")
        }
        return port
    }
}
