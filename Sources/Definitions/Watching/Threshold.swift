/// A number that the generic rules compare with. It reaches them as a metric, so that one rule serves all apps.
public struct Threshold: Sendable, Hashable {
    public let name: String
    /// What holds for an app that says nothing.
    public let standard: Double
    public let meaning: String

    /// The thresholds of the rules that Jubako ships. `alerting.thresholds` in `jubako.yml` changes their values and adds more.
    public static let known: [Threshold] = [
        Threshold(name: "error_ratio", standard: 0.05, meaning: "share of requests answered with 5xx, 0 to 1"),
        Threshold(name: "latency_p99_seconds", standard: 2, meaning: "time within which 99 of 100 requests are answered, in seconds"),
        Threshold(name: "cpu_ratio", standard: 0.9, meaning: "used share of the container's CPU limit, 0 to 1"),
        Threshold(name: "memory_ratio", standard: 0.9, meaning: "used share of the container's memory limit, 0 to 1"),
        Threshold(name: "task_stops", standard: 3, meaning: "tasks that ended by themselves within 15 minutes"),
        Threshold(name: "log_errors_per_minute", standard: 60, meaning: "error lines a minute, of an app that counts them"),
        Threshold(name: "certificate_days", standard: 14, meaning: "days that a certificate is still valid"),
    ]

    /// What holds without `alerting.thresholds`, by name.
    public static let standards = Dictionary(uniqueKeysWithValues: known.map { ($0.name, $0.standard) })

    /// What is wrong with a value, nil when nothing is.
    public static func objection(to value: Double, for name: String) -> String? {
        guard value.isFinite, value >= 0 else { return "must be a number of at least 0" }
        return name.hasSuffix("_ratio") && value > 1 ? "is a share, from 0 to 1: write \(value / 100) for \(value) percent" : nil
    }
}
