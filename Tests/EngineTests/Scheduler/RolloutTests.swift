import Foundation
import ServiceModel
import Testing

@testable import Engine

@Suite struct `A rollout` {
    private func running(_ desired: Int, _ configuration: JSON = [:]) throws -> Simulation {
        var world = Simulation()
        try world.register("web")
        try world.call(
            "CreateService",
            ["serviceName": "web", "taskDefinition": "web", "desiredCount": .integer(desired), "deploymentConfiguration": configuration])
        world.advance(by: 5)
        return world
    }

    @Test func `starts the tasks, completes and says so in ECS's words`() throws {
        let world = try running(2)
        let service = try world.service("web")
        #expect(service["runningCount"].int == 2)
        #expect(service["deployments"].array.count == 1)
        let deployment = service["deployments"][0]
        let id = deployment["id"].string ?? ""
        #expect(deployment["rolloutState"].string == "COMPLETED")
        #expect(deployment["rolloutStateReason"].string == "ECS deployment \(id) completed.")
        let tasks = world.tasks(of: "web").sorted { $0.id < $1.id }
        let events = try world.events("web")
        #expect(Set(events.prefix(2)) == Set(tasks.map { "(service web) has started 1 tasks: (task \($0.id))." }))
        #expect(events.dropFirst(2) == ["(service web) (deployment \(id)) deployment completed.", "(service web) has reached a steady state."])
    }

    @Test(
        arguments: [
            (10, 100, 200), (4, 50, 100), (4, 50, 150), (1, 0, 100), (3, 100, 134), (7, 30, 110), (1, 100, 200), (5, 100, 120),
        ])
    func `keeps within its percentages`(desired: Int, minimum: Int, maximum: Int) throws {
        var world = try running(desired, ["minimumHealthyPercent": .integer(minimum), "maximumPercent": .integer(maximum)])
        let bounds = DeploymentBounds(
            desired: desired, configuration: ["minimumHealthyPercent": .integer(minimum), "maximumPercent": .integer(maximum)], isDaemon: false)
        let revision = try world.register("web")
        try world.call("UpdateService", ["service": "web", "taskDefinition": .string(revision)])
        var most = 0
        var fewest = desired
        world.advance(by: 60) { world in
            let tasks = world.tasks(of: "web")
            most = max(most, tasks.count { !$0.isStopped })
            fewest = min(fewest, tasks.count { $0.isRunning && $0.healthySince != nil })
        }
        #expect(most <= bounds.maximum)
        #expect(fewest >= bounds.minimum)
        let service = try world.service("web")
        #expect(service["deployments"].array.count == 1)
        #expect(service["deployments"][0]["taskDefinition"].string == revision)
        #expect(service["deployments"][0]["rolloutState"].string == "COMPLETED")
        #expect(world.tasks(of: "web").filter(\.isLive).allSatisfy { $0.taskDefinition == revision })
    }

    @Test func `of nothing completes at once`() throws {
        var world = Simulation()
        try world.register("web")
        try world.call("CreateService", ["serviceName": "web", "taskDefinition": "web", "desiredCount": 0])
        #expect(try world.service("web")["deployments"][0]["rolloutState"].string == "COMPLETED")
    }

    @Test func `scales without a new deployment`() throws {
        var world = try running(2)
        let before = try world.service("web")["deployments"][0]["id"]
        try world.call("UpdateService", ["service": "web", "desiredCount": 5])
        world.advance(by: 5)
        #expect(try world.service("web")["runningCount"].int == 5)
        try world.call("UpdateService", ["service": "web", "desiredCount": 1])
        world.advance(by: 5)
        let service = try world.service("web")
        #expect(service["runningCount"].int == 1)
        #expect(service["deployments"][0]["id"] == before)
        #expect(
            world.tasks(of: "web").filter(\.isStopped).allSatisfy {
                $0.stoppedReason?.hasPrefix("Scaling activity initiated by (deployment ecs-svc/") == true
            })
    }

    @Test func `replaced before it ended gives way to the newer one`() throws {
        var world = try running(4)
        let second = try world.register("web")
        let third = try world.register("web")
        try world.call("UpdateService", ["service": "web", "taskDefinition": .string(second)])
        world.advance(by: 0.2)
        try world.call("UpdateService", ["service": "web", "taskDefinition": .string(third)])
        world.advance(by: 20)
        let service = try world.service("web")
        #expect(service["deployments"].array.count == 1)
        #expect(service["taskDefinition"].string == third)
        #expect(service["runningCount"].int == 4)
    }
}

@Suite struct `A failing deployment` {
    private func failing(breaker: JSON, first: Bool = false) throws -> (Simulation, old: String, new: String) {
        var world = Simulation()
        let good = try world.register("web")
        let bad = try world.register("web")
        world.exitCodes[bad] = 1
        try world.call(
            "CreateService",
            [
                "serviceName": "web", "taskDefinition": .string(first ? bad : good), "desiredCount": 2,
                "deploymentConfiguration": ["deploymentCircuitBreaker": breaker],
            ])
        world.advance(by: 5)
        if !first { try world.call("UpdateService", ["service": "web", "taskDefinition": .string(bad)]) }
        return (world, good, bad)
    }

