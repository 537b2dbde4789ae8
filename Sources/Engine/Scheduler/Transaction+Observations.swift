import Foundation
import ServiceModel

/// What was seen of a task's containers, entered into the state.
extension Transaction {
    mutating func observe(_ snapshot: TaskSnapshot, of id: String) {
        guard var task = state.tasks[id], !task.isStopped else { return }
        let before = task
        for seen in snapshot.containers {
            guard let index = task.containers.firstIndex(where: { $0.name == seen.name }) else { continue }
            task.containers[index].observe(seen)
        }
        task.healthStatus = ECSTask.Health(snapshot.health)
        task.pullStartedAt = snapshot.pullStartedAt ?? task.pullStartedAt
        task.pullStoppedAt = snapshot.pullStoppedAt ?? task.pullStoppedAt
        task.executionStoppedAt = snapshot.executionStoppedAt ?? task.executionStoppedAt
        switch snapshot.status {
        case .pending: break
        case .running: becomeRunning(&task, snapshot)
        case .stopping: becomeStopping(&task, snapshot)
        case .stopped: becomeStopped(&task, snapshot)
        }
        guard task != before else { return }
        task.version += 1
        state.tasks[id] = task
        if task.lastStatus == .running, before.lastStatus != .running, let arn = task.service, let service = state.services[arn] {
            registerTargets(of: task, service)
        }
        if let service = task.service { touchedServices.insert(service) }
    }

    private func becomeRunning(_ task: inout ECSTask, _ snapshot: TaskSnapshot) {
        guard task.lastStatus == .pending || task.lastStatus == .activating else { return }
        task.lastStatus = .running
        task.startedAt = snapshot.startedAt ?? context.now
    }

    private mutating func becomeStopping(_ task: inout ECSTask, _ snapshot: TaskSnapshot) {
        endUnasked(&task, snapshot)
        task.lastStatus = .stopping
        task.stoppingAt = task.stoppingAt ?? snapshot.stoppingAt ?? context.now
    }

    private mutating func becomeStopped(_ task: inout ECSTask, _ snapshot: TaskSnapshot) {
        endUnasked(&task, snapshot)
        task.lastStatus = .stopped
        task.stoppingAt = task.stoppingAt ?? context.now
        task.stoppedAt = snapshot.stoppedAt ?? context.now
        task.executionStoppedAt = task.executionStoppedAt ?? context.now
        for index in task.containers.indices { task.containers[index].lastStatus = "STOPPED" }
        removeTargets(of: task)
        task.targets = []
        effects.wake(at: context.now.addingTimeInterval(context.timing.stoppedTaskRetention))
    }

    /// Notes why a task ends that nobody asked to end, and takes its targets out of rotation at once.
    private mutating func endUnasked(_ task: inout ECSTask, _ snapshot: TaskSnapshot) {
        guard task.desiredStatus != .stopped else { return }
        task.desiredStatus = .stopped
        task.stopCode = snapshot.stop?.code.rawValue
        task.stoppedReason = snapshot.stop?.text
        removeTargets(of: task)
        task.targets = []
        noteFailure(of: task)
    }

    /// Forgets tasks that stopped long ago, and frees what they left.
    mutating func forgetOldTasks() {
        let limit = context.now.addingTimeInterval(-context.timing.stoppedTaskRetention)
        var keptPerGroup: [String: Int] = [:]
        let stopped = state.tasks.values.filter(\.isStopped).sorted { $0.stoppedAt ?? .distantPast > $1.stoppedAt ?? .distantPast }
        for task in stopped {
            let kept = keptPerGroup[task.group ?? "", default: 0]
            if kept < Self.stoppedTasksKept, let stoppedAt = task.stoppedAt, stoppedAt > limit {
                keptPerGroup[task.group ?? ""] = kept + 1
                effects.wake(at: stoppedAt.addingTimeInterval(context.timing.stoppedTaskRetention))
            } else {
                state.tasks[task.id] = nil
                effects.remove.append(task.id)
            }
        }
        for token in state.requestTokens.values where token.createdAt.timeIntervalSince(context.now) < -86_400 { state.requestTokens[token.id] = nil }
    }

    /// Stopped tasks of one service or cluster whose containers and logs are kept.
    static let stoppedTasksKept = 40
}

extension ECSTask.Container {
    fileprivate mutating func observe(_ seen: TaskSnapshot.Container) {
        runtimeID = seen.dockerID ?? runtimeID
        imageDigest = seen.imageDigest ?? imageDigest
        lastStatus = seen.status == .stopping ? "RUNNING" : seen.status.rawValue
        exitCode = seen.exitCode ?? exitCode
        reason = seen.reason ?? reason
        health = ECSTask.Health(seen.health ?? .unknown)
        startedAt = seen.startedAt ?? startedAt
        if !seen.bindings.isEmpty {
            networkBindings = .array(
                seen.bindings.map {
                    [
                        "bindIP": .string($0.bindIP), "containerPort": .integer($0.containerPort), "hostPort": .integer($0.hostPort),
                        "protocol": .string($0.transport),
                    ]
                })
        }
    }
}

extension ECSTask.Health {
    init(_ health: ContainerHealth) {
        switch health {
        case .healthy: self = .healthy
        case .unhealthy: self = .unhealthy
        case .unknown: self = .unknown
        }
    }
}
