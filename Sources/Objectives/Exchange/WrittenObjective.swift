public import Definitions
public import ServiceModel

/// An objective in the keys of a definition.
public struct WrittenObjective: Sendable, Hashable {
    public let json: JSON

    public init(json: JSON) { self.json = json }

    public init(_ objective: Objective) {
        var json: JSON = .compact(["name": .string(objective.name), "description": JSON(objective.summary)])
        json[objective.indicator.kind] = Self.indicator(objective.indicator)
        json["objective"] = .string("\(objective.target)")
        json["window"] = .string(objective.window.text)
        if objective.timeZone != "UTC" { json["time_zone"] = .string(objective.timeZone) }
        if let environment = objective.environment { json["environment"] = .string(environment) }
        if objective.missingData != objective.indicator.standardMissingData { json["no_data"] = .string(objective.missingData.rawValue) }
        if objective.lowTraffic != objective.indicator.standardLowTraffic {
            json["low_traffic"] = ["events": .integer(objective.lowTraffic.events), "failures": .integer(objective.lowTraffic.failures)]
        }
        if objective.alerts != BurnAlert.standard {
            json["alerts"] = .array(
                objective.alerts.map { alert in
                    ["severity": .string(alert.severity.rawValue), "window": .string(alert.text), "budget": .string("\(alert.share)")]
                })
        }
        if let cost = objective.cost { json["cost_per_minute"] = ["amount": .integer(cost.amount), "currency": .string(cost.currency)] }
        self.json = json
    }

    private static func indicator(_ indicator: Objective.Indicator) -> JSON {
        switch indicator {
        case .availability(let requests): return self.requests(requests)
        case .latency(let requests, let milliseconds):
            var json = self.requests(requests)
            json["within"] = .string("\(milliseconds)ms")
            return json
        case .ratio(let ratio): return [ratio.isGood ? "good" : "bad": .string("\(ratio.part)"), "total": .string("\(ratio.total)")]
        case .uptime(let selector): return selector.map { ["series": .string("\($0)")] } ?? .object([:])
        case .composite(.product(let names)): return ["product": JSON(names)]
        case .composite(.weights(let weights)):
            return ["weights": .object(JSONObject(weights.sorted { $0.key < $1.key }.map { ($0.key, .integer($0.value)) }) { $1 })]
        }
    }

    private static func requests(_ requests: Objective.Requests) -> JSON {
        var json: JSON = ["source": .string(requests.source.rawValue)]
        if !requests.match.isEmpty {
            json["match"] = .object(JSONObject(requests.match.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) }) { $1 })
        }
        return json
    }

    /// `objectives` of a definition, in YAML.
    public static func text(_ objectives: [WrittenObjective]) -> String {
        var lines = ["objectives:"]
        for objective in objectives {
            for (index, member) in objective.json.object.elements.enumerated() {
                lines.append((index == 0 ? "  - " : "    ") + "\(member.key): " + flow(member.value, isNumber: member.key == "objective"))
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// YAML on one line.
    private static func flow(_ value: JSON, isNumber: Bool = false) -> String {
        switch value {
        case .object(let members): "{" + members.map { "\($0.key): \(flow($0.value, isNumber: $0.key == "budget"))" }.joined(separator: ", ") + "}"
        case .array(let elements): "[" + elements.map { flow($0) }.joined(separator: ", ") + "]"
        case .string(let text)
        where isNumber
            || text.wholeMatch(of: /[A-Za-z][A-Za-z0-9_\/-]*|[0-9]+[dhm]s?/) != nil
                && !["yes", "no", "on", "off", "true", "false", "null", "y", "n"].contains(text.lowercased()):
            text
        default: value.text
        }
    }
}
