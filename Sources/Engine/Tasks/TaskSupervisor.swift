import Foundation
import Logging
import ServiceModel

/// Learns how tasks stand. For one task the calls come one after the other, the last with its final state; states in between may be left out.
protocol TaskObserver: Sendable {
    func taskChanged(_ taskID: String, _ snapshot: TaskSnapshot) async
}

/// Runs tasks on Docker: asks each task's ``TaskMachine`` what to do, does it, and reports what became of it. All work happens inside ``run()``.
///
/// Containers outlive the supervisor: after ``shutdown()`` they go on running, and a later one takes them over with ``adopt(_:containers:previous:)``.
actor TaskSupervisor {
    struct Options: Sendable {
        /// The address on which mapped ports listen.
        var hostIP = "127.0.0.1"
        /// Seconds until the health check of a started container is run for the first time, and then again until it passes; nil leaves it to
        /// Docker, which waits for a whole interval first.
        var firstProbe: Double? = 0.25
        /// How many containers Docker makes and starts at once. On a busy machine fewer
        /// take longer altogether; more gain nothing.
        var concurrentStarts = max(8, ProcessInfo.processInfo.activeProcessorCount * 4)
    }

    /// Something to be done outside the actor.
    enum Work: Sendable {
        case action(taskID: String, TaskAction)
        case deliver(taskID: String)
        case wake(taskID: String, Date)
        case probe(taskID: String, String)
        case remove(taskID: String)
        case kill(containerID: String)
        case resync
    }

    struct Entry {
        let spec: TaskSpec
        let plan: TaskPlan
        var machine: TaskMachine
        var delivered: TaskSnapshot?
        var isDelivering = false
        var nextWake: Date?
        var isToBeRemoved = false
    }

    let docker: DockerClient
    let engineID: String
    let observer: any TaskObserver
    let logger: Logger
    let options: Options
    let gate: CallGate
    var tasks: [String: Entry] = [:]
    /// The image digests by image id.
    var digests: [String: String] = [:]
    /// Of the newest event that was handled, in nanoseconds since 1970.
    var lastEvent: Int
    let work: AsyncStream<Work>
    let queue: AsyncStream<Work>.Continuation

    /// - Parameter engineID: tells the containers of this engine from those of others on the same Docker.
    init(docker: DockerClient, engineID: String, observer: any TaskObserver, logger: Logger, options: Options = Options()) {
        self.docker = docker
        self.engineID = engineID
        self.observer = observer
        self.logger = logger
        self.options = options
        gate = CallGate(limit: options.concurrentStarts)
        lastEvent = Int(Date().timeIntervalSince1970 * 1_000_000_000)
        (work, queue) = AsyncStream.makeStream()
    }

    /// Does all the work until ``shutdown()`` or cancellation.
    func run() async {
        await withDiscardingTaskGroup { group in
            group.addTask { await self.followEvents() }
            for await item in work {
                group.addTask { await self.perform(item) }
            }
            group.cancelAll()
        }
    }

    /// Ends ``run()``. Containers are left as they are.
    func shutdown() {
        queue.finish()
    }

    /// Starts a new task.
    func run(_ spec: TaskSpec) {
        enter(spec, previous: nil) { _ in }
    }

    /// Takes over a task of an earlier process, with the containers that ``containers()`` found. What has ended meanwhile is reported as ended;
    /// what was never made is made.
    ///
    /// - Parameter previous: the last snapshot that the earlier process saw.
    func adopt(_ spec: TaskSpec, containers: [ContainerInspection], previous: TaskSnapshot? = nil) {
        let now = Date()
        let byName = Dictionary(containers.map { ($0.labels[TaskSpec.containerLabel] ?? "", $0) }, uniquingKeysWith: { first, _ in first })
        enter(spec, previous: previous) { entry in
            guard !entry.machine.isFinished else { return }
            for container in entry.plan.containers {
                let inspection = byName[container.definition.name]
                entry.machine.adopt(container.definition.name, inspection, at: now)
                if let inspection, inspection.state == .running {
                    entry.machine.inspected(
                        container.definition.name, imageDigest: nil, bindings: Self.bindings(inspection, container), ip: inspection.ip)
                }
            }
        }
    }

    /// Stops a task; unknown and ended ones are left alone. The first reason counts.
    func stop(taskID: String, reason: StopReason) {
        apply(taskID) { $0.stop(reason) }
    }

    /// Ends a container by SIGKILL, as a crash would: nobody asked its task to stop.
    func kill(containerID: String) { queue.yield(.kill(containerID: containerID)) }

    /// Removes a task's containers and volumes, and with them its logs, as soon as it has ended. What carries the label of an unknown task is
    /// removed at once.
    func remove(taskID: String) {
        if let entry = tasks[taskID], !entry.machine.isFinished {
            tasks[taskID]?.isToBeRemoved = true
        } else {
            tasks[taskID] = nil
            queue.yield(.remove(taskID: taskID))
        }
    }

    /// How a task stands, or nil if it is not known.
    func snapshot(taskID: String) -> TaskSnapshot? {
        tasks[taskID]?.machine.snapshot
    }

    /// The containers of this engine by task id, ended ones included: what to ``adopt(_:containers:previous:)`` or ``remove(taskID:)`` at the start.
    func containers() async throws -> [String: [ContainerInspection]] {
        let summaries = try await docker.list(labels: ["\(TaskSpec.engineLabel)=\(engineID)"])
        return try await withThrowingTaskGroup(of: ContainerInspection?.self) { group in
            var found: [String: [ContainerInspection]] = [:]
            func note(_ inspection: ContainerInspection?) {
                guard let inspection, let task = inspection.labels[TaskSpec.taskLabel] else { return }
                found[task, default: []].append(inspection)
            }
            for (index, summary) in summaries.enumerated() {
                if index >= 8 { note(try await group.next() ?? nil) }
                group.addTask { [docker] in
                    do {
                        return try await docker.inspect(summary.id)
                    } catch let error as DockerError where error.kind == .noSuchContainer {
                        return nil
                    }
                }
            }
            for try await inspection in group { note(inspection) }
            return found
        }
    }
}

