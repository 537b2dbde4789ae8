private let rates: Set<String> = ["rate", "irate", "increase"]

extension PromQL.Call {
    fileprivate var isRate: Bool { rates.contains(function) }
    /// The argument that is a range.
    fileprivate var window: PromQL.Node? { arguments.last }
}

/// A rate of something that goes up and down counts every fall as a restart.
struct RateOnGauge: RuleCheck {
    let id = "rate-on-gauge"
    let severity = CheckSeverity.warning
    let summary = "`rate` or `increase` of a metric that looks like a gauge"

    func examine(_ rule: CheckedRule, _ report: inout CheckReport) {
        for (call, _) in rule.calls where call.isRate {
            guard let argument = call.window, case .selector(let selector) = argument.bare.kind, let metric = selector.metric,
                MetricName(text: metric).isGauge
            else { continue }
            report.add("\(metric) looks like a gauge, and \(call.function) is for counters: use delta or deriv", at: rule.place(argument.range))
        }
    }
}

/// What a recording rule wrote is a result already, mostly a rate.
struct RateOnRecordingRule: RuleCheck {
    let id = "rate-on-recording-rule"
    let severity = CheckSeverity.warning
    let summary = "`rate` or `increase` of what a recording rule wrote"

    func examine(_ rule: CheckedRule, _ report: inout CheckReport) {
        for (call, _) in rule.calls where call.isRate {
            guard let argument = call.window, case .selector(let selector) = argument.bare.kind, let metric = selector.metric,
                MetricName(text: metric).isRecorded
            else { continue }
            report.add(
                "\(metric) is the result of a recording rule, in which restarts of counters no longer show: take the \(call.function) of the source",
                at: rule.place(argument.range))
        }
    }
}

/// A sum falls when one of its counters starts anew, and the rate takes that for a restart of the sum.
struct RateOfSum: RuleCheck {
    let id = "rate-of-sum"
    let severity = CheckSeverity.error
    let summary = "the rate of a sum instead of the sum of rates"

    func examine(_ rule: CheckedRule, _ report: inout CheckReport) {
        for (call, _) in rule.calls where call.isRate {
            guard let argument = call.window, case .subquery(let subquery) = argument.bare.kind,
                case .aggregation(let aggregation) = subquery.inner.bare.kind
            else { continue }
            report.add(
                "one restarted counter makes the \(aggregation.operation) fall, which \(call.function) takes for a restart of all: "
                    + "write \(aggregation.operation)(\(call.function)(…))", at: rule.place(argument.range))
        }
    }
}

/// A rate needs two samples, and a missed scrape must not end it.
struct RateRangeTooShort: RuleCheck {
    let id = "rate-range-too-short"
    let severity = CheckSeverity.warning
    let summary = "the range of a rate is shorter than four scrape intervals"

    func examine(_ rule: CheckedRule, _ report: inout CheckReport) {
        let least = 4 * rule.settings.scrapeInterval
        for (call, _) in rule.calls where call.isRate || call.function == "delta" || call.function == "deriv" {
            guard let argument = call.window, case .selector(let selector) = argument.bare.kind, let window = selector.window, window < least else {
                continue
            }
            report.add(
                "\(PromQLDuration.text(window)) holds too few samples of a metric that is scraped every "
                    + "\(PromQLDuration.text(rule.settings.scrapeInterval)): use at least \(PromQLDuration.text(least))",
                at: rule.place(argument.range))
        }
    }
}

/// `delta` and its kin do not know that counters start anew.
struct DeltaOnCounter: RuleCheck {
    let id = "delta-on-counter"
    let severity = CheckSeverity.warning
    let summary = "a function for gauges is used on a counter"

    private static let replacements = ["delta": "increase", "idelta": "increase", "deriv": "rate", "predict_linear": "rate"]

    func examine(_ rule: CheckedRule, _ report: inout CheckReport) {
        for (call, _) in rule.calls {
            guard let replacement = Self.replacements[call.function], let argument = call.arguments.first,
                case .selector(let selector) = argument.bare.kind, let metric = selector.metric, MetricName(text: metric).isCounter
            else { continue }
            report.add(
                "\(metric) is a counter, and \(call.function) takes its restarts for falls: use \(replacement)", at: rule.place(call.functionRange))
        }
    }
}

/// A counter's value says how long the process has been up.
struct CounterWithoutRate: RuleCheck {
    let id = "counter-without-rate"
    let severity = CheckSeverity.warning
    let summary = "a counter is compared or added up without a rate"

    private static let uses: Set<String> = [
        "rate", "irate", "increase", "resets", "changes", "absent", "absent_over_time", "present_over_time", "count_over_time", "timestamp", "delta",
        "idelta", "deriv", "predict_linear", "count", "group", "count_values", "last_over_time",
    ]

    func examine(_ rule: CheckedRule, _ report: inout CheckReport) {
        for (selector, part) in rule.selectors {
            guard let metric = selector.metric, MetricName(text: metric).isCounter else { continue }
            var isFine = rule.rule.kind == .recording && part.path.isEmpty
            var below = part.node
            for above in part.path.reversed() {
                switch above.kind {
                case .call(let call): isFine = isFine || Self.uses.contains(call.function)
                case .aggregation(let aggregation): isFine = isFine || Self.uses.contains(aggregation.operation)
                // Only whether there is a series counts on the right of these.
                case .binary(let binary):
                    if binary.operation == "unless" || binary.operation == "and" { isFine = isFine || binary.right.range == below.range }
                default: break
                }
                below = above
            }
            if isFine { continue }
            report.add("\(metric) only grows until its process restarts: take its rate or increase", at: rule.place(part.node.range))
        }
    }
}
