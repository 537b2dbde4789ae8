/// An alert without `for` fires at the first bad sample.
struct AlertForMissing: RuleCheck {
    let id = "alert-for-missing"
    let severity = CheckSeverity.warning
    let summary = "the alert has no `for`, so one bad evaluation fires it"

    func examine(_ rule: CheckedRule, _ report: inout CheckReport) {
        guard rule.isAlert, !rule.isWatchdog, rule.rule.hold.flatMap({ PromQLDuration.seconds($0.text) }) ?? 0 == 0 else { return }
        report.add("\(rule.rule.name.text) fires at the first bad evaluation: add for, such as for: 5m", at: rule.name)
    }
}

/// A `for` below the interval of evaluation does nothing.
struct AlertForTooShort: RuleCheck {
    let id = "alert-for-too-short"
    let severity = CheckSeverity.warning
    let summary = "`for` is shorter than the interval in which the group is evaluated"

    func examine(_ rule: CheckedRule, _ report: inout CheckReport) {
        let interval = rule.group.interval ?? rule.settings.evaluationInterval
        guard let hold = rule.rule.hold, let seconds = PromQLDuration.seconds(hold.text), seconds > 0, seconds < interval else { return }
        report.add(
            "the group is evaluated every \(PromQLDuration.text(interval)), so for: \(hold.text) ends with the next evaluation: make it longer",
            at: CheckedRule.place(hold))
    }
}

/// `irate` looks at two samples only, so it hides what happened between evaluations.
struct AlertIrate: RuleCheck {
    let id = "alert-irate"
    let severity = CheckSeverity.warning
    let summary = "an alert uses `irate`, which sees two samples only"

    func examine(_ rule: CheckedRule, _ report: inout CheckReport) {
        guard rule.isAlert else { return }
        for (call, _) in rule.calls where call.function == "irate" || call.function == "idelta" {
            report.add("\(call.function) looks at the last two samples only, so the alert flaps: use rate", at: rule.place(call.functionRange))
        }
    }
}
