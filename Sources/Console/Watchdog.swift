import Alerting
import Foundation
import Hummingbird
import PrometheusText
import Synchronization

/// Hears the rule `Watchdog`, which always fires: as long as it comes, Prometheus, Alertmanager and this server work together.
final class Watchdog: Sendable {
    private let last = Mutex<Date?>(nil)
    private let started = ContinuousClock.now

    /// The server has just started, and it may not have come yet.
    var isNew: Bool { ContinuousClock.now - started < .seconds(600) }

    var lastHeard: Date? { last.withLock { $0 } }

    /// `POST /api/alertmanager/watchdog`
    func add(to router: some RouterMethods<some RequestContext>, token: BearerToken) {
        router.post("/api/alertmanager/watchdog") { [self] request, _ in
            guard token.matches(authorization: request.headers[.authorization]) else {
                return Problem.response(.unauthorized, "no valid bearer token came with the webhook")
            }
            last.withLock { $0 = Date() }
            return Response(status: .ok)
        }
    }

    func write(to exposition: inout Exposition) {
        exposition.family("jubako_watchdog_heard_timestamp_seconds", .gauge, "When the rule Watchdog last came through Alertmanager.")
        exposition.sample("jubako_watchdog_heard_timestamp_seconds", [:], last.withLock { $0?.timeIntervalSince1970 ?? 0 })
    }
}
