/// What the charts of an app ask Prometheus for.
struct ChartQuery: Sendable {
    let name: String
    /// How its values are read: `per_second`, `ratio`, `seconds`, `count`.
    let unit: String
    /// Name of a series, and its PromQL.
    let series: [(name: String, expression: String)]

    /// - Parameters:
    ///   - app: an app's name, which has no quotes.
    ///   - window: what a rate looks back on, as PromQL writes it.
    static func all(app: String, window: String) -> [ChartQuery] {
        let me = "{app=\"\(app)\"}"
        func responses(_ haproxy: String, _ own: String) -> String {
            "sum(rate(haproxy_backend_http_responses_total{app=\"\(app)\"\(haproxy)}[\(window)])) "
                + "or sum(rate(http_requests_total{app=\"\(app)\"\(own)}[\(window)]))"
        }
        func latency(_ quantile: String) -> String {
            ["jubako_http_request_duration_seconds_bucket", "http_request_duration_seconds_bucket"]
                .map { "histogram_quantile(\(quantile), sum by (le) (rate(\($0)\(me)[\(window)]))) >= 0" }.joined(separator: " or ")
        }
        return [
            ChartQuery(name: "requests", unit: "per_second", series: [("requests", responses("", ""))]),
            ChartQuery(
                name: "errors", unit: "ratio",
                series: [("errors", "((\(responses(", code=\"5xx\"", ", code=~\"5..\""))) or vector(0)) / ((\(responses("", ""))) > 0)")]),
            ChartQuery(name: "latency", unit: "seconds", series: [("p99", latency("0.99")), ("p50", latency("0.5"))]),
            ChartQuery(
                name: "tasks", unit: "count",
                series: [
                    ("running", "sum(jubako_service_running_tasks\(me)) or sum(up\(me))"), ("desired", "sum(jubako_service_desired_tasks\(me))"),
                ]),
            ChartQuery(name: "cpu", unit: "ratio", series: [("cpu", "max(jubako_container_cpu_ratio\(me))")]),
            ChartQuery(
                name: "memory", unit: "ratio", series: [("memory", "max(jubako_container_memory_ratio\(me))")]),
        ]
    }
}

/// How far a chart looks back.
enum ChartRange: String, Sendable, CaseIterable {
    case quarter = "15m"
    case hour = "1h"
    case sixHours = "6h"
    case day = "24h"
    case week = "7d"

    var seconds: Double {
        switch self {
        case .quarter: 900
        case .hour: 3600
        case .sixHours: 21600
        case .day: 86400
        case .week: 604_800
        }
    }

    /// Between two points: 120 on a chart.
    var step: Double { seconds / 120 }

    /// What a rate looks back on: four scrapes at least, and no gap between two points.
    var window: String { "\(max(60, Int(step)))s" }
}
