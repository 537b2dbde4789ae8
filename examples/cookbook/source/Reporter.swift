import Logging
import NIOCore
import ServiceLifecycle

/// Reads the app's metrics at intervals, until it is told to stop.
struct Reporter: Service {
    let url: String
    let interval: Duration
    let logger: Logger

    func run() async throws {
        var last = Totals()
        while !Task.isShuttingDownGracefully {
            do {
                try await cancelWhenGracefulShutdown { try await Task.sleep(for: interval) }
            } catch is CancellationError {
                return
            }
            do {
                let totals = Totals(exposition: try await fetch(url, deadline: .seconds(5)).body)
                // A counter that went down belongs to an app that was started anew.
                let base = totals.requests < last.requests ? Totals() : last
                logger.info(
                    "report", metadata: ["requests": "\(totals.requests - base.requests)", "errors": "\(totals.errors - base.errors)"])
                last = totals
            } catch {
                logger.warning("no metrics", metadata: ["url": "\(url)", "error": "\(error)"])
            }
        }
    }
}

/// What a report is made from.
struct Totals: Equatable {
    var requests = 0
    var errors = 0

    init() {}

    /// Sums the samples of the app's two counters over all their labels.
    init(exposition: String) {
        func sum(_ name: String) -> Int {
            exposition.split(separator: "\n").filter { $0.hasPrefix(name + "{") }
                .compactMap { $0.split(separator: " ").last.flatMap { Int($0) } }.reduce(0, +)
        }
        requests = sum("http_requests_total")
        errors = sum("http_request_errors_total")
    }
}
