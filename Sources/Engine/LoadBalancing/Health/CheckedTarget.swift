import Foundation

/// A target whose health is to be checked.
struct CheckedTarget: Sendable, Equatable, Identifiable {
    struct ID: Hashable, Sendable {
        /// The ARN of the target group.
        let group: String
        let target: TargetKey
    }

    let id: ID
    let address: TargetAddress
    let settings: HealthCheckSettings
    let registeredAt: Date
    /// What is known of it; checks go on from there.
    let health: TargetHealth
    /// How long after its registration failures do not make it unhealthy, in seconds.
    var grace = 0.0

    /// The same registration to be checked in the same way, whatever its health.
    func isSameRegistration(as other: CheckedTarget) -> Bool { id == other.id && registeredAt == other.registeredAt && address == other.address }
}

extension LoadBalancingState {
    /// The targets that must be checked: those of groups in use that do not drain.
    func checkedTargets() -> [CheckedTarget] {
        targetGroups.values.flatMap { group in
            group.targets.filter { !$0.isDraining && $0.health.state != .unused }.map { target in
                let address = TargetAddress(host: target.address.host, port: group.healthCheck.port ?? target.address.port)
                return CheckedTarget(
                    id: .init(group: group.arn, target: target.key), address: address, settings: group.healthCheck,
                    registeredAt: target.registeredAt, health: target.health)
            }
        }
    }

    /// Takes the result of a check into the state; nothing changes when the target has been deregistered meanwhile.
    ///
    /// - Returns: whether the state changed.
    @discardableResult
    mutating func record(_ health: TargetHealth, of target: CheckedTarget) -> Bool {
        guard var group = targetGroups[target.id.group], let index = group.index(of: target.id.target) else { return false }
        let current = group.targets[index]
        guard !current.isDraining, current.health.state != .unused, current.registeredAt == target.registeredAt, current.health != health else {
            return false
        }
        group.targets[index].health = health
        targetGroups[group.arn] = group
        return true
    }

    /// Removes a target that has drained.
    ///
    /// - Returns: whether it was still there.
    @discardableResult
    mutating func finishDraining(_ target: TargetKey, of group: String) -> Bool {
        guard var row = targetGroups[group], let index = row.index(of: target), row.targets[index].isDraining else { return false }
        row.targets.remove(at: index)
        targetGroups[group] = row
        return true
    }
}
