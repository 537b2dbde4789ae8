import ServiceModel

/// Finding what a request names: each parameter takes a name or an ARN.
extension Transaction {
    /// The last part of an ARN, or the name itself.
    static func shortName(_ reference: String) -> String {
        reference.split(separator: "/").last.map(String.init) ?? reference
    }

    /// The name of the cluster that a request means, `default` when it names none.
    func clusterName(_ input: JSON) -> String {
        input["cluster"].string.map(Self.shortName) ?? "default"
    }

    /// - Throws: ClusterNotFoundException.
    func cluster(_ input: JSON) throws(EngineError) -> Cluster {
        guard let cluster = state.clusters[clusterName(input)], cluster.status == .active else { throw .clusterNotFound }
        return cluster
    }

    /// The service called `reference` in a cluster, whatever its status.
    func service(_ reference: String, in cluster: String) -> ECSService? {
        state.services[reference.hasPrefix("arn:") ? longServiceARN(reference, cluster) : context.locality.service(cluster, reference)]
    }

    private func longServiceARN(_ reference: String, _ cluster: String) -> String {
        let resource = reference.split(separator: ":", maxSplits: 5).last ?? ""
        return resource.split(separator: "/").count == 3 ? reference : context.locality.service(cluster, Self.shortName(reference))
    }

    /// - Throws: ServiceNotFoundException or ServiceNotActiveException.
    func activeService(_ input: JSON) throws(EngineError) -> ECSService {
        let cluster = try cluster(input)
        guard let name = input["service"].string, !name.isEmpty else { throw .invalidParameter("Service cannot be empty.") }
        guard let service = service(name, in: cluster.name) else { throw .serviceNotFound }
        guard service.status == .active else { throw .serviceNotActive }
        return service
    }

    func task(_ reference: String, in cluster: String) -> ECSTask? {
        guard let task = state.tasks[Self.shortName(reference)], task.cluster == cluster else { return nil }
        return task
    }

    /// The task definition that `family`, `family:revision` or an ARN names; a family alone means its latest ACTIVE revision.
    func taskDefinition(_ reference: String) -> TaskDefinition? {
        let name = Self.shortName(reference)
        let parts = name.split(separator: ":", omittingEmptySubsequences: false)
        if parts.count == 2 {
            guard let revision = Int(parts[1]) else { return nil }
            return state.taskDefinitions[context.locality.taskDefinition(String(parts[0]), revision)]
        }
        guard parts.count == 1, var revision = state.revisions[name] else { return nil }
        while revision > 0 {
            if let definition = state.taskDefinitions[context.locality.taskDefinition(name, revision)], definition.status == .active {
                return definition
            }
            revision -= 1
        }
        return nil
    }

    /// The task definition for something that is to run.
    ///
    /// - Throws: ClientException when there is none or it is not ACTIVE.
    func runnableTaskDefinition(_ reference: String) throws(EngineError) -> TaskDefinition {
        guard let definition = taskDefinition(reference) else { throw .client("TaskDefinition not found.") }
        guard definition.status == .active else { throw .client("TaskDefinition is inactive") }
        return definition
    }

    /// A failure of a Describe call.
    func missing(_ arn: String) -> JSON { ["arn": .string(arn), "reason": "MISSING"] }
}
