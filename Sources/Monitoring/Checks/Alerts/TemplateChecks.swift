import ServiceModel

/// A template shows a label that the expression has taken away.
struct TemplateLabelMissing: RuleCheck {
    let id = "template-label-missing"
    let severity = CheckSeverity.error
    let summary = "a template shows a label that the expression takes away"

    func examine(_ rule: CheckedRule, _ report: inout CheckReport) {
        for template in rule.templates {
            for label in template.labels where !rule.flow.canHave(label.name) && label.name != "__name__" {
                let why = rule.flow.limit.map { ": \(rule.text($0)) takes it away" } ?? ""
                report.add(
                    "\(template.pair.key.text) shows $labels.\(label.name), which the expression never has\(why); keep the label there, or show another",
                    at: template.place(label.range))
            }
        }
    }
}

/// `$value` in a label makes a new alert at every evaluation.
struct TemplateValueInLabel: RuleCheck {
    let id = "template-value-in-label"
    let severity = CheckSeverity.error
    let summary = "a label contains `$value`, so that every evaluation makes a new alert"

    func examine(_ rule: CheckedRule, _ report: inout CheckReport) {
        for template in rule.templates where template.isLabel {
            guard let word = template.actions.flatMap(\.words).first(where: { !$0.isString && ["$value", ".Value"].contains($0.text) }) else {
                continue
            }
            report.add(
                "the label \(template.pair.key.text) changes with the value, so `for` starts anew and every value is an alert of its own: "
                    + "use an annotation", at: template.place(word.range))
        }
    }
}

/// A rate has fifteen digits unless somebody rounds it.
struct TemplateValueRaw: RuleCheck {
    let id = "template-value-raw"
    let severity = CheckSeverity.info
    let summary = "an annotation shows a computed `$value` without a format"

    func examine(_ rule: CheckedRule, _ report: inout CheckReport) {
        guard
            rule.calls.contains(where: { ["rate", "irate", "deriv", "predict_linear", "histogram_quantile"].contains($0.call.function) })
                || rule.binaries.contains(where: { $0.binary.operation == "/" })
        else { return }
        for template in rule.templates where !template.isLabel {
            for action in template.actions where action.words.count == 1 && ["$value", ".Value"].contains(action.words[0].text) {
                report.add(
                    "this shows all digits of a computed number: pipe it through humanize, humanizePercentage or printf",
                    at: template.place(action.range))
            }
        }
    }
}

/// What Go's template reader would refuse, and what it would only refuse when the alert fires.
struct TemplateSyntax: RuleCheck {
    let id = "template-syntax"
    let severity = CheckSeverity.error
    let summary = "a template is not closed, or uses a function or variable that does not exist"

    private static let variables: Set<String> = ["$labels", "$externalLabels", "$externalURL", "$value", "$"]
    private static let functions: Set<String> = [
        "query", "first", "label", "value", "strvalue", "args", "reReplaceAll", "safeHtml", "match", "title", "toUpper", "toLower", "graphLink",
        "tableLink", "sortByLabel", "stripPort", "stripDomain", "humanize", "humanize1024", "humanizeDuration", "humanizePercentage",
        "humanizeTimestamp", "toTime", "toDuration", "now", "pathPrefix", "externalURL", "parseDuration", "tmpl", "urlQueryEscape", "and", "or",
        "not",
        "len", "index", "slice", "print", "printf", "println", "html", "js", "urlquery", "call", "eq", "ne", "lt", "le", "gt", "ge", "if", "else",
        "end", "range", "with", "define", "template", "block", "break", "continue", "nil", "true", "false",
    ]

    func examine(_ rule: CheckedRule, _ report: inout CheckReport) {
        for template in rule.templates {
            var known = Self.variables
            for action in template.actions {
                guard action.isClosed else {
                    report.add("{{ is not closed: add }}", at: template.place(action.range.lowerBound..<action.range.lowerBound + 2))
                    continue
                }
                let isDefinition = ["range", "with", "if"].contains(action.words.first?.text) || action.words.first?.text.hasPrefix("$") ?? false
                for (index, word) in action.words.enumerated() where !word.isString {
                    check(word, isFirst: index < 3, isDefinition, &known, template, &report)
                }
            }
        }
    }

    private func check(
        _ word: RuleTemplate.Word, isFirst: Bool, _ isDefinition: Bool, _ known: inout Set<String>, _ template: RuleTemplate,
        _ report: inout CheckReport
    ) {
        let name = String(word.text.prefix { $0 != "." })
        if name.hasPrefix("$") {
            if known.contains(name) { return }
            let text = Array(template.pair.value.text.utf8)[word.range.upperBound...].prefix(4)
            let follows = String(decoding: text, as: UTF8.self)
            if isDefinition, isFirst, follows.contains("=") || follows.contains(",") {
                known.insert(name)
                return
            }
            let hint = Naming.nearest(to: name, among: Self.variables).map { ", perhaps \($0) was meant" } ?? ""
            report.add("there is no variable \(name)\(hint)", at: template.place(word.range))
        } else if let first = name.utf8.first, !(0x30...0x39).contains(first), !Self.functions.contains(name) {
            let hint = Naming.nearest(to: name, among: Self.functions).map { ", perhaps \($0) was meant" } ?? ""
            report.add("there is no function \(name)\(hint)", at: template.place(word.range))
        }
    }
}
