import Foundation

/// How one target's checks make it healthy or unhealthy.
///
/// A new target is healthy after its first good check. It is checked more often than the group asks for until then, so that it gets
/// traffic soon; but failures count only at the group's pace, so that a slow start does not make it unhealthy sooner. A target that
/// answers, but not as it should, has started: such failures may count at a quicker pace.
struct TargetHealthMachine: Sendable, Equatable {
    private(set) var health: TargetHealth
    private var successes = 0
    private var failures = 0
    /// When a failure of a new target was last counted, or its checks began.
    private var countedAt: Date
    private let startedAt: Date
    private let graceEnd: Date
    private let wrongAnswerInterval: Double

    /// - Parameters:
    ///   - grace: how long after `now` failures do not make a new target unhealthy, in seconds.
    ///   - wrongAnswerInterval: the pace at which wrong answers of a new target count, in seconds, if that is quicker than the group's.
    init(health: TargetHealth, now: Date, grace: Double = 0, wrongAnswerInterval: Double = .infinity) {
        self.health = health
        self.wrongAnswerInterval = wrongAnswerInterval
        startedAt = now
        countedAt = now
        graceEnd = now.addingTimeInterval(grace)
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
            var interval = Double(settings.interval)
            if case .status = failure { interval = min(interval, wrongAnswerInterval) }
            guard now >= max(graceEnd, countedAt.addingTimeInterval(interval)) else { return }
            countedAt = now
        case .unhealthy:
            health = .unhealthy(failure)
            return
        case .healthy, .draining, .unused: break
        }
        failures += 1
        if failures >= settings.unhealthyThreshold { health = .unhealthy(failure) }
    }
}
