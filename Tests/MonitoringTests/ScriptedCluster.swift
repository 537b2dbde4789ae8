import AWS
import Monitoring
import ServiceModel
import Synchronization

/// An ECS that knows tasks, pages them, and can be told to fail.
final class ScriptedCluster: ClusterCalls {
    private struct State {
        var tasks: [String: JSON] = [:]
        var order: [String] = []
        var calls: [String] = []
        var sizes: [Int] = []
        var failing: Set<String> = []
    }

    private let state: Mutex<State>
    /// Tasks on a page of ListTasks.
    private let page: Int

    init(_ tasks: [JSON] = [], page: Int = 100) {
        self.page = page
        state = Mutex(State())
        set(tasks)
    }

    func set(_ tasks: [JSON]) {
        state.withLock { state in
            state.order = tasks.compactMap { $0["taskArn"].string }
            state.tasks = Dictionary(zip(state.order, tasks), uniquingKeysWith: { first, _ in first })
        }
    }

    /// From now on these operations fail.
    func fail(_ operations: String...) { state.withLock { $0.failing = Set(operations) } }

    var calls: [String] { state.withLock { $0.calls } }
    /// How many tasks were described at once.
    var sizes: [Int] { state.withLock { $0.sizes } }
    func count(_ operation: String) -> Int { calls.count { $0 == operation } }

    func call(_ model: ServiceModel, _ operation: String, _ input: JSON) async throws(AWSError) -> JSON {
        let page = page
        let answer = state.withLock { state -> JSON? in
            state.calls.append(operation)
            if state.failing.contains(operation) { return nil }
            switch operation {
            case "ListTasks":
                let start = input["nextToken"].string.flatMap { Int($0) } ?? 0
                let end = min(start + min(page, input["maxResults"].int ?? 100), state.order.count)
                let next = end < state.order.count ? String(end) : nil
                return .compact(["taskArns": JSON(Array(state.order[start..<end])), "nextToken": JSON(next)])
            case "DescribeTasks":
                state.sizes.append(input["tasks"].array.count)
                return ["tasks": .array(input["tasks"].strings.compactMap { state.tasks[$0] }), "failures": []]
            default:
                return ["taskDefinition": ["containerDefinitions": [["name": "app", "portMappings": [["containerPort": 9000]]]]]]
            }
        }
        guard let answer else { throw AWSError(kind: .connection, message: "the connection broke", operation: operation) }
        return answer
    }
}
