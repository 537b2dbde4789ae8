public import Definitions
import ServiceModel

/// Writes objectives as OpenSLO v1 documents.
public enum OpenSLOExport {
    /// Where an OpenSLO document keeps what OpenSLO has no field for.
    static let annotation = "jubako/objective"

    /// A text that OpenSLO takes, and what it could not say.
    public struct Result: Sendable, Hashable {
        public let text: String
        public let notes: [String]
    }

    public static func write(_ objectives: [Objective], app: String, team: String?) -> Result {
        var notes: [String] = []
        var documents: [JSON] = [
            [
                "apiVersion": "openslo/v1", "kind": "Service", "metadata": metadata(app, team: team),
                "spec": ["description": .string("The app \(app)")],
            ]
        ]
        for objective in objectives {
            guard let measurement = Measurement(objective, app: app) else {
                notes.append("\(objective.name): a composite names its parts, OpenSLO repeats them: only its annotation says what it is made of")
                documents.append(composite(objective, objectives, app: app, team: team))
                continue
            }
            if !objective.alerts.isEmpty {
                notes.append(
                    "\(objective.name): OpenSLO's burn rate conditions have one window: the short one beside it is in the annotation \(annotation) only"
                )
            }
            documents.append(slo(objective, measurement, app: app, team: team))
        }
        return Result(text: documents.map { "---\n" + block($0, 0) }.joined(), notes: notes)
    }

    private static func metadata(_ name: String, team: String?, annotations: [String: JSON] = [:]) -> JSON {
        var json: JSON = ["name": .string(name)]
        if let team { json["labels"] = ["team": .string(team)] }
        if !annotations.isEmpty {
            json["annotations"] = .object(JSONObject(annotations.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }) { $1 })
        }
        return json
    }

    private static func slo(_ objective: Objective, _ measurement: Measurement, app: String, team: String?) -> JSON {
        var spec: JSON = .compact(["service": .string(app), "description": JSON(objective.summary)])
        spec["indicator"] = [
            "metadata": ["name": .string("\(app)-\(objective.name)".openSLOName)], "spec": ["ratioMetric": ratio(objective, measurement)],
        ]
        spec["timeWindow"] = [window(objective)]
        let isUptime = objective.indicator.countsMinutes
        spec["budgetingMethod"] = isUptime ? "Timeslices" : "Occurrences"
        var target: JSON = ["displayName": .string(objective.name), "targetPercent": .string("\(objective.target)")]
        if isUptime {
            target["timeSliceTarget"] = "1"
            target["timeSliceWindow"] = "1m"
        }
        spec["objectives"] = [target]
        if !objective.alerts.isEmpty { spec["alertPolicies"] = .array(objective.alerts.map { policy($0, of: objective, app: app) }) }
        return [
            "apiVersion": "openslo/v1", "kind": "SLO",
            "metadata": metadata(
                "\(app)-\(objective.name)".openSLOName, team: team, annotations: [annotation: .string(WrittenObjective(objective).json.text)]),
            "spec": spec,
        ]
    }

    /// Its components' counts together say nothing, so that it has the first one's.
    private static func composite(_ objective: Objective, _ all: [Objective], app: String, team: String?) -> JSON {
        guard case .composite(let composite) = objective.indicator, let name = composite.components.first,
            let part = all.first(where: { $0.name == name }), let measurement = Measurement(part, app: app)
        else { return .null }
        var whole = slo(objective, measurement, app: app, team: team)
        whole["spec"]["indicator"] = [
            "metadata": ["name": .string("\(app)-\(part.name)".openSLOName)], "spec": ["ratioMetric": ratio(part, measurement)],
        ]
        return whole
    }

    private static func ratio(_ objective: Objective, _ measurement: Measurement) -> JSON {
        func source(_ query: String) -> JSON { ["metricSource": ["type": "Prometheus", "spec": ["query": .string(query)]]] }
        if let part = measurement.part {
            return ["counter": "true", measurement.isGood ? "good" : "bad": source("sum(\(part))"), "total": source("sum(\(measurement.series))")]
        }
        return ["counter": "false", "bad": source(measurement.bad), "total": source(measurement.total)]
    }

    private static func window(_ objective: Objective) -> JSON {
        let duration: String
        switch objective.window {
        case .days(let days): return ["duration": .string("\(days)d"), "isRolling": "true"]
        case .month: duration = "1M"
        case .quarter: duration = "1Q"
        }
        return [
            "duration": .string(duration), "isRolling": "false",
            "calendar": ["startTime": "2026-01-01 00:00:00", "timeZone": .string(objective.timeZone)],
        ]
    }

    private static func policy(_ alert: BurnAlert, of objective: Objective, app: String) -> JSON {
        let name = "\(app)-\(objective.name)-\(alert.severity.rawValue)-\(alert.text)".openSLOName
        return [
            "kind": "AlertPolicy", "metadata": ["name": .string(name)],
            "spec": [
                "alertWhenNoData": "false", "alertWhenBreaching": "true", "alertWhenResolved": "true",
                "conditions": [
                    [
                        "kind": "AlertCondition", "metadata": ["name": .string(name)],
                        "spec": [
                            "severity": .string(alert.severity.rawValue),
                            "condition": [
                                "kind": "burnrate", "op": "gt", "threshold": .string(alert.burnRate(in: objective.window).decimal),
                                "lookbackWindow": .string(alert.text), "alertAfter": "0m",
                            ],
                        ],
                    ]
                ],
                "notificationTargets": [
                    ["kind": "AlertNotificationTarget", "metadata": ["name": .string(app.openSLOName)], "spec": ["target": "jubako"]]
                ],
            ],
        ]
    }

    /// Numbers and booleans, which travel as texts here so that they keep their decimals, stand without quotes.
    private static let bare: Set<String> = [
        "isRolling", "targetPercent", "timeSliceTarget", "threshold", "counter", "alertWhenNoData", "alertWhenBreaching",
        "alertWhenResolved",
    ]

    /// YAML in blocks.
    private static func block(_ value: JSON, _ depth: Int) -> String {
        let margin = String(repeating: "  ", count: depth)
        switch value {
        case .object(let members):
            return members.map { key, value in
                let name = key.contains("/") ? JSON.string(key).text : key
                switch value {
                case .object, .array: return "\(margin)\(name):\n" + block(value, depth + 1)
                case .string(let text) where bare.contains(key): return "\(margin)\(name): \(text)\n"
                default: return "\(margin)\(name): \(value.text)\n"
                }
            }.joined()
        case .array(let elements):
            return elements.map { element in
                let text = block(element, depth + 1)
                return "\(margin)- " + text.dropFirst(margin.count + 2)
            }.joined()
        default: return "\(margin)\(value.text)\n"
        }
    }
}

extension String {
    /// At most 63 small letters, digits and `-`, as OpenSLO wants a name.
    fileprivate var openSLOName: String {
        let clean = lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }
        return String(String(clean).prefix(63)).trimmed("-")
    }

    private func trimmed(_ character: Character) -> String {
        var text = self[...]
        while text.first == character { text = text.dropFirst() }
        while text.last == character { text = text.dropLast() }
        return String(text)
    }
}
