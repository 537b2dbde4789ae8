public import Logging
public import ServiceLifecycle
import UnixSignals

/// Runs services until Ctrl-C or SIGTERM, and lets them end in order.
public enum Supervision {
    public static func run(_ services: [any Service], logger: Logger) async throws {
        var quiet = logger
        quiet.logLevel = .warning
        var configuration = ServiceGroupConfiguration(
            services: services.map { .init(service: $0, successTerminationBehavior: .gracefullyShutdownGroup) },
            gracefulShutdownSignals: [.sigterm, .sigint],
            logger: quiet)
        configuration.maximumGracefulShutdownDuration = .seconds(15)
        try await ServiceGroup(configuration: configuration).run()
    }
}
