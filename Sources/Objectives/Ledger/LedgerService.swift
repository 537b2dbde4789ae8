public import Definitions
import Foundation
public import Logging
public import ServiceLifecycle

/// Books the days of all objectives, so that none is lost when Prometheus forgets it.
public struct LedgerService: Service {
    private let bookkeeper: Bookkeeper
    private let catalog: LiveCatalog
    private let interval: Duration
    private let logger: Logger

    public init(bookkeeper: Bookkeeper, catalog: LiveCatalog, interval: Duration = .seconds(3_600), logger: Logger) {
        self.bookkeeper = bookkeeper
        self.catalog = catalog
        self.interval = interval
        self.logger = logger
    }

    public func run() async throws {
        await cancelWhenGracefulShutdown {
            // a Prometheus that starts along with this has nothing to tell yet
            try? await Task.sleep(for: .seconds(60))
            while !Task.isCancelled {
                var isComplete = true
                for app in await catalog.catalog.apps.values {
                    for objective in app.objectives where !Task.isCancelled { isComplete = await book(objective, of: app.name) && isComplete }
                }
                try? await Task.sleep(for: isComplete ? interval : min(interval, .seconds(300)))
            }
        }
    }

    /// Returns whether it is on the books.
    private func book(_ objective: Objective, of app: String) async -> Bool {
        if case .composite = objective.indicator { return true }
        do {
            try await bookkeeper.update(objective, app: app, now: Date())
            return true
        } catch is CancellationError {
            return false
        } catch {
            logger.warning(
                "an objective could not be booked, it is tried again", metadata: ["objective": "\(app)/\(objective.name)", "error": "\(error)"])
            return false
        }
    }
}
