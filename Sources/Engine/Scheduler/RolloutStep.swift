import Foundation
import ServiceModel

/// The arithmetic of one step of a rollout: who is there, how many may start, who may stop.
struct RolloutStep {
    let deployment: Deployment
    let bounds: DeploymentBounds
    let desired: Int
    /// Live tasks of the primary deployment, and of earlier ones.
    private(set) var new: [ECSTask]
    private(set) var old: [ECSTask]
    /// Tasks that were told to stop and are not stopped yet: they still hold room.
    private(set) var ending: Int
    private let healthy: Set<String>
    /// Live tasks of the primary deployment that fail their health checks.
    private(set) var unhealthyNew: [(task: ECSTask, reason: UnhealthyReason)] = []
    /// Unhealthy tasks whose replacement may start before they stop.
    var replacements = 0

    init(tasks: [ECSTask], deployment: Deployment, desired: Int, service: ECSService, health: (ECSTask) -> TaskHealth) {
        self.deployment = deployment
        self.desired = desired
        bounds = DeploymentBounds(desired: desired, configuration: service.settings["deploymentConfiguration"], isDaemon: service.isDaemon)
        let live = tasks.filter(\.isLive)
        new = live.filter { $0.startedBy == deployment.id }
        old = live.filter { $0.startedBy != deployment.id }
        ending = tasks.count { !$0.isLive && !$0.isStopped }
        var healthy: Set<String> = []
        for task in live {
            switch health(task) {
            case .healthy: healthy.insert(task.id)
            case .unhealthy(let reason): if task.startedBy == deployment.id { unhealthyNew.append((task, reason)) }
            case .unknown: break
            }
        }
        self.healthy = healthy
    }

    /// Tasks that the maximum still allows.
    var room: Int { bounds.maximum - new.count - old.count - ending }

    /// Tasks that the primary deployment lacks.
    var missing: Int { max(0, desired - new.count + replacements) }

    mutating func noteStarted(_ task: ECSTask) { new.append(task) }

    mutating func noteStopped(_ task: ECSTask) {
        new.removeAll { $0.id == task.id }
        ending += 1
    }

    /// Who stops now: unhealthy tasks of earlier deployments at once, healthy ones as far as the minimum of healthy tasks allows and new ones have taken
    /// their place (or need their room), and what the primary deployment has too many of.
    func tasksToStop() -> [ECSTask] {
        var stops = old.filter { !healthy.contains($0.id) }
        let oldHealthy = old.filter { healthy.contains($0.id) }.sorted { $0.createdAt < $1.createdAt }
        let newHealthy = new.count { healthy.contains($0.id) }
        let total = oldHealthy.count + newHealthy
        let blocked = missing > 0 && room <= 0 && stops.isEmpty ? missing : 0
        let wanted = max(total - desired, blocked)
        stops += oldHealthy.prefix(max(0, min(wanted, total - bounds.minimum)))

        // Too many of the primary's own: first those that are not healthy, then the youngest. A replaced unhealthy task goes once its replacement is healthy.
        let excess = new.count - desired
        if excess > 0 {
            let candidates = new.sorted { left, right in
                let leftIsHealthy = healthy.contains(left.id)
                if leftIsHealthy != healthy.contains(right.id) { return !leftIsHealthy }
                return left.createdAt > right.createdAt
            }
            let unhealthy = Set(unhealthyNew.map(\.task.id))
            let replacementsAreUp = newHealthy >= min(desired, bounds.minimum)
            stops += candidates.prefix(excess).filter { !unhealthy.contains($0.id) || replacementsAreUp }
        }
        return stops
    }
}

/// Whether a task does its work, as far as its checks tell.
enum TaskHealth: Equatable {
    case healthy
    case unhealthy(UnhealthyReason)
    /// Starting, or not checked for long enough.
    case unknown
}

/// The check that a task fails.
enum UnhealthyReason: Equatable {
    case container
    case target(group: String, port: Int, instance: String, description: String)

    /// ECS's `stoppedReason` of a task that is stopped for it.
    var stoppedReason: String {
        switch self {
        case .container: "Task failed container health checks"
        case .target(let group, _, _, _): "Task failed ELB health checks in (target-group \(group))"
        }
    }

    /// ECS's words in the service's events.
    func event(_ task: ECSTask) -> String {
        switch self {
        case .container: "(task \(task.id)) failed container health checks."
        case .target(let group, let port, let instance, let description):
            "(instance \(instance)) (port \(port)) is unhealthy in (target-group \(group)) due to (reason \(description))"
        }
    }
}
