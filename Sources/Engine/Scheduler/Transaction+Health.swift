import Foundation
import ServiceModel

/// Which tasks are healthy, and when a deployment has failed.
extension Transaction {
    /// Whether a task of a service does its work: by its containers' checks, its targets' health, or — without any check — by having run long enough.
    /// A new target has to be reachable through HAProxy as well.
    func health(of task: ECSTask, in service: ECSService) -> TaskHealth {
        guard task.isRunning, let startedAt = task.startedAt else { return .unknown }
        let definition = state.taskDefinitions[task.taskDefinition]
        let isChecked = definition?.containers.contains { $0["essential"].bool ?? true && !$0["healthCheck"].isNull } ?? false
        let isInGrace = context.now.timeIntervalSince(startedAt) < service.healthCheckGracePeriod
        if isChecked, task.healthStatus == .unhealthy { return isInGrace ? .unknown : .unhealthy(.container) }
        for target in task.targets {
            guard let registered = state.loadBalancing.registration(target) else { return .unknown }
            switch registered.health.state {
            case .healthy where task.healthySince != nil || context.targetsInForce.contains(target): continue
            case .unhealthy where !isInGrace:
                let description = registered.health.description ?? "Health checks failed"
                return .unhealthy(.target(group: target.targetGroup, port: target.port, instance: target.id, description: description))
            default: return .unknown
            }
        }
        if isChecked, task.healthStatus != .healthy { return .unknown }
        let needed = isChecked || !task.targets.isEmpty ? context.timing.leastUptime : context.timing.steadyAfter
        return context.now.timeIntervalSince(startedAt) >= needed ? .healthy : .unknown
    }

    /// Remembers which tasks became healthy: a deployment's failures count from zero again. Sets the times at which health changes by itself.
    mutating func noteHealth(_ service: inout ECSService, _ primary: Deployment) {
        for task in state.tasks.group(service.arn) where task.isRunning {
            guard let startedAt = task.startedAt else { continue }
            for due in [context.timing.steadyAfter, context.timing.leastUptime, service.healthCheckGracePeriod, Throttle.stayedUp] {
                let date = startedAt.addingTimeInterval(due)
                if date > context.now { effects.wake(at: date) }
            }
            if task.healthySince == nil, health(of: task, in: service) == .healthy {
                state.tasks.update(task.id) { $0.healthySince = context.now }
                if let id = task.startedBy { service.updateDeployment(id, at: context.now) { $0.failedTasks = 0 } }
            }
            if task.healthySince != nil, context.now.timeIntervalSince(startedAt) >= Throttle.stayedUp, task.startedBy == primary.id {
                service.updateDeployment(primary.id, at: context.now) { $0.throttle.reset() }
            }
        }
    }

    /// Counts a task of a service that ended without being asked to.
    mutating func noteFailure(of task: ECSTask) {
        guard let arn = task.service, var service = state.services[arn], service.status == .active, let id = task.startedBy else { return }
        service.unexpectedStops = (service.unexpectedStops ?? 0) + 1
        let livedShort = task.startedAt.map { context.now.timeIntervalSince($0) < Throttle.stayedUp } ?? true
        service.updateDeployment(id, at: context.now) {
            if task.healthySince == nil { $0.failedTasks += 1 }
            if livedShort { $0.throttle.fail(at: context.now, limit: context.timing.throttleLimit) }
        }
        if let deployment = service.deployments.first(where: { $0.id == id }), deployment.throttle.rounds == 4, livedShort {
            service.say("is unable to consistently start tasks successfully. For more information, see the Troubleshooting section.", at: context.now)
        }
        if let explanation = task.stoppedReason, task.stopCode == "TaskFailedToStart" {
            service.say("was unable to place a task. Reason: \(explanation)", at: context.now)
        }
        state.services[arn] = service
    }

    /// Ends the primary deployment when its circuit breaker says so, and rolls back if it is to.
    ///
    /// - Returns: whether another deployment became the primary one.
    mutating func breakIfFailed(_ service: inout ECSService, _ desired: Int) -> Bool {
        guard let primary = service.primary, primary.rolloutState == .inProgress else { return false }
        let breaker = CircuitBreaker(desired: desired, configuration: service.settings["deploymentConfiguration"])
        guard breaker.isEnabled, primary.failedTasks >= breaker.threshold else { return false }
        service.say("(deployment \(primary.id)) deployment failed: tasks failed to start.", at: context.now)
        guard breaker.rollsBack else {
            service.updateDeployment(primary.id, at: context.now) {
                $0.rolloutState = .failed
                $0.rolloutStateReason = "ECS deployment circuit breaker: tasks failed to start."
                $0.finishedAt = context.now
            }
            return false
        }
        return rollBack(&service, from: primary, cause: "ECS deployment circuit breaker")
    }

    /// Makes the last completed deployment the primary one again; without any, the failed one stays and starts nothing more.
    mutating func rollBack(_ service: inout ECSService, from failed: Deployment, cause: String) -> Bool {
        let target = service.deployments.first { $0.id != failed.id && $0.rolloutState == .completed && !$0.wasRolledBack }
        let outcome = target.map { "rolling back to deploymentId \($0.id)." } ?? "tasks failed to start."
        service.updateDeployment(failed.id, at: context.now) {
            $0.rolloutState = .failed
            $0.rolloutStateReason = "\(cause): \(outcome)"
            $0.finishedAt = context.now
            $0.wasRolledBack = target != nil
            if target != nil { $0.status = .active }
        }
        guard let target else { return false }
        let desired = service.desiredCount
        service.updateDeployment(target.id, at: context.now) {
            $0.status = .primary
            $0.desiredCount = desired
            $0.rolloutState = .inProgress
            $0.rolloutStateReason = "\(cause): rolling back to deploymentId \(target.id)."
            $0.rollsBackFrom = failed.id
            $0.startedAt = context.now
            $0.finishedAt = nil
            $0.failedTasks = 0
            $0.throttle.reset()
        }
        service.say("rolling back to deployment \(target.id).", at: context.now)
        return true
    }
}
