import Foundation
import Logging

extension TaskSupervisor {
    /// Follows Docker's events for as long as ``run()`` lasts, through restarts of the daemon.
    func followEvents() async {
        var delay = 0.1
        var isLost = false
        while !Task.isCancelled {
            do {
                let events = try await docker.events(since: lastEvent, labels: ["\(TaskSpec.engineLabel)=\(engineID)"])
                if isLost { logger.notice("Docker answers again") }
                (delay, isLost) = (0.1, false)
                queue.yield(.resync)  // for what happened while nobody listened
                for try await event in events where event.time > lastEvent {
                    lastEvent = event.time
                    handle(event)
                }
            } catch is CancellationError {
                return
            } catch {
                if !isLost { logger.error("lost Docker's events, trying again: \(error)") }
                isLost = true
            }
            try? await Task.sleep(for: .seconds(delay))
            delay = min(delay * 2, 2)
        }
    }

    /// Reports an event to the machine of the task whose container it names.
    func handle(_ event: DockerEvent) {
        guard let taskID = event.attributes[TaskSpec.taskLabel], let name = event.attributes[TaskSpec.containerLabel] else { return }
        let time = DockerTime.date(event.time)
        switch event.action {
        case .start:
            // Somebody started a container of a task that has ended, or is ending, by hand.
            guard let container = tasks[taskID]?.machine.containers.first(where: { $0.definition.name == name }) else { return }
            if container.phase == .exited, container.facts.finishedAt.map({ time > $0 }) == true {
                queue.yield(.kill(containerID: event.containerID))
            }
        case .die(let exitCode): apply(taskID) { $0.died(name, exitCode: exitCode, at: time) }
        case .oom: apply(taskID) { $0.oom(name) }
        case .health(let health): apply(taskID) { $0.health(name, health) }
        case .destroy: apply(taskID) { $0.died(name, exitCode: nil, at: time) }
        }
    }

    /// Compares what the machines believe to run with what Docker has.
    func resync() async {
        let believed = tasks.flatMap { taskID, entry in
            entry.machine.containers.filter { entry.machine.isAlive($0.definition.name) }.map { (taskID: taskID, container: $0) }
        }
        guard !believed.isEmpty else { return }
        do {
            let summaries = try await docker.list(labels: ["\(TaskSpec.engineLabel)=\(engineID)"])
            let states = Dictionary(summaries.map { ($0.id, $0.state) }, uniquingKeysWith: { first, _ in first })
            for (taskID, container) in believed {
                let name = container.definition.name
                guard let id = container.facts.dockerID, let state = states[id] else {
                    apply(taskID) { $0.exited(name, exitCode: nil, at: Date()) }
                    continue
                }
                guard state != .running || container.definition.hasHealthCheck else { continue }
                let inspection = try await docker.inspect(id)
                apply(taskID) { machine in
                    if let health = inspection.health { machine.health(name, health.status) }
                    guard inspection.state != .running else { return }
                    machine.exited(
                        name, exitCode: inspection.exitCode, oomKilled: inspection.oomKilled, at: inspection.finishedAt ?? Date())
                }
            }
        } catch {
            logger.debug("comparing with Docker failed: \(error)")  // the event stream breaks too, and its return brings the next comparison
        }
    }
}
