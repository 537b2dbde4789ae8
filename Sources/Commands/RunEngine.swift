import ArgumentParser
import Engine
import Logging
import Platform
import ServiceLifecycle

/// `jubako engine`: the local ECS by itself.
struct RunEngine: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "engine", abstract: "Run the local ECS: its API, Docker containers and HAProxy.",
        discussion: "Containers go on running when it stops; the next start adopts them.")

    @OptionGroup var engine: EngineOptions

    func run() async throws {
        let configuration = try engine.configuration()
        let logger = StandardErrorLog.logger(label: "engine", level: engine.verbose ? .debug : .info)
        let service = Engine(configuration, logger: logger) {
            logger.info(
                "the engine answers",
                metadata: ["api": "http://\(configuration.host):\(configuration.port)", "apps": "http://NAME.localhost:\(configuration.entryPort)"])
        }
        try await Supervision.run([service], logger: logger)
    }
}
