import AWS
import Deployments
import ServiceModel
import Synchronization

/// Answers calls from a script: for each operation its answers in turn, the last one for ever.
final class ScriptedCalls: ServiceCalls {
    enum Answer: Sendable {
        case json(JSON)
        case error(String, String = "no")
        case broken
    }

    struct Call: Sendable {
        let operation: String
        let input: JSON
    }

    private struct State {
        var script: [String: [Answer]]
        var calls: [Call] = []
    }

    private let state: Mutex<State>

    init(_ script: [String: [Answer]]) {
        state = Mutex(State(script: script))
    }

    /// Everything that was called, in order.
    var calls: [Call] { state.withLock { $0.calls } }
    /// The names of the operations that change something.
    var changes: [String] { calls.map(\.operation).filter { $0.prefixMatch(of: /Describe|List|Get|Filter/) == nil } }

    func input(_ operation: String) -> JSON { calls.last { $0.operation == operation }?.input ?? .null }

    func call(_ model: ServiceModel, _ operation: String, _ input: JSON) async throws(AWSError) -> JSON {
        let answer = state.withLock { state -> Answer in
            state.calls.append(Call(operation: operation, input: input))
            var answers = state.script[operation] ?? []
            let answer = answers.first ?? .error("NotInTheScript", operation)
            if answers.count > 1 { answers.removeFirst() }
            state.script[operation] = answers
            return answer
        }
        switch answer {
        case .json(let json): return json
        case .error(let code, let message): throw AWSError(kind: .service, code: code, message: message, operation: operation)
        case .broken: throw AWSError(kind: .connection, message: "the connection broke", operation: operation)
        }
    }
}

/// A clock that moves only when somebody sleeps.
final class ManualClock: Sendable {
    private let time = Mutex(Duration.zero)

    var timekeeper: Timekeeper {
        Timekeeper(
            now: { self.time.withLock { $0 } },
            sleep: { duration in
                self.time.withLock { $0 += duration }
                try Task.checkCancellation()
            })
    }
}

func json(_ text: String) -> JSON { (try? JSON(parsing: text)) ?? .null }

/// A service as DescribeServices shows it.
func service(
    revision: Int, desired: Int = 1, deployments: [JSON], events: [String] = [], breaker: JSON = .null, status: String = "ACTIVE", id: String = "e"
) -> JSON {
    let configuration: JSON = .compact(["maximumPercent": 200, "minimumHealthyPercent": 100, "deploymentCircuitBreaker": breaker])
    return .compact([
        "serviceArn": "arn:aws:ecs:us-east-1:1:service/default/web", "serviceName": "web", "clusterArn": "arn:aws:ecs:us-east-1:1:cluster/default",
        "status": .string(status), "desiredCount": .integer(desired),
        "runningCount": .integer(deployments.reduce(0) { $0 + ($1["runningCount"].int ?? 0) }),
        "pendingCount": 0, "taskDefinition": .string(arn(revision)), "deploymentConfiguration": configuration, "deployments": .array(deployments),
        "events": .array(
            events.enumerated().reversed().map { ["id": .string("\(id)\($0.offset)"), "createdAt": 1.0, "message": .string($0.element)] }),
        "schedulingStrategy": "REPLICA", "launchType": "EC2", "loadBalancers": [], "enableExecuteCommand": false, "propagateTags": "TASK_DEFINITION",
    ])
}

func deployment(
    _ id: String, revision: Int, status: String = "PRIMARY", state: String? = "COMPLETED", desired: Int = 1, running: Int = 1, pending: Int = 0,
    failed: Int = 0, reason: String? = nil
) -> JSON {
    .compact([
        "id": .string(id), "status": .string(status), "taskDefinition": .string(arn(revision)), "desiredCount": .integer(desired),
        "runningCount": .integer(running), "pendingCount": .integer(pending), "failedTasks": .integer(failed), "rolloutState": JSON(state),
        "rolloutStateReason": JSON(reason),
    ])
}

func arn(_ revision: Int) -> String { "arn:aws:ecs:us-east-1:1:task-definition/web:\(revision)" }

/// DescribeTaskDefinition's answer for an app with this image.
func taskDefinition(_ revision: Int, image: String, registeredAt: Double = 0) -> JSON {
    [
        "taskDefinition": [
            "taskDefinitionArn": .string(arn(revision)), "family": "web", "revision": .integer(revision), "status": "ACTIVE",
            "registeredAt": .number(registeredAt), "containerDefinitions": [container(image)],
        ]
    ]
}

func container(_ image: String) -> JSON { ["name": "app", "image": .string(image), "memory": 64, "environment": [["name": "PORT", "value": "80"]]] }

/// A definition of one container.
func desired(image: String, count: Int? = 1, service extra: JSON = .null) -> DesiredState {
    var service: JSON = .compact(["serviceName": "web", "cluster": "default", "desiredCount": JSON(count), "propagateTags": "TASK_DEFINITION"])
    for (key, value) in extra.object { service[key] = value }
    return DesiredState(
        app: "web", cluster: "default", taskDefinition: ["family": "web", "containerDefinitions": [container(image)]], service: service)
}
