public import Definitions

/// What is counted for an objective of an app, in PromQL.
public struct Measurement: Sendable, Hashable {
    /// Failures within the last five minutes; never empty.
    public let bad: String
    /// Everything within the last five minutes; never empty.
    public let total: String
    /// Says whether there was anything to read: more than 0, or nothing.
    public let presence: String
    /// The series behind ``total``.
    public let series: SeriesSelector
    /// The counter of the bad events, or of the good ones; nil for uptime, which has none.
    public let part: SeriesSelector?
    /// ``part`` counts the good events.
    public let isGood: Bool

    /// - Returns: nil for a composite, which is made of other objectives' counts.
    public init?(_ objective: Objective, app: String) { self.init(objective, app: app, seconds: CounterIncrease.minutes * 60) }

    /// - Parameter seconds: the window, five minutes or less.
    init?(_ objective: Objective, app: String, seconds: Int) {
        let place = objective.environment.map { [SeriesSelector.Matcher("environment", "=", $0)] } ?? []
        let own = [SeriesSelector.Matcher("app", "=", app)] + place
        func bound(_ selector: SeriesSelector) -> SeriesSelector {
            own.reversed().reduce(selector) { selector, matcher in
                selector.matchers.contains { $0.label == matcher.label } ? selector : selector.adding(matcher)
            }
        }
        func ofApp(_ name: String, _ requests: Objective.Requests, _ more: [SeriesSelector.Matcher] = []) -> SeriesSelector {
            SeriesSelector(name: name, own + requests.match.sorted { $0.key < $1.key }.map { .init($0.key, "=", $0.value) } + more)
        }
        switch objective.indicator {
        case .availability(let requests):
            switch requests.source {
            case .haproxy:
                let name = "haproxy_backend_http_responses_total"
                self.init(
                    part: SeriesSelector(name: name, own + [.init("code", "=", "5xx")]), total: SeriesSelector(name: name, own), seconds: seconds)
            case .alb: self.init(balancer: requests, app: app, seconds: seconds)
            case .app:
                let name = "http_requests_total"
                self.init(part: ofApp(name, requests, [.init("code", "=~", "5..")]), total: ofApp(name, requests), seconds: seconds)
            }
        case .latency(let requests, let milliseconds):
            let name = requests.source == .haproxy ? "jubako_http_request_duration_seconds" : "http_request_duration_seconds"
            // 1 and 1.0 are the same bound, and client libraries do not agree on how to write it
            let bound = Fraction(milliseconds, 1_000).decimal
            let matcher: SeriesSelector.Matcher =
                bound.contains(".") ? .init("le", "=", bound) : .init("le", "=~", "\(bound)([.]0)?")
            self.init(
                part: ofApp("\(name)_bucket", requests, [matcher]), total: ofApp("\(name)_count", requests), isGood: true,
                seconds: seconds)
        case .ratio(let ratio): self.init(part: bound(ratio.part), total: bound(ratio.total), isGood: ratio.isGood, seconds: seconds)
        case .uptime(let selector):
            self.init(uptime: bound(selector ?? SeriesSelector(name: "up")), whenAbsent: objective.missingData, seconds: seconds)
        case .composite: return nil
        }
    }

    private init(part: SeriesSelector, total: SeriesSelector, isGood: Bool = false, seconds: Int) {
        let all = CounterIncrease.sum(of: total, seconds: seconds)
        let some = CounterIncrease.sum(of: part, seconds: seconds)
        bad = isGood ? "clamp_min(\(all) - (\(some) or vector(0)), 0) or vector(0)" : "\(some) or vector(0)"
        self.total = "\(all) or vector(0)"
        presence = "count(last_over_time(\(total)[5m]))"
        series = total
        self.part = part
        self.isGood = isGood
    }

    /// CloudWatch has no counters but a sum for each minute, under the minute's own time, and has it minutes later. So the minutes are added up, and
    /// read ten minutes late. `RequestCount` counts what found a target; what found none is a 503 of the load balancer itself.
    private init(balancer requests: Objective.Requests, app: String, seconds: Int) {
        let which =
            requests.match.isEmpty
            ? [SeriesSelector.Matcher("dimension_LoadBalancer", "=~", "app/hako-\(app)/.*")]
            : requests.match.sorted { $0.key < $1.key }.map { .init($0.key, "=", $0.value) }
        // Of the load balancer as a whole: its target groups and zones are counted in it.
        let whole = ["dimension_TargetGroup", "dimension_AvailabilityZone", "target_group", "availability_zone"].filter { requests.match[$0] == nil }
        func counted(_ metric: String) -> SeriesSelector {
            SeriesSelector(name: "aws_applicationelb_\(metric)_sum", which + whole.map { .init($0, "=", "") })
        }
        let window = "\(seconds - 1)s999ms"
        func sum(_ selector: SeriesSelector) -> String { "(sum(sum_over_time(\(selector)[\(window)] offset 10m)) or vector(0))" }
        let all = counted("request_count")
        bad = "\(sum(counted("httpcode_target_5_xx_count"))) + \(sum(counted("httpcode_elb_5_xx_count")))"
        total = "\(sum(all)) + \(sum(counted("httpcode_elb_503_count")))"
        presence = "count(last_over_time(\(all)[5m] offset 10m))"
        series = all
        part = nil
        isGood = false
    }

    /// Five minutes of one minute each. A window of exactly 5m would have six whole minutes in it when it ends on one (Prometheus 2), a millisecond
    /// less never has.
    private init(uptime selector: SeriesSelector, whenAbsent policy: Objective.MissingData, seconds: Int) {
        let window = seconds == CounterIncrease.minutes * 60 ? "4m59s999ms" : "\(max(60, seconds / 60 * 60) - 1)s999ms"
        let state = policy == .bad ? "(max(\(selector)) or vector(0))" : "max(\(selector))"
        bad = "sum_over_time((\(state) < bool 1)[\(window):1m]) or vector(0)"
        total = "count_over_time(\(state)[\(window):1m]) or vector(0)"
        presence = "count(last_over_time(\(selector)[5m]))"
        series = selector
        part = nil
        isGood = false
    }

    /// The names of the two recorded series.
    public static let badSeries = "slo:bad:increase5m"
    public static let totalSeries = "slo:total:increase5m"

    /// One of the recorded series of one objective.
    static func recorded(_ name: String, app: String, objective: String) -> String {
        SeriesSelector(name: name, [.init("app", "=", app), .init("objective", "=", objective)]).description
    }
}
