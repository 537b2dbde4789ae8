import Deployments
import ServiceModel
import Testing

@Suite struct DeployerTests {
    private func deploy(
        _ desired: DesiredState, _ calls: ScriptedCalls, options: Deployer.Options = .init(), interruption: Interruption = Interruption()
    ) async throws -> DeployResult {
        let session = Session(calls: calls, polling: .local, time: ManualClock().timekeeper, interruption: interruption)
        return try await Deployer(desired, options: options, session: session).deploy()
    }

    private func script(_ more: [String: [ScriptedCalls.Answer]]) -> ScriptedCalls {
        let standard: [String: [ScriptedCalls.Answer]] = [
            "DescribeServices": [.json(["services": [service(revision: 1, deployments: [deployment("old", revision: 1)])]])],
            "DescribeTaskDefinition": [.json(taskDefinition(1, image: "web:1"))],
            "RegisterTaskDefinition": [.json(taskDefinition(2, image: "web:2"))],
        ]
        return ScriptedCalls(standard.merging(more) { $1 })
    }

    private func shown(_ services: JSON...) -> [ScriptedCalls.Answer] { services.map { .json(["services": [$0]]) } }

    private let before = service(revision: 1, deployments: [deployment("old", revision: 1)])
    private let rolling = service(
        revision: 2,
        deployments: [deployment("new", revision: 2, state: "IN_PROGRESS", running: 0), deployment("old", revision: 1, status: "ACTIVE")])
    private let done = service(revision: 2, deployments: [deployment("new", revision: 2)])

    @Test func `an unchanged app costs two calls and changes nothing`() async throws {
        let calls = script([:])
        let result = try await deploy(desired(image: "web:1"), calls)
        #expect(result.outcome == .nothingToDo)
        #expect(calls.calls.map(\.operation).sorted() == ["DescribeServices", "DescribeTaskDefinition"])
    }

    @Test func `a changed image is registered, deployed and followed`() async throws {
        let calls = script(["DescribeServices": shown(before, rolling, done), "UpdateService": [.json(["service": rolling])]])
        let result = try await deploy(desired(image: "web:2"), calls)
        #expect(result.outcome == .deployed)
        #expect(result.deployment == "new")
        #expect(calls.changes == ["RegisterTaskDefinition", "UpdateService"])
        #expect(calls.input("UpdateService") == ["cluster": "default", "service": "web", "taskDefinition": .string(arn(2))])
    }

    @Test func `a service that runs another revision is updated without a new one`() async throws {
        let stale = service(revision: 1, deployments: [deployment("old", revision: 1)])
        let calls = script([
            "DescribeServices": shown(stale, done), "DescribeTaskDefinition": [.json(taskDefinition(2, image: "web:2"))],
            "UpdateService": [.json(["service": rolling])],
        ])
        #expect(try await deploy(desired(image: "web:2"), calls).outcome == .deployed)
        #expect(calls.changes == ["UpdateService"])
    }

    @Test func `a new service is created with its count and followed`() async throws {
        let created = service(revision: 1, deployments: [deployment("new", revision: 1, state: "IN_PROGRESS", running: 0)])
        let up = service(revision: 1, deployments: [deployment("new", revision: 1)])
        let calls = script([
            "DescribeServices": [.json(["services": []])] + shown(up), "DescribeTaskDefinition": [.error("ClientException")],
            "RegisterTaskDefinition": [.json(taskDefinition(1, image: "web:1"))], "CreateService": [.json(["service": created])],
        ])
        #expect(try await deploy(desired(image: "web:1"), calls).outcome == .deployed)
        #expect(calls.changes == ["RegisterTaskDefinition", "CreateService"])
        #expect(calls.input("CreateService")["desiredCount"] == 1)
    }

    @Test func `a deployment that fails without a breaker is taken back, and nothing is deregistered`() async throws {
        let failing = service(
            revision: 2,
            deployments: [
                deployment("new", revision: 2, state: "IN_PROGRESS", running: 0, failed: 3), deployment("old", revision: 1, status: "ACTIVE"),
            ])
        let back = service(
            revision: 1, deployments: [deployment("back", revision: 1, state: "IN_PROGRESS"), deployment("new", revision: 2, status: "ACTIVE")])
        let up = service(revision: 1, deployments: [deployment("back", revision: 1)])
        let calls = script([
            "DescribeServices": shown(before, failing, up), "UpdateService": [.json(["service": rolling]), .json(["service": back])],
        ])
        let result = try await deploy(desired(image: "web:2", count: 2), calls)
        #expect(result.outcome == .rolledBack(to: "web:1", reason: "3 tasks failed one after the other"))
        #expect(result.outcome.exitCode == 3)
        #expect(calls.changes == ["RegisterTaskDefinition", "UpdateService", "UpdateService"])
        #expect(calls.input("UpdateService")["taskDefinition"].string == arn(1))
        #expect(calls.input("UpdateService")["desiredCount"] == 1)
    }

