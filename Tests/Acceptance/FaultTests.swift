import Foundation
import ServiceModel
import Subprocess
import TestSupport
import Testing

/// What goes wrong on real machines, and the state in which it ends.
@Suite(.enabled(if: TestImage.dockerAnswers())) struct `When something breaks` {
    @Test func `without Docker the engine says what to start`() async throws {
        try await EngineProcess.withSettings { settings in
            let result = try await EngineProcess.jubako([
                "engine", "--data-dir", settings.directory, "--port", "\(settings.port)", "--http-port", "\(settings.entryPort)", "--docker-socket",
                "\(settings.directory)/nothing.sock",
            ])
            #expect(result.code == 1)
            #expect(result.error.contains("nothing.sock"), "\(result.error)")
            #expect(!result.error.contains("Fatal"))
        }
    }

    @Test func `a second engine on the same state is refused`() async throws {
        try await EngineProcess.withSettings { settings in
            try await EngineProcess.run(settings) { engine in
                let second = try await EngineProcess.jubako(["engine", "--data-dir", settings.directory, "--port", "1", "--http-port", "2"])
                #expect(second.code == 1)
                #expect(second.error.contains("another engine (process \(engine.processID)) uses the state folder"), "\(second.error)")
            }
        }
    }

    @Test func `a killed container is replaced, and an engine that was killed adopts what runs`() async throws {
        let image = try await TestImage.web("1")
        try await EngineProcess.withSettings { settings in
            let containers = Containers()
            try await EngineProcess.run(settings) { engine in
                try await engine.register("web", image: image)
                _ = try await engine.call("CreateService", ["serviceName": "web", "taskDefinition": "web", "desiredCount": 2])
                try await engine.stable("web")
                let victim = try #require(try await Self.running(engine).first)
                _ = try await Subprocess.run(.name("docker"), arguments: ["kill", victim], output: .discarded)
                try await eventually("a replacement runs") {
                    let running = try await Self.running(engine)
                    return running.count == 2 && !running.contains(victim)
                }
                try await engine.stable("web")
                await containers.note(try await Self.running(engine))
                kill(engine.processID, SIGKILL)
            }
            try await EngineProcess.run(settings) { engine in
                try await engine.stable("web")
                let before = await containers.ids
                let after = try await Self.running(engine)
                #expect(after == before, "healthy containers are never restarted")
            }
        }
    }

    @Test func `an app that cannot start is rolled back, and the old version stays`() async throws {
        let image = try await TestImage.web("1")
        try await EngineProcess.withSettings { settings in
            try await EngineProcess.run(settings) { engine in
                let good = try await engine.register("web", image: image)
                _ = try await engine.call(
                    "CreateService",
                    [
                        "serviceName": "web", "taskDefinition": "web", "desiredCount": 1,
                        "deploymentConfiguration": ["deploymentCircuitBreaker": ["enable": true, "rollback": true]],
                    ])
                try await engine.stable("web")
                let before = try await Self.running(engine)
                for bad in [
                    try await engine.register("web", image: image, environment: ["EXIT_CODE": "3"]),
                    try await engine.register("web", image: "jubako-test-nothing:1"),
                ] {
                    let updated = try await engine.call("UpdateService", ["service": "web", "taskDefinition": .string(bad)])
                    let id = updated["service"]["deployments"][0]["id"]
                    try await eventually("the deployment is rolled back") {
                        let service = try await engine.service("web")
                        return service["deployments"].array.count == 1 && service["taskDefinition"].string == good
                            && service["deployments"][0]["id"] != id
                    }
                }
                let after = try await Self.running(engine)
                #expect(after == before)
                let stopped = try await engine.call("ListTasks", ["desiredStatus": "STOPPED"])["taskArns"]
                let tasks = try await engine.call("DescribeTasks", ["tasks": stopped])["tasks"].array
                let codes = Set(tasks.compactMap { $0["stopCode"].string })
                #expect(codes == ["EssentialContainerExited", "TaskFailedToStart"])
                let exits = Set(tasks.compactMap { $0["containers"][0]["exitCode"].int })
                #expect(exits == [3])
                #expect(tasks.contains { $0["stoppedReason"].string?.hasPrefix("CannotPullContainerError") == true })
            }
        }
    }

    /// The containers that run, as the engine sees them.
    private static func running(_ engine: EngineProcess) async throws -> Set<String> {
        let arns = try await engine.call("ListTasks", [:])["taskArns"]
        guard !arns.array.isEmpty else { return [] }
        let tasks = try await engine.call("DescribeTasks", ["tasks": arns])["tasks"].array
        return Set(tasks.filter { $0["lastStatus"] == "RUNNING" }.compactMap { $0["containers"][0]["runtimeId"].string })
    }

    private actor Containers {
        private(set) var ids: Set<String> = []
        func note(_ ids: Set<String>) { self.ids = ids }
    }
}
