import Foundation
import ServiceModel

/// The service scheduler: what to start, stop, replace and announce so that a service becomes what its primary deployment says.
extension Transaction {
    /// Brings every touched service one step further.
    mutating func schedule() {
        while let service = touchedServices.popFirst() { schedule(service) }
    }

    private mutating func schedule(_ arn: String) {
        guard var service = state.services[arn] else { return }
        switch service.status {
        case .active: roll(&service)
        case .draining: drain(&service)
        case .inactive: return
        }
        state.services[arn] = service
    }

    /// Stops what a deleted service still runs.
    private mutating func drain(_ service: inout ECSService) {
        let tasks = state.tasks.group(service.arn)
        for task in tasks where task.isLive { scaleIn(task, &service) }
        guard state.tasks.group(service.arn).allSatisfy({ $0.lastStatus == .stopping || $0.isStopped }) else { return }
        service.status = .inactive
        service.deletedAt = context.now
        for index in service.deployments.indices { service.deployments[index].status = .inactive }
    }

    private mutating func roll(_ service: inout ECSService) {
        guard let primary = service.primary else { return }
        let desired = service.isDaemon ? 1 : service.desiredCount
        noteHealth(&service, primary)
        if breakIfFailed(&service, desired) { return roll(&service) }

        var step = RolloutStep(tasks: state.tasks.group(service.arn), deployment: service.primary ?? primary, desired: desired, service: service) {
            self.health(of: $0, in: service)
        }
        stopUnhealthy(&service, &step)
        startMissing(&service, &step)
        stopReplaced(&service, &step)
        conclude(&service, desired)
    }

    /// Replaces tasks of the primary deployment that fail their health checks: the replacement first where there is room.
    private mutating func stopUnhealthy(_ service: inout ECSService, _ step: inout RolloutStep) {
        for (task, reason) in step.unhealthyNew {
            if step.deployment.rolloutState == .completed, step.room > step.replacements {
                step.replacements += 1
                continue
            }
            service.say(reason.event(task), at: context.now)
            service.updateDeployment(step.deployment.id, at: context.now) {
                $0.failedTasks += 1
                $0.throttle.fail(at: context.now, limit: context.timing.throttleLimit)
            }
            stopTask(task.id, code: "ServiceSchedulerInitiated", reason: reason.stoppedReason)
            step.noteStopped(task)
        }
    }

    private mutating func startMissing(_ service: inout ECSService, _ step: inout RolloutStep) {
        guard let deployment = service.primary, deployment.rolloutState != .failed else { return }
        let count = min(step.missing, step.room)
        guard count > 0, let definition = state.taskDefinitions[deployment.taskDefinition] else { return }
        if let until = deployment.throttle.until, until > context.now {
            effects.wake(at: until)
            return
        }
        let origin = TaskOrigin(
            cluster: service.cluster, groupName: "service:\(service.name)", service: service.arn, startedBy: deployment.id,
            launchType: service.settings["launchType"].string ?? "EC2", tags: propagatedTags(service, definition),
            enableExecuteCommand: service.settings["enableExecuteCommand"].bool ?? false)
        for _ in 0..<count {
            do {
                let task = try startTask(of: definition, origin: origin)
                service.say("has started 1 tasks: (task \(task.id)).", at: context.now)
                service.updateDeployment(deployment.id, at: context.now) { $0.startedTasks += 1 }
                step.noteStarted(task)
            } catch {
                service.say(error.explanation, at: context.now)
                service.updateDeployment(deployment.id, at: context.now) {
                    $0.failedTasks += 1
                    $0.throttle.fail(at: context.now, limit: context.timing.throttleLimit, firstDelay: 1)
                }
                if let until = service.primary?.throttle.until { effects.wake(at: until) }
                touchedServices.insert(service.arn)
                return
            }
        }
    }

    /// Stops tasks of earlier deployments as the new ones take over, and what is too much.
    private mutating func stopReplaced(_ service: inout ECSService, _ step: inout RolloutStep) {
        guard service.primary?.rolloutState != .failed else { return }
        for task in step.tasksToStop() { scaleIn(task, &service) }
    }

    private mutating func scaleIn(_ task: ECSTask, _ service: inout ECSService) {
        let deployment = task.startedBy ?? ""
        if task.isRunning {
            service.say("has stopped 1 running tasks: (task \(task.id)).", at: context.now)
        }
        stopTask(task.id, code: "ServiceSchedulerInitiated", reason: "Scaling activity initiated by (deployment \(deployment))")
        if state.tasks[task.id]?.lastStatus == .deactivating {
            service.say("has begun draining connections on 1 tasks.", taskSet: deployment, at: context.now)
        }
    }

    /// Declares the rollout complete, lets finished deployments go, and announces the steady state.
    private mutating func conclude(_ service: inout ECSService, _ desired: Int) {
        guard let primary = service.primary else { return }
        let tasks = state.tasks.group(service.arn).filter { !$0.isStopped }
        let own = tasks.filter { $0.startedBy == primary.id }
        let othersAreGone = own.count == tasks.count
        let ownAreHealthy = own.count == desired && own.allSatisfy { health(of: $0, in: service) == .healthy }
        for deployment in service.deployments where deployment.status == .active && !tasks.contains(where: { $0.startedBy == deployment.id }) {
            service.updateDeployment(deployment.id, at: context.now) {
                $0.status = .inactive
                $0.finishedAt = $0.finishedAt ?? context.now
            }
        }
        if primary.rolloutState == .inProgress, othersAreGone, ownAreHealthy {
            service.updateDeployment(primary.id, at: context.now) {
                $0.rolloutState = .completed
                $0.rolloutStateReason = "ECS deployment \(primary.id) completed."
                $0.finishedAt = context.now
                $0.failedTasks = 0
            }
            service.say("(deployment \(primary.id)) deployment completed.", at: context.now)
        }
        let isSteady = service.primary?.rolloutState == .completed && othersAreGone && ownAreHealthy
        if isSteady, !service.announcedSteady { service.say("has reached a steady state.", at: context.now) }
        service.announcedSteady = isSteady
        if service.deployments.count > ECSService.deploymentLimit {
            let kept = service.deployments.enumerated().filter { $0.offset < ECSService.deploymentLimit || $0.element.status != .inactive }
            service.deployments = kept.map(\.element)
        }
    }

    /// Tags of a new task: the service's or the task definition's, as `propagateTags` says.
    private func propagatedTags(_ service: ECSService, _ definition: TaskDefinition) -> JSON {
        switch service.settings["propagateTags"].string {
        case "SERVICE": service.tags
        case "TASK_DEFINITION": definition.tags
        default: []
        }
    }
}
