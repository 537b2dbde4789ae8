import Foundation

/// Delays the starts of a deployment whose tasks keep ending, so that a crash loop does not eat the machine.
struct Throttle: Codable, Sendable, Equatable {
    /// Rounds of failures since the last task that stayed up.
    private(set) var rounds = 0
    /// No task is started before this time.
    private(set) var until: Date?

    /// A task that ran this many seconds does not count as a failed start.
    static let stayedUp = 10.0

    /// Notes a failure. Failures within one round count once: ten replicas that fail together are one failure.
    ///
    /// The first replacement starts after `firstDelay` seconds, later ones after 1, 2, 4, … seconds, at most `limit`.
    mutating func fail(at now: Date, limit: Double, firstDelay: Double = 0) {
        if let until, until > now { return }
        rounds += 1
        until = now.addingTimeInterval(rounds == 1 ? firstDelay : min(limit, Double(1 << min(rounds - 2, 20))))
    }

    mutating func reset() { self = Throttle() }
}
