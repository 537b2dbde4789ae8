import AWS
import ServiceModel

/// Reads the running tasks of a cluster with as few calls as ECS allows: 100 tasks in each.
struct ClusterReader: Sendable {
    let cluster: WatchedCluster
    let pace: CallPace?
    /// Calls at once.
    let concurrency: Int

    private static let batch = 100
    /// More pages than any cluster has: a token that never ends must not keep us for ever.
    private static let pageLimit = 10_000

    /// - Throws: ``AWSError``, or `CancellationError`.
    func tasks() async throws -> [ObservedTask] {
        try await withThrowingTaskGroup(of: [ObservedTask].self) { group in
            var running = 0
            var tasks: [ObservedTask] = []
            func describe(_ arns: ArraySlice<String>) async throws {
                if running >= concurrency, let done = try await group.next() { tasks += done } else { running += 1 }
                let input: JSON = ["cluster": .string(cluster.cluster), "tasks": JSON(Array(arns))]
                group.addTask { try await call("DescribeTasks", input)["tasks"].array.compactMap(ObservedTask.init) }
            }
            var waiting: [String] = []
            var input: JSON = ["cluster": .string(cluster.cluster), "desiredStatus": "RUNNING", "maxResults": 100]
            for _ in 0..<Self.pageLimit {
                let page = try await call("ListTasks", input)
                waiting += page["taskArns"].strings
                // a page may be shorter than asked for; what is described is not
                while waiting.count >= Self.batch {
                    try await describe(waiting.prefix(Self.batch))
                    waiting.removeFirst(Self.batch)
                }
                guard let token = page["nextToken"].string, !token.isEmpty, token != input["nextToken"].string else { break }
                input["nextToken"] = .string(token)
            }
            if !waiting.isEmpty { try await describe(waiting[...]) }
            for try await done in group { tasks += done }
            return tasks
        }
    }

    /// The container ports of the task definition `arn`, by container.
    func ports(of arn: String) async throws -> [String: [Int]] {
        let answer = try await call("DescribeTaskDefinition", ["taskDefinition": .string(arn)])
        let containers = answer["taskDefinition"]["containerDefinitions"].array.map { container in
            (container["name"].string ?? "", container["portMappings"].array.compactMap { $0["containerPort"].int })
        }
        return Dictionary(containers, uniquingKeysWith: { first, _ in first })
    }

    private func call(_ operation: String, _ input: JSON) async throws -> JSON {
        try await pace?.turn()
        return try await cluster.calls.call(.ecs, operation, input)
    }
}
