/// One of `alerts`: a rule of the team's own, in Prometheus's fields.
public struct AlertRule: Sendable, Hashable {
    /// How much an alert matters.
    public enum Severity: String, Sendable, Hashable, CaseIterable {
        /// Somebody has to act now.
        case page
        /// Somebody has to act in the next days.
        case ticket
        /// Good to know.
        case info
    }

    public var name: String
    /// PromQL.
    public var expr: String
    /// How long `expr` must hold, in Prometheus's form.
    public var `for`: String?
    /// How long the alert goes on after `expr` has ceased to hold.
    public var keepFiringFor: String?
    /// Without `app` and `team`, with `severity`.
    public var labels: [String: String]
    public var annotations: [String: String]
    /// The file that has the rule: the definition or one that it includes.
    public var file: String
    /// Counted from 1.
    public var line: Int
    /// Counted from 1, in characters.
    public var column: Int

    public init(
        name: String, expr: String, for duration: String? = nil, keepFiringFor: String? = nil, labels: [String: String] = [:],
        annotations: [String: String] = [:], file: String = "", line: Int = 1, column: Int = 1
    ) {
        self.name = name
        self.expr = expr
        self.for = duration
        self.keepFiringFor = keepFiringFor
        self.labels = labels
        self.annotations = annotations
        self.file = file
        self.line = line
        self.column = column
    }

    public var severity: Severity { labels["severity"].flatMap(Severity.init) ?? .ticket }
}
