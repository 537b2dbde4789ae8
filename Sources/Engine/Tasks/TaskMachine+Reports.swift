import Foundation

extension TaskMachine {
    /// The task is to stop. The first reason stays.
    mutating func stop(_ reason: StopReason) {
        if stop == nil { stop = reason }
    }

    private mutating func update(_ name: String, _ change: (inout Container) -> Void) {
        guard let index = containers.firstIndex(where: { $0.definition.name == name }) else { return }
        change(&containers[index])
    }

    /// The image is there; `from` and `to` are when it was asked for and fetched.
    mutating func pulled(from: Date, to: Date) {
        times.pullStartedAt = min(times.pullStartedAt ?? from, from)
        times.pullStoppedAt = max(times.pullStoppedAt ?? to, to)
    }

    mutating func created(_ name: String, dockerID: String) {
        update(name) { container in
            guard container.phase == .creating || container.phase == .pending else { return }
            container.phase = .created
            container.facts.dockerID = dockerID
        }
    }

    /// Creating or starting did not work out.
    mutating func failed(_ name: String, _ reason: String, at time: Date) {
        update(name) { container in
            switch container.phase {
            case .creating, .pending, .created, .starting:
                container.phase = container.hasStarted ? .exited : .failed
                container.facts.reason = reason
                container.facts.finishedAt = container.hasStarted ? time : nil
            default: return
            }
        }
    }

    mutating func started(_ name: String, at time: Date) {
        update(name) { container in
            if container.phase == .starting || container.phase == .created {
                container.phase = .running
                container.facts.startedAt = time
                container.facts.finishedAt = nil
                container.isRestart = false
            } else if container.facts.startedAt == nil, container.phase == .exited {
                container.facts.startedAt = time  // it ended before Docker answered
            }
        }
        if times.startedAt == nil, containers.allSatisfy({ $0.hasStarted || ($0.phase == .failed && !$0.definition.isEssential) }) {
            times.startedAt = time
        }
    }

    /// What an inspection shows of a started container.
    mutating func inspected(_ name: String, imageDigest: String?, bindings: [TaskSnapshot.Binding], ip: String?) {
        update(name) { container in
            container.facts.imageDigest = imageDigest ?? container.facts.imageDigest
            container.facts.bindings = bindings
            container.facts.ip = ip
        }
    }

    /// A verdict stays until there is another: Docker's "starting" does not take back what an earlier check found.
    mutating func health(_ name: String, _ health: ContainerHealth) {
        update(name) { container in
            guard container.definition.hasHealthCheck, !container.isOver, health != .unknown else { return }
            container.facts.health = health
        }
    }

    mutating func oom(_ name: String) {
        update(name) { container in
            container.sawOOM = true
            if container.phase == .exited { container.explainOOM() }
        }
    }

    /// An event says that the container ended. One from before its last start is old news.
    mutating func died(_ name: String, exitCode: Int?, at time: Date) {
        guard let container = container(name), container.phase == .starting || time >= container.facts.startedAt ?? time else { return }
        exited(name, exitCode: exitCode, at: time)
    }

    /// The container ended. It is reported to be over, or, if its restart policy says so, ready to start again.
    ///
    /// - Parameter exitCode: nil if nobody knows, since the container is gone.
    mutating func exited(_ name: String, exitCode: Int?, oomKilled: Bool = false, at time: Date) {
        let isWanted = stop == nil
        update(name) { container in
            switch container.phase {
            case .starting, .running, .stopping: break
            case .pending: if exitCode != nil { return }
            case .creating, .created, .exited, .failed: return
            }
            container.facts.startedAt = container.facts.startedAt ?? time
            container.facts.finishedAt = max(time, container.facts.startedAt ?? time)  // Docker's clock readings may cross
            container.facts.exitCode = exitCode
            container.sawOOM = container.sawOOM || oomKilled
            container.phase = .exited
            container.isRestart = false
            container.explainOOM()
            if isWanted, container.mayRestart {
                container.phase = .created
                container.isRestart = true
                container.sawOOM = false
                container.facts.restartCount += 1
                container.facts.reason = nil
                if container.definition.hasHealthCheck { container.facts.health = .unknown }
            } else if exitCode == nil, container.facts.reason == nil {
                container.facts.reason = "ContainerRuntimeError: the container was removed by something else than this engine"
            }
        }
        let isLast = containers.allSatisfy { $0.isOver }
        if times.executionStoppedAt == nil, let ended = container(name), ended.phase == .exited, ended.definition.isEssential || isLast {
            times.executionStoppedAt = time
        }
    }

    /// The request to stop did not work; it is made again after `retry`.
    mutating func stopFailed(_ name: String, retry: Date) {
        update(name) { container in
            if case .stopping = container.phase { container.phase = .stopping(until: retry) }
        }
    }

    /// How a container that an earlier process made stands in Docker. Without an inspection there is none.
    mutating func adopt(_ name: String, _ inspection: ContainerInspection?, at now: Date) {
        guard let inspection else {
            if container(name)?.facts.status == .stopped {
                update(name) { $0.phase = $0.hasStarted ? .exited : .failed }
            } else if container(name)?.hasStarted == true {
                exited(name, exitCode: nil, at: now)
            }
            return
        }
        created(name, dockerID: inspection.id)
        guard inspection.state != .created, let start = inspection.startedAt else {
            update(name) { if $0.facts.status == .stopped { $0.phase = .failed } }  // it was tried already
            return
        }
        started(name, at: start)
        if let health = inspection.health { self.health(name, health.status) }
        if inspection.state == .exited {
            exited(name, exitCode: inspection.exitCode, oomKilled: inspection.oomKilled, at: inspection.finishedAt ?? now)
        }
    }
}

extension TaskMachine.Container {
    fileprivate mutating func explainOOM() {
        if sawOOM, facts.exitCode == 137 { facts.reason = "OutOfMemoryError: Container killed due to memory usage" }
    }

    fileprivate var mayRestart: Bool {
        guard let policy = definition.restartPolicy, let code = facts.exitCode, !policy.ignoredExitCodes.contains(code),
            let start = facts.startedAt, let end = facts.finishedAt
        else { return false }
        return end.timeIntervalSince(start) >= Double(policy.attemptPeriod)
    }
}
