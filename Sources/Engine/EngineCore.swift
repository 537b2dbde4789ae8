import Foundation
import Logging
import ServiceModel
import Store

/// The owner of the engine's state. Every change is a ``Transaction``: decided at once, stored, then carried out.
actor EngineCore {
    private var state: EngineState
    private let store: any Store
    private let timing: Timing
    private let locality: Locality
    private let machine: Machine
    private let entryPort: Int
    private let logger: Logger
    private let alarm: Alarm
    /// Draining targets that HAProxy has nothing in flight to.
    private var idleTargets: Set<ECSTask.Target> = []
    /// Healthy targets that HAProxy sends requests to.
    private var targetsInForce: Set<ECSTask.Target> = []
    private var pending: [Pending] = []
    private var isWriting = false

    /// What is to be done outside, in order. Carried out by ``Engine``.
    nonisolated let orders: AsyncStream<Order>
    private let give: AsyncStream<Order>.Continuation

    /// Something for the world outside the state.
    enum Order: Sendable {
        case run(ECSTask, TaskDefinition)
        case stop(ECSTask)
        case kill(ECSTask)
        case remove(taskID: String)
        case loadBalancingChanged
    }

    init(store: any Store, timing: Timing, locality: Locality, machine: Machine, entryPort: Int, alarm: Alarm, logger: Logger) async throws {
        self.store = store
        self.timing = timing
        self.locality = locality
        self.machine = machine
        self.entryPort = entryPort
        self.alarm = alarm
        self.logger = logger
        state = try await EngineState(from: store)
        (orders, give) = AsyncStream.makeStream()
    }

    // MARK: Reading and changing

    /// Looks at the state.
    func read<Result: Sendable>(_ look: @Sendable (Transaction) throws(EngineError) -> Result) throws(EngineError) -> Result {
        try look(Transaction(state: state, context: context()))
    }

    /// Changes the state, lets the scheduler follow up, and returns once all of it is stored.
    ///
    /// - Throws: what `decide` throws, or ServerException when the state cannot be stored; in both cases nothing has changed.
    func change<Result: Sendable>(_ decide: @Sendable (inout Transaction) throws(EngineError) -> Result) async throws(EngineError) -> Result {
        var transaction = Transaction(state: state, context: context())
        state = EngineState()  // the transaction is the only owner, so that it changes tables in place
        let result: Result
        do {
            result = try decide(&transaction)
        } catch {
            transaction.state.undo()
            state = transaction.state
            throw error
        }
        transaction.schedule()
        let changes = StateChanges(takenFrom: &transaction.state)
        let effects = transaction.effects
        state = transaction.state
        transaction.state = EngineState()  // a second owner would make every change during the wait below copy whole tables
        if !changes.isEmpty { try await commit(changes) }
        carryOut(effects)
        if changes.touchesLoadBalancing { give.yield(.loadBalancingChanged) }
        return result
    }

    /// A change that comes from observation, which no caller waits for.
    func note(_ change: @Sendable (inout Transaction) -> Void) async {
        do {
            try await self.change { (transaction) throws(EngineError) in change(&transaction) }
        } catch {
            // The observation is lost with the write; the next event or the periodic resync brings it again.
            alarm.set(Date(timeIntervalSinceNow: 1))
        }
    }

    /// An operation of Elastic Load Balancing.
    func loadBalancing(_ name: String, _ input: JSON) async throws(EngineError) -> JSON {
        let context = LoadBalancingContext(region: locality.region, account: locality.account, now: Date(), entryPort: entryPort)
        if name.hasPrefix("Describe") {
            return try read { (transaction) throws(EngineError) in
                var state = transaction.state.loadBalancing
                return try LoadBalancingAPI.call(name, input, state: &state, context: context)
            }
        }
        return try await change { (transaction) throws(EngineError) in
            try LoadBalancingAPI.call(name, input, state: &transaction.state.loadBalancing, context: context)
        }
    }

    // MARK: Observations

    /// Something may be due: the time of a drain, a throttle, a steady state or a retention is over.
    func wakeUp() async {
        await note { transaction in
            transaction.finishDrains()
            transaction.forgetOldTasks()
            transaction.advanceDrills()
            for service in transaction.state.services.values where service.status != .inactive { transaction.touchedServices.insert(service.arn) }
        }
    }

    /// What HAProxy is to do, and which targets it is to let drain.
    var dataPlane: (state: LoadBalancingState, draining: Set<ECSTask.Target>) {
        (state.loadBalancing, drainingTargets)
    }

    private var drainingTargets: Set<ECSTask.Target> {
        Set(state.tasks.values.filter { $0.lastStatus == .deactivating }.flatMap(\.targets))
    }

    /// Notes draining targets that have nothing in flight any more.
    func noteIdle(_ targets: Set<ECSTask.Target>) async {
        idleTargets.formUnion(targets)
        await note { $0.finishDrains() }
        idleTargets.formIntersection(drainingTargets)
    }

    /// Notes what HAProxy does from now on: `state` is in force.
    func noteInForce(_ state: LoadBalancingState) async {
        let before = targetsInForce
        targetsInForce = state.healthyTargets
        let new = targetsInForce.subtracting(before)
        guard !new.isEmpty else { return }
        await note { $0.touchServices(of: new) }
    }

    /// A value of the state for those who render it.
    var loadBalancingState: LoadBalancingState { state.loadBalancing }

    /// The services, and the name of the pool of each target group.
    var facts: (services: [ServiceFacts], pools: [String: String]) {
        let pools = DataPlane(state.loadBalancing, entryPort: entryPort).pools
        return (
            Transaction(state: state, context: context()).serviceFacts(),
            Dictionary(pools.map { ($0.group, $0.name) }, uniquingKeysWith: { first, _ in first })
        )
    }

    /// Tasks that are not stopped, with their definitions: what a start finds to adopt.
    var unfinishedTasks: [(ECSTask, TaskDefinition)] {
        state.tasks.values.filter { !$0.isStopped }.compactMap { task in state.taskDefinitions[task.taskDefinition].map { (task, $0) } }
    }

    var knownTasks: Set<String> { Set(state.tasks.values.map(\.id)) }

    // MARK: Storing

    /// A change that waits for the store.
    private struct Pending {
        let changes: StateChanges
        let turn: CheckedContinuation<Turn, Never>?
    }

    private enum Turn {
        case stored
        case failed(EngineError)
        /// The next batch is this caller's to write.
        case lead
    }

    /// Returns once the changes are stored. Changes that meet are written as one batch, in the order in which they were made: whoever comes while a batch
    /// is being written waits, and the first of the waiting writes the next one.
    private func commit(_ changes: StateChanges) async throws(EngineError) {
        if isWriting {
            let turn = await withCheckedContinuation { pending.append(Pending(changes: changes, turn: $0)) }
            switch turn {
            case .stored: return
            case .failed(let error): throw error
            case .lead: pending[0] = Pending(changes: changes, turn: nil)
            }
        } else {
            pending = [Pending(changes: changes, turn: nil)]
        }
        isWriting = true
        let batch = pending
        pending = []
        let outcome = await write(batch)
        for other in batch { other.turn?.resume(returning: outcome) }
        isWriting = !pending.isEmpty
        pending.first?.turn?.resume(returning: .lead)
        if case .failed(let error) = outcome { throw error }
    }

    private func write(_ batch: [Pending]) async -> Turn {
        do {
            try await store.write(batch.flatMap { try $0.changes.writes() })
            return .stored
        } catch {
            for each in batch.reversed() { each.changes.undo(in: &state) }
            _ = StateChanges(takenFrom: &state)
            logger.error("the state could not be stored", metadata: ["error": "\(error)"])
            return .failed(.unavailable("The engine could not store the change: \(error)"))
        }
    }

    // MARK: Inside

    private func context() -> Context {
        Context(now: Date(), timing: timing, locality: locality, machine: machine, idleTargets: idleTargets, targetsInForce: targetsInForce)
    }

    private func carryOut(_ effects: Effects) {
        if let wake = effects.wake { alarm.set(wake) }
        for id in effects.run {
            guard let task = state.tasks[id], let definition = state.taskDefinitions[task.taskDefinition] else { continue }
            give.yield(.run(task, definition))
        }
        for id in effects.stop {
            guard let task = state.tasks[id] else { continue }
            give.yield(.stop(task))
        }
        for id in effects.kill {
            guard let task = state.tasks[id] else { continue }
            give.yield(.kill(task))
        }
        for id in effects.remove { give.yield(.remove(taskID: id)) }
    }
}
