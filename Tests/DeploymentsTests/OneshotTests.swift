import Deployments
import ServiceModel
import Testing

@Suite struct OneshotTests {
    private func script(_ more: [String: [ScriptedCalls.Answer]] = [:]) -> ScriptedCalls {
        ScriptedCalls(
            [
                "DescribeTaskDefinition": [.error("ClientException")], "RegisterTaskDefinition": [.json(taskDefinition(1, image: "web:1"))],
                "RunTask": [.json(["tasks": [["taskArn": "arn:aws:ecs:us-east-1:1:task/default/t1"]]])], "StopTask": [.json([:])],
                "GetLogEvents": [.error("ResourceNotFoundException")],
                "DescribeTasks": [shown("PENDING"), shown("RUNNING"), shown("STOPPED", exitCode: 9)],
            ].merging(more) { $1 })
    }

    private func shown(_ status: String, exitCode: Int? = nil) -> ScriptedCalls.Answer {
        .json(["tasks": [["lastStatus": .string(status), "containers": [.compact(["name": "app", "exitCode": JSON(exitCode)])]]]])
    }

    private func run(_ calls: ScriptedCalls, interruption: Interruption = Interruption(), timeout: Int = 60) async throws -> Oneshot.Result {
        var options = Oneshot.Options()
        options.command = ["rake", "db:migrate"]
        options.environment = [("A", "b=c")]
        options.cpu = 64
        options.timeout = .seconds(timeout)
        let session = Session(calls: calls, polling: .local, time: ManualClock().timekeeper, interruption: interruption)
        return try await Oneshot(
            cluster: "default", taskDefinition: ["family": "web-oneshot", "containerDefinitions": [container("web:1")]],
            runTask: ["cluster": "default", "propagateTags": "TASK_DEFINITION"], options: options, session: session
        ).run()
    }

    @Test func `the app's exit code is the result`() async throws {
        let calls = script()
        #expect(try await run(calls).exitCode == 9)
        let request = calls.input("RunTask")
        #expect(request["startedBy"] == "jubako oneshot")
        #expect(
            request["overrides"]["containerOverrides"] == [
                ["name": "app", "command": ["rake", "db:migrate"], "environment": [["name": "A", "value": "b=c"]], "cpu": 64]
            ])
    }

    @Test func `a task without an exit code gives 127`() async throws {
        #expect(try await run(script(["DescribeTasks": [shown("STOPPED")]])).exitCode == 127)
    }

    @Test func `a stop that came before RunTask returned stops the task`() async throws {
        let interruption = Interruption()
        let calls = InterruptingCalls(script(["DescribeTasks": [shown("RUNNING"), shown("STOPPED", exitCode: 143)]]), at: "RunTask", interruption)
        var options = Oneshot.Options()
        options.command = ["x"]
        let session = Session(calls: calls, polling: .local, time: ManualClock().timekeeper, interruption: interruption)
        let result = try await Oneshot(cluster: "default", taskDefinition: ["family": "f"], runTask: [:], options: options, session: session).run()
        #expect(result.exitCode == 143)
        #expect(calls.inner.changes == ["RegisterTaskDefinition", "RunTask", "StopTask"])
    }

    @Test func `a task that takes too long is stopped`() async throws {
        let running = [shown("RUNNING"), shown("RUNNING"), shown("RUNNING")]
        let calls = script(["DescribeTasks": running + [shown("STOPPED", exitCode: 137)]])
        #expect(try await run(calls, timeout: 0).exitCode == 137)
        #expect(calls.changes.contains("StopTask"))
    }

    @Test func `a task that does not stop is given up`() async throws {
        await #expect(throws: DeployError.self) { try await run(script(["DescribeTasks": [shown("RUNNING")]]), timeout: 0) }
    }

    @Test(
        "no task is an error that says why",
        arguments: [
            (ScriptedCalls.Answer.json(["tasks": [], "failures": [["reason": "RESOURCE:MEMORY"]]]), "memory"),
            (.error("InvalidParameterException", "No Container Instances were found in your cluster."), "no container instances"),
        ])
    func notStarted(answer: ScriptedCalls.Answer, word: String) async throws {
        let error = await #expect(throws: DeployError.self) { try await run(script(["RunTask": [answer]])) }
        #expect(error?.message.contains(word) == true)
    }

    @Test func `throttling and broken connections while waiting are waited out`() async throws {
        let calls = script(["DescribeTasks": [.error("ThrottlingException"), .broken, shown("STOPPED", exitCode: 0)]])
        #expect(try await run(calls).exitCode == 0)
    }
}
