import Foundation

/// What has to be done in Docker for a task. The names are those of the task definition.
enum TaskAction: Sendable, Hashable {
    case create(String)
    case start(String)
    /// Start an ended container again, as its restart policy asks.
    case restart(String)
    /// SIGTERM, and SIGKILL after `timeout` seconds.
    case stop(String, timeout: Int)
    /// The task is over; comes once.
    case finish
}

/// What to do next for one task: a value that knows how its containers stand and what is wanted, and returns actions. It does no I/O and reads no
/// clock; whoever carries out the actions reports what became of them.
struct TaskMachine: Sendable {
    /// What the task definition says about the order and the life of a container.
    struct Definition: Sendable, Hashable {
        enum Condition: String, Sendable, Hashable {
            case start = "START"
            case complete = "COMPLETE"
            case success = "SUCCESS"
            case healthy = "HEALTHY"
        }

        struct Dependency: Sendable, Hashable {
            let container: String
            let condition: Condition
            /// Docker refuses to create a container whose links or volumes name one that does not exist.
            var isNeededToCreate = false
        }

        struct RestartPolicy: Sendable, Hashable {
            var ignoredExitCodes: Set<Int> = []
            /// It is started again only if it has run for so long, in seconds.
            var attemptPeriod: Int = 300
        }

        var name: String
        var dockerName = ""
        var image = ""
        var isEssential = true
        var dependencies: [Dependency] = []
        var hasHealthCheck = false
        /// For how long containers that depend on this one wait for its condition, in seconds.
        var startTimeout: Int?
        /// Between SIGTERM and SIGKILL, in seconds.
        var stopTimeout = 30
        var restartPolicy: RestartPolicy?
    }

    enum Phase: Sendable, Hashable {
        case pending
        case creating
        case created
        case starting
        case running
        /// Asked to stop; asked again if it has not by then.
        case stopping(until: Date)
        case exited
        /// It never ran, and will not.
        case failed
    }

    struct Container: Sendable, Hashable {
        let definition: Definition
        var phase = Phase.pending
        var isRestart = false
        var sawOOM = false
        var facts: TaskSnapshot.Container

        /// Nothing of it runs or will.
        var isOver: Bool { phase == .exited || phase == .failed }

        var hasStarted: Bool { facts.startedAt != nil }
    }

    static let defaultStopTimeout = 30

    var containers: [Container]
    /// Why the task is to stop; nil while it is to run.
    var stop: StopReason?
    var isFinished = false
    var times: TaskSnapshot

    /// - Parameter previous: how the task stood when an earlier engine process last saw it.
    init(_ definitions: [Definition], previous: TaskSnapshot? = nil) {
        containers = definitions.map { definition in
            var facts =
                previous?.containers.first { $0.name == definition.name }
                ?? TaskSnapshot.Container(name: definition.name, dockerName: "", image: definition.image, status: .pending)
            facts.dockerName = definition.dockerName
            facts.health = definition.hasHealthCheck ? facts.health ?? .unknown : nil
            return Container(definition: definition, facts: facts)
        }
        times = previous ?? TaskSnapshot(containers: [], status: .pending, health: .unknown)
        stop = previous?.stop
        isFinished = previous?.status == .stopped
    }
}

extension TaskMachine {
    /// What to do now. Each action comes once; what becomes of it is to be reported.
    mutating func next(_ now: Date) -> [TaskAction] {
        guard !isFinished else { return [] }
        if stop == nil {
            failWhatCannotStart(now)
            stop = ownReasonToStop
        }
        return stop == nil ? startActions(now) : stopActions(now)
    }

    /// When ``next(_:)`` has to be asked again even if nothing is reported.
    var deadline: Date? {
        var deadlines: [Date] = []
        for container in containers {
            if case .stopping(let until) = container.phase { deadlines.append(until) }
            guard stop == nil, container.phase == .pending || container.phase == .created else { continue }
            deadlines += container.definition.dependencies.filter { !isMet($0) }.compactMap(startDeadline)
        }
        return isFinished ? nil : deadlines.min()
    }

    private mutating func startActions(_ now: Date) -> [TaskAction] {
        var actions: [TaskAction] = []
        for index in containers.indices {
            let container = containers[index]
            let name = container.definition.name
            switch container.phase {
            case .pending where container.definition.dependencies.allSatisfy(allowsCreation):
                containers[index].phase = .creating
                if times.pullStartedAt == nil { times.pullStartedAt = now }
                actions.append(.create(name))
            case .created where container.isRestart:
                containers[index].phase = .starting
                containers[index].facts.startedAt = now  // so that an early end does not count the time it ran before
                actions.append(.restart(name))
            case .created where container.definition.dependencies.allSatisfy(isMet):
                containers[index].phase = .starting
                actions.append(.start(name))
            default: continue
            }
        }
        return actions
    }

    private mutating func stopActions(_ now: Date) -> [TaskAction] {
        if times.stoppingAt == nil { times.stoppingAt = now }
        var actions: [TaskAction] = []
        for index in containers.indices {
            let definition = containers[index].definition
            switch containers[index].phase {
            case .pending, .created: containers[index].phase = containers[index].hasStarted ? .exited : .failed
            case .running where containers.allSatisfy({ !isAlive($0) || !$0.definition.dependencies.contains { $0.container == definition.name } }):
                actions.append(stop(index, now))
            case .stopping(let until) where until <= now: actions.append(stop(index, now))
            default: continue
            }
        }
        if containers.allSatisfy(\.isOver) {
            isFinished = true
            times.stoppedAt = now
            actions.append(.finish)
        }
        return actions
    }

    private mutating func stop(_ index: Int, _ now: Date) -> TaskAction {
        let definition = containers[index].definition
        containers[index].phase = .stopping(until: now.addingTimeInterval(Double(definition.stopTimeout + 15)))
        return .stop(definition.name, timeout: definition.stopTimeout)
    }

    private func isAlive(_ container: Container) -> Bool {
        switch container.phase {
        case .creating, .starting, .running, .stopping: true
        case .pending, .created, .exited, .failed: false
        }
    }

    private var ownReasonToStop: StopReason? {
        let essential = containers.filter(\.definition.isEssential)
        if let failed = essential.first(where: { $0.phase == .failed }), !essential.contains(where: { $0.phase == .exited }) {
            return StopReason(.taskFailedToStart, failed.facts.reason ?? "Task failed to start")
        }
        guard essential.contains(where: \.isOver) || containers.allSatisfy(\.isOver) else { return nil }
        return StopReason(.essentialContainerExited, "Essential container in task exited")
    }
}
