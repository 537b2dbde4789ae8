import Foundation
import Testing

@testable import Engine

private let zero = Date(timeIntervalSince1970: 1_000_000)
private let userStop = StopReason(.userInitiated, "Task stopped by user")

private func machine(_ definitions: TaskMachine.Definition...) -> TaskMachine { TaskMachine(definitions) }

extension TaskMachine {
    /// Makes and starts containers, asking in between.
    fileprivate mutating func run(_ names: String..., at time: Date = zero) {
        for name in names {
            _ = next(time)
            created(name, dockerID: name)
            _ = next(time)
            started(name, at: time)
        }
        _ = next(time)
    }
}

struct TaskMachineTests {
    @Test func `independent containers are made and started side by side`() {
        var machine = machine(.init(name: "a"), .init(name: "b"))
        #expect(machine.next(zero) == [.create("a"), .create("b")])
        #expect(machine.next(zero) == [])
        machine.created("b", dockerID: "2")
        #expect(machine.next(zero) == [.start("b")])
        machine.created("a", dockerID: "1")
        #expect(machine.next(zero) == [.start("a")])
        machine.started("b", at: zero)
        #expect(machine.snapshot.status == .pending)
        machine.started("a", at: zero + 1)
        #expect(machine.snapshot.status == .running && machine.snapshot.startedAt == zero + 1)
    }

    @Test func `links are made after what they name, and started after it`() {
        var machine = machine(
            .init(name: "app", dependencies: [.init(container: "db", condition: .start, isNeededToCreate: true)]), .init(name: "db"))
        #expect(machine.next(zero) == [.create("db")])
        machine.created("db", dockerID: "1")
        #expect(machine.next(zero) == [.create("app"), .start("db")])
        machine.created("app", dockerID: "2")
        #expect(machine.next(zero) == [])
        machine.started("db", at: zero)
        #expect(machine.next(zero) == [.start("app")])
    }

    @Test(arguments: [
        (TaskMachine.Definition.Condition.complete, 0, true), (.complete, 1, true), (.success, 0, true), (.success, 1, false), (.healthy, 0, false),
    ])
    func `what the end of a dependency means`(condition: TaskMachine.Definition.Condition, code: Int, starts: Bool) {
        var machine = machine(
            .init(name: "app", dependencies: [.init(container: "init", condition: condition)]),
            .init(name: "init", isEssential: false, hasHealthCheck: true))
        _ = machine.next(zero)
        machine.created("app", dockerID: "1")
        machine.run("init")
        #expect(machine.snapshot.container("app")?.status == .pending)
        machine.exited("init", exitCode: code, at: zero + 2)
        let actions = machine.next(zero + 2)
        #expect(actions == (starts ? [.start("app")] : [.finish]))
        guard !starts else { return }
        let reason = "TaskDependencyError: container 'init' exited with code \(code) before it met the condition \(condition.rawValue)"
        #expect(machine.snapshot.stop == StopReason(.taskFailedToStart, reason) && machine.snapshot.container("app")?.reason == reason)
    }

    @Test func `a dependency that takes longer than its startTimeout ends the task`() {
        var machine = machine(
            .init(name: "app", dependencies: [.init(container: "db", condition: .healthy)]),
            .init(name: "db", hasHealthCheck: true, startTimeout: 10))
        machine.run("db")
        machine.created("app", dockerID: "1")
        #expect(machine.deadline == zero + 10)
        #expect(machine.next(zero + 9) == [])
        #expect(machine.next(zero + 10) == [.stop("db", timeout: 30)])
        #expect(machine.stop?.text == "TaskDependencyError: container 'db' did not meet the condition HEALTHY within 10 seconds")
    }

