import Deployments
import ServiceModel
import Testing

@testable import Definitions

@Suite struct RemovalTests {
    private let running = service(revision: 1, deployments: [deployment("old", revision: 1)])

    private func removal(_ calls: ScriptedCalls, _ balancing: String? = nil) -> Removal {
        Removal(
            app: "web", cluster: "default", loadBalancing: balancing.map { LoadBalancing(json($0), appID: "web", networkMode: nil) },
            session: Session(calls: calls, polling: .local, time: ManualClock().timekeeper))
    }

    private func script(_ more: [String: [ScriptedCalls.Answer]] = [:]) -> ScriptedCalls {
        ScriptedCalls(
            [
                "DescribeServices": [.json(["services": [running]])], "UpdateService": [.json([:])], "DeleteService": [.json([:])],
                "DescribeLoadBalancers": [.json(["LoadBalancers": [["LoadBalancerArn": "lb"]]])], "DescribeListeners": [.json(["Listeners": []])],
                "DescribeTargetGroups": [.json(["TargetGroups": [["TargetGroupArn": "tg"]]])], "DeleteLoadBalancer": [.json([:])],
                "DeleteTargetGroup": [.error("ResourceInUse"), .error("ResourceInUse"), .json([:])],
            ].merging(more) { $1 })
    }

    @Test func `the service goes first, then what was created for it, with patience`() async throws {
        let calls = script()
        #expect(try await removal(calls, "{}").remove { _ in }.count == 3)
        #expect(
            calls.changes == ["UpdateService", "DeleteService", "DeleteLoadBalancer", "DeleteTargetGroup", "DeleteTargetGroup", "DeleteTargetGroup"])
    }

    @Test func `what the definition names as somebody else's stays`() async throws {
        let calls = script()
        _ = try await removal(calls, #"{"load_balancer_name":"shared","target_group_name":"theirs"}"#).remove { _ in }
        #expect(calls.changes == ["UpdateService", "DeleteService"])
    }

    @Test func `a target group in use for ever ends in an error`() async throws {
        let calls = script(["DeleteTargetGroup": [.error("ResourceInUse")]])
        await #expect(throws: DeployError.self) { try await removal(calls, "{}").remove { _ in } }
    }

    @Test func `what the review throws removes nothing`() async throws {
        let calls = script()
        await #expect(throws: Stopped.self) { try await removal(calls, "{}").remove { _ in throw Stopped("no") } }
        #expect(calls.changes.isEmpty)
    }

    @Test func `nothing left is no error`() async throws {
        let calls = script(["DescribeServices": [.json(["services": []])]])
        #expect(try await removal(calls).remove { _ in }.isEmpty)
        #expect(try await removal(calls).stop(isDryRun: false) == false)
    }

    @Test func `stop sets the count to 0, and a dry run does not`() async throws {
        let calls = script()
        #expect(try await removal(calls).stop(isDryRun: true))
        #expect(calls.changes.isEmpty)
        #expect(try await removal(calls).stop(isDryRun: false))
        #expect(calls.input("UpdateService")["desiredCount"] == 0)
    }
}
