import ArgumentParser
import Foundation
import Logging
import ServiceLifecycle
import UnixSignals

/// `recipes report`: the sidecar. Reads the app's metrics and logs what changed.
struct Report: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Log at intervals how many requests the app answered and how many failed.")

    @Option(help: "The address of the app's metrics.")
    var url = "http://app:8080/metrics"

    @Option(help: "Seconds between two reports.")
    var every = 30

    func validate() throws {
        guard (1...86_400).contains(every) else { throw ValidationError("--every must be from 1 to 86400 seconds") }
    }

    func run() async throws {
        let settings = try Settings(environment: ProcessInfo.processInfo.environment)
        let logger = JSONLogHandler.logger(label: "reporter", level: settings.logLevel)
        let reporter = Reporter(url: url, interval: .seconds(every), logger: logger)
        let group = ServiceGroup(configuration: .init(services: [reporter], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger))
        try await group.run()
    }
}
