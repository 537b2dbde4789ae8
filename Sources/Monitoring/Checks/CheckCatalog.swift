/// All checks.
public enum CheckCatalog {
    /// Those of a single rule that need nobody else.
    static let ofRules: [any RuleCheck] = [
        AlertForMissing(), AlertForTooShort(), AlertIrate(), AlertComparisonMissing(), AlertComparisonBool(), AlertAlwaysFiring(), AlertNeverFiring(),
        AlertAnnotationsMissing(), AlertSeverityUnknown(), AlertName(), RunbookMissing(), LabelTooLong(), LabelReserved(), TemplateSyntax(),
        TemplateLabelMissing(), TemplateValueInLabel(), TemplateValueRaw(), RateOnGauge(), RateOnRecordingRule(), RateOfSum(), RateRangeTooShort(),
        DeltaOnCounter(), CounterWithoutRate(), HistogramQuantileWithoutLe(), HistogramQuantileWithoutRate(), RegexPlain(), RegexAnchored(),
        RegexMatchAll(), MatcherRedundant(), MatcherContradiction(), SelectorWithoutName(), VectorMatching(), RoutingLabelsLost(), SumWithoutBy(),
        AbsentLabelsLost(), AppClaimed(), ThresholdHardCoded(), RecordingRuleName(), RecordingRuleLevel(),
    ]

    static let ruleFile = NamedCheck(id: "rule-file", severity: .error, summary: "the file is not what Prometheus expects of a rule file")
    static let syntax = NamedCheck(id: "expression-syntax", severity: .error, summary: "the expression is no PromQL")
    static let promtool = NamedCheck(id: "promtool", severity: .error, summary: "Prometheus would not load the file")
    static let silenceReason = NamedCheck(id: "silence-without-reason", severity: .error, summary: "a silence says no reason, and has no effect")
    static let silenceUnknown = NamedCheck(id: "silence-unknown", severity: .error, summary: "a silence names a check that does not exist")
    static let silenceUnused = NamedCheck(id: "silence-unused", severity: .warning, summary: "a silence silences nothing")

    /// Those that ask a Prometheus.
    static let online: [any Check] = [SeriesMissing.check, AlertNoisy.check, QueryExpensive.check]

    /// These cannot be silenced: the file would not be loaded, or the silence itself is wrong.
    static let unsilenceable: Set<String> = [
        ruleFile.id, syntax.id, promtool.id, TemplateSyntax().id, silenceReason.id, silenceUnknown.id, silenceUnused.id,
    ]

    /// Where a check is explained.
    static func page(of check: String) -> String { "docs/checks.md#\(check)" }

    static let identifiers = Set(all.map(\.id))

    /// Every check with its id, in the order of the documentation.
    public static let all: [any Check] =
        [promtool, ruleFile, syntax] + ofRules + [DuplicateRules.check] + online + [silenceReason, silenceUnknown, silenceUnused]
}