    @Test func `the end of an essential container stops the rest in reverse order`() {
        var machine = machine(
            .init(name: "app"), .init(name: "proxy", dependencies: [.init(container: "net", condition: .start)], stopTimeout: 5),
            .init(name: "net", isEssential: false), .init(name: "log", isEssential: false))
        machine.run("app", "net", "proxy", "log")
        #expect(machine.snapshot.status == .running)
        machine.exited("app", exitCode: 9, at: zero + 5)
        #expect(machine.next(zero + 5) == [.stop("proxy", timeout: 5), .stop("log", timeout: 30)])
        #expect(machine.snapshot.status == .stopping && machine.snapshot.executionStoppedAt == zero + 5)
        machine.exited("proxy", exitCode: 0, at: zero + 6)
        #expect(machine.next(zero + 6) == [.stop("net", timeout: 30)])
        machine.exited("net", exitCode: 0, at: zero + 7)
        machine.exited("log", exitCode: 0, at: zero + 7)
        #expect(machine.next(zero + 7) == [.finish])
        #expect(machine.next(zero + 8) == [])
        let snapshot = machine.snapshot
        #expect(snapshot.stop == StopReason(.essentialContainerExited, "Essential container in task exited"))
        #expect(snapshot.status == .stopped && snapshot.stoppingAt == zero + 5 && snapshot.stoppedAt == zero + 7)
        #expect(snapshot.containers.map(\.exitCode) == [9, 0, 0, 0])
    }

    @Test func `a sidecar that is not essential may end, or fail to start`() {
        var machine = machine(.init(name: "app"), .init(name: "a", isEssential: false), .init(name: "b", isEssential: false))
        _ = machine.next(zero)
        machine.failed("b", "CannotCreateContainerError: no", at: zero)
        machine.run("app", "a")
        #expect(machine.snapshot.status == .running)
        machine.exited("a", exitCode: 1, at: zero)
        #expect(machine.next(zero) == [] && machine.snapshot.status == .running)
        #expect(machine.snapshot.containers.map(\.status) == [.running, .stopped, .stopped])
    }

    @Test func `an essential container that cannot start fails the task with its reason`() {
        var machine = machine(.init(name: "app"), .init(name: "other"))
        machine.run("other")
        machine.failed("app", "CannotPullContainerError: no such host", at: zero)
        #expect(machine.next(zero) == [.stop("other", timeout: 30)])
        #expect(machine.snapshot.stop == StopReason(.taskFailedToStart, "CannotPullContainerError: no such host"))
        #expect(machine.snapshot.container("app")?.exitCode == nil)
    }

    @Test func `a stop during the start waits for Docker's answer, then stops`() {
        var machine = machine(.init(name: "a"), .init(name: "b"))
        _ = machine.next(zero)
        machine.created("a", dockerID: "1")
        _ = machine.next(zero)
        machine.stop(userStop)
        #expect(machine.next(zero) == [])
        machine.created("b", dockerID: "2")
        #expect(machine.next(zero) == [])
        machine.started("a", at: zero + 1)
        #expect(machine.next(zero + 1) == [.stop("a", timeout: 30)])
        machine.exited("a", exitCode: 0, at: zero + 2)
        #expect(machine.next(zero + 2) == [.finish])
        #expect(machine.snapshot.stop == userStop && machine.snapshot.container("b")?.exitCode == nil)
    }

    @Test func `a container that ended before Docker answered has run`() {
        var machine = machine(.init(name: "a"))
        _ = machine.next(zero)
        machine.created("a", dockerID: "1")
        _ = machine.next(zero)
        machine.exited("a", exitCode: 3, at: zero + 1)
        machine.started("a", at: zero)
        #expect(machine.next(zero + 1) == [.finish])
        #expect(machine.snapshot.stop?.code == .essentialContainerExited && machine.snapshot.container("a")?.exitCode == 3)
    }

    @Test func `a stop that Docker did not carry out is asked for again`() {
        var machine = machine(.init(name: "a", stopTimeout: 5))
        machine.run("a")
        machine.stop(userStop)
        #expect(machine.next(zero) == [.stop("a", timeout: 5)])
        machine.stopFailed("a", retry: zero + 2)
        #expect(machine.deadline == zero + 2 && machine.next(zero + 1) == [])
        #expect(machine.next(zero + 2) == [.stop("a", timeout: 5)])
        #expect(machine.deadline == zero + 22)
    }

