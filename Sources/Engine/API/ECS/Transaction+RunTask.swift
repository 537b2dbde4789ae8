import Foundation
import ServiceModel

extension Transaction {
    mutating func runTask(_ input: JSON) throws(EngineError) -> JSON {
        let cluster = try cluster(input)
        let count = input["count"].int ?? 1
        guard (1...10).contains(count) else { throw .invalidParameter("count must be between 1 and 10, not \(count).") }
        if let answer = try repeated(input, cluster) { return answer }
        let definition = try runnableTaskDefinition(input["taskDefinition"].string ?? "")
        for override in input["overrides"]["containerOverrides"].array {
            let name = override["name"].string ?? ""
            guard definition.container(name) != nil else {
                throw .invalidParameter("Override for container named \(name) is not a container in the TaskDefinition.")
            }
        }
        let tags = input["propagateTags"].string == "TASK_DEFINITION" ? definition.tags.array + input["tags"].array : input["tags"].array
        let origin = TaskOrigin(
            cluster: cluster.name, groupName: input["group"].string ?? "family:\(definition.family)", startedBy: input["startedBy"].string,
            overrides: input["overrides"].isNull ? [:] : input["overrides"], launchType: input["launchType"].string ?? "EC2", tags: .array(tags),
            enableExecuteCommand: input["enableExecuteCommand"].bool ?? false)
        var tasks: [ECSTask] = []
        var failures: [JSON] = []
        for _ in 0..<count {
            do {
                tasks.append(try startTask(of: definition, origin: origin))
            } catch {
                failures.append([
                    "arn": .string(context.locality.containerInstance(cluster.name, context.machine.id)), "reason": .string(error.reason),
                ])
            }
        }
        if let token = input["clientToken"].string {
            state.requestTokens["\(cluster.name)/\(token)"] = RequestToken(
                id: "\(cluster.name)/\(token)", request: input, tasks: tasks.map(\.id), createdAt: context.now)
        }
        return ["tasks": .array(tasks.map { describe($0, include: ["TAGS"]) }), "failures": .array(failures)]
    }

    /// The answer to a request that came before with the same token.
    private func repeated(_ input: JSON, _ cluster: Cluster) throws(EngineError) -> JSON? {
        guard let token = input["clientToken"].string else { return nil }
        guard (1...64).contains(token.utf8.count), token.utf8.allSatisfy({ (33...126).contains($0) }) else {
            throw .invalidParameter("clientToken must have 1 to 64 characters with codes from 33 to 126.")
        }
        guard let earlier = state.requestTokens["\(cluster.name)/\(token)"] else { return nil }
        guard earlier.request == input else {
            throw EngineError(
                code: "ConflictException", message: "The clientToken was used before with other parameters.",
                resourceIDs: earlier.tasks.map { context.locality.task(cluster.name, $0) })
        }
        return ["tasks": .array(earlier.tasks.compactMap { state.tasks[$0] }.map { describe($0, include: ["TAGS"]) }), "failures": []]
    }

    mutating func stopTask(_ input: JSON) throws(EngineError) -> JSON {
        let cluster = try cluster(input)
        guard let task = task(input["task"].string ?? "", in: cluster.name) else { throw .invalidParameter("The referenced task was not found.") }
        stopTask(task.id, code: "UserInitiated", reason: input["reason"].string ?? "Task stopped by user")
        return ["task": describe(state.tasks[task.id] ?? task, include: [])]
    }

    func describeTasks(_ input: JSON) throws(EngineError) -> JSON {
        let cluster = try cluster(input)
        let references = input["tasks"].strings
        guard !references.isEmpty else { throw .invalidParameter("Tasks cannot be empty.") }
        guard references.count <= 100 else { throw .invalidParameter("DescribeTasks takes at most 100 tasks, not \(references.count).") }
        let include = Set(input["include"].strings)
        var tasks: [JSON] = []
        var failures: [JSON] = []
        for reference in references {
            if let task = task(reference, in: cluster.name) {
                tasks.append(describe(task, include: include))
            } else {
                failures.append(missing(reference.hasPrefix("arn:") ? reference : context.locality.task(cluster.name, reference)))
            }
        }
        return ["tasks": .array(tasks), "failures": .array(failures)]
    }

    func listTasks(_ input: JSON) throws(EngineError) -> JSON {
        let cluster = try cluster(input)
        var candidates = Array(state.tasks.values)
        if let name = input["serviceName"].string {
            guard let service = service(name, in: cluster.name) else { throw .serviceNotFound }
            candidates = state.tasks.group(service.arn)
        }
        let status = input["desiredStatus"].string ?? "RUNNING"
        let tasks = candidates.filter { task in
            task.cluster == cluster.name && task.desiredStatus.rawValue == status
                && (input["startedBy"].isNull || input["startedBy"].string == task.startedBy)
                && (input["launchType"].isNull || input["launchType"].string == task.launchType)
                && (input["family"].isNull || input["family"].string == state.taskDefinitions[task.taskDefinition]?.family)
        }
        let newestFirst = tasks.sorted { ($0.createdAt, $0.id) > ($1.createdAt, $1.id) }
        return try ListingPage(of: newestFirst.map(\.arn), input).answer("taskArns")
    }

    func describe(_ task: ECSTask, include: Set<String>) -> JSON {
        JSON.compact([
            "taskArn": .string(task.arn), "clusterArn": .string(context.locality.cluster(task.cluster)),
            "taskDefinitionArn": .string(task.taskDefinition),
            "containerInstanceArn": .string(context.locality.containerInstance(task.cluster, context.machine.id)), "overrides": task.overrides,
            "lastStatus": .string(task.lastStatus.rawValue), "desiredStatus": .string(task.desiredStatus.rawValue),
            "launchType": .string(task.launchType),
            "cpu": .string(String(task.reservation.cpu)), "memory": .string(String(task.reservation.memory)), "group": .string(task.groupName),
            "startedBy": JSON(task.startedBy), "version": .integer(task.version), "healthStatus": .string(task.healthStatus.rawValue),
            "connectivity": task.lastStatus == .pending ? .null : "CONNECTED", "availabilityZone": .string("\(context.locality.region)a"),
            "createdAt": .number(task.createdAt.epoch), "pullStartedAt": JSON(task.pullStartedAt?.epoch),
            "pullStoppedAt": JSON(task.pullStoppedAt?.epoch),
            "startedAt": JSON(task.startedAt?.epoch), "stoppingAt": JSON(task.stoppingAt?.epoch),
            "executionStoppedAt": JSON(task.executionStoppedAt?.epoch), "stoppedAt": JSON(task.stoppedAt?.epoch), "stopCode": JSON(task.stopCode),
            "stoppedReason": JSON(task.stoppedReason), "enableExecuteCommand": .bool(task.enableExecuteCommand), "attachments": [], "attributes": [],
            "containers": .array(task.containers.map { describe($0, of: task) }), "tags": include.contains("TAGS") ? task.tags : [],
        ])
    }

    private func describe(_ container: ECSTask.Container, of task: ECSTask) -> JSON {
        JSON.compact([
            "containerArn": .string(container.arn), "taskArn": .string(task.arn), "name": .string(container.name), "image": .string(container.image),
            "imageDigest": JSON(container.imageDigest), "runtimeId": JSON(container.runtimeID), "lastStatus": .string(container.lastStatus),
            "exitCode": JSON(container.exitCode), "reason": JSON(container.reason), "networkBindings": container.networkBindings,
            "networkInterfaces": [],
            "healthStatus": .string(container.health.rawValue),
        ])
    }
}
