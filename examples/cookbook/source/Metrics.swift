import HTTPTypes

/// Counts and times requests, and renders them as Prometheus text.
///
/// Labels hold the route's pattern and never a path, so that the number of series is bounded.
actor Metrics {
    /// Upper bounds of the latency histogram in seconds.
    static let bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

    private struct Route: Hashable {
        let method: String
        let pattern: String

        var labels: String { "method=\"\(method)\",route=\"\(pattern)\"" }
    }

    private struct Series {
        var codes: [Int: Int] = [:]
        var buckets = [Int](repeating: 0, count: Metrics.bounds.count)
        var count = 0
        var seconds = 0.0

        var errors: Int { codes.reduce(0) { $1.key >= 500 ? $0 + $1.value : $0 } }

        mutating func record(code: Int, seconds duration: Double) {
            codes[code, default: 0] += 1
            if let bucket = Metrics.bounds.firstIndex(where: { duration <= $0 }) { buckets[bucket] += 1 }
            count += 1
            seconds += duration
        }
    }

    private var series: [Route: Series] = [:]

    /// Records one answered request.
    func record(method: HTTPRequest.Method, route: String, code: Int, seconds: Double) {
        series[Route(method: method.rawValue, pattern: route), default: Series()].record(code: code, seconds: seconds)
    }

    /// All series, sorted, in Prometheus's text format.
    var exposition: String {
        let routes = series.sorted { $0.key.labels < $1.key.labels }
        var text = Text()
        text.family("http_requests_total", "counter", "Requests answered, by route and status code.") { text in
            for (route, series) in routes {
                for (code, count) in series.codes.sorted(by: { $0.key < $1.key }) {
                    text.sample("http_requests_total", "\(route.labels),code=\"\(code)\"", "\(count)")
                }
            }
        }
        text.family("http_request_errors_total", "counter", "Requests answered with a 5xx status.") { text in
            for (route, series) in routes { text.sample("http_request_errors_total", route.labels, "\(series.errors)") }
        }
        text.family("http_request_duration_seconds", "histogram", "Time from a request's head to its answer.") { text in
            for (route, series) in routes {
                var cumulated = 0
                for (bound, count) in zip(Self.bounds, series.buckets) {
                    cumulated += count
                    text.sample("http_request_duration_seconds_bucket", "\(route.labels),le=\"\(bound)\"", "\(cumulated)")
                }
                text.sample("http_request_duration_seconds_bucket", "\(route.labels),le=\"+Inf\"", "\(series.count)")
                text.sample("http_request_duration_seconds_sum", route.labels, "\(series.seconds)")
                text.sample("http_request_duration_seconds_count", route.labels, "\(series.count)")
            }
        }
        return text.lines
    }

    private struct Text {
        var lines = ""

        mutating func family(_ name: String, _ type: String, _ help: String, samples: (inout Text) -> Void) {
            lines += "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
            samples(&self)
        }

        mutating func sample(_ name: String, _ labels: String, _ value: String) {
            lines += "\(name){\(labels)} \(value)\n"
        }
    }
}
