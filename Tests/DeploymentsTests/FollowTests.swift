import Deployments
import ServiceModel
import Testing

@Suite struct FollowTests {
    /// Follows deployment `new` of web:2 after web:1 over what the service shows, one second apart.
    private func verdict(
        _ snapshots: [JSON], breaker: Bool = false, rollsBack: Bool = false, isEmulated: Bool = false, isScaling: Bool = false, timeout: Int = 100
    ) -> Follow.Verdict? {
        var subject = Follow.Subject(deployment: "new", taskDefinition: arn(2), timeout: .seconds(timeout))
        subject.previousTaskDefinition = "web:1"
        subject.hasCircuitBreaker = breaker
        subject.rollsBack = rollsBack
        subject.isEmulated = isEmulated
        subject.isScaling = isScaling
        var follow = Follow(subject, known: [], at: .zero)
        for (second, snapshot) in snapshots.enumerated() {
            if let verdict = follow.observe(ServiceSnapshot(snapshot), at: .seconds(second)).verdict { return verdict }
        }
        return nil
    }

    private let old = deployment("old", revision: 1, status: "ACTIVE")
    private func new(_ state: String?, running: Int = 0, failed: Int = 0, reason: String? = nil, status: String = "PRIMARY") -> JSON {
        deployment("new", revision: 2, status: status, state: state, running: running, failed: failed, reason: reason)
    }

    @Test func `only the deployment's own COMPLETED is success`() {
        let rolling = service(revision: 2, deployments: [new("IN_PROGRESS", running: 1), old])
        let steady = service(revision: 2, deployments: [new("IN_PROGRESS", running: 1)], events: ["(service web) has started 1 tasks: (task a)."])
        #expect(verdict([rolling, steady, steady]) == nil)
        #expect(verdict([rolling, service(revision: 2, deployments: [new("COMPLETED", running: 1)])]) == .completed)
    }

    @Test func `a deployment that completed between two looks is known by its event`() {
        let later = service(
            revision: 3, deployments: [deployment("later", revision: 3, state: "IN_PROGRESS")],
            events: ["(service web) (deployment new) deployment completed."])
        #expect(verdict([later]) == .completed)
    }

    @Test func `an API without rollout states counts tasks`() {
        #expect(verdict([service(revision: 2, deployments: [new(nil, running: 1), old])]) == nil)
        #expect(verdict([service(revision: 2, deployments: [new(nil, running: 1)])]) == .completed)
    }

    @Test func `an emulator that never completes must hold for a while, and AWS must complete`() {
        let up = service(revision: 2, deployments: [new("IN_PROGRESS", running: 1)])
        #expect(verdict(Array(repeating: up, count: 3), isEmulated: true) == nil)
        #expect(verdict(Array(repeating: up, count: 4), isEmulated: true) == .completed)
        #expect(verdict(Array(repeating: up, count: 90)) == nil)
    }

    @Test func `desired count 0 is over at once`() {
        let none = deployment("new", revision: 2, state: "IN_PROGRESS", desired: 0, running: 0)
        #expect(verdict([service(revision: 2, desired: 0, deployments: [none])]) == .completed)
    }

    @Test func `a completed deployment that only scales must reach its count`() {
        let scaling = service(revision: 2, deployments: [deployment("new", revision: 2, desired: 3, running: 1)])
        let scaled = service(revision: 2, deployments: [deployment("new", revision: 2, desired: 3, running: 3)])
        #expect(verdict([scaling], isScaling: true) == nil)
        #expect(verdict([scaling, scaled], isScaling: true) == .completed)
    }

    @Test func `ECS's own rollback is followed to its end`() {
        let failed = new("FAILED", failed: 3, reason: "tasks failed to start.", status: "ACTIVE")
        let back = deployment("old", revision: 1, state: "IN_PROGRESS", reason: "rolling back to deploymentId old.")
        let rolling = service(revision: 1, deployments: [back, failed])
        let done = service(revision: 1, deployments: [deployment("old", revision: 1)])
        #expect(verdict([rolling], breaker: true, rollsBack: true) == nil)
        #expect(verdict([rolling, done], breaker: true, rollsBack: true) == .rolledBack(to: "web:1", reason: "tasks failed to start."))
        #expect(verdict([done], breaker: true, rollsBack: true) == .rolledBack(to: "web:1", reason: "ECS gave it up"))
    }

    @Test func `FAILED waits for ECS's rollback only where there is to be one`() {
        let failed = service(revision: 2, deployments: [new("FAILED", reason: "tasks failed to start."), old])
        #expect(verdict([failed], breaker: true) == .failed("tasks failed to start."))
        #expect(verdict([failed], breaker: true, rollsBack: true) == nil)
        #expect(verdict(Array(repeating: failed, count: 31), breaker: true, rollsBack: true) == .failed("tasks failed to start."))
    }

    @Test func `another deployment supersedes, whether ours still shows or not`() {
        let theirs = deployment("theirs", revision: 3, state: "IN_PROGRESS")
        #expect(
            verdict([service(revision: 3, deployments: [theirs, new("IN_PROGRESS", status: "ACTIVE")])]) == .superseded(by: "theirs (web:3)"))
        #expect(verdict([service(revision: 3, deployments: [theirs])]) == .superseded(by: "theirs (web:3)"))
        let same = deployment("theirs", revision: 2, state: "IN_PROGRESS")
        #expect(verdict([service(revision: 2, deployments: [same])]) == .superseded(by: "theirs (web:2)"))
    }

    @Test func `tasks that keep failing end it, unless a circuit breaker watches`() {
        let failing = service(revision: 2, deployments: [new("IN_PROGRESS", failed: 3), old])
        #expect(verdict([failing]) == .failing("3 tasks failed one after the other"))
        #expect(verdict([failing], breaker: true) == nil)
        let started = (1...3).map { "(service web) has started 1 tasks: (task t\($0))." }
        let restarting = service(revision: 2, deployments: [new("IN_PROGRESS"), old], events: started)
        #expect(verdict([restarting]) == .failing("3 tasks were started for 1, some of them have stopped again"))
        let together = service(
            revision: 2, deployments: [new("IN_PROGRESS"), old], events: ["(service web) has started 3 tasks: (task a) (task b) (task c)."])
        #expect(verdict([together]) == .failing("3 tasks were started for 1, some of them have stopped again"))
    }

    @Test func `no primary deployment is waited out, a removed service and the time are not`() {
        #expect(verdict([service(revision: 2, deployments: [])]) == nil)
        #expect(verdict([service(revision: 2, deployments: [], status: "DRAINING")]) == .failed("the service is being removed, it is DRAINING"))
        let rolling = service(revision: 2, deployments: [new("IN_PROGRESS"), old])
        #expect(verdict([rolling, rolling, rolling], timeout: 2) == .timedOut)
    }

    @Test func `events are shown once, oldest first, and old ones never`() {
        var subject = Follow.Subject(deployment: "new", taskDefinition: arn(2), timeout: .seconds(9))
        subject.previousTaskDefinition = "web:1"
        let before = ServiceSnapshot(service(revision: 1, deployments: [old], events: ["a"]))
        var follow = Follow(subject, known: before.events, at: .zero)
        let after = ServiceSnapshot(service(revision: 2, deployments: [new("IN_PROGRESS"), old], events: ["a", "b", "c"]))
        #expect(follow.observe(after, at: .zero).events.map(\.message) == ["b", "c"])
        #expect(follow.observe(after, at: .zero).events.isEmpty)
    }
}
