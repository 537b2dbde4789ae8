import Foundation
import ServiceModel
import Testing

@testable import Engine

@Suite struct `A drill` {
    /// A service with two running tasks behind a target group.
    private func world() throws -> Simulation {
        var world = Simulation()
        try world.register("web")
        try world.call("CreateService", ["serviceName": "web", "taskDefinition": "web", "desiredCount": 2])
        world.advance(by: 10)
        return world
    }

    private func start(_ world: inout Simulation, _ fault: String, _ seconds: Int, amount: Int? = nil) throws -> JSON {
        let input: JSON = .compact([
            "service": "web", "fault": .string(fault), "durationSeconds": .integer(seconds), "amount": JSON(amount), "startedBy": "yuki",
        ])
        return try world.drill("StartDrill", input)["drill"]
    }

    @Test func `kills a task at once and then again, and ends by itself`() throws {
        var world = try world()
        #expect(try start(&world, "kill-task", 60, amount: 20)["killedTasks"] == 1)
        #expect(world.killed.count == 1)
        world.advance(by: 50)
        #expect(world.killed.count == 3 && Set(world.killed).count == 3, "each time another one: \(world.killed)")
        #expect(try world.drill("ListDrills", [:])["drills"][0]["killedTasks"] == 3)
        world.advance(by: 20)
        #expect(try world.drill("ListDrills", [:])["drills"] == [] && world.killed.count == 3)
        #expect(world.state.tasks.values.count(where: \.isRunning) == 2, "the service has recovered")
    }

    @Test(arguments: [
        ("latency", 60, nil, "has no load balancer"), ("kill-task", 0, nil, "from 1 to 3600"), ("kill-task", 3601, nil, "from 1 to 3600"),
        ("kill-task", 60, 601, "from 1 to 600"), ("fire", 60, nil, "fault"),
    ])
    func `is refused when it makes no sense`(fault: String, seconds: Int, amount: Int?, words: String) throws {
        var world = try world()
        do {
            _ = try start(&world, fault, seconds, amount: amount)
            Issue.record("it started")
        } catch let error as EngineError {
            #expect(error.message.contains(words), "\(error.message)")
        }
        #expect(world.state.loadBalancing.drills.values.isEmpty && world.killed.isEmpty)
    }

    @Test func `is alone on its service, and ends when somebody says so`() throws {
        var world = try world()
        _ = try start(&world, "kill-task", 60)
        #expect(throws: EngineError.self) { _ = try start(&world, "kill-task", 60) }
        #expect(try world.drill("StopDrill", ["service": "web"])["drill"]["startedBy"] == "yuki")
        #expect(throws: EngineError.self) { _ = try world.drill("StopDrill", ["service": "web"]) }
        let killed = world.killed.count
        world.advance(by: 60)
        #expect(world.killed.count == killed)
    }
}
