import Foundation
import Testing

@testable import Engine

/// SplitMix64: the same seed gives the same run.
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

/// A Docker that does what it is told late, in any order, or not at all, and notes each thing that should not have been asked for.
private struct ContainerWorld {
    var generator: SeededGenerator
    var machine: TaskMachine
    var now = Date(timeIntervalSince1970: 1_000_000)
    var pending: [TaskAction] = []
    var made: Set<String> = []
    var begun: Set<String> = []
    var running: Set<String> = []
    var healthy: Set<String> = []
    var ended: [String: Int] = [:]
    var restartedAfterStop = false
    var finishes = 0
    var violations: [String] = []
    let definitions: [TaskMachine.Definition]

    init(seed: UInt64) {
        generator = SeededGenerator(state: seed)
        var definitions: [TaskMachine.Definition] = []
        for index in 0..<Int.random(in: 1...6, using: &generator) {
            var definition = TaskMachine.Definition(name: "c\(index)", isEssential: index == 0 || Bool.random(using: &generator))
            definition.hasHealthCheck = Bool.random(using: &generator)
            if Int.random(in: 0..<4, using: &generator) == 0 { definition.startTimeout = 20 }
            if Int.random(in: 0..<4, using: &generator) == 0 { definition.restartPolicy = .init(ignoredExitCodes: [0], attemptPeriod: 60) }
            for other in 0..<index where Int.random(in: 0..<3, using: &generator) == 0 {
                let conditions: [TaskMachine.Definition.Condition] = [.start, .complete, .success, .healthy]
                let condition = conditions.randomElement(using: &generator) ?? .start
                definition.dependencies.append(
                    .init(container: "c\(other)", condition: condition, isNeededToCreate: condition == .start && Bool.random(using: &generator)))
            }
            definitions.append(definition)
        }
        self.definitions = definitions
        machine = TaskMachine(definitions.shuffled(using: &generator))
    }

    mutating func chance(_ n: Int) -> Bool { Int.random(in: 0..<n, using: &generator) == 0 }

    func definition(_ name: String) -> TaskMachine.Definition? { definitions.first { $0.name == name } }

    mutating func ask() {
        for action in machine.next(now) {
            check(action)
            if action == .finish { finishes += 1 } else { pending.append(action) }
        }
    }

    mutating func check(_ action: TaskAction) {
        func claim(_ holds: Bool, _ text: String) { if !holds { violations.append("\(action): \(text)") } }
        switch action {
        case .create(let name):
            let needed = definition(name)?.dependencies.filter(\.isNeededToCreate) ?? []
            claim(!made.contains(name), "made twice")
            claim(needed.allSatisfy { made.contains($0.container) }, "before what it needs")
            claim(machine.stop == nil, "while stopping")
        case .start(let name), .restart(let name):
            claim(made.contains(name) && !running.contains(name), "not there, or running already")
            claim(machine.stop == nil, "while stopping")
            guard case .start = action else { return }
            claim(!begun.contains(name), "started twice")
            for dependency in definition(name)?.dependencies ?? [] {
                let other = dependency.container
                switch dependency.condition {
                case .start: claim(begun.contains(other), "before \(other)")
                case .complete: claim(ended[other] != nil, "before the end of \(other)")
                case .success: claim(ended[other] == 0, "without the success of \(other)")
                case .healthy: claim(running.contains(other) && healthy.contains(other), "before \(other) is healthy")
                }
            }
        case .stop(let name, _):
            claim(running.contains(name), "does not run")
            let dependants = definitions.filter { $0.dependencies.contains { $0.container == name } }.map(\.name)
            claim(!dependants.contains { running.contains($0) }, "before those that depend on it")
        case .finish:
            let starts = pending.filter { if case .stop = $0 { false } else { true } }  // a stop may be late for a container that ended by itself
            claim(running.isEmpty && starts.isEmpty, "while something runs or is under way")
        }
    }

    mutating func exit(_ name: String, _ code: Int) {
        running.remove(name)
        healthy.remove(name)
        ended[name] = code
        machine.exited(name, exitCode: code, at: now)
        if machine.containers.first(where: { $0.definition.name == name })?.isRestart == true { ended[name] = nil }
    }

    /// Something happens; then the machine is asked.
    mutating func step(isSettling: Bool) {
        now += Double(Int.random(in: 0...15, using: &generator))
        if !pending.isEmpty, isSettling || chance(2) {
            switch pending.remove(at: Int.random(in: 0..<pending.count, using: &generator)) {
            case .create(let name) where chance(20): machine.failed(name, "CannotCreateContainerError: no", at: now)
            case .create(let name):
                made.insert(name)
                machine.created(name, dockerID: name)
            case .start(let name) where chance(20): machine.failed(name, "CannotStartContainerError: no", at: now)
            case .start(let name), .restart(let name):
                begun.insert(name)
                running.insert(name)
                ended[name] = nil
                if chance(8) { exit(name, 3) }  // its end is heard before Docker's answer
                machine.started(name, at: now)
            case .stop(let name, _):
                if chance(6) { machine.stopFailed(name, retry: now) } else if running.contains(name) { exit(name, 0) }
            case .finish: break
            }
        } else if let name = running.sorted().randomElement(using: &generator) {
            switch Int.random(in: 0..<4, using: &generator) {
            case 0: exit(name, [0, 0, 1, 137].randomElement(using: &generator) ?? 0)
            case 1 where definition(name)?.hasHealthCheck == true:
                healthy.insert(name)
                machine.health(name, .healthy)
            case 2 where definition(name)?.hasHealthCheck == true:
                healthy.remove(name)
                machine.health(name, .unhealthy)
            default: break
            }
        }
        ask()
    }

    mutating func play() {
        ask()
        for _ in 0..<Int.random(in: 0...60, using: &generator) { step(isSettling: false) }
        machine.stop(StopReason(.userInitiated, "Task stopped by user"))
        ask()
        for _ in 0..<400 where !machine.isFinished { step(isSettling: true) }
        for _ in 0..<3 { ask() }
        if finishes != 1 { violations.append("finished \(finishes) times") }
        if machine.snapshot.status != .stopped { violations.append("ends as \(machine.snapshot.status)") }
        if machine.deadline != nil { violations.append("still has a deadline") }
    }
}

struct TaskMachinePropertyTests {
    @Test func `whatever happens, order is kept and each task ends exactly once`() {
        var failures: [String] = []
        for seed in 0..<3_000 {
            var world = ContainerWorld(seed: UInt64(seed))
            world.play()
            if !world.violations.isEmpty { failures.append("seed \(seed): \(world.violations.joined(separator: "; "))") }
        }
        let isEmpty = failures.isEmpty
        #expect(isEmpty, "\(failures.count) of 3000 failed: \(failures.prefix(5).joined(separator: "\n"))")
    }
}
