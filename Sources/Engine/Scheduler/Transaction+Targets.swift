import Foundation
import ServiceModel

/// A task's targets at the load balancers.
extension Transaction {
    /// Registers a task that started with the target groups of its service.
    mutating func registerTargets(of task: ECSTask, _ service: ECSService) {
        var targets: [ECSTask.Target] = []
        for balancer in service.loadBalancers {
            guard let group = balancer["targetGroupArn"].string,
                let container = task.containers.first(where: { $0.name == balancer["containerName"].string }),
                let binding = container.networkBindings.array.first(where: { $0["containerPort"] == balancer["containerPort"] }),
                let port = binding["hostPort"].int
            else { continue }
            let key = TargetKey(id: context.machine.instanceID, port: port)
            state.loadBalancing.targetGroups.update(group) { group in
                group.targets.removeAll { $0.key == key }
                group.targets.append(
                    RegisteredTarget(
                        key: key, address: TargetAddress(host: "127.0.0.1", port: port), health: .registering, registeredAt: context.now,
                        drainingSince: nil))
            }
            targets.append(ECSTask.Target(targetGroup: group, id: key.id, port: port))
            say("registered 1 targets in (target-group \(group))", of: service.arn)
        }
        guard !targets.isEmpty else { return }
        state.loadBalancing.refreshUse()
        state.tasks.update(task.id) { $0.targets = targets }
    }

    /// Takes the task's targets out of rotation; they may finish what they have begun.
    mutating func drainTargets(of task: ECSTask) {
        for target in task.targets {
            state.loadBalancing.targetGroups.update(target.targetGroup) { group in
                guard let index = group.index(of: target.key), !group.targets[index].isDraining else { return }
                group.targets[index].health = .draining
                group.targets[index].drainingSince = context.now
            }
        }
    }

    /// Whether nothing is in flight to the task any more, or its time is over.
    mutating func targetsAreDrained(of task: ECSTask) -> Bool {
        var isDrained = true
        for target in task.targets {
            guard let group = state.loadBalancing.targetGroups[target.targetGroup], let registered = state.loadBalancing.registration(target),
                let since = registered.drainingSince
            else { continue }
            let isIdle = context.timing.drainEndsWhenIdle && context.idleTargets.contains(target)
            let decision = DrainDecision.decide(
                since: since, inFlight: isIdle ? 0 : 1, delay: group.deregistrationDelay, limit: context.timing.drainLimit, now: context.now)
            if case .wait(let deadline) = decision {
                effects.wake(at: deadline)
                isDrained = false
            }
        }
        return isDrained
    }

    mutating func removeTargets(of task: ECSTask) {
        for target in task.targets {
            guard state.loadBalancing.removeTarget(target.key, of: target.targetGroup) else { continue }
            if let service = task.service { say("deregistered 1 targets in (target-group \(target.targetGroup))", of: service) }
        }
    }

    /// Notes what a health check found out.
    mutating func observe(_ health: TargetHealth, of target: CheckedTarget) {
        guard state.loadBalancing.record(health, of: target) else { return }
        touchServices(of: [ECSTask.Target(targetGroup: target.id.group, id: target.id.target.id, port: target.id.target.port)])
    }

    /// Lets the scheduler look at the services whose tasks are behind `targets`.
    mutating func touchServices(of targets: Set<ECSTask.Target>) {
        for task in state.tasks.values where !targets.isDisjoint(with: task.targets) {
            if let service = task.service { touchedServices.insert(service) }
        }
    }

    private mutating func say(_ message: String, of service: String) {
        state.services.update(service) { $0.say(message, at: context.now) }
    }
}

extension ECSTask.Target {
    var key: TargetKey { TargetKey(id: id, port: port) }
}

extension LoadBalancingState {
    var healthyTargets: Set<ECSTask.Target> {
        Set(
            targetGroups.values.flatMap { group in
                group.targets.filter { $0.health.state == .healthy }.map { .init(targetGroup: group.id, id: $0.key.id, port: $0.key.port) }
            })
    }

    func registration(_ target: ECSTask.Target) -> RegisteredTarget? {
        targetGroups[target.targetGroup]?.targets.first { $0.key == target.key }
    }

    /// Removes a target, drained or not.
    ///
    /// - Returns: whether it was there.
    mutating func removeTarget(_ key: TargetKey, of group: String) -> Bool {
        guard let index = targetGroups[group]?.index(of: key) else { return false }
        targetGroups.update(group) { $0.targets.remove(at: index) }
        return true
    }

    func hasTargetGroup(_ arn: String) -> Bool { targetGroups[arn] != nil }

    func isAttached(targetGroup arn: String) -> Bool { uses()[arn] != nil }
}