    @Test(arguments: [
        (1, 300, true), (1, 299, false), (0, 400, false), (7, 400, true),
    ])
    func `a container restarts if it ran long enough and its code is not ignored`(code: Int, seconds: Int, restarts: Bool) {
        var machine = machine(.init(name: "a", restartPolicy: .init(ignoredExitCodes: [0])))
        machine.run("a")
        let end = zero + Double(seconds)
        machine.exited("a", exitCode: code, at: end)
        #expect(machine.next(end) == (restarts ? [.restart("a")] : [.finish]))
        guard restarts else { return }
        #expect(machine.snapshot.status == .running && machine.snapshot.container("a")?.restartCount == 1)
        machine.exited("a", exitCode: code, at: end + 1)  // it ends at once: that counts from the restart
        machine.started("a", at: end)
        #expect(machine.next(end + 1) == [.finish])
    }

    @Test func `lack of memory is the reason only of a container that was killed by it`() {
        var machine = machine(.init(name: "a"), .init(name: "b", isEssential: false), .init(name: "c", isEssential: false))
        machine.run("a", "b", "c")
        machine.oom("a")
        machine.oom("b")
        machine.exited("a", exitCode: 137, at: zero)
        machine.exited("b", exitCode: 1, at: zero)
        machine.exited("c", exitCode: 137, at: zero)
        machine.oom("c")  // the event may come late
        let reason = "OutOfMemoryError: Container killed due to memory usage"
        #expect(machine.snapshot.containers.map(\.reason) == [reason, nil, reason])
    }

    @Test(
        arguments: [
            ([nil, nil], ContainerHealth.unknown), ([.healthy, nil], .healthy), ([.healthy, .unknown], .unknown),
            ([.unhealthy, .unknown], .unhealthy),
            ([.healthy, .healthy], .healthy),
        ] as [([ContainerHealth?], ContainerHealth)])
    func `a task is as healthy as its worst essential container`(containers: [ContainerHealth?], verdict: ContainerHealth) {
        var definitions = containers.enumerated().map { TaskMachine.Definition(name: "c\($0)", hasHealthCheck: $1 != nil) }
        definitions.append(.init(name: "sidecar", isEssential: false, hasHealthCheck: true))
        var machine = TaskMachine(definitions)
        for definition in definitions { machine.run(definition.name) }
        for (index, health) in containers.enumerated() { if let health { machine.health("c\(index)", health) } }
        machine.health("sidecar", .unhealthy)
        #expect(machine.snapshot.health == verdict)
    }

    @Test func `an old event does not end a container that has been started since`() {
        var machine = machine(.init(name: "a"))
        machine.run("a")
        machine.died("a", exitCode: 1, at: zero - 1)
        #expect(machine.next(zero) == [] && machine.snapshot.status == .running)
    }

    @Test func `the first reason to stop stays`() {
        var machine = machine(.init(name: "a"))
        machine.run("a")
        machine.stop(userStop)
        machine.stop(StopReason(.serviceSchedulerInitiated, "Scaling activity"))
        _ = machine.next(zero)
        machine.exited("a", exitCode: 143, at: zero)
        #expect(machine.next(zero) == [.finish] && machine.snapshot.stop == userStop)
    }

    @Test func `a snapshot survives being written down`() throws {
        var machine = machine(.init(name: "a", hasHealthCheck: true), .init(name: "b"))
        machine.run("a", "b")
        machine.stop(userStop)
        _ = machine.next(zero)
        let snapshot = machine.snapshot
        #expect(try JSONDecoder().decode(TaskSnapshot.self, from: JSONEncoder().encode(snapshot)) == snapshot)
        var later = TaskMachine([.init(name: "a", hasHealthCheck: true), .init(name: "b")], previous: snapshot)
        #expect(later.stop == userStop)
        later.adopt("a", nil, at: zero + 9)
        later.adopt("b", nil, at: zero + 9)
        #expect(later.next(zero + 9) == [.finish])
    }
}
