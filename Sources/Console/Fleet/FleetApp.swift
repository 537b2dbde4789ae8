import Foundation
import ServiceModel

/// How one app does, for lists and its overview. What pages ask for is worked out once, when the app has been read.
///
/// A class, since thousands are filtered for a list: passing one on is one reference to count, not ten.
final class FleetApp: Sendable {
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
    /// The state, and why in one sentence.
    let health: (state: State, sentence: JSON)
    /// The row of a list.
    let json: JSON
    /// The name as searches see it: UTF-8 in lower case.
    private let searched: [UInt8]

    init(name: String, team: String?, environment: String, cluster: String, service: JSON?, firing: Int) {
        self.name = name
        self.team = team
        self.environment = environment
        self.cluster = cluster
        self.service = service
        self.firing = firing
        let facts = Facts(service: service, firing: firing)
        health = facts.health
        json = .compact([
            "name": .string(name), "team": JSON(team), "environment": .string(environment), "cluster": .string(cluster),
            "health": ["state": .string(health.state.rawValue), "sentence": health.sentence], "desired": .integer(facts.desired),
            "running": .integer(facts.running), "firing": .integer(firing),
            "revision": JSON(service?["taskDefinition"].string?.split(separator: "/").last.map(String.init)),
            "deployed_at": JSON(facts.primary["createdAt"].double.map { TimeText.machine(Date(timeIntervalSince1970: $0)) }),
        ])
        searched = Array(name.lowercased().utf8)
    }

    /// Whether the name has `part`, UTF-8 in lower case, in it.
    func isFound(by part: [UInt8]) -> Bool {
        guard let first = part.first, part.count <= searched.count else { return part.isEmpty }
        return (0...searched.count - part.count).contains { start in
            searched[start] == first && searched[start..<start + part.count].elementsEqual(part)
        }
    }

    var desired: Int { json["desired"].int ?? 0 }
    var running: Int { json["running"].int ?? 0 }
    /// `recipes:4`
    var revision: String? { json["revision"].string }
    var deployedAt: String? { json["deployed_at"].string }
    var primary: JSON { Facts(service: service, firing: firing).primary }

    /// A deployment is under way.
    var isDeploying: Bool { Facts(service: service, firing: firing).isDeploying }

    /// What a viewer would notice: a change of it is told to the pages.
    var fingerprint: String {
        let deployments = service?["deployments"].array.map {
            "\($0["id"].string ?? "")\($0["rolloutState"].string ?? "")\($0["runningCount"].int ?? 0)"
        }
        let event = service?["events"][0]["id"].string ?? ""
        return "\(health.state) \(running)/\(desired) \(firing) \(deployments?.joined() ?? "") \(event)"
    }
}

/// What an answer of ECS says about an app.
private struct Facts {
    let service: JSON?
    let firing: Int

    var desired: Int { service?["desiredCount"].int ?? 0 }
    var running: Int { service?["runningCount"].int ?? 0 }
    var primary: JSON { service?["deployments"].array.first { $0["status"] == "PRIMARY" } ?? .null }
    var isDeploying: Bool { primary["rolloutState"] == "IN_PROGRESS" || (service?["deployments"].array.count ?? 0) > 1 }

    var health: (state: FleetApp.State, sentence: JSON) {
        guard let service else { return (.unknown, ["key": "health_unread"]) }
        guard !service.isNull, service["status"] == "ACTIVE" else { return (.idle, ["key": "health_absent"]) }
        func said(_ key: String) -> JSON {
            ["running": .integer(running), "desired": .integer(desired), "firing": .integer(firing), "key": .string(key)]
        }
        if desired == 0 { return (.idle, said("health_off")) }
        if running == 0, !isDeploying { return (.bad, said("health_down")) }
        if isDeploying { return (.busy, said("health_deploying")) }
        if firing > 0 { return (running < desired ? .bad : .warn, said("health_firing")) }
        if primary["rolloutState"] == "FAILED" { return (.warn, said("health_failed")) }
        if running < desired { return (.warn, said("health_missing")) }
        return (.good, said("health_good"))
    }
}
