import Foundation
import ServiceModel

/// What a health check says about a container.
enum ContainerHealth: String, Sendable, Hashable, Codable {
    case healthy = "HEALTHY"
    case unhealthy = "UNHEALTHY"
    /// No check, or none that has come to a verdict.
    case unknown = "UNKNOWN"
}

/// A port of a container as it is reachable on the host.
struct PublishedPort: Sendable, Hashable {
    let containerPort: Int
    /// `tcp` or `udp`.
    let transport: String
    let hostIP: String
    let hostPort: Int
}

/// A container as Docker describes it.
struct ContainerInspection: Sendable, Hashable {
    enum State: String, Sendable, Hashable {
        case created
        case running
        case exited

        init(docker status: String?) {
            switch status {
            case "created": self = .created
            case "running", "paused", "restarting": self = .running
            default: self = .exited
            }
        }
    }

    struct Health: Sendable, Hashable {
        let status: ContainerHealth
        let failingStreak: Int
        /// The output of the last checks, oldest first.
        let log: [String]
    }

    let id: String
    let name: String
    let state: State
    let exitCode: Int
    let oomKilled: Bool
    /// Why Docker could not start it, or empty.
    let error: String
    let startedAt: Date?
    let finishedAt: Date?
    /// Nil if the container has no health check.
    let health: Health?
    let ports: [PublishedPort]
    let labels: [String: String]
    /// Its address on Docker's bridge, if it has one.
    let ip: String?
    /// The image's id, `sha256:…`.
    let imageID: String

    init(_ json: JSON) {
        let state = json["State"]
        id = json["Id"].string ?? ""
        name = String((json["Name"].string ?? "").drop { $0 == "/" })
        self.state = State(docker: state["Status"].string)
        exitCode = state["ExitCode"].int ?? 0
        oomKilled = state["OOMKilled"].bool ?? false
        error = state["Error"].string ?? ""
        startedAt = DockerTime.date(state["StartedAt"].string)
        finishedAt = DockerTime.date(state["FinishedAt"].string)
        health = Self.health(state["Health"])
        ports = Self.ports(json["NetworkSettings"]["Ports"])
        labels = json["Config"]["Labels"].object.reduce(into: [:]) { $0[$1.key] = $1.value.string }
        let networks = json["NetworkSettings"]["Networks"].object.values.compactMap { $0["IPAddress"].string }
        ip = networks.first { !$0.isEmpty }
        imageID = json["Image"].string ?? ""
    }

    private static func health(_ json: JSON) -> Health? {
        guard let status = json["Status"].string, status != "none" else { return nil }
        let verdict = ContainerHealth(rawValue: status.uppercased()) ?? .unknown
        return Health(status: verdict, failingStreak: json["FailingStreak"].int ?? 0, log: json["Log"].array.compactMap { $0["Output"].string })
    }

    private static func ports(_ json: JSON) -> [PublishedPort] {
        let ports = json.object.flatMap { key, bindings in
            let parts = key.split(separator: "/")
            return bindings.array.compactMap { binding -> PublishedPort? in
                guard let port = parts.first.flatMap({ Int($0) }), let hostPort = binding["HostPort"].string.flatMap({ Int($0) }) else { return nil }
                return PublishedPort(
                    containerPort: port, transport: parts.count > 1 ? String(parts[1]) : "tcp", hostIP: binding["HostIp"].string ?? "",
                    hostPort: hostPort)
            }
        }
        return ports.sorted { ($0.containerPort, $0.transport, $0.hostIP) < ($1.containerPort, $1.transport, $1.hostIP) }
    }
}

/// A container as it stands in Docker's list.
struct ContainerSummary: Sendable, Hashable {
    let id: String
    let name: String
    let state: ContainerInspection.State
    let labels: [String: String]

    init(_ json: JSON) {
        id = json["Id"].string ?? ""
        name = String((json["Names"][0].string ?? "").drop { $0 == "/" })
        state = ContainerInspection.State(docker: json["State"].string)
        labels = json["Labels"].object.reduce(into: [:]) { $0[$1.key] = $1.value.string }
    }
}
