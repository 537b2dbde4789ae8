public import Foundation

/// What was counted within five minutes.
public struct Slice: Sendable, Hashable {
    /// Seconds.
    public static let length: TimeInterval = 300

    public enum State: String, Sendable, Hashable, CaseIterable {
        case good
        /// More failed than the objective allows.
        case bad
        /// Measured, and nothing happened.
        case idle
        /// Nothing could be measured.
        case unmeasured
    }

    public let start: Date
    public let bad: Double
    public let total: Double
    public let isMeasured: Bool

    public init(start: Date, bad: Double, total: Double, isMeasured: Bool) {
        self.start = start
        self.bad = min(bad, total)
        self.total = total
        self.isMeasured = isMeasured
    }

    public var end: Date { start + Self.length }

    /// - Parameter budget: the share that may fail.
    public func state(budget: Double) -> State {
        guard isMeasured else { return .unmeasured }
        if total <= 0 { return .idle }
        return bad > budget * total ? .bad : .good
    }
}
