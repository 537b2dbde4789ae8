import Deployments
import ServiceModel
import Testing

@Suite struct RollbackTests {
    typealias Entry = RollbackHistory.Entry

    private func up(_ revision: Int) -> Entry { Entry(taskDefinition: arn(revision), wasUp: true, source: "s") }
    private func down(_ revision: Int) -> Entry { Entry(taskDefinition: arn(revision), wasUp: false, source: "s") }

    @Test(
        "the target is the newest earlier active revision that was up",
        arguments: [
            (5, [5, 4, 3], [3], [4], 3, true),  // 4 never came up
            (5, [5, 4, 3], [4, 3], [], 4, true),
            (5, [5, 3], [4, 3], [], 3, true),  // 4 was deregistered
            (3, [5, 4, 3, 2], [5, 4, 2], [], 2, true),  // never forward
            (5, [5, 4, 3], [], [], 4, false),
            (5, [5, 4, 3], [], [4], 3, false),
            (10, [10, 9, 8], [8], [9], 8, true),
        ])
    func targets(current: Int, active: [Int], wereUp: [Int], wereDown: [Int], target: Int, isProven: Bool) {
        let history = RollbackHistory(current: arn(current), active: active.map(arn), entries: wereUp.map(up) + wereDown.map(down))
        #expect(history.target?.taskDefinition == arn(target))
        #expect((history.target?.proof != nil) == isProven)
    }

    @Test func `the first revision has nowhere to go`() {
        #expect(RollbackHistory(current: arn(1), active: [arn(1)], entries: [up(1)]).target == nil)
        #expect(RollbackHistory(current: arn(1), active: [], entries: []).target == nil)
    }

    private func rollBack(_ calls: ScriptedCalls) async throws -> DeployResult {
        let session = Session(calls: calls, polling: .local, time: ManualClock().timekeeper)
        return try await Rollback(app: "web", cluster: "default", timeout: .seconds(60), isEmulated: false, session: session).run { _ in }
    }

    private func script(service: JSON, _ more: [String: [ScriptedCalls.Answer]] = [:]) -> ScriptedCalls {
        return ScriptedCalls(
            [
                "DescribeServices": [.json(["services": [service]]), .json(["services": [back]])],
                "ListTaskDefinitions": [.json(["taskDefinitionArns": [.string(arn(3)), .string(arn(2)), .string(arn(1))]])],
                "DescribeTaskDefinition": [.json(taskDefinition(3, image: "web:3"))], "UpdateService": [.json(["service": back])],
            ].merging(more) { $1 })
    }

    private var back: JSON { service(revision: 1, deployments: [deployment("back", revision: 1)]) }

    @Test func `service deployments tell which revision was up`() async throws {
        var live = service(revision: 3, deployments: [deployment("new", revision: 3)])
        live["currentServiceDeployment"] = "sd3"
        let calls = script(
            service: live,
            [
                "ListServiceDeployments": [
                    .json([
                        "serviceDeployments": [
                            ["targetServiceRevisionArn": "r3", "status": "SUCCESSFUL"],
                            ["targetServiceRevisionArn": "r2", "status": "ROLLBACK_SUCCESSFUL"],
                            ["targetServiceRevisionArn": "r1", "status": "SUCCESSFUL"],
                        ]
                    ])
                ],
                "DescribeServiceRevisions": [
                    .json([
                        "serviceRevisions": [
                            ["serviceRevisionArn": "r1", "taskDefinition": .string(arn(1))],
                            ["serviceRevisionArn": "r2", "taskDefinition": .string(arn(2))],
                            ["serviceRevisionArn": "r3", "taskDefinition": .string(arn(3))],
                        ]
                    ])
                ],
            ])
        let result = try await rollBack(calls)
        #expect(result.outcome == .deployed)
        #expect(calls.changes == ["UpdateService"])
        #expect(calls.input("UpdateService")["taskDefinition"].string == arn(1))
    }

    @Test func `a rollback without a service says so`() async throws {
        let calls = ScriptedCalls(["DescribeServices": [.json(["services": []])]])
        await #expect(throws: DeployError.self) { try await rollBack(calls) }
    }

    @Test func `what the review throws changes nothing`() async throws {
        let calls = script(service: service(revision: 3, deployments: [deployment("new", revision: 3)]))
        let session = Session(calls: calls, polling: .local, time: ManualClock().timekeeper)
        let rollback = Rollback(app: "web", cluster: "default", timeout: .seconds(60), isEmulated: false, session: session)
        await #expect(throws: Stopped.self) { try await rollback.run { _ in throw Stopped("no") } }
        #expect(calls.changes.isEmpty)
    }
}