extension TaskSupervisor {
    private func enter(_ spec: TaskSpec, previous: TaskSnapshot?, _ prepare: (inout Entry) -> Void) {
        guard tasks[spec.id] == nil else { return }  // an order given twice
        do {
            let plan = try TaskPlan(spec, engineID: engineID, hostIP: options.hostIP)
            var entry = Entry(spec: spec, plan: plan, machine: TaskMachine(plan.containers.map(\.definition), previous: previous))
            prepare(&entry)
            tasks[spec.id] = entry
        } catch {
            let containers = spec.taskDefinition["containerDefinitions"].array.map {
                TaskMachine.Definition(name: $0["name"].string ?? "", image: $0["image"].string ?? "")
            }
            var machine = TaskMachine(containers, previous: previous)
            machine.stop(StopReason(.taskFailedToStart, error.message))
            tasks[spec.id] = Entry(spec: spec, plan: .empty, machine: machine)
        }
        apply(spec.id) { _ in }
    }

    /// Reports something to a task's machine and sets about what it wants done.
    func apply(_ taskID: String, _ report: (inout TaskMachine) -> Void) {
        guard var entry = tasks.removeValue(forKey: taskID) else { return }
        report(&entry.machine)
        for action in entry.machine.next(Date()) where action != .finish { queue.yield(.action(taskID: taskID, action)) }
        if let deadline = entry.machine.deadline, deadline != entry.nextWake {
            entry.nextWake = deadline
            queue.yield(.wake(taskID: taskID, deadline))
        }
        if !entry.isDelivering, entry.machine.snapshot != entry.delivered {
            entry.isDelivering = true
            queue.yield(.deliver(taskID: taskID))
        }
        tasks[taskID] = entry
    }
}
