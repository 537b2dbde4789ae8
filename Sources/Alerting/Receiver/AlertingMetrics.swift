import Synchronization

/// What happened to webhooks and notifications, in numbers that only grow, and how much waits.
public final class AlertingMetrics: Sendable {
    /// A counter's name in Prometheus.
    public enum Counter: String, Sendable, Hashable {
        case webhooks = "jubako_alert_webhooks_total"
        case notifications = "jubako_alert_notifications_total"
    }

    /// The label `result` of a counter.
    public enum Result: String, Sendable, Hashable {
        case accepted, repeated, malformed, unauthorized, unavailable
        case tooLarge = "too_large"
        case sent, retried, refused, diverted, undeliverable
        case rateLimited = "rate_limited"
        case rawText = "raw_text"
    }

    /// One sample of Prometheus's text format.
    public struct Sample: Sendable, Hashable {
        public let name: String
        public let labels: [String: String]
        public let value: Double
    }

    private struct Key: Hashable {
        let counter: Counter
        let result: Result
    }

    private struct State {
        var counts: [Key: Int] = [:]
        var gauges: [String: Double] = [:]
    }

    private let state = Mutex(State())

    public init() {}

    func count(_ counter: Counter, _ result: Result) {
        state.withLock { $0.counts[Key(counter: counter, result: result), default: 0] += 1 }
    }

    func set(_ gauge: String, to value: Double) {
        state.withLock { $0.gauges[gauge] = value }
    }

    /// How often `counter` had `result`.
    public func value(_ counter: Counter, _ result: Result) -> Int {
        state.withLock { $0.counts[Key(counter: counter, result: result)] ?? 0 }
    }

    /// Everything, ordered by name.
    public var samples: [Sample] {
        let (counts, gauges) = state.withLock { ($0.counts, $0.gauges) }
        let counted = counts.map { Sample(name: $0.key.counter.rawValue, labels: ["result": $0.key.result.rawValue], value: Double($0.value)) }
        let measured = gauges.map { Sample(name: $0.key, labels: [:], value: $0.value) }
        return (counted + measured).sorted { ($0.name, $0.labels["result"] ?? "") < ($1.name, $1.labels["result"] ?? "") }
    }
}
