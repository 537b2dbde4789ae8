import Foundation

extension TaskMachine {
    /// How the task stands now.
    var snapshot: TaskSnapshot {
        var snapshot = times
        snapshot.containers = containers.map { container in
            var facts = container.facts
            switch container.phase {
            case .pending, .creating, .created, .starting: facts.status = container.isRestart ? .running : .pending
            case .running, .stopping: facts.status = .running
            case .exited, .failed: facts.status = .stopped
            }
            return facts
        }
        snapshot.stop = stop
        snapshot.health = health
        if isFinished {
            snapshot.status = .stopped
        } else if stop != nil {
            snapshot.status = .stopping
        } else {
            snapshot.status = times.startedAt == nil ? .pending : .running
        }
        return snapshot
    }

    private var health: ContainerHealth {
        let verdicts = containers.filter { $0.definition.isEssential && $0.definition.hasHealthCheck }.map { $0.facts.health ?? .unknown }
        if verdicts.contains(.unhealthy) { return .unhealthy }
        return verdicts.isEmpty || verdicts.contains(.unknown) ? .unknown : .healthy
    }
}

extension TaskMachine {
    /// Whether a container runs, by all that is known; one on its way up does not count.
    func isAlive(_ name: String) -> Bool {
        switch container(name)?.phase {
        case .running, .stopping: true
        default: false
        }
    }
}
