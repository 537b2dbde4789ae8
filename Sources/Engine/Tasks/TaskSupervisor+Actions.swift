import Foundation
import Logging

extension TaskSupervisor {
    func perform(_ work: Work) async {
        switch work {
        case .action(let taskID, .create(let name)): await create(taskID, name)
        case .action(let taskID, .start(let name)), .action(let taskID, .restart(let name)): await start(taskID, name)
        case .action(let taskID, .stop(let name, let timeout)): await stop(taskID, name, timeout)
        case .action(_, .finish): return
        case .deliver(let taskID): await deliver(taskID)
        case .wake(let taskID, let time):
            try? await Task.sleep(for: .seconds(max(0, time.timeIntervalSinceNow)))
            if !Task.isCancelled { apply(taskID) { _ in } }
        case .probe(let taskID, let name): await probe(taskID, name)
        case .remove(let taskID): await removeFromDocker(taskID)
        case .kill(let containerID): try? await docker.kill(containerID)
        case .resync: await resync()
        }
    }

    func container(_ taskID: String, _ name: String) -> (plan: TaskPlan.Container, dockerID: String)? {
        guard let entry = tasks[taskID], let plan = entry.plan.containers.first(where: { $0.definition.name == name }) else { return nil }
        let id = entry.machine.containers.first { $0.definition.name == name }?.facts.dockerID
        return (plan, id ?? plan.definition.dockerName)
    }

    private func deliver(_ taskID: String) async {
        while let entry = tasks[taskID], case let snapshot = entry.machine.snapshot, snapshot != entry.delivered {
            tasks[taskID]?.delivered = snapshot
            await observer.taskChanged(taskID, snapshot)
        }
        tasks[taskID]?.isDelivering = false
        if let entry = tasks[taskID], entry.machine.isFinished, entry.isToBeRemoved { remove(taskID: taskID) }
    }
}

// MARK: Create, start, stop

extension TaskSupervisor {
    private func create(_ taskID: String, _ name: String) async {
        guard let plan = container(taskID, name)?.plan, let volumes = tasks[taskID]?.plan.volumes else { return }
        let begin = Date()
        do {
            try await makeVolumes(volumes)
            let pull: (from: Date, to: Date)
            let dockerID: String
            do {
                dockerID = try await gate.pass { try await docker.createContainer(name: plan.definition.dockerName, body: plan.body) }
                pull = (begin, begin)
            } catch let error as DockerError where error.kind == .noSuchImage {
                try await self.pull(plan)
                pull = (begin, Date())
                dockerID = try await gate.pass { try await docker.createContainer(name: plan.definition.dockerName, body: plan.body) }
            }
            apply(taskID) { machine in
                machine.pulled(from: pull.from, to: pull.to)
                machine.created(name, dockerID: dockerID)
            }
        } catch let error as DockerError where error.kind == .conflict {
            await takeOver(taskID, plan, error)
        } catch let error as TaskPlanError {
            apply(taskID) { $0.failed(name, error.message, at: Date()) }
        } catch {
            fail(taskID, name, error, "CannotCreateContainerError", "created")
        }
    }

    private func pull(_ plan: TaskPlan.Container) async throws {
        guard !plan.needsCredentials else {
            throw TaskPlanError.resources("repositoryCredentials of container '\(plan.definition.name)' are")
        }
        do {
            try await docker.pullImage(plan.definition.image)
        } catch let error as DockerError {
            throw TaskPlanError(message: "CannotPullContainerError: \(error.message)")
        }
    }

    private func makeVolumes(_ volumes: [TaskPlan.Volume]) async throws {
        for volume in volumes {
            do {
                if !volume.isExpected {
                    try await docker.createVolume(name: volume.name, driver: volume.driver, options: volume.options, labels: volume.labels)
                } else if try await !docker.volumeExists(volume.name) {
                    throw TaskPlanError(
                        message: "CannotCreateVolumeError: the shared volume '\(volume.name)' does not exist and autoprovision is off")
                }
            } catch let error as DockerError {
                throw TaskPlanError(message: "CannotCreateVolumeError: \(error.message)")
            }
        }
    }