    @Test func `the first deployment of an app has nothing to go back to`() async throws {
        let failing = service(revision: 1, deployments: [deployment("new", revision: 1, state: "IN_PROGRESS", running: 0, failed: 3)])
        let calls = script([
            "DescribeServices": [.json(["services": []])] + shown(failing), "DescribeTaskDefinition": [.error("ClientException")],
            "CreateService": [.json(["service": failing])],
        ])
        let result = try await deploy(desired(image: "web:2"), calls)
        guard case .failed(let reason) = result.outcome else {
            Issue.record("\(result.outcome)")
            return
        }
        #expect(reason.contains("no earlier revision"))
        #expect(!calls.changes.contains("UpdateService"))
    }

    @Test func `a broken connection while following is waited out`() async throws {
        let calls = script([
            "DescribeServices": shown(before) + [.broken, .error("ThrottlingException"), .broken] + shown(done),
            "UpdateService": [.json(["service": rolling])],
        ])
        #expect(try await deploy(desired(image: "web:2"), calls).outcome == .deployed)
    }

    @Test func `the time is bounded`() async throws {
        let calls = script(["DescribeServices": shown(before, rolling), "UpdateService": [.json(["service": rolling])]])
        var options = Deployer.Options()
        options.timeout = .seconds(5)
        #expect(try await deploy(desired(image: "web:2"), calls, options: options).outcome == .timedOut)
    }

    @Test func `--no-wait returns with the deployment's id`() async throws {
        let calls = script(["UpdateService": [.json(["service": rolling])]])
        var options = Deployer.Options()
        options.waits = false
        let result = try await deploy(desired(image: "web:2"), calls, options: options)
        #expect(result.outcome == .started)
        #expect(result.deployment == "new")
    }

    @Test func `a stop before the first change changes nothing`() async throws {
        let calls = script([:])
        let interruption = Interruption()
        await interruption.request()
        await #expect(throws: Stopped.self) { try await deploy(desired(image: "web:2"), calls, interruption: interruption) }
        #expect(calls.changes.isEmpty)
    }

    @Test func `what ECS cannot change in place refuses the deploy before anything is changed`() async throws {
        let calls = script([:])
        await #expect(throws: DeployError.self) {
            try await deploy(desired(image: "web:2", service: ["launchType": "FARGATE"]), calls)
        }
        #expect(calls.changes.isEmpty)
    }

    @Test func `force registers and replaces even when nothing differs`() async throws {
        let calls = script(["DescribeServices": shown(before, done), "UpdateService": [.json(["service": rolling])]])
        var options = Deployer.Options()
        options.isForced = true
        #expect(try await deploy(desired(image: "web:1"), calls, options: options).outcome == .deployed)
        #expect(calls.changes == ["RegisterTaskDefinition", "UpdateService"])
    }

    @Test func `registrations at the same time are tried again`() async throws {
        let calls = script([
            "DescribeServices": shown(before, done), "UpdateService": [.json(["service": rolling])],
            "RegisterTaskDefinition": [
                .error("ClientException", "Too many concurrent attempts to create a new revision of the specified family"),
                .json(taskDefinition(2, image: "web:2")),
            ],
        ])
        #expect(try await deploy(desired(image: "web:2"), calls).outcome == .deployed)
    }

    @Test func `a deployment that failed last is tried again without a new revision`() async throws {
        let failed = service(revision: 1, deployments: [deployment("old", revision: 1, state: "FAILED", running: 0)])
        let again = service(revision: 1, deployments: [deployment("new", revision: 1, state: "IN_PROGRESS", running: 0)])
        let up = service(revision: 1, deployments: [deployment("new", revision: 1)])
        let calls = script(["DescribeServices": shown(failed, up), "UpdateService": [.json(["service": again])]])
        #expect(try await deploy(desired(image: "web:1"), calls).outcome == .deployed)
        #expect(calls.input("UpdateService")["forceNewDeployment"] == true)
    }

    @Test func `a missing cluster says what to do`() async throws {
        let calls = script(["DescribeServices": [.error("ClusterNotFoundException", "Cluster not found.")]])
        let error = await #expect(throws: (any Error).self) { try await deploy(desired(image: "web:1"), calls) }
        #expect(error.map { "\($0)" }?.contains("there is no cluster default here") == true)
    }
}
