import Foundation
import ServiceModel

/// Services and deployments as the API shows them.
extension Transaction {
    func describe(_ service: ECSService, include: Set<String>) -> JSON {
        let tasks = state.tasks.group(service.arn)
        let running = tasks.count { $0.isRunning }
        let pending = tasks.count { $0.isLive && !$0.isRunning }
        var result: JSON = [
            "serviceArn": .string(service.arn), "serviceName": .string(service.name),
            "clusterArn": .string(context.locality.cluster(service.cluster)),
            "status": .string(service.status.rawValue), "desiredCount": .integer(service.desiredCount), "runningCount": .integer(running),
            "pendingCount": .integer(pending), "taskDefinition": JSON(service.primary?.taskDefinition ?? service.deployments.first?.taskDefinition),
        ]
        for (key, value) in service.settings.object where key != "role" { result[key] = value }
        result["roleArn"] = service.settings["role"]
        result["deployments"] = .array(
            service.deployments.filter { $0.status != .inactive }.sorted { ($0.status == .primary ? 0 : 1) < ($1.status == .primary ? 0 : 1) }
                .map { describe($0, of: service, tasks) })
        result["events"] = .array(
            service.events.map { ["id": .string($0.id), "createdAt": .number($0.createdAt.epoch), "message": .string($0.message)] })
        result["createdAt"] = .number(service.createdAt.epoch)
        result["createdBy"] = .string(context.locality.arn("iam", "root"))
        if include.contains("TAGS") { result["tags"] = service.tags }
        if let primary = service.primary { result["currentServiceDeployment"] = .string(serviceDeploymentARN(service, primary)) }
        return result
    }

    private func describe(_ deployment: Deployment, of service: ECSService, _ tasks: [ECSTask]) -> JSON {
        let own = tasks.filter { $0.startedBy == deployment.id }
        let live = own.count { $0.isLive }
        let desired = deployment.status == .primary ? service.isDaemon ? 1 : service.desiredCount : live
        return JSON.compact([
            "id": .string(deployment.id), "status": .string(deployment.status.rawValue), "taskDefinition": .string(deployment.taskDefinition),
            "desiredCount": .integer(desired), "pendingCount": .integer(own.count { $0.isLive && !$0.isRunning }),
            "runningCount": .integer(own.count { $0.isRunning }), "failedTasks": .integer(deployment.failedTasks),
            "createdAt": .number(deployment.createdAt.epoch), "updatedAt": .number(deployment.updatedAt.epoch),
            "launchType": service.settings["launchType"], "networkConfiguration": service.settings["networkConfiguration"],
            "rolloutState": .string(deployment.rolloutState.rawValue), "rolloutStateReason": .string(deployment.rolloutStateReason),
        ])
    }

    // MARK: Service deployments

    func serviceDeploymentARN(_ service: ECSService, _ deployment: Deployment) -> String {
        context.locality.arn("ecs", "service-deployment/\(service.cluster)/\(service.name)/\(Self.shortName(deployment.id))")
    }

    private func serviceRevisionARN(_ service: ECSService, _ deployment: Deployment) -> String {
        context.locality.arn("ecs", "service-revision/\(service.cluster)/\(service.name)/\(deployment.revision)")
    }

    /// The deployments of a service, newest first: their status says how each ended.
    func listServiceDeployments(_ input: JSON) throws(EngineError) -> JSON {
        let cluster = try cluster(input)
        guard let service = service(input["service"].string ?? "", in: cluster.name) else { throw .serviceNotFound }
        let wanted = Set(input["status"].strings)
        let briefs = service.deployments.compactMap { deployment -> JSON? in
            let status = Self.status(of: deployment)
            guard wanted.isEmpty || wanted.contains(status) else { return nil }
            return JSON.compact([
                "serviceDeploymentArn": .string(serviceDeploymentARN(service, deployment)), "serviceArn": .string(service.arn),
                "clusterArn": .string(context.locality.cluster(service.cluster)), "createdAt": .number(deployment.createdAt.epoch),
                "startedAt": .number(deployment.startedAt.epoch), "finishedAt": JSON(deployment.finishedAt?.epoch), "status": .string(status),
                "statusReason": .string(deployment.rolloutStateReason), "targetServiceRevisionArn": .string(serviceRevisionARN(service, deployment)),
            ])
        }
        let page = try ListingPage(of: briefs.indices.map(String.init), input, standard: 20)
        return JSON.compact(["serviceDeployments": .array(page.items.compactMap { Int($0) }.map { briefs[$0] }), "nextToken": JSON(page.nextToken)])
    }

