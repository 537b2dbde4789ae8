import Foundation
import ServiceModel

/// One change of the engine's state: API operations and the scheduler are functions of it, without waiting and without side effects.
///
/// What must happen outside — containers to run and stop — is collected in ``effects`` and carried out once the change is stored.
struct Transaction {
    var state: EngineState
    let context: Context
    var effects = Effects()
    /// Services that may have something to do after this change.
    var touchedServices: Set<String> = []
}

/// What decisions depend on besides the state.
struct Context: Sendable {
    let now: Date
    let timing: Timing
    let locality: Locality
    let machine: Machine
    /// Draining targets that have nothing in flight any more.
    var idleTargets: Set<ECSTask.Target> = []
    /// Healthy targets that HAProxy sends requests to.
    var targetsInForce: Set<ECSTask.Target> = []
}

/// The machine as one container instance.
struct Machine: Sendable, Equatable {
    /// 32 hexadecimal digits.
    let id: String
    /// `i-` and 17 hexadecimal digits.
    let instanceID: String
    let cpu: Int
    let memory: Int
    var dockerVersion = ""

    static let reservedPorts = [22, 2375, 2376, 51678, 51679, 51680]
}

/// What is to be done outside the state.
struct Effects: Sendable {
    /// Tasks whose containers are to be created and started.
    var run: [String] = []
    /// Tasks whose containers are to be stopped.
    var stop: [String] = []
    /// Tasks whose containers are to be killed, without a word to anybody: a drill.
    var kill: [String] = []
    /// Tasks whose containers are to be removed, and with them their logs.
    var remove: [String] = []
    /// The earliest time at which something is due without any event.
    private(set) var wake: Date?

    mutating func wake(at date: Date) {
        wake = min(wake ?? date, date)
    }
}
