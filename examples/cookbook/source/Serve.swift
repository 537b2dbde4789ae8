import ArgumentParser
import Foundation
import Logging
import ServiceLifecycle
import UnixSignals

/// `recipes serve`: answers requests until SIGTERM, then finishes those in flight and leaves.
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Serve the API (the default); settings come from the environment.")

    func run() async throws {
        let settings = try Settings(environment: ProcessInfo.processInfo.environment)
        let logger = JSONLogHandler.logger(label: "recipes", level: settings.logLevel)
        logger.info("starting", metadata: ["version": "\(settings.version)", "port": "\(settings.port)"])
        var services: [any Service] = [buildApplication(settings: settings, logger: logger)]
        if let delay = settings.crashAfter {
            services.append(Crash(delay: delay, logger: logger))
        }
        let group = ServiceGroup(
            configuration: .init(services: services, gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        )
        try await group.run()
        logger.info("stopped")
    }
}
