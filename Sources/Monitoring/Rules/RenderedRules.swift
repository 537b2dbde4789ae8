public import Definitions
import ServiceModel

/// The rule file of one app: its own alerts, with our labels put on.
public struct RenderedRules: Sendable, Hashable {
    /// A Prometheus rule file.
    public let text: String
    /// What the file was made of, a rule for each of the file's.
    let rules: [AlertRule]
    /// The line of each rule's start, counted from 1.
    private let lines: [Int]
    /// Rules whose selectors cannot be bound to the app, which must not get to Prometheus whatever it thinks of them.
    let unbound: [RejectedRule]

    /// Renders the alerts of an app. `app` and `team` are put on, over everything that a rule says, and every selector reads the app's series only.
    ///
    /// - Returns: nil for an app without alerts.
    public init?(app: String, team: String?, alerts: [AlertRule]) {
        guard !alerts.isEmpty else { return nil }
        var text = ["# The alerts of \(app), written by Jubako from its definition: changes made here are lost.", "groups:"]
        text += ["  - name: \(Self.quoted("app:\(app)"))", "    rules:"]
        var lines: [Int] = []
        var unbound: [RejectedRule] = []
        for alert in alerts {
            lines.append(text.count + 1)
            text.append("      - alert: \(Self.quoted(alert.name))")
            var expression = alert.expr
            do throws(AppScope.Objection) { expression = try AppScope(app).bound(alert.expr) } catch {
                unbound.append(RejectedRule(file: alert.file, line: alert.line, column: alert.column, message: "\"\(alert.name)\": \(error)"))
            }
            text.append("        expr: \(Self.quoted(expression))")
            if let duration = alert.for { text.append("        for: \(duration)") }
            if let duration = alert.keepFiringFor { text.append("        keep_firing_for: \(duration)") }
            var labels = alert.labels
            labels["severity"] = alert.severity.rawValue
            labels["app"] = app
            labels["team"] = team
            text += Self.map("labels", labels) + Self.map("annotations", alert.annotations)
        }
        self.text = text.joined(separator: "\n") + "\n"
        self.lines = lines
        self.unbound = unbound
        rules = alerts
    }

    public init?(_ app: Catalog.App) { self.init(app: app.name, team: app.team, alerts: app.alerts) }

    private static func map(_ key: String, _ values: [String: String]) -> [String] {
        guard !values.isEmpty else { return [] }
        return ["        \(key):"] + values.sorted { $0.key < $1.key }.map { "          \($0.key): \(quoted($0.value))" }
    }

    /// A JSON string, which is a YAML string as well.
    private static func quoted(_ text: String) -> String { JSON.string(text).text }

    /// The rule that stands in `line` of the text.
    func rule(atLine line: Int) -> AlertRule? {
        lines.lastIndex { $0 <= line }.map { rules[$0] }
    }

    /// The rule with the number that Prometheus gives it, counted from 1.
    func rule(number: Int) -> AlertRule? { rules.indices.contains(number - 1) ? rules[number - 1] : nil }
}
