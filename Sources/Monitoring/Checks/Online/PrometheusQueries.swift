public import ServiceModel

/// What the online checks and the back-test ask a Prometheus.
public protocol PrometheusQueries: Sendable {
    /// The `data` of an instant query, with its statistics.
    func query(_ expression: String) async throws(RulesError) -> JSON
    /// The `data` of a range query; times are in Unix seconds.
    func queryRange(_ expression: String, start: Double, end: Double, step: Double) async throws(RulesError) -> JSON
}

/// A series of a range query: when it had a value.
struct SampledSeries: Sendable, Hashable {
    let labels: [String: String]
    /// Unix seconds, rising.
    let times: [Double]

    /// The series of a range query's answer.
    static func series(_ data: JSON) -> [SampledSeries] {
        data["result"].array.map { series in
            var labels: [String: String] = [:]
            if case .object(let members) = series["metric"] { for (key, value) in members { labels[key] = value.string } }
            return SampledSeries(labels: labels, times: series["values"].array.compactMap { $0[0].double })
        }
    }
}
