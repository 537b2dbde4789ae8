import Logging
import ServiceLifecycle

/// Ends the process with an error after a while.
struct Crash: Service {
    /// Why the process ended.
    struct OnDemand: Error, CustomStringConvertible {
        let description = "crashed on demand: RECIPES_CRASH_AFTER is set"
    }

    let delay: Duration
    let logger: Logger

    func run() async throws {
        do {
            try await cancelWhenGracefulShutdown { try await Task.sleep(for: delay) }
        } catch is CancellationError {
            return
        }
        logger.critical("crashing", metadata: ["after_seconds": "\(delay.components.seconds)"])
        throw OnDemand()
    }
}
