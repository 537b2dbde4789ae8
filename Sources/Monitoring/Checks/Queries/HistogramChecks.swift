/// A quantile is computed from buckets, which `le` tells apart.
struct HistogramQuantileWithoutLe: RuleCheck {
    let id = "histogram-quantile-without-le"
    let severity = CheckSeverity.error
    let summary = "the argument of `histogram_quantile` has lost its label `le`"

    func examine(_ rule: CheckedRule, _ report: inout CheckReport) {
        for (call, part) in rule.calls where call.function == "histogram_quantile" && call.arguments.count == 2 {
            // A native histogram needs no le, and its series have no _bucket.
            guard Self.readsBuckets(call.arguments[1]) else { continue }
            let flow = LabelFlow(call.arguments[1])
            guard !flow.canHave("le") else { continue }
            report.add("the buckets cannot be told apart without le: add it to by (…)", at: rule.place(flow.limit ?? part.node.range))
        }
    }

    private static func readsBuckets(_ node: PromQL.Node) -> Bool {
        var result = false
        node.walk { part, _ in
            if case .selector(let selector) = part.kind { result = result || (selector.metric ?? "").hasSuffix("_bucket") }
        }
        return result
    }
}

/// Buckets are counters: without a rate the quantile is over everything since the process started.
struct HistogramQuantileWithoutRate: RuleCheck {
    let id = "histogram-quantile-without-rate"
    let severity = CheckSeverity.warning
    let summary = "`histogram_quantile` of buckets without a rate"

    func examine(_ rule: CheckedRule, _ report: inout CheckReport) {
        for (selector, part) in rule.selectors where (selector.metric ?? "").hasSuffix("_bucket") && selector.window == nil {
            let functions = part.path.compactMap { node in if case .call(let call) = node.kind { call.function } else { nil } }
            guard functions.contains("histogram_quantile"), !functions.contains(where: { ["rate", "irate", "increase"].contains($0) }) else {
                continue
            }
            report.add(
                "this is the quantile of everything since the process started: use rate(\(selector.metric ?? "")[5m])",
                at: rule.place(part.node.range))
        }
    }
}
