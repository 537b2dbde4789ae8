import Foundation

/// How one target's checks make it healthy or unhealthy.
///
/// A new target is healthy after its first good check. It is checked more often than the group asks for until then, so that it gets
/// traffic soon; but failures count only at the group's pace, so that a slow start does not make it unhealthy sooner.
struct TargetHealthMachine: Sendable, Equatable {
    private(set) var health: TargetHealth
    private var successes = 0
    private var failures = 0
    /// From when on the next failure of a new target counts.
    private var nextFailure: Date
    private let startedAt: Date

    /// - Parameters:
    ///   - grace: how long after `now` failures do not make a new target unhealthy, in seconds.
    ///   - interval: the group's pace, in seconds.
    init(health: TargetHealth, now: Date, interval: Double, grace: Double = 0) {
        self.health = health
        startedAt = now
        nextFailure = now.addingTimeInterval(max(interval, grace))
    }

    /// Takes the result of a check: nil when it was good.
    ///
    /// - Returns: the target's health if it changed.
    mutating func record(_ failure: HealthCheckFailure?, settings: HealthCheckSettings, now: Date) -> TargetHealth? {
        let before = health
        if let failure { fail(failure, settings, now) } else { succeed(settings) }
        return health == before ? nil : health
    }

    /// Seconds until the next check: a new target is checked after `first` seconds, then less and less often.
    func delay(settings: HealthCheckSettings, first: Double, now: Date) -> Double {
        guard health.state == .initial else { return Double(settings.interval) }
        let age = now.timeIntervalSince(startedAt)
        return min(max(first, age / 10), Double(settings.interval))
    }

    private mutating func succeed(_ settings: HealthCheckSettings) {
        failures = 0
        successes += 1
        switch health.state {
        case .unhealthy where successes < settings.healthyThreshold: break
        default: health = .healthy
        }
    }

    private mutating func fail(_ failure: HealthCheckFailure, _ settings: HealthCheckSettings, _ now: Date) {
        successes = 0
        switch health.state {
        case .initial:
            health = .checking
            guard now >= nextFailure else { return }
            nextFailure = now.addingTimeInterval(Double(settings.interval))
        case .unhealthy:
            health = .unhealthy(failure)
            return
        case .healthy, .draining, .unused: break
        }
        failures += 1
        if failures >= settings.unhealthyThreshold { health = .unhealthy(failure) }
    }
}
