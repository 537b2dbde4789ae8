/// A rule with what checks ask about it, worked out once.
struct CheckedRule {
    struct Part {
        let node: PromQL.Node
        /// What is above it, the nearest last.
        let path: [PromQL.Node]
    }

    let rule: RuleFile.Rule
    let group: RuleFile.Group
    let query: PromQL.Node
    let flow: LabelFlow
    let parts: [Part]
    let templates: [RuleTemplate]
    let settings: CheckSettings
    let runbooks: Runbooks?

    var isAlert: Bool { rule.kind == .alert }
    /// An alert that fires always and on purpose: it shows that alerts arrive.
    var isWatchdog: Bool {
        let name = rule.name.text.lowercased()
        return ["watchdog", "deadman", "heartbeat"].contains { name.contains($0) }
    }

    init?(_ rule: RuleFile.Rule, in group: RuleFile.Group, settings: CheckSettings, runbooks: Runbooks?) {
        guard let query = rule.query else { return nil }
        self.rule = rule
        self.group = group
        self.query = query
        self.settings = settings
        self.runbooks = runbooks
        flow = LabelFlow(query)
        var parts: [Part] = []
        query.walk { parts.append(Part(node: $0, path: $1)) }
        self.parts = parts
        templates =
            rule.kind == .alert
            ? rule.labels.map { RuleTemplate($0, isLabel: true) } + rule.annotations.map { RuleTemplate($0, isLabel: false) } : []
    }

    /// The place of a part of the expression.
    func place(_ range: Range<Int>) -> Range<SourcePosition> { Self.place(range, in: rule.expression) }

    /// The place of the alert's or the record's name.
    var name: Range<SourcePosition> { Self.place(rule.name) }

    static func place(_ scalar: SourceScalar) -> Range<SourcePosition> { place(0..<scalar.text.utf8.count, in: scalar) }

    static func place(_ range: Range<Int>, in scalar: SourceScalar) -> Range<SourcePosition> {
        let start = scalar.position(at: range.lowerBound)
        guard range.count > 1 else { return start..<SourcePosition(line: start.line, column: start.column + range.count) }
        let last = scalar.position(at: range.upperBound - 1)
        return start..<max(start, SourcePosition(line: last.line, column: last.column + 1))
    }

    /// The text of a part of the expression, on one line.
    func text(_ range: Range<Int>) -> String {
        let bytes = Array(rule.expression.text.utf8)[range]
        return String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    var selectors: [(selector: PromQL.Selector, part: Part)] {
        parts.compactMap { part in if case .selector(let selector) = part.node.kind { (selector, part) } else { nil } }
    }
    var calls: [(call: PromQL.Call, part: Part)] {
        parts.compactMap { part in if case .call(let call) = part.node.kind { (call, part) } else { nil } }
    }
    var aggregations: [(aggregation: PromQL.Aggregation, part: Part)] {
        parts.compactMap { part in if case .aggregation(let aggregation) = part.node.kind { (aggregation, part) } else { nil } }
    }
    var binaries: [(binary: PromQL.Binary, part: Part)] {
        parts.compactMap { part in if case .binary(let binary) = part.node.kind { (binary, part) } else { nil } }
    }
}

/// What the name of a metric says about it.
struct MetricName {
    let text: String

    private static let counterEndings = ["_total", "_count", "_sum", "_bucket"]
    private static let gaugeEndings = [
        "_ratio", "_percent", "_celsius", "_temperature", "_info", "_current", "_usage", "_usage_bytes", "_free", "_available", "_free_bytes",
        "_available_bytes", "_size", "_size_bytes", "_in_use", "_in_flight", "_timestamp", "_timestamp_seconds", "_limit", "_limit_bytes",
        "_capacity",
        "_bytes", "_up", "_state", "_threads", "_goroutines", "_open_fds",
    ]

    /// Written by a recording rule: level:metric:operation.
    var isRecorded: Bool { text.contains(":") }
    var isCounter: Bool { !isRecorded && text.hasSuffix("_total") }
    var isGauge: Bool {
        text == "up" || (!isRecorded && !Self.counterEndings.contains(where: text.hasSuffix) && Self.gaugeEndings.contains(where: text.hasSuffix))
    }
}
