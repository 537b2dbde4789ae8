import ServiceModel

extension Transaction {
    mutating func tagResource(_ input: JSON) throws(EngineError) -> JSON {
        try changeTags(input) { tags in
            var merged = tags.filter { old in !input["tags"].array.contains { $0["key"] == old["key"] } }
            merged += input["tags"].array
            return merged
        }
        return [:]
    }

    mutating func untagResource(_ input: JSON) throws(EngineError) -> JSON {
        let keys = Set(input["tagKeys"].strings)
        try changeTags(input) { tags in tags.filter { !keys.contains($0["key"].string ?? "") } }
        return [:]
    }

    func listTagsForResource(_ input: JSON) throws(EngineError) -> JSON {
        ["tags": try taggedResource(input).tags]
    }

    private enum Tagged {
        case cluster(Cluster)
        case service(ECSService)
        case task(ECSTask)
        case taskDefinition(TaskDefinition)

        var tags: JSON {
            switch self {
            case .cluster(let cluster): cluster.tags
            case .service(let service): service.tags
            case .task(let task): task.tags
            case .taskDefinition(let definition): definition.tags
            }
        }
    }

    private func taggedResource(_ input: JSON) throws(EngineError) -> Tagged {
        let arn = input["resourceArn"].string ?? ""
        let name = Self.shortName(arn)
        if arn.contains(":cluster/"), let cluster = state.clusters[name] { return .cluster(cluster) }
        if arn.contains(":service/"), let service = state.services[arn] { return .service(service) }
        if arn.contains(":task/"), let task = state.tasks[name] { return .task(task) }
        if arn.contains(":task-definition/"), let definition = taskDefinition(name) { return .taskDefinition(definition) }
        throw .invalidParameter("The specified resource ARN \(arn) is not valid, or the resource does not exist.")
    }

    private mutating func changeTags(_ input: JSON, _ change: ([JSON]) -> [JSON]) throws(EngineError) {
        let resource = try taggedResource(input)
        let tags = change(resource.tags.array)
        guard tags.count <= 50 else { throw .invalidParameter("A resource can have at most 50 tags.") }
        switch resource {
        case .cluster(let cluster): state.clusters.update(cluster.id) { $0.tags = .array(tags) }
        case .service(let service): state.services.update(service.id) { $0.tags = .array(tags) }
        case .task(let task): state.tasks.update(task.id) { $0.tags = .array(tags) }
        case .taskDefinition(let definition): state.taskDefinitions.update(definition.id) { $0.tags = .array(tags) }
        }
    }
}
