import Deployments
import ServiceModel
import Testing

@Suite struct LogReaderTests {
    private func event(_ time: Int, _ message: String) -> JSON { ["timestamp": .integer(time), "message": .string(message)] }

    private func read(_ calls: ScriptedCalls, _ change: (inout LogReader.Options) -> Void = { _ in }) async throws -> [String] {
        var options = LogReader.Options()
        change(&options)
        let session = Session(calls: calls, polling: .local, time: ManualClock().timekeeper)
        var lines: [String] = []
        try await LogReader(app: "web", cluster: "default", options: options, session: session).read { lines += $0.map(\.message) }
        return lines
    }

    private func script(_ more: [String: [ScriptedCalls.Answer]]) -> ScriptedCalls {
        ScriptedCalls(
            [
                "ListTasks": [.json(["taskArns": ["arn:aws:ecs:us-east-1:1:task/default/t1"]]), .json(["taskArns": []])],
                "DescribeTasks": [
                    .json([
                        "tasks": [
                            [
                                "taskArn": "arn:aws:ecs:us-east-1:1:task/default/t1", "taskDefinitionArn": .string(arn(1)),
                                "containers": [["name": "app"]],
                            ]
                        ]
                    ])
                ],
                "DescribeTaskDefinition": [.json(taskDefinition(1, image: "web:1"))],
            ].merging(more) { $1 })
    }

    @Test func `pages are read to the last, in order of time`() async throws {
        let calls = script([
            "GetLogEvents": [
                .json(["events": [event(2000, "b\n"), event(3000, "c")], "nextForwardToken": "f1"]),
                .json(["events": [event(1000, "a")], "nextForwardToken": "f2"]), .json(["events": [], "nextForwardToken": "f2"]),
            ]
        ])
        #expect(try await read(calls) == ["a", "b", "c"])
        #expect(calls.input("GetLogEvents")["logStreamName"] == "ecs/app/t1")
        #expect(calls.input("GetLogEvents")["logGroupName"] == "/jubako/web")
    }

    @Test func `the last lines are asked for from the end`() async throws {
        let calls = script(["GetLogEvents": [.json(["events": [event(1, "a"), event(2, "b")]])]])
        #expect(try await read(calls) { $0.tail = 1 } == ["b"])
        #expect(calls.input("GetLogEvents")["startFromHead"] == false)
    }

    @Test func `a stream that is not there yet has no lines`() async throws {
        #expect(try await read(script(["GetLogEvents": [.error("ResourceNotFoundException")]])).isEmpty)
    }

    @Test func `an app without tasks says so`() async throws {
        await #expect(throws: DeployError.self) { try await read(script(["ListTasks": [.json(["taskArns": []])]])) }
    }

    @Test func `awslogs names the group and the prefix`() {
        let definition = json(
            """
            {"family":"web","containerDefinitions":[{"name":"app","logConfiguration":{"logDriver":"awslogs",
             "options":{"awslogs-group":"/apps","awslogs-stream-prefix":"web"}}},{"name":"front","logConfiguration":{"logDriver":"json-file"}}]}
            """)
        #expect(LogSource(definition: definition, container: "app", taskARN: "a:task/c/t9").stream == "web/app/t9")
        #expect(LogSource(definition: definition, container: "app", taskARN: "a:task/c/t9").group == "/apps")
        #expect(LogSource(definition: definition, container: "front", taskARN: "a:task/c/t9").group == "/jubako/web")
    }
}