    @Test func `is rolled back by its circuit breaker, and the old tasks are not touched`() throws {
        var (world, good, bad) = try failing(breaker: ["enable": true, "rollback": true])
        let before = Set(world.tasks(of: "web").filter { $0.isLive && $0.taskDefinition == good }.map(\.id))
        let failed = try world.service("web")["deployments"][0]["id"].string ?? ""
        var sawFailed = false
        try world.advance(by: 30) { world in
            let deployments = try world.service("web")["deployments"].array
            sawFailed = sawFailed || deployments.contains { $0["id"].string == failed && $0["rolloutState"].string == "FAILED" }
        }
        let service = try world.service("web")
        #expect(service["deployments"].array.count == 1)
        #expect(service["taskDefinition"].string == good)
        #expect(service["deployments"][0]["rolloutState"].string == "COMPLETED")
        #expect(before == Set(world.tasks(of: "web").filter { $0.isLive && $0.taskDefinition == good }.map(\.id)))
        let events = try world.events("web")
        #expect(events.contains("(service web) (deployment \(failed)) deployment failed: tasks failed to start."))
        #expect(events.contains { $0.hasPrefix("(service web) rolling back to deployment ecs-svc/") })
        let history = try world.call("ListServiceDeployments", ["service": "web"])["serviceDeployments"].array
        #expect(history.map { $0["status"].string } == ["ROLLBACK_SUCCESSFUL", "SUCCESSFUL"])
        let failedTasks = world.tasks(of: "web").count { $0.taskDefinition == bad }
        #expect(failedTasks <= 6)
    }

    @Test func `without rollback stays failed, starts nothing more and leaves the old tasks`() throws {
        var (world, good, _) = try failing(breaker: ["enable": true, "rollback": false])
        world.advance(by: 30)
        let service = try world.service("web")
        #expect(service["deployments"][0]["rolloutState"].string == "FAILED")
        #expect(service["deployments"][0]["rolloutStateReason"].string == "ECS deployment circuit breaker: tasks failed to start.")
        let left = world.tasks(of: "web").count { $0.isLive && $0.taskDefinition == good }
        #expect(left == 2)
        let started = world.tasks(of: "web").count
        world.advance(by: 120, step: 1)
        #expect(world.tasks(of: "web").count == started)
    }

    @Test func `that is the first one has nothing to roll back to`() throws {
        var (world, _, _) = try failing(breaker: ["enable": true, "rollback": true], first: true)
        world.advance(by: 30)
        let service = try world.service("web")
        #expect(service["deployments"].array.count == 1)
        #expect(service["deployments"][0]["rolloutState"].string == "FAILED")
        #expect(service["runningCount"].int == 0)
    }

    @Test func `without a breaker is slowed down`() throws {
        var (world, _, bad) = try failing(breaker: ["enable": false, "rollback": false])
        world.advance(by: 60)
        let started = world.tasks(of: "web").count { $0.taskDefinition == bad }
        #expect(started <= 2 * 8, "0, 1, 2, 4, … seconds between the rounds of two")
        let events = try world.events("web")
        #expect(events.contains { $0.contains("is unable to consistently start tasks successfully.") })
    }

    @Test func `can be stopped by hand`() throws {
        var (world, good, _) = try failing(breaker: ["enable": false, "rollback": false])
        let arn = try world.service("web")["currentServiceDeployment"]
        try world.call("StopServiceDeployment", ["serviceDeploymentArn": arn])
        world.advance(by: 10)
        let service = try world.service("web")
        #expect(service["taskDefinition"].string == good)
        #expect(service["deployments"].array.count == 1)
    }
}

@Suite struct `A steady service` {
    @Test func `replaces a killed task at once`() throws {
        var world = Simulation()
        try world.register("web")
        try world.call("CreateService", ["serviceName": "web", "taskDefinition": "web", "desiredCount": 2])
        world.advance(by: 15)
        let victim = try #require(world.tasks(of: "web").first)
        world.kill(victim.id)
        let tasks = world.tasks(of: "web")
        #expect(tasks.count == 3)
        let live = tasks.count(where: \.isLive)
        #expect(live == 2)
        let stopped = try #require(tasks.first { $0.id == victim.id })
        #expect(stopped.stopCode == "EssentialContainerExited")
        #expect(stopped.stoppedReason == "Essential container in task exited")
        #expect(stopped.containers[0].exitCode == 137)
        world.advance(by: 5)
        #expect(try world.service("web")["deployments"][0]["rolloutState"].string == "COMPLETED")
    }

    @Test func `ends with its tasks when it is deleted, and its name is free again`() throws {
        var world = Simulation()
        try world.register("web")
        try world.call("CreateService", ["serviceName": "web", "taskDefinition": "web", "desiredCount": 2])
        world.advance(by: 5)
        #expect(throws: EngineError.invalidParameter("The service cannot be stopped while it is scaled above 0.")) {
            try world.call("DeleteService", ["service": "web"])
        }
        #expect(throws: EngineError.invalidParameter("Creation of service was not idempotent.")) {
            try world.call("CreateService", ["serviceName": "web", "taskDefinition": "web", "desiredCount": 2])
        }
        try world.call("DeleteService", ["service": "web", "force": true])
        world.advance(by: 5)
        #expect(try world.service("web")["status"].string == "INACTIVE")
        #expect(world.tasks(of: "web").allSatisfy { $0.isStopped })
        try world.call("CreateService", ["serviceName": "web", "taskDefinition": "web", "desiredCount": 1])
        world.advance(by: 5)
        #expect(try world.service("web")["status"].string == "ACTIVE")
    }

    @Test func `says when the machine has no room`() throws {
        var world = Simulation()
        world.machine = Machine(id: world.machine.id, instanceID: "i-0", cpu: 2048, memory: 40)
        try world.register("web")
        try world.call("CreateService", ["serviceName": "web", "taskDefinition": "web", "desiredCount": 3])
        world.advance(by: 3)
        #expect(try world.service("web")["runningCount"].int == 2)
        let events = try world.events("web")
        #expect(events.contains { $0.contains("insufficient memory available") })
    }
}
