import AsyncHTTPClient
import Foundation
import Monitoring
import NIOCore
import ServiceLifecycle
import ServiceModel

/// Asks Prometheus for charts, once for all who look at the same one.
actor ChartReader: Service {
    private let client: HTTPClient
    private let prometheus: PrometheusAPI
    private let readings = SharedReadings<JSON>(age: .seconds(10))

    init(url: String) {
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.timeout = .init(connect: .seconds(2), read: .seconds(10))
        client = HTTPClient(eventLoopGroup: HTTPClient.defaultEventLoopGroup, configuration: configuration)
        prometheus = PrometheusAPI(client: client, url: url, timeout: .seconds(8))
    }

    func run() async throws {
        try? await gracefulShutdown()
        try? await client.shutdown()
    }

    /// The charts of an app, without marks.
    ///
    /// - Throws: `RulesError` when Prometheus does not answer.
    func charts(of app: String, _ range: ChartRange, now: Date = Date()) async throws -> JSON {
        try await readings.value("\(range.rawValue) \(app)") { [prometheus] in try await Self.read(prometheus, app, range, now) }
    }

    @concurrent private static func read(_ prometheus: PrometheusAPI, _ app: String, _ range: ChartRange, _ now: Date) async throws -> JSON {
        let end = (now.timeIntervalSince1970 / range.step).rounded(.down) * range.step
        let start = end - range.seconds
        let queries = ChartQuery.all(app: app, window: range.window)
        let lines = try await withThrowingTaskGroup(of: (Int, Int, JSON).self) { group in
            for (index, query) in queries.enumerated() {
                for (number, series) in query.series.enumerated() {
                    group.addTask {
                        (index, number, try await prometheus.queryRange(series.expression, start: start, end: end, step: range.step))
                    }
                }
            }
            var found: [Int: [Int: JSON]] = [:]
            while let (index, number, data) = try await group.next() { found[index, default: [:]][number] = data }
            return found
        }
        let charts = queries.enumerated().map { index, query -> JSON in
            let series = query.series.enumerated().map { number, series -> JSON in
                let values = (lines[index]?[number] ?? .null)["result"][0]["values"].array
                let points = values.compactMap { point -> JSON? in
                    guard let time = point[0].double, let value = point[1].string.flatMap(Double.init), value.isFinite else { return nil }
                    return [.number(time), .number(value)]
                }
                return ["name": .string(series.name), "points": .array(points)]
            }
            return [
                "name": .string(query.name), "unit": .string(query.unit), "from_unix": .number(start), "to_unix": .number(end),
                "step_s": .number(range.step), "series": .array(series),
            ]
        }
        return .array(charts)
    }
}
