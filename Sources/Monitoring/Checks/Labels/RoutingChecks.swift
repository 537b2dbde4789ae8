/// Why an alert has none of the labels that lead it to its channel.
enum LostRouting {
    case absent(Range<Int>)
    case aggregation(Range<Int>)
    case grouping(Range<Int>)

    /// nil when the alert still has one of them.
    init?(_ rule: CheckedRule) {
        let labels = rule.settings.routingLabels
        guard rule.isAlert, rule.settings.app == nil, AlertCondition.constant(rule.query) == nil, let first = labels.first,
            !rule.flow.canHave(first), !labels.contains(where: { rule.rule.label($0) != nil }), let limit = rule.flow.limit
        else { return nil }
        if rule.calls.contains(where: { $0.call.function.hasPrefix("absent") && $0.part.node.range == limit }) {
            self = .absent(limit)
        } else if rule.aggregations.contains(where: { $0.aggregation.operationRange == limit && $0.aggregation.groupingRange == nil }) {
            self = .aggregation(limit)
        } else {
            self = .grouping(limit)
        }
    }
}

/// `by (…)` without the app leaves an alert that nobody owns.
struct RoutingLabelsLost: RuleCheck {
    let id = "routing-labels-lost"
    let severity = CheckSeverity.warning
    let summary = "the expression takes away the label `app`, so the alert finds no channel"

    func examine(_ rule: CheckedRule, _ report: inout CheckReport) {
        guard case .grouping(let range)? = LostRouting(rule) else { return }
        report.add(
            "\(rule.text(range)) takes \(rule.settings.routingLabels.joined(separator: " and ")) away, so the alert goes to the SRE channel: keep them, or set them below labels",
            at: rule.place(range))
    }
}

/// An aggregation without `by` has no labels at all.
struct SumWithoutBy: RuleCheck {
    let id = "sum-without-by"
    let severity = CheckSeverity.warning
    let summary = "an alert aggregates everything into one series without labels"

    func examine(_ rule: CheckedRule, _ report: inout CheckReport) {
        guard case .aggregation(let range)? = LostRouting(rule) else { return }
        report.add(
            "\(rule.text(range)) without by takes all labels away, so the alert does not say what it is about: add by (\(rule.settings.routingLabels.joined(separator: ", ")))",
            at: rule.place(range))
    }
}

/// `absent` has only the labels that were asked for with `=`.
struct AbsentLabelsLost: RuleCheck {
    let id = "absent-labels-lost"
    let severity = CheckSeverity.warning
    let summary = "`absent` knows only the labels of its `=` matchers, and `app` is not among them"

    func examine(_ rule: CheckedRule, _ report: inout CheckReport) {
        guard case .absent(let range)? = LostRouting(rule) else { return }
        let label = rule.settings.routingLabels.first ?? "app"
        report.add("absent returns the labels of its = matchers only: add \(label)=\"…\", or set \(label) below labels", at: rule.place(range))
    }
}

/// A rule that speaks for an app that it does not watch.
struct AppClaimed: RuleCheck {
    let id = "app-claimed"
    let severity = CheckSeverity.error
    let summary = "the rule claims an app that it does not watch, or that is not its own"

    func examine(_ rule: CheckedRule, _ report: inout CheckReport) {
        guard let label = rule.settings.routingLabels.first else { return }
        if let own = rule.settings.app {
            for name in rule.settings.routingLabels {
                guard let value = rule.rule.label(name) else { continue }
                report.add("\(name) is set for you: remove it", at: CheckedRule.place(value))
            }
            for (selector, _) in rule.selectors {
                for matcher in selector.matchers where matcher.label == label && !(matcher.operation == .equal && matcher.value == own) {
                    report.add("these are rules of \(own), which may look at its own series only: remove this", at: rule.place(matcher.range))
                }
            }
            return
        }
        guard let claimed = rule.rule.label(label), !claimed.text.contains("{{") else { return }
        let watched = Set(rule.selectors.flatMap { $0.selector.matchers }.filter { $0.label == label && $0.operation == .equal }.map(\.value))
        guard !watched.isEmpty, !watched.contains(claimed.text) else { return }
        report.add(
            "the alert goes to \(claimed.text), but it watches \(watched.sorted().joined(separator: ", ")): set \(label) to what is watched",
            at: CheckedRule.place(claimed))
    }
}

/// One number for all apps, where each app may have its own.
struct ThresholdHardCoded: RuleCheck {
    let id = "threshold-hard-coded"
    let severity = CheckSeverity.info
    let summary = "a rule for all apps compares with a number where `jubako_threshold` has one per app"

    func examine(_ rule: CheckedRule, _ report: inout CheckReport) {
        guard rule.isAlert, rule.settings.app == nil, let label = rule.settings.routingLabels.first, rule.flow.canHave(label) else { return }
        let isForOneApp =
            rule.rule.label(label) != nil
            || rule.selectors.contains { $0.selector.matchers.contains { $0.label == label && $0.operation == .equal } }
        guard !isForOneApp, !rule.selectors.contains(where: { ["jubako_threshold", "app:threshold"].contains($0.selector.metric) }) else { return }
        for (binary, _) in rule.binaries where [">", ">=", "<", "<="].contains(binary.operation) && !binary.isBool {
            guard case .scalar(let value)? = AlertCondition.constant(binary.right), value != 0, value != 1, let name = threshold(rule, binary.left)
            else {
                continue
            }
            report.add(
                "all apps share this number: compare with jubako_threshold{name=\"\(name)\"}, which each app can set for itself",
                at: rule.place(binary.right.range))
        }
    }

    /// The threshold that a comparison of this is about.
    private func threshold(_ rule: CheckedRule, _ node: PromQL.Node) -> String? {
        let text = rule.text(node.range)
        if text.contains("histogram_quantile"), text.contains("_seconds") { return "latency_p99_seconds" }
        guard case .binary(let binary) = node.bare.kind, binary.operation == "/" else { return nil }
        if text.contains("error") || text.contains("5..") || text.contains("code") || text.contains("5xx") { return "error_ratio" }
        if text.contains("cpu") { return "cpu_ratio" }
        return text.contains("memory") ? "memory_ratio" : nil
    }
}