    func describeServiceDeployments(_ input: JSON) throws(EngineError) -> JSON {
        var found: [JSON] = []
        var failures: [JSON] = []
        for arn in input["serviceDeploymentArns"].strings {
            guard let (service, deployment) = deployment(arn, "service-deployment", { $0.id == "ecs-svc/\(Self.shortName(arn))" }) else {
                failures.append(missing(arn))
                continue
            }
            let tasks = state.tasks.group(service.arn).filter { $0.startedBy == deployment.id }
            let breaker = CircuitBreaker(desired: service.desiredCount, configuration: service.settings["deploymentConfiguration"])
            found.append(
                JSON.compact([
                    "serviceDeploymentArn": .string(arn), "serviceArn": .string(service.arn),
                    "clusterArn": .string(context.locality.cluster(service.cluster)),
                    "createdAt": .number(deployment.createdAt.epoch), "startedAt": .number(deployment.startedAt.epoch),
                    "finishedAt": JSON(deployment.finishedAt?.epoch), "updatedAt": .number(deployment.updatedAt.epoch),
                    "targetServiceRevision": [
                        "arn": .string(serviceRevisionARN(service, deployment)), "requestedTaskCount": .integer(deployment.desiredCount),
                        "runningTaskCount": .integer(tasks.count { $0.isRunning }),
                        "pendingTaskCount": .integer(tasks.count { $0.isLive && !$0.isRunning }),
                    ],
                    "status": .string(Self.status(of: deployment)), "statusReason": .string(deployment.rolloutStateReason),
                    "deploymentConfiguration": service.settings["deploymentConfiguration"],
                    "deploymentCircuitBreaker": [
                        "status": .string(
                            !breaker.isEnabled
                                ? "DISABLED"
                                : deployment.rolloutState == .failed
                                    ? "TRIGGERED" : deployment.finishedAt == nil ? "MONITORING" : "MONITORING_COMPLETE"),
                        "failureCount": .integer(deployment.failedTasks), "threshold": .integer(breaker.threshold),
                    ],
                ]))
        }
        return ["serviceDeployments": .array(found), "failures": .array(failures)]
    }

    func describeServiceRevisions(_ input: JSON) throws(EngineError) -> JSON {
        var found: [JSON] = []
        var failures: [JSON] = []
        for arn in input["serviceRevisionArns"].strings {
            guard let (service, deployment) = deployment(arn, "service-revision", { $0.revision == Self.shortName(arn) }) else {
                failures.append(missing(arn))
                continue
            }
            found.append(
                JSON.compact([
                    "serviceRevisionArn": .string(arn), "serviceArn": .string(service.arn),
                    "clusterArn": .string(context.locality.cluster(service.cluster)),
                    "taskDefinition": .string(deployment.taskDefinition), "launchType": service.settings["launchType"],
                    "loadBalancers": service.settings["loadBalancers"], "networkConfiguration": service.settings["networkConfiguration"],
                    "createdAt": .number(deployment.createdAt.epoch),
                ]))
        }
        return ["serviceRevisions": .array(found), "failures": .array(failures)]
    }

    /// Ends a running deployment and returns to the last completed one.
    mutating func stopServiceDeployment(_ input: JSON) throws(EngineError) -> JSON {
        let arn = input["serviceDeploymentArn"].string ?? ""
        guard var (service, deployment) = deployment(arn, "service-deployment", { $0.id == "ecs-svc/\(Self.shortName(arn))" }) else {
            throw EngineError(code: "ServiceDeploymentNotFoundException", message: "Service deployment not found.")
        }
        guard input["stopType"].string ?? "ROLLBACK" == "ROLLBACK" else {
            throw EngineError(code: "UnsupportedFeatureException", message: "stopType ABORT is not supported by this engine yet.")
        }
        guard deployment.status == .primary, deployment.rolloutState == .inProgress else {
            throw EngineError(code: "ConflictException", message: "The service deployment is not in progress.", resourceIDs: [arn])
        }
        _ = rollBack(&service, from: deployment, cause: "ECS deployment stopped by user")
        deployment = service.deployments.first { $0.id == deployment.id } ?? deployment
        state.services[service.arn] = service
        touchedServices.insert(service.arn)
        return ["serviceDeploymentArn": .string(arn)]
    }

    private func deployment(_ arn: String, _ kind: String, _ isMatch: (Deployment) -> Bool) -> (ECSService, Deployment)? {
        let parts = arn.split(separator: "/")
        guard parts.count == 4, arn.contains(":\(kind)/"), let service = service(String(parts[2]), in: String(parts[1])) else { return nil }
        return service.deployments.first(where: isMatch).map { (service, $0) }
    }

    private static func status(of deployment: Deployment) -> String {
        switch (deployment.rolloutState, deployment.status) {
        case (.completed, _): "SUCCESSFUL"
        case (.failed, .inactive) where deployment.wasRolledBack: "ROLLBACK_SUCCESSFUL"
        case (.failed, _) where deployment.wasRolledBack: "ROLLBACK_IN_PROGRESS"
        case (.failed, _): "STOPPED"
        case (.inProgress, .primary): "IN_PROGRESS"
        case (.inProgress, _): "STOPPED"
        }
    }
}
