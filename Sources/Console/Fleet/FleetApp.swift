import Definitions
import Foundation
import ServiceModel

/// How one app does, for lists and its overview.
struct FleetApp: Sendable {
    enum State: String, Sendable, CaseIterable {
        case bad, warn, busy, unknown, good, idle
    }

    let name: String
    let team: String?
    let environment: String
    let cluster: String
    /// As ECS describes it; null when there is none, nil before the first reading.
    let service: JSON?
    /// How many alerts fire.
    let firing: Int

    var desired: Int { service?["desiredCount"].int ?? 0 }
    var running: Int { service?["runningCount"].int ?? 0 }
    var primary: JSON { service?["deployments"].array.first { $0["status"] == "PRIMARY" } ?? .null }

    /// A deployment is under way.
    var isDeploying: Bool { primary["rolloutState"] == "IN_PROGRESS" || (service?["deployments"].array.count ?? 0) > 1 }

    /// The state, and why in one sentence.
    var health: (state: State, sentence: JSON) {
        guard let service else { return (.unknown, ["key": "health_unread"]) }
        guard !service.isNull, service["status"] == "ACTIVE" else { return (.idle, ["key": "health_absent"]) }
        let counts: JSON = ["running": .integer(running), "desired": .integer(desired), "firing": .integer(firing)]
        func said(_ key: String) -> JSON {
            var sentence = counts
            sentence["key"] = .string(key)
            return sentence
        }
        if desired == 0 { return (.idle, said("health_off")) }
        if running == 0, !isDeploying { return (.bad, said("health_down")) }
        if isDeploying { return (.busy, said("health_deploying")) }
        if firing > 0 { return (running < desired ? .bad : .warn, said("health_firing")) }
        if primary["rolloutState"] == "FAILED" { return (.warn, said("health_failed")) }
        if running < desired { return (.warn, said("health_missing")) }
        return (.good, said("health_good"))
    }

    /// The row of a list.
    var json: JSON {
        let health = health
        return .compact([
            "name": .string(name), "team": JSON(team), "environment": .string(environment), "cluster": .string(cluster),
            "health": ["state": .string(health.state.rawValue), "sentence": health.sentence], "desired": .integer(desired),
            "running": .integer(running), "firing": .integer(firing), "revision": JSON(revision), "deployed_at": JSON(deployedAt),
        ])
    }

    /// `recipes:4`
    var revision: String? { service?["taskDefinition"].string?.split(separator: "/").last.map(String.init) }
    var deployedAt: String? { primary["createdAt"].double.map { Date(timeIntervalSince1970: $0).formatted(.iso8601) } }

    /// What a viewer would notice: a change of it is told to the pages.
    var fingerprint: String {
        let deployments = service?["deployments"].array.map {
            "\($0["id"].string ?? "")\($0["rolloutState"].string ?? "")\($0["runningCount"].int ?? 0)"
        }
        let event = service?["events"][0]["id"].string ?? ""
        return "\(health.state) \(running)/\(desired) \(firing) \(deployments?.joined() ?? "") \(event)"
    }
}
