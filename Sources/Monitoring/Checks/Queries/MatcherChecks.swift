/// A pattern without special characters is slower and says less than `=`.
struct RegexPlain: RuleCheck {
    let id = "regex-plain"
    let severity = CheckSeverity.info
    let summary = "a pattern is a plain text"

    func examine(_ rule: CheckedRule, _ report: inout CheckReport) {
        for (selector, _) in rule.selectors {
            for matcher in selector.matchers where matcher.operation == .matches || matcher.operation == .matchesNot {
                guard !matcher.value.isEmpty, !matcher.value.contains(where: { "\\.+*?()|[]{}^$".contains($0) }) else { continue }
                let operation = matcher.operation == .matches ? "=" : "!="
                report.add("this pattern is a plain text: write \(matcher.label)\(operation)\"\(matcher.value)\"", at: rule.place(matcher.range))
            }
        }
    }
}

/// Prometheus' patterns always match the whole value.
struct RegexAnchored: RuleCheck {
    let id = "regex-anchored"
    let severity = CheckSeverity.info
    let summary = "a pattern is anchored with ^ or $, which Prometheus does by itself"

    func examine(_ rule: CheckedRule, _ report: inout CheckReport) {
        for (selector, _) in rule.selectors {
            for matcher in selector.matchers where matcher.operation == .matches || matcher.operation == .matchesNot {
                guard matcher.value.hasPrefix("^") || (matcher.value.hasSuffix("$") && !matcher.value.hasSuffix("\\$")) else { continue }
                report.add("patterns match the whole value anyhow: remove ^ and $", at: rule.place(matcher.range))
            }
        }
    }
}

/// A pattern that everything matches, or nothing.
struct RegexMatchAll: RuleCheck {
    let id = "regex-match-all"
    let severity = CheckSeverity.warning
    let summary = "a pattern that matches everything or nothing"

    func examine(_ rule: CheckedRule, _ report: inout CheckReport) {
        for (selector, _) in rule.selectors {
            for matcher in selector.matchers {
                switch (matcher.operation, matcher.value) {
                case (.matches, ".*"):
                    report.add("this matches every series, with or without \(matcher.label): remove it", at: rule.place(matcher.range))
                case (.matchesNot, ".*"): report.add("this matches no series at all: remove it", at: rule.place(matcher.range))
                case (.matches, ".+"): report.add("write \(matcher.label)!=\"\", which is the same and faster", at: rule.place(matcher.range))
                case (.matchesNot, ".+"): report.add("write \(matcher.label)=\"\", which is the same and faster", at: rule.place(matcher.range))
                default: break
                }
            }
        }
    }
}

/// A condition on a label that another condition on it makes needless.
struct MatcherRedundant: RuleCheck {
    let id = "matcher-redundant"
    let severity = CheckSeverity.info
    let summary = "a matcher that another one of the same label makes needless, such as `!=\"\"` beside `=`"

    func examine(_ rule: CheckedRule, _ report: inout CheckReport) {
        for (selector, _) in rule.selectors {
            for matcher in selector.matchers where matcher.operation == .notEqual {
                let equal = selector.matchers.first { $0.label == matcher.label && $0.operation == .equal && $0.value != matcher.value }
                guard let equal else { continue }
                report.add("\(equal.label)=\"\(equal.value)\" says it already: remove this", at: rule.place(matcher.range))
            }
        }
    }
}

/// Two conditions on a label that no value satisfies.
struct MatcherContradiction: RuleCheck {
    let id = "matcher-contradiction"
    let severity = CheckSeverity.error
    let summary = "two matchers of one label that no series satisfies"

    func examine(_ rule: CheckedRule, _ report: inout CheckReport) {
        for (selector, _) in rule.selectors {
            for (index, matcher) in selector.matchers.enumerated() {
                let other = selector.matchers[..<index].first { earlier in
                    guard earlier.label == matcher.label else { return false }
                    switch (earlier.operation, matcher.operation) {
                    case (.equal, .equal): return earlier.value != matcher.value
                    case (.equal, .notEqual), (.notEqual, .equal): return earlier.value == matcher.value
                    default: return false
                    }
                }
                guard let other else { continue }
                report.add("no series has this and \(rule.text(other.range)): remove one of them", at: rule.place(matcher.range))
            }
        }
    }
}

/// A selector without a metric's name reads every series of the server.
struct SelectorWithoutName: RuleCheck {
    let id = "selector-without-name"
    let severity = CheckSeverity.warning
    let summary = "a selector without a metric's name"

    func examine(_ rule: CheckedRule, _ report: inout CheckReport) {
        for (selector, part) in rule.selectors where selector.name == nil && !selector.matchers.contains(where: { $0.label == "__name__" }) {
            report.add("this reads the series of every metric: name the metric", at: rule.place(part.node.range))
        }
    }
}