    /// An earlier process asked for the same container and did not live to see the answer.
    private func takeOver(_ taskID: String, _ plan: TaskPlan.Container, _ conflict: DockerError) async {
        let name = plan.definition.name
        do {
            let inspection = try await docker.inspect(plan.definition.dockerName)
            guard inspection.labels[TaskSpec.taskLabel] == taskID, inspection.labels[TaskSpec.engineLabel] == engineID else { throw conflict }
            apply(taskID) { $0.adopt(name, inspection, at: Date()) }
        } catch {
            fail(taskID, name, error, "CannotCreateContainerError", "created")
        }
    }

    private func start(_ taskID: String, _ name: String) async {
        guard let (plan, dockerID) = container(taskID, name) else { return }
        do {
            try await gate.pass { try await docker.start(dockerID) }
            let inspection = try await docker.inspect(dockerID)
            let digest = await digest(inspection.imageID)
            apply(taskID) { machine in
                machine.inspected(name, imageDigest: digest, bindings: Self.bindings(inspection, plan), ip: inspection.ip)
                machine.started(name, at: inspection.startedAt ?? Date())
                if inspection.state == .exited {
                    machine.exited(name, exitCode: inspection.exitCode, oomKilled: inspection.oomKilled, at: inspection.finishedAt ?? Date())
                }
            }
            if options.firstProbe != nil, plan.definition.hasHealthCheck { queue.yield(.probe(taskID: taskID, name)) }
        } catch {
            // It may start yet, and nobody would know.
            if (error as? DockerError)?.kind == .timeout { try? await docker.kill(dockerID) }
            fail(taskID, name, error, "CannotStartContainerError", "started")
        }
    }

    private func stop(_ taskID: String, _ name: String, _ timeout: Int) async {
        guard let dockerID = container(taskID, name)?.dockerID else { return }
        do {
            try await docker.stop(dockerID, timeout: timeout)
            guard tasks[taskID]?.machine.isAlive(name) == true else { return }  // the event was faster, as a rule
            let end = try await docker.inspect(dockerID)
            guard end.state == .exited else { throw DockerError(.other, "container \(dockerID) still runs") }
            apply(taskID) { $0.exited(name, exitCode: end.exitCode, oomKilled: end.oomKilled, at: end.finishedAt ?? Date()) }
        } catch let error as DockerError where error.kind == .noSuchContainer {
            apply(taskID) { $0.exited(name, exitCode: nil, at: Date()) }
        } catch is CancellationError {
            return
        } catch {
            logger.warning("CannotStopContainerError: \(error)", metadata: ["task": "\(taskID)", "container": "\(name)"])
            apply(taskID) { $0.stopFailed(name, retry: Date().addingTimeInterval(2)) }
        }
    }

    private func fail(_ taskID: String, _ name: String, _ error: any Error, _ code: String, _ state: String) {
        guard !(error is CancellationError) else { return }  // the engine ends: the next one goes on
        let reason: String
        if let error = error as? DockerError, error.kind == .timeout {
            reason = "DockerTimeoutError: Could not transition to \(state); \(error.message)"
        } else {
            reason = "\(code): \(error)"
        }
        apply(taskID) { $0.failed(name, reason, at: Date()) }
    }

    private func digest(_ imageID: String) async -> String {
        if let known = digests[imageID] { return known }
        let image = try? await docker.inspectImage(imageID)
        let digest = image?.digests.first.flatMap { $0.split(separator: "@").last.map(String.init) } ?? imageID
        digests[imageID] = digest
        return digest
    }

    static func bindings(_ inspection: ContainerInspection, _ plan: TaskPlan.Container) -> [TaskSnapshot.Binding] {
        plan.hostBindings
            + inspection.ports.map {
                TaskSnapshot.Binding(bindIP: $0.hostIP, containerPort: $0.containerPort, hostPort: $0.hostPort, transport: $0.transport)
            }
    }

    private func removeFromDocker(_ taskID: String) async {
        let labels = ["\(TaskSpec.engineLabel)=\(engineID)", "\(TaskSpec.taskLabel)=\(taskID)"]
        while !Task.isCancelled {
            do {
                for container in try await docker.list(labels: labels) { try await docker.remove(container.id, force: true, volumes: true) }
                for volume in try await docker.volumes(labels: labels) { try await docker.removeVolume(volume) }
                return
            } catch {
                logger.debug("removing the containers of a task failed, trying again: \(error)", metadata: ["task": "\(taskID)"])
                try? await Task.sleep(for: .seconds(5))
            }
        }
    }
}
