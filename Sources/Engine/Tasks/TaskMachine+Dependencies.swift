import Foundation

extension TaskMachine {
    func container(_ name: String) -> Container? {
        containers.first { $0.definition.name == name }
    }

    func allowsCreation(_ dependency: Definition.Dependency) -> Bool {
        guard dependency.isNeededToCreate, let phase = container(dependency.container)?.phase else { return true }
        return phase != .pending && phase != .creating
    }

    func isMet(_ dependency: Definition.Dependency) -> Bool {
        guard let other = container(dependency.container) else { return false }
        switch dependency.condition {
        case .start: return other.hasStarted
        case .complete: return other.phase == .exited
        case .success: return other.phase == .exited && other.facts.exitCode == 0
        case .healthy: return other.phase == .running && other.facts.health == .healthy
        }
    }

    /// When a condition that is not met yet is given up.
    func startDeadline(_ dependency: Definition.Dependency) -> Date? {
        guard dependency.condition != .start, let other = container(dependency.container), let start = other.facts.startedAt,
            let timeout = other.definition.startTimeout
        else { return nil }
        return start.addingTimeInterval(Double(timeout))
    }

    private func impossibility(_ dependencies: [Definition.Dependency], _ now: Date) -> String? {
        for dependency in dependencies {
            if let reason = impossibility(dependency, now) { return reason }
        }
        return nil
    }

    /// Why a condition can no longer be met.
    private func impossibility(_ dependency: Definition.Dependency, _ now: Date) -> String? {
        let name = dependency.container
        guard !isMet(dependency) else { return nil }
        guard let other = container(name) else { return "the container '\(name)' does not exist in the task definition" }
        if other.phase == .failed { return "container '\(name)' did not start" }
        if other.phase == .exited {
            let code = other.facts.exitCode.map { " with code \($0)" } ?? ""
            return "container '\(name)' exited\(code) before it met the condition \(dependency.condition.rawValue)"
        }
        if dependency.condition == .healthy, !other.definition.hasHealthCheck { return "container '\(name)' has no health check" }
        guard let deadline = startDeadline(dependency), deadline <= now else { return nil }
        return "container '\(name)' did not meet the condition \(dependency.condition.rawValue) within \(other.definition.startTimeout ?? 0) seconds"
    }

    /// Gives up the containers whose dependencies can no longer be met.
    mutating func failWhatCannotStart(_ now: Date) {
        var hasChanged = true
        while hasChanged {
            hasChanged = false
            for index in containers.indices where [.pending, .created].contains(containers[index].phase) && !containers[index].isRestart {
                guard let reason = impossibility(containers[index].definition.dependencies, now) else { continue }
                containers[index].phase = .failed
                containers[index].facts.reason = "TaskDependencyError: \(reason)"
                hasChanged = true
            }
        }
    }
}
