import AsyncHTTPClient
import Foundation
import Logging
import NIOCore
import ServiceModel
import TestSupport

@testable import Engine

/// Keeps what a supervisor reports.
actor Recorder: TaskObserver {
    private(set) var snapshots: [String: [TaskSnapshot]] = [:]

    func taskChanged(_ taskID: String, _ snapshot: TaskSnapshot) {
        snapshots[taskID, default: []].append(snapshot)
    }

    func last(_ taskID: String) -> TaskSnapshot? { snapshots[taskID]?.last }

    /// The newest snapshot once it meets the condition.
    func wait(_ taskID: String, _ what: String, within seconds: Double = 90, until condition: (TaskSnapshot) -> Bool) async throws -> TaskSnapshot {
        let deadline = Date().addingTimeInterval(seconds)
        while Date() < deadline {
            if let snapshot = last(taskID), condition(snapshot) { return snapshot }
            try await Task.sleep(for: .milliseconds(5))
        }
        throw Timeout(description: "the task did not get \(what) in time, but is \(String(describing: last(taskID)))")
    }

    struct Timeout: Error, CustomStringConvertible {
        let description: String
    }
}

/// A supervisor on the real Docker, with containers of its own that are removed afterwards.
struct Supervision {
    let supervisor: TaskSupervisor
    let recorder: Recorder
    let docker: DockerClient
    let engineID: String

    static func with(
        engineID: String = "test-\(TaskSpec.randomID())", options: TaskSupervisor.Options = .init(), removes: Bool = true,
        _ body: (Supervision) async throws -> Void
    ) async throws {
        let docker = DockerClient()
        let recorder = Recorder()
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let supervisor = TaskSupervisor(docker: docker, engineID: engineID, observer: recorder, logger: logger, options: options)
        var failure: (any Error)?
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await supervisor.run() }
            do {
                try await body(Supervision(supervisor: supervisor, recorder: recorder, docker: docker, engineID: engineID))
            } catch {
                failure = error
            }
            await supervisor.shutdown()
        }
        if removes { try await removeAll(engineID, docker) }
        try await docker.shutdown()
        if let failure { throw failure }
    }

    private static func removeAll(_ engineID: String, _ docker: DockerClient) async throws {
        let labels = ["\(TaskSpec.engineLabel)=\(engineID)"]
        try await withThrowingTaskGroup(of: Void.self) { group in
            for container in try await docker.list(labels: labels) {
                group.addTask { try await docker.remove(container.id, force: true, volumes: true) }
            }
            try await group.waitForAll()
        }
        for volume in try await docker.volumes(labels: labels) { try await docker.removeVolume(volume) }
    }

    /// The body that `url` answers with; tries again until somebody listens there.
    static func get(_ url: String) async throws -> String {
        let deadline = Date().addingTimeInterval(60)
        while true {
            do {
                let response = try await HTTPClient.shared.execute(HTTPClientRequest(url: url), timeout: .seconds(5))
                return String(buffer: try await response.body.collect(upTo: 1 << 20))
            } catch {
                guard Date() < deadline else { throw error }
                try await Task.sleep(for: .milliseconds(20))
            }
        }
    }

    func running(_ spec: TaskSpec) async throws -> TaskSnapshot {
        await supervisor.run(spec)
        return try await recorder.wait(spec.id, "RUNNING") { $0.status == .running || $0.status == .stopped }
    }

    func stopped(_ spec: TaskSpec) async throws -> TaskSnapshot {
        try await recorder.wait(spec.id, "STOPPED") { $0.status == .stopped }
    }
}

extension TaskSpec {
    static func randomID() -> String {
        UUID().uuidString.lowercased().filter { $0 != "-" }
    }

    /// A task of the given containers (camelCase), with unimportant facts filled in.
    static func test(id: String = randomID(), _ containers: [JSON], task: JSON = [:], overrides: JSON = .null) -> TaskSpec {
        var definition = task
        definition["containerDefinitions"] = .array(containers)
        return TaskSpec(
            id: id, arn: "arn:aws:ecs:us-east-1:000000000000:task/default/\(id)", cluster: "default", family: "jubako-test", revision: 1,
            taskDefinition: definition, overrides: overrides)
    }

    /// A container that runs a shell script, 64 MiB. As process 1 a shell ignores a TERM that comes before its trap is set,
    /// so the time to stop is short.
    static func shell(_ name: String, _ script: String, _ more: JSON = [:]) -> JSON {
        var container: JSON = [
            "name": .string(name), "image": "jubako-test-busybox:1", "memory": 64, "command": ["sh", "-c", .string(script)], "stopTimeout": 3,
        ]
        for (key, value) in more.object { container[key] = value }
        return container
    }
}

extension TaskSnapshot {
    func container(_ name: String) -> Container? { containers.first { $0.name == name } }
}
