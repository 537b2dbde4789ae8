public import ServiceModel

/// What a deploy or rollback did.
public struct DeployResult: Sendable {
    public let app: String
    public let cluster: String
    public var outcome: Outcome
    /// The service's ARN.
    public var service: String?
    /// The id of the deployment that was followed.
    public var deployment: String?
    /// The ARN of the revision that was deployed.
    public var taskDefinition: String?
    /// The ARN of what ran before.
    public var previousTaskDefinition: String?
    /// Where the app answers.
    public var addresses: [String] = []
    public var duration: Duration = .zero
    /// It was a rollback.
    public var isRollback = false
    /// Why it failed, if it did.
    public var verdict: Autopsy.Verdict?

    /// The result for programs.
    public var json: JSON {
        var reason: String?
        switch outcome {
        case .failed(let text), .rolledBack(_, let text): reason = text
        case .superseded(let other): reason = "superseded by \(other)"
        default: break
        }
        return .compact([
            "app": .string(app), "cluster": .string(cluster), "outcome": .string(outcome.word), "exitCode": .integer(Int(outcome.exitCode)),
            "reason": JSON(reason), "service": JSON(service), "deployment": JSON(deployment), "taskDefinition": JSON(taskDefinition),
            "previousTaskDefinition": JSON(previousTaskDefinition), "addresses": addresses.isEmpty ? .null : JSON(addresses),
            "seconds": .number((duration.inSeconds * 1000).rounded() / 1000), "why": verdict?.json ?? .null,
        ])
    }

    /// One line for people.
    public var text: String {
        let revision = taskDefinition.map(Revision.name) ?? app
        let time = "\((duration.inSeconds * 10).rounded() / 10) s"
        return switch outcome {
        case .nothingToDo: "nothing to do: \(app) runs as its definition says (\(revision))"
        case .deployed where isRollback: "rolled back to \(revision) in \(time)"
        case .deployed: "deployed \(revision) in \(time)"
        case .started: "started the deployment of \(revision)" + (deployment.map { " (\($0))" } ?? "")
        case .failed(let reason): "the deployment of \(revision) failed: \(reason)"
        case .rolledBack(let previous, let reason): "the deployment of \(revision) failed and was rolled back to \(previous): \(reason)"
        case .timedOut: "the deployment of \(revision) has not ended after \(time) and goes on"
        case .superseded(let other): "another deployment took the place of \(revision): \(other)"
        case .interrupted: "stopped watching; the deployment of \(revision) goes on"
        }
    }
}

extension Duration {
    var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}

/// Tokens that make a repeated request harmless.
enum Token {
    static func make() -> String {
        var generator = SystemRandomNumberGenerator()
        return (0..<2).map { _ in
            let text = String(generator.next(), radix: 16)
            return String(repeating: "0", count: 16 - text.count) + text
        }.joined()
    }
}
