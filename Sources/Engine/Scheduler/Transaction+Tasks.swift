import Foundation
import ServiceModel

/// Starting and stopping tasks.
extension Transaction {
    /// Why no instance can take a task.
    struct Unplaceable: Error {
        /// ECS's word in RunTask's `failures`: `RESOURCE:MEMORY`.
        let reason: String
        /// ECS's words in a service's event.
        let explanation: String
    }

    /// What a new task belongs to.
    struct TaskOrigin {
        let cluster: String
        let groupName: String
        var service: String?
        var startedBy: String?
        var overrides: JSON = [:]
        var launchType = "EC2"
        var tags: JSON = []
        var enableExecuteCommand = false
    }

    /// Creates a task, which starts once this change is stored.
    ///
    /// - Throws: ``Unplaceable`` when the machine has no room for it.
    mutating func startTask(of definition: TaskDefinition, origin: TaskOrigin) throws(Unplaceable) -> ECSTask {
        let reservation = Self.reservation(of: definition.body, overrides: origin.overrides)
        try place(reservation)
        let id = Identifier.hex32()
        let task = ECSTask(
            id: id, arn: context.locality.task(origin.cluster, id), cluster: origin.cluster, groupName: origin.groupName, service: origin.service,
            startedBy: origin.startedBy, taskDefinition: definition.arn, overrides: origin.overrides, launchType: origin.launchType,
            tags: origin.tags,
            enableExecuteCommand: origin.enableExecuteCommand,
            containers: definition.containers.map { container in
                ECSTask.Container(
                    name: container["name"].string ?? "",
                    arn: context.locality.arn("ecs", "container/\(origin.cluster)/\(id)/\(Identifier.uuid())"),
                    image: container["image"].string ?? "",
                    essential: container["essential"].bool ?? true)
            }, createdAt: context.now, reservation: reservation)
        state.tasks[id] = task
        effects.run.append(id)
        return task
    }

    /// Asks a task to end. Its targets drain first, then its containers get their signal.
    mutating func stopTask(_ id: String, code: String, reason: String) {
        guard var task = state.tasks[id], task.desiredStatus != .stopped else { return }
        task.desiredStatus = .stopped
        task.stopCode = code
        task.stoppedReason = reason
        task.stoppingAt = context.now
        task.version += 1
        if task.targets.isEmpty || task.lastStatus == .pending {
            task.lastStatus = .stopping
            effects.stop.append(id)
        } else {
            task.lastStatus = .deactivating
            drainTargets(of: task)
        }
        state.tasks[id] = task
        if let service = task.service { touchedServices.insert(service) }
    }

    /// Stops the containers of tasks whose targets have drained. Called when a drain may have ended.
    mutating func finishDrains() {
        for task in state.tasks.values where task.lastStatus == .deactivating {
            guard targetsAreDrained(of: task) else { continue }
            removeTargets(of: task)
            state.tasks.update(task.id) {
                $0.targets = []
                $0.lastStatus = .stopping
                $0.version += 1
            }
            effects.stop.append(task.id)
            if let service = task.service { touchedServices.insert(service) }
        }
    }

    // MARK: Room

    private func place(_ wanted: Resources) throws(Unplaceable) {
        let remaining = remainingResources()
        let instance = "(container-instance \(context.machine.id))"
        func tooLittle(_ what: String, _ reason: String) -> Unplaceable {
            Unplaceable(
                reason: reason,
                explanation: "was unable to place a task because no container instance met all of its requirements. The closest matching \(instance) "
                    + "\(what). For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.")
        }
        if wanted.memory > remaining.memory { throw tooLittle("has insufficient memory available", "RESOURCE:MEMORY") }
        if wanted.cpu > remaining.cpu { throw tooLittle("has insufficient CPU units available", "RESOURCE:CPU") }
        if !wanted.ports.isDisjoint(with: remaining.ports) { throw tooLittle("is already using a port required by your task", "RESOURCE:PORTS") }
    }

    /// What is left of the machine; `ports` are those in use.
    func remainingResources() -> Resources {
        var left = Resources(cpu: context.machine.cpu, memory: context.machine.memory, ports: Set(Machine.reservedPorts.map { "\($0)/tcp" }))
        for task in state.tasks.values where !task.isStopped {
            left.cpu -= task.reservation.cpu
            left.memory -= task.reservation.memory
            left.ports.formUnion(task.reservation.ports)
        }
        return left
    }

    /// What a task holds of the machine: its own size, else the sum over its containers.
    static func reservation(of definition: JSON, overrides: JSON) -> Resources {
        var resources = Resources()
        var containerCPU = 0
        var containerMemory = 0
        for container in definition["containerDefinitions"].array {
            let override = overrides["containerOverrides"].array.first { $0["name"] == container["name"] } ?? [:]
            containerCPU += (override["cpu"].int ?? container["cpu"].int) ?? 0
            containerMemory +=
                override["memoryReservation"].int ?? override["memory"].int ?? container["memoryReservation"].int ?? container["memory"].int ?? 0
            for mapping in container["portMappings"].array {
                let host =
                    definition["networkMode"].string == "host" ? mapping["hostPort"].int ?? mapping["containerPort"].int : mapping["hostPort"].int
                if let host, host > 0 { resources.ports.insert("\(host)/\(mapping["protocol"].string ?? "tcp")") }
            }
        }
        resources.cpu = Self.size(overrides["cpu"].string ?? definition["cpu"].string, unit: "vcpu", factor: 1024) ?? containerCPU
        resources.memory = Self.size(overrides["memory"].string ?? definition["memory"].string, unit: "gb", factor: 1024) ?? containerMemory
        return resources
    }

    /// `"512"`, `"1 vCPU"` or `".5 GB"` in CPU units or MiB.
    static func size(_ text: String?, unit: String, factor: Double) -> Int? {
        guard let text = text?.lowercased() else { return nil }
        if let plain = Int(text) { return plain }
        let number = text.replacing(unit, with: "").filter { !$0.isWhitespace }
        return text.contains(unit) ? Double(number).map { Int($0 * factor) } : nil
    }
}
