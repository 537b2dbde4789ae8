import ServiceModel

/// What the metrics say of one service.
struct ServiceFacts: Sendable, Equatable {
    struct Container: Sendable, Equatable {
        let task: String
        let name: String
        let dockerID: String
        /// CPU units that the container is meant to use, 0 when its definition says nothing.
        let cpu: Int
    }

    let app: String
    let cluster: String
    let desired: Int
    let running: Int
    /// Tasks that ended without being asked to.
    let stops: Int
    /// The last deployment failed, whether it was rolled back or not.
    let deploymentFailed: Bool
    /// The ARNs of its target groups.
    let targetGroups: [String]
    let containers: [Container]
}

extension Transaction {
    /// The services that are to run, by name.
    func serviceFacts() -> [ServiceFacts] {
        state.services.values.filter { $0.status == .active }.sorted { ($0.cluster, $0.name) < ($1.cluster, $1.name) }.map { service in
            let tasks = state.tasks.group(service.arn).filter(\.isRunning).sorted { $0.id < $1.id }
            let primary = service.primary
            return ServiceFacts(
                app: service.name, cluster: service.cluster, desired: service.desiredCount, running: tasks.count,
                stops: service.unexpectedStops ?? 0, deploymentFailed: primary?.rollsBackFrom != nil || primary?.rolloutState == .failed,
                targetGroups: service.loadBalancers.compactMap { $0["targetGroupArn"].string }, containers: tasks.flatMap(containers))
        }
    }

    private func containers(_ task: ECSTask) -> [ServiceFacts.Container] {
        task.containers.compactMap { container in
            let definition = state.taskDefinitions[task.taskDefinition]?.containers.first { $0["name"].string == container.name }
            return container.runtimeID.map { .init(task: task.id, name: container.name, dockerID: $0, cpu: definition?["cpu"].int ?? 0) }
        }
    }
}
