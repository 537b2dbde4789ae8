public import Foundation
public import PrometheusText

/// How the reading of targets goes.
public struct TargetStatus: Sendable {
    public struct Cluster: Sendable, Hashable {
        public let environment: String
        public let cluster: String
        /// When its tasks were read last.
        public internal(set) var lastSuccess: Date?
        /// Readings that failed, since the start.
        public internal(set) var failures = 0
        /// Why the last reading failed; nil when it did not.
        public internal(set) var lastError: String?
        public internal(set) var tasks = 0
    }

    public internal(set) var clusters: [Cluster] = []
    /// What the list has.
    public internal(set) var targets = 0
    /// See ``TargetList/unreachable``.
    public internal(set) var unreachable: [String: Int] = [:]
    /// Of the last reading of all clusters, in seconds.
    public internal(set) var duration = 0.0

    /// The same as metrics.
    public func write(to exposition: inout Exposition) {
        exposition.family("jubako_targets", .gauge, "Targets in the list that Prometheus reads.")
        exposition.sample("jubako_targets", [:], Double(targets))
        exposition.family(
            "jubako_targets_unreachable", .gauge, "Running tasks that cannot be scraped: their port is not mapped, or their host is not known.")
        for (app, count) in unreachable.sorted(by: { $0.key < $1.key }) {
            exposition.sample("jubako_targets_unreachable", ["app": app], Double(count))
        }
        exposition.family("jubako_targets_refresh_duration_seconds", .gauge, "How long the last reading of all clusters took.")
        exposition.sample("jubako_targets_refresh_duration_seconds", [:], duration)
        func each(_ name: String, _ kind: Exposition.Kind, _ help: String, _ value: (Cluster) -> Double) {
            exposition.family(name, kind, help)
            for cluster in clusters {
                exposition.sample(name, ["environment": cluster.environment, "cluster": cluster.cluster], value(cluster))
            }
        }
        each("jubako_targets_tasks", .gauge, "Running tasks that were seen last.") { Double($0.tasks) }
        each("jubako_targets_refresh_success_timestamp_seconds", .gauge, "When the tasks were read last, 0 for never.") {
            $0.lastSuccess?.timeIntervalSince1970 ?? 0
        }
        each("jubako_targets_refresh_failures_total", .counter, "Readings that failed; the last good list is kept.") { Double($0.failures) }
    }
}
