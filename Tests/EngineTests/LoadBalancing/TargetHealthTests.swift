import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Engine

@Suite struct `Target health` {
    private static let start = Date(timeIntervalSince1970: 0)

    private struct Step {
        let at: Double
        var failure: HealthCheckFailure?
        let expected: String
    }

    private func run(
        _ steps: [Step], from health: TargetHealth = .registering, grace: Double = 0, wrongAnswerInterval: Double = .infinity
    ) -> [String] {
        let settings = HealthCheckSettings()
        var machine = TargetHealthMachine(health: health, now: Self.start, grace: grace, wrongAnswerInterval: wrongAnswerInterval)
        return steps.map { step in
            _ = machine.record(step.failure, settings: settings, now: Self.start.addingTimeInterval(step.at))
            return [machine.health.state.rawValue, machine.health.reason].compactMap(\.self).joined(separator: " ")
        }
    }

    private func check(
        _ steps: [Step], from health: TargetHealth = .registering, grace: Double = 0, wrongAnswerInterval: Double = .infinity
    ) {
        #expect(run(steps, from: health, grace: grace, wrongAnswerInterval: wrongAnswerInterval) == steps.map(\.expected))
    }

    @Test func `a new target is healthy after its first good check`() {
        check([
            Step(at: 0, failure: .connection, expected: "initial Elb.InitialHealthChecking"), Step(at: 0.1, expected: "healthy"),
        ])
    }

    @Test func `a slow start does not make a new target unhealthy sooner than the group's interval does`() {
        check([
            Step(at: 0.1, failure: .connection, expected: "initial Elb.InitialHealthChecking"),
            Step(at: 0.2, failure: .connection, expected: "initial Elb.InitialHealthChecking"),
            Step(at: 30, failure: .connection, expected: "initial Elb.InitialHealthChecking"),
            Step(at: 59, failure: .connection, expected: "initial Elb.InitialHealthChecking"),
            Step(at: 60, failure: .timeout, expected: "unhealthy Target.Timeout"),
        ])
    }

    @Test func `wrong answers of a new target may count at a quicker pace, silence does not`() {
        check(
            [
                Step(at: 4, failure: .status(404), expected: "initial Elb.InitialHealthChecking"),
                Step(at: 5, failure: .status(404), expected: "initial Elb.InitialHealthChecking"),
                Step(at: 9, failure: .status(404), expected: "initial Elb.InitialHealthChecking"),
                Step(at: 10, failure: .connection, expected: "initial Elb.InitialHealthChecking"),
                Step(at: 11, failure: .status(404), expected: "unhealthy Target.ResponseCodeMismatch"),
            ], wrongAnswerInterval: 5)
    }

    @Test func `failures within the grace do not count`() {
        check(
            [
                Step(at: 100, failure: .timeout, expected: "initial Elb.InitialHealthChecking"),
                Step(at: 200, failure: .timeout, expected: "initial Elb.InitialHealthChecking"),
                Step(at: 230, failure: .timeout, expected: "unhealthy Target.Timeout"),
            ], grace: 200)
    }

    @Test func `a healthy target falls after two failures in a row and rises after five successes in a row`() {
        check(
            [
                Step(at: 30, failure: .status(503), expected: "healthy"), Step(at: 60, expected: "healthy"),
                Step(at: 90, failure: .status(503), expected: "healthy"),
                Step(at: 120, failure: .status(503), expected: "unhealthy Target.ResponseCodeMismatch"),
                Step(at: 150, failure: .connection, expected: "unhealthy Target.FailedHealthChecks"),
                Step(at: 180, expected: "unhealthy Target.FailedHealthChecks"), Step(at: 210, expected: "unhealthy Target.FailedHealthChecks"),
                Step(at: 240, expected: "unhealthy Target.FailedHealthChecks"), Step(at: 270, expected: "unhealthy Target.FailedHealthChecks"),
                Step(at: 300, expected: "healthy"),
            ], from: .healthy)
    }

    @Test func `descriptions are those of Elastic Load Balancing`() {
        #expect(TargetHealth.unhealthy(.status(503)).description == "Health checks failed with these codes: [503]")
        #expect(TargetHealth.unhealthy(.timeout).description == "Request timed out")
        #expect(TargetHealth.unhealthy(.connection).description == "Health checks failed")
    }

    @Test func `a new target is checked often, then ever less often`() {
        let machine = TargetHealthMachine(health: .registering, now: Self.start)
        let settings = HealthCheckSettings()
        let delays = [0, 1, 10, 100, 1000].map { machine.delay(settings: settings, first: 0.1, now: Self.start.addingTimeInterval($0)) }
        #expect(delays == [0.1, 0.1, 1, 10, 30])
        #expect(TargetHealthMachine(health: .healthy, now: Self.start).delay(settings: settings, first: 0.1, now: Self.start) == 30)
    }

