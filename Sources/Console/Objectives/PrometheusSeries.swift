import Foundation
public import Monitoring
public import Objectives
import ServiceModel

/// A Prometheus as the ledger of objectives asks it.
public struct PrometheusSeries: SeriesSource {
    private let prometheus: any PrometheusQueries

    public init(_ prometheus: any PrometheusQueries) { self.prometheus = prometheus }

    public func range(_ expression: String, start: Int, end: Int, step: Int) async throws -> [Int: Double] {
        let data = try await prometheus.queryRange(expression, start: Double(start), end: Double(end), step: Double(step))
        var values: [Int: Double] = [:]
        for point in data["result"][0]["values"].array {
            guard let time = point[0].double, let value = point[1].string.flatMap(Double.init), value.isFinite else { continue }
            values[Int(time)] = value
        }
        return values
    }

    public func value(_ expression: String, at time: Int) async throws -> Double? {
        // an instant query answers for now; a range of one point answers for any time
        try await range(expression, start: time, end: time, step: 1)[time]
    }
}
