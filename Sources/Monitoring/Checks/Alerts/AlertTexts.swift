/// Whoever is told must learn what happened and what to do.
struct AlertAnnotationsMissing: RuleCheck {
    let id = "alert-annotations-missing"
    let severity = CheckSeverity.warning
    let summary = "the alert lacks an annotation that its readers need"

    func examine(_ rule: CheckedRule, _ report: inout CheckReport) {
        guard rule.isAlert else { return }
        let missing = rule.settings.annotations.filter { rule.rule.annotation($0)?.text.isEmpty ?? true }
        guard !missing.isEmpty else { return }
        report.add("\(rule.rule.name.text) has no \(missing.joined(separator: ", ")): add it below annotations", at: rule.name)
    }
}

/// The severity decides how loudly an alert is told.
struct AlertSeverityUnknown: RuleCheck {
    let id = "alert-severity-unknown"
    let severity = CheckSeverity.error
    let summary = "the alert has no severity, or one that nothing knows"

    func examine(_ rule: CheckedRule, _ report: inout CheckReport) {
        guard rule.isAlert else { return }
        let known = rule.settings.severities.joined(separator: ", ")
        guard let value = rule.rule.label("severity") else {
            report.add("\(rule.rule.name.text) has no label severity: set one of \(known)", at: rule.name)
            return
        }
        guard !value.text.contains("{{"), !rule.settings.severities.contains(value.text) else { return }
        report.add("\(value.text) is no severity: use one of \(known)", at: CheckedRule.place(value))
    }
}

/// Alerts are read as names in lists and channels.
struct AlertName: RuleCheck {
    let id = "alert-name"
    let severity = CheckSeverity.info
    let summary = "the alert's name is not in CamelCase"

    func examine(_ rule: CheckedRule, _ report: inout CheckReport) {
        let name = rule.rule.name.text
        guard rule.isAlert, !(name.first?.isUppercase ?? false) || !name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) }) else { return }
        report.add("name alerts in CamelCase, such as AppErrorsHigh", at: rule.name)
    }
}

/// A link to a runbook that is not there helps nobody at night.
struct RunbookMissing: RuleCheck {
    let id = "runbook-missing"
    let severity = CheckSeverity.error
    let summary = "the runbook that the alert links to does not exist in the repository"

    func examine(_ rule: CheckedRule, _ report: inout CheckReport) {
        guard rule.isAlert, let runbooks = rule.runbooks, let link = rule.rule.annotation("runbook_url"), let name = Runbooks.name(in: link.text),
            !runbooks.has(name)
        else { return }
        report.add("there is no \(Runbooks.folder)/\(name) in the repository: write it, or correct the link", at: CheckedRule.place(link))
    }
}

/// Labels are keys: everybody stores them, and they are what silences are made of.
struct LabelTooLong: RuleCheck {
    let id = "label-too-long"
    let severity = CheckSeverity.warning
    let summary = "a label's value is longer than 128 characters"
    private static let limit = 128

    func examine(_ rule: CheckedRule, _ report: inout CheckReport) {
        for label in rule.rule.labels where label.value.text.count > Self.limit {
            report.add(
                "\(label.key.text) is longer than \(Self.limit) characters: labels identify, so move texts into an annotation",
                at: CheckedRule.place(label.value))
        }
    }
}

/// `alertname` is Prometheus' own.
struct LabelReserved: RuleCheck {
    let id = "label-reserved"
    let severity = CheckSeverity.error
    let summary = "the rule sets a label that Prometheus sets by itself"

    func examine(_ rule: CheckedRule, _ report: inout CheckReport) {
        for label in rule.rule.labels where ["alertname", "alertstate"].contains(label.key.text) {
            report.add("Prometheus sets \(label.key.text) by itself: remove it", at: CheckedRule.place(label.key))
        }
    }
}
