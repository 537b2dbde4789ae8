import Foundation
import Store

/// Everything that one transaction changed: what goes to the store, and the way back if the store fails.
struct StateChanges: Sendable {
    private let clusters: [TableChange<Cluster>]
    private let taskDefinitions: [TableChange<TaskDefinition>]
    private let services: [TableChange<ECSService>]
    private let tasks: [TableChange<ECSTask>]
    private let requestTokens: [TableChange<RequestToken>]
    private let logGroups: [TableChange<LogGroup>]
    private let loadBalancers: [TableChange<LoadBalancer>]
    private let listeners: [TableChange<Listener>]
    private let rules: [TableChange<ListenerRule>]
    private let targetGroups: [TableChange<TargetGroup>]
    private let drills: [TableChange<Drill>]

    /// Takes what changed in `state` since it was last asked.
    init(takenFrom state: inout EngineState) {
        clusters = state.clusters.takeChanges()
        taskDefinitions = state.taskDefinitions.takeChanges()
        services = state.services.takeChanges()
        tasks = state.tasks.takeChanges()
        requestTokens = state.requestTokens.takeChanges()
        logGroups = state.logGroups.takeChanges()
        loadBalancers = state.loadBalancing.loadBalancers.takeChanges()
        listeners = state.loadBalancing.listeners.takeChanges()
        rules = state.loadBalancing.rules.takeChanges()
        targetGroups = state.loadBalancing.targetGroups.takeChanges()
        drills = state.loadBalancing.drills.takeChanges()
    }

    var isEmpty: Bool {
        clusters.isEmpty && taskDefinitions.isEmpty && services.isEmpty && tasks.isEmpty && requestTokens.isEmpty && logGroups.isEmpty
            && !touchesLoadBalancing
    }

    /// Whether HAProxy or the health checks have something to do.
    var touchesLoadBalancing: Bool {
        !(loadBalancers.isEmpty && listeners.isEmpty && rules.isEmpty && targetGroups.isEmpty && drills.isEmpty)
    }

    /// The changes as the store takes them.
    func writes() throws -> [StoreWrite] {
        let encoder = JSONEncoder()
        var writes: [StoreWrite] = []
        func add<Row>(_ changes: [TableChange<Row>]) throws {
            for change in changes {
                let key = StoreKey(partition: "engine/\(Row.kind)", sort: change.id)
                writes.append(try change.row.map { .put(key, body: [UInt8](try encoder.encode($0))) } ?? .delete(key))
            }
        }
        try add(clusters)
        try add(taskDefinitions)
        try add(services)
        try add(tasks)
        try add(requestTokens)
        try add(logGroups)
        try add(loadBalancers)
        try add(listeners)
        try add(rules)
        try add(targetGroups)
        try add(drills)
        return writes
    }

    /// Takes the changes back.
    func undo(in state: inout EngineState) {
        for change in clusters { state.clusters.undo(change) }
        for change in taskDefinitions {
            state.taskDefinitions.undo(change)
            // A revision's number is used up only by a revision that was stored.
            if change.before == nil, let row = change.row, state.revisions[row.family] == row.revision {
                state.revisions[row.family] = row.revision == 1 ? nil : row.revision - 1
            }
        }
        for change in services { state.services.undo(change) }
        for change in tasks { state.tasks.undo(change) }
        for change in requestTokens { state.requestTokens.undo(change) }
        for change in logGroups { state.logGroups.undo(change) }
        for change in loadBalancers { state.loadBalancing.loadBalancers.undo(change) }
        for change in listeners { state.loadBalancing.listeners.undo(change) }
        for change in rules { state.loadBalancing.rules.undo(change) }
        for change in targetGroups { state.loadBalancing.targetGroups.undo(change) }
        for change in drills { state.loadBalancing.drills.undo(change) }
    }
}

extension EngineState {
    /// The state as it was stored.
    ///
    /// - Throws: ``StoreError``, or a decoding error that names the record.
    init(from store: any Store) async throws {
        clusters = try await Self.table(store)
        taskDefinitions = try await Self.table(store)
        services = try await Self.table(store)
        tasks = try await Self.table(store)
        requestTokens = try await Self.table(store)
        logGroups = try await Self.table(store)
        loadBalancing.loadBalancers = try await Self.table(store)
        loadBalancing.listeners = try await Self.table(store)
        loadBalancing.rules = try await Self.table(store)
        loadBalancing.targetGroups = try await Self.table(store)
        loadBalancing.drills = try await Self.table(store)
        for definition in taskDefinitions.values { revisions[definition.family] = max(revisions[definition.family] ?? 0, definition.revision) }
    }

    private static func table<Row>(_ store: any Store) async throws -> Table<Row> {
        let decoder = JSONDecoder()
        let items = try await store.query(partition: "engine/\(Row.kind)")
        return Table(stored: try items.map { try decoder.decode(Row.self, from: Data($0.body)) })
    }

    /// Takes back what a failed operation changed.
    mutating func undo() {
        StateChanges(takenFrom: &self).undo(in: &self)
        _ = StateChanges(takenFrom: &self)
    }
}
