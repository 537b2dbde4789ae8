import Foundation

/// Whether a deregistered target has finished.
enum DrainDecision: Sendable, Equatable {
    /// Requests are in flight: look again, at the latest then.
    case wait(until: Date)
    case done

    /// Draining ends when no request is in flight, or when the delay is over.
    ///
    /// - Parameters:
    ///   - since: when the target was deregistered.
    ///   - delay: the target group's deregistration delay, in seconds.
    ///   - limit: the longest delay that the timing profile allows, in seconds.
    static func decide(since: Date, inFlight: Int, delay: Int, limit: Double, now: Date) -> DrainDecision {
        let end = since.addingTimeInterval(min(Double(delay), limit))
        return inFlight == 0 || now >= end ? .done : .wait(until: end)
    }
}