    @Test(arguments: [("200", [200], [201]), ("200,302", [200, 302], [301]), ("200-299,404", [200, 250, 299, 404], [300, 199])])
    func `a matcher takes its codes`(text: String, good: [Int], bad: [Int]) throws {
        let matcher = try #require(StatusMatcher(text))
        #expect(good.allSatisfy(matcher.matches) && !bad.contains(where: matcher.matches))
    }

    @Test(arguments: ["", "abc", "200-", "-299", "200,,201", "500", "200-201-202", "２００"])
    func `a bad matcher is none`(text: String) {
        #expect(StatusMatcher(text) == nil)
    }

    @Test(
        arguments: [
            (0, 300, 5.0, 1.0, DrainDecision.done), (3, 300, 5, 1, .wait(until: Date(timeIntervalSince1970: 5))), (3, 300, 5, 5, .done),
            (3, 2, 5, 1, .wait(until: Date(timeIntervalSince1970: 2))), (3, 0, 5, 0, .done),
        ])
    func `draining ends with the last request or the delay`(inFlight: Int, delay: Int, limit: Double, now: Double, expected: DrainDecision) {
        let decision = DrainDecision.decide(
            since: Self.start, inFlight: inFlight, delay: delay, limit: limit, now: Self.start.addingTimeInterval(now))
        #expect(decision == expected)
    }
}

@Suite struct `The health checker` {
    /// Answers what it is told, and counts.
    private final class FakeProbe: HealthProbe {
        private struct State {
            var status = 200
            var count = 0
            var running = 0
            var peak = 0
        }
        private let state = Mutex(State())

        var count: Int { state.withLock { $0.count } }
        var peak: Int { state.withLock { $0.peak } }
        func answer(_ status: Int) { state.withLock { $0.status = status } }

        func status(of address: TargetAddress, path: String, timeout: Int) async throws(HealthCheckFailure) -> Int {
            state.withLock { state in
                state.count += 1
                state.running += 1
                state.peak = max(state.peak, state.running)
            }
            await Task.yield()
            return state.withLock { state in
                state.running -= 1
                return state.status
            }
        }
    }

    private final class Recorder: TargetHealthObserver {
        private let changes = Mutex<[String]>([])
        var all: [String] { changes.withLock { $0 } }

        func targetHealthChanged(_ target: CheckedTarget, to health: TargetHealth) async {
            changes.withLock { $0.append("\(target.id.target.port) \(health.state.rawValue)") }
        }
    }

    private func target(_ port: Int, health: TargetHealth = .registering) -> CheckedTarget {
        CheckedTarget(
            id: .init(group: "group", target: TargetKey(id: "i-0a", port: port)), address: TargetAddress(host: "127.0.0.1", port: port),
            settings: HealthCheckSettings(), registeredAt: Date(timeIntervalSince1970: 0), health: health)
    }

    private func withChecker(
        _ probe: FakeProbe, _ recorder: Recorder, limit: Int = 32, _ body: (HealthChecker) async throws -> Void
    ) async throws {
        let checker = HealthChecker(observer: recorder, firstInterval: 0.01, limit: limit)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await checker.run(with: probe) }
            defer { group.cancelAll() }
            try await body(checker)
        }
    }

    @Test func `new targets are checked at once and until they are healthy, never more than allowed at a time`() async throws {
        let probe = FakeProbe()
        let recorder = Recorder()
        probe.answer(503)
        try await withChecker(probe, recorder, limit: 4) { checker in
            await checker.update((1...20).map { target($0) })
            try await eventually("each has failed") { Set(recorder.all).count == 20 }
            probe.answer(200)
            try await eventually("all are healthy") { recorder.all.count { $0.hasSuffix("healthy") } == 20 }
        }
        #expect(probe.peak <= 4)
        #expect(Set(recorder.all) == Set((1...20).flatMap { ["\($0) initial", "\($0) healthy"] }))
    }

    @Test func `healthy targets are left alone until the interval is over`() async throws {
        let probe = FakeProbe()
        let recorder = Recorder()
        try await withChecker(probe, recorder) { checker in
            await checker.update([target(1), target(2)])
            try await eventually("both are healthy") { recorder.all.count == 2 }
            let count = probe.count
            await checker.update([target(1, health: .healthy), target(2, health: .healthy), target(3)])
            try await eventually("the third is healthy") { recorder.all.count == 3 }
            #expect(probe.count == count + 1)
        }
    }
}
