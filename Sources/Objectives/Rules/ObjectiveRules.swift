public import Definitions
import ServiceModel

/// The Prometheus rules of one app's objectives.
public enum ObjectiveRules {
    /// Renders them.
    ///
    /// - Parameter runbooks: the address below which `docs/runbooks` is to be read; nil for the path in the repository.
    /// - Returns: nil for an app without objectives.
    public static func rendered(app: String, team: String?, objectives: [Objective], runbooks: String? = nil) -> GeneratedRules? {
        guard !objectives.isEmpty else { return nil }
        var writer = RuleWriter(title: "# The objectives of \(app), written by Jubako from its definition: changes made here are lost.")
        for objective in objectives {
            let group = "objective:\(app):\(objective.name)"
            writer.origin(group, objective)
            let texts = AlertWords(app: app, objective: objective, runbooks: runbooks)
            let labels = ["app": app, "team": team ?? "", "objective": objective.name].filter { !$0.value.isEmpty }
            let burn = BurnExpression(app: app, objective: objective)
            let pages = objective.alerts.filter { $0.severity == .page }
            let others = objective.alerts.filter { $0.severity != .page }
            let measurement = Measurement(objective, app: app)
            if measurement != nil || !pages.isEmpty { writer.group(group) }
            if let measurement {
                let own = ["app": app, "objective": objective.name]
                writer.record(Measurement.badSeries, measurement.bad, labels: own)
                writer.record(Measurement.totalSeries, measurement.total, labels: own)
            }
            if !pages.isEmpty {
                writer.alert(
                    AlertWords.burnAlert, burn.condition(pages), labels: labels.merging(["severity": "page"]) { $1 }, annotations: texts.burn(pages))
            }
            if !others.isEmpty || measurement != nil { writer.group("\(group):slow", interval: "5m") }
            if !others.isEmpty {
                writer.alert(
                    AlertWords.burnAlert, burn.condition(others), labels: labels.merging(["severity": "ticket"]) { $1 },
                    annotations: texts.burn(others))
            }
            if let measurement {
                // failing to measure is as bad as failing where the definition says so
                let severity = objective.missingData == .bad ? "page" : "ticket"
                writer.alert(
                    AlertWords.absenceAlert, "group(absent_over_time(\(measurement.series)[15m]))",
                    labels: labels.merging(["severity": severity]) { $1 }, annotations: texts.absence)
            }
        }
        return GeneratedRules(name: "objectives-\(app)", text: writer.text, origins: writer.origins)
    }

    public static func rendered(_ app: Catalog.App, runbooks: String?) -> GeneratedRules? {
        rendered(app: app.name, team: app.team, objectives: app.objectives, runbooks: runbooks)
    }

    /// The rules of all apps of `catalog`, in the order of their names.
    public static func all(_ catalog: Catalog) -> [GeneratedRules] {
        catalog.apps.values.sorted { $0.name < $1.name }.compactMap { rendered($0, runbooks: catalog.organization.runbooks) }
    }
}

/// Writes a rule file.
private struct RuleWriter {
    private var lines: [String]
    private(set) var origins: [GeneratedRules.Origin] = []

    init(title: String) { lines = [title, "groups:"] }

    var text: String { lines.joined(separator: "\n") + "\n" }

    mutating func origin(_ group: String, _ objective: Objective) {
        origins.append(.init(line: lines.count + 1, group: group, file: objective.file, fileLine: objective.line, column: objective.column))
    }

    mutating func group(_ name: String, interval: String? = nil) {
        lines.append("  - name: \(Self.quoted(name))")
        if let interval { lines.append("    interval: \(interval)") }
        lines.append("    rules:")
    }

    mutating func record(_ name: String, _ expression: String, labels: [String: String]) {
        rule("record: \(name)", expression, [("labels", labels)])
    }

    mutating func alert(_ name: String, _ expression: String, labels: [String: String], annotations: [String: String]) {
        rule("alert: \(name)", expression, [("labels", labels), ("annotations", annotations)])
    }

    private mutating func rule(_ head: String, _ expression: String, _ maps: [(String, [String: String])]) {
        lines.append("      - \(head)")
        lines.append("        expr: |-")
        lines += expression.split(separator: "\n").map { "          \($0)" }
        for (key, values) in maps {
            lines.append("        \(key):")
            lines += values.sorted { $0.key < $1.key }.map { "          \($0.key): \(Self.quoted($0.value))" }
        }
    }

    /// A JSON string, which is a YAML string as well.
    private static func quoted(_ text: String) -> String { JSON.string(text).text }
}
