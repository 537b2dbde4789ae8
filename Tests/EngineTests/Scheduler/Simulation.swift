import Foundation
import ServiceModel

@testable import Engine

/// The engine's decisions on a clock of their own: containers start and stop after set times, or as a test says.
struct Simulation {
    var state = EngineState()
    var now = Date(timeIntervalSince1970: 1_800_000_000)
    var timing = Timing.local
    var machine = Machine(id: "0123456789abcdef0123456789abcdef", instanceID: "i-0123456789abcdef0", cpu: 2048, memory: 8192)
    /// Seconds that a container takes to start and to stop.
    var startTime = 0.3
    var stopTime = 0.2
    /// What becomes of the containers of a task definition once started: they run, or they end with this exit code at once.
    var exitCodes: [String: Int] = [:]
    private var pending: [(at: Date, task: String, snapshot: TaskSnapshot.Status)] = []
    /// Tasks that the engine let die on purpose.
    private(set) var killed: [String] = []

    init() {
        _ = try? call("CreateCluster", [:])
    }

    @discardableResult
    mutating func call(_ name: String, _ input: JSON) throws -> JSON {
        try call(.ecs, name, input)
    }

    /// An operation on drills.
    @discardableResult
    mutating func drill(_ name: String, _ input: JSON) throws -> JSON { try call(.drills, name, input) }

    private mutating func call(_ model: ServiceModel, _ name: String, _ input: JSON) throws -> JSON {
        let operations = model.name == ServiceModel.drills.name ? Operation.drills : Operation.ecs
        guard let operation = operations[name], let description = model.operations[name] else { throw EngineError.client("no \(name)") }
        let checked = try Operation.check(input, for: description, of: model)
        switch operation {
        case .read(let read): return try read(transaction(), checked)
        case .write(let write): return try change { transaction throws in try write(&transaction, checked) }
        }
    }

    @discardableResult
    mutating func change<Result>(_ decide: (inout Transaction) throws -> Result) rethrows -> Result {
        var transaction = transaction()
        let result = try decide(&transaction)
        transaction.schedule()
        _ = StateChanges(takenFrom: &transaction.state)
        state = transaction.state
        for id in transaction.effects.run { pending.append((now.addingTimeInterval(startTime), id, .running)) }
        for id in transaction.effects.stop { pending.append((now.addingTimeInterval(stopTime), id, .stopped)) }
        for id in transaction.effects.kill {
            killed.append(id)
            pending.append((now, id, .stopped))
        }
        return result
    }

    mutating func advance(by seconds: Double, step: Double = 0.1) {
        advance(by: seconds, step: step) { _ in }
    }

    /// Lets time pass in steps, and `observe` see every step.
    mutating func advance<Failure>(by seconds: Double, step: Double = 0.1, observe: (Simulation) throws(Failure) -> Void) throws(Failure) {
        let end = now.addingTimeInterval(seconds)
        while now < end {
            now = now.addingTimeInterval(step)
            let due = pending.filter { $0.at <= now }
            pending.removeAll { $0.at <= now }
            for event in due { report(event.task, event.snapshot) }
            change { transaction in
                transaction.finishDrains()
                transaction.advanceDrills()
                for service in transaction.state.services.values { transaction.touchedServices.insert(service.arn) }
            }
            try observe(self)
        }
    }

    /// A container of the task ends by itself.
    mutating func kill(_ id: String, exitCode: Int = 137) {
        report(id, .stopped, exitCode: exitCode)
    }

    mutating func reportHealth(_ id: String, _ health: ContainerHealth) {
        guard let task = state.tasks[id] else { return }
        let seen = snapshot(task, .running, health: health)
        change { $0.observe(seen, of: id) }
    }

    private mutating func report(_ id: String, _ status: TaskSnapshot.Status, exitCode: Int? = nil) {
        guard let task = state.tasks[id], !task.isStopped, !(status == .running && task.desiredStatus == .stopped) else { return }
        let seen = snapshot(task, status, exitCode: exitCode)
        change { $0.observe(seen, of: id) }
        if status == .running, let code = exitCodes[task.taskDefinition] { report(id, .stopped, exitCode: code) }
    }

    private func snapshot(_ task: ECSTask, _ status: TaskSnapshot.Status, health: ContainerHealth = .unknown, exitCode: Int? = nil) -> TaskSnapshot {
        let containers = task.containers.map { container in
            TaskSnapshot.Container(
                name: container.name, dockerName: container.name, dockerID: task.id, image: container.image, status: status, exitCode: exitCode,
                health: health)
        }
        let stop = status == .stopped ? StopReason(.essentialContainerExited, "Essential container in task exited") : nil
        return TaskSnapshot(containers: containers, status: status, health: health, stop: stop, startedAt: status == .running ? now : task.startedAt)
    }

    func transaction() -> Transaction {
        Transaction(state: state, context: Context(now: now, timing: timing, locality: Locality(), machine: machine))
    }

    // MARK: Looking

    func service(_ name: String) throws -> JSON {
        var copy = self
        return try copy.call("DescribeServices", ["services": [.string(name)]])["services"][0]
    }

    func events(_ name: String) throws -> [String] { try service(name)["events"].array.compactMap { $0["message"].string }.reversed() }

    func tasks(of name: String) -> [ECSTask] { state.tasks.group(Locality().service("default", name)) }

    @discardableResult
    mutating func register(_ family: String) throws -> String {
        let container: JSON = ["name": "app", "image": "web:1", "memory": 16]
        let input: JSON = ["family": .string(family), "containerDefinitions": [container]]
        return try call("RegisterTaskDefinition", input)["taskDefinition"]["taskDefinitionArn"].string ?? ""
    }
}
