import ServiceModel

/// Collects what an autopsy rests on.
public struct FactReader: Sendable {
    private let calls: any ServiceCalls

    public init(_ calls: any ServiceCalls) {
        self.calls = calls
    }

    /// - Parameter deployment: consider only tasks of this deployment, where there are any.
    public func read(app: String, cluster: String, deployment: String? = nil) async throws -> Autopsy.Facts {
        var facts = Autopsy.Facts(app: app, cluster: cluster)
        let service = try await LiveState.service(app, cluster: cluster, calls)
        guard !service.isNull else { return facts }
        facts.service = service
        async let stopped = tasks(app, cluster, "STOPPED")
        async let live = tasks(app, cluster, "RUNNING")
        async let targets = unhealthyTargets(service)
        facts.stoppedTasks = try await stopped
        facts.liveTasks = try await live
        facts.unhealthyTargets = try await targets
        if let deployment {
            let own = facts.stoppedTasks.filter { $0["startedBy"].string == deployment }
            if !own.isEmpty { facts.stoppedTasks = own }
        }
        facts.lastLines = await lastLines(facts)
        return facts
    }

    private func tasks(_ app: String, _ cluster: String, _ status: String) async throws -> [JSON] {
        let arns = try await calls.pages(
            .ecs, "ListTasks", ["cluster": .string(cluster), "serviceName": .string(app), "desiredStatus": .string(status)], items: "taskArns",
            limit: 3)
        if arns.isEmpty { return [] }
        return try await calls.ecs("DescribeTasks", ["cluster": .string(cluster), "tasks": .array(Array(arns.prefix(100)))])["tasks"].array
    }

    private func unhealthyTargets(_ service: JSON) async throws -> [JSON] {
        var result: [JSON] = []
        for group in service["loadBalancers"].array.compactMap(\.["targetGroupArn"].string) {
            let answer = try await calls.find(.elbv2, "DescribeTargetHealth", ["TargetGroupArn": .string(group)], absent: "TargetGroupNotFound")
            result += answer["TargetHealthDescriptions"].array.filter {
                ["unhealthy", "unavailable"].contains($0["TargetHealth"]["State"].string ?? "")
            }
        }
        return result
    }

    /// The last lines of the container to blame. That they cannot be read is no reason to say nothing.
    private func lastLines(_ facts: Autopsy.Facts) async -> [LogLine] {
        guard let task = Evidence.firstFailure(of: facts.stoppedTasks) ?? facts.liveTasks.first, let arn = task["taskArn"].string,
            let definition = try? await LiveState.taskDefinition(task["taskDefinitionArn"].string ?? "", calls)["taskDefinition"],
            let container = Evidence.culprit(of: task)?["name"].string
        else { return [] }
        let lines = try? await LogCursor.tail(LogSource(definition: definition, container: container, taskARN: arn), 10, calls)
        return lines ?? []
    }
}
