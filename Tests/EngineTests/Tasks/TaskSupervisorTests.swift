import Foundation
import ServiceModel
import TestSupport
import Testing

@testable import Engine

private let forever = "trap 'exit 0' TERM; while :; do sleep 60 & wait $!; done"

@Suite(.enabled(if: TestImage.dockerAnswers()), .serialized)
struct TaskSupervisorTests {
    @Test func `a task runs, tells its ports, and stops when asked`() async throws {
        let image = try await TestImage.web("1")
        try await Supervision.with { it in
            let spec = TaskSpec.test([["name": "app", "image": .string(image), "memory": 64, "portMappings": [["containerPort": 8080]]]])
            let running = try await it.running(spec)
            #expect(running.status == .running)
            let app = try #require(running.container("app"))
            let binding = try #require(app.bindings.first)
            #expect(binding.bindIP == "127.0.0.1" && binding.containerPort == 8080 && binding.hostPort >= 32768 && binding.transport == "tcp")
            #expect(app.imageDigest?.hasPrefix("sha256:") == true && app.health == nil && app.ip != nil)
            #expect(running.pullStartedAt != nil && running.pullStoppedAt != nil && running.startedAt != nil)
            #expect(try await Supervision.get("http://127.0.0.1:\(binding.hostPort)/") == "1\n")
            await it.supervisor.stop(taskID: spec.id, reason: StopReason(.userInitiated, "Task stopped by user"))
            let stopped = try await it.stopped(spec)
            #expect(stopped.stop == StopReason(.userInitiated, "Task stopped by user"))
            #expect(stopped.container("app")?.exitCode == 0)
            #expect(stopped.stoppingAt != nil && stopped.executionStoppedAt != nil && stopped.stoppedAt != nil)
            let statuses = await it.recorder.snapshots[spec.id]?.map(\.status) ?? []
            #expect(statuses.first == .pending && statuses.last == .stopped)
            var lines: [String] = []
            for try await line in try await it.docker.logs(#require(app.dockerID)) { lines.append(line.text) }
            #expect(lines == ["serving version 1"])
            await it.supervisor.remove(taskID: spec.id)
            try await eventually("its containers are gone") {
                try await it.docker.list(labels: ["\(TaskSpec.taskLabel)=\(spec.id)"]).isEmpty
            }
        }
    }

    @Test func `containers start in the order of their dependencies and stop in reverse`() async throws {
        _ = try await TestImage.busybox()
        try await Supervision.with { it in
            let spec = TaskSpec.test(
                [
                    TaskSpec.shell(
                        "app", "cat /data/made && \(forever)",
                        [
                            "dependsOn": [
                                ["containerName": "init", "condition": "SUCCESS"], ["containerName": "proxy", "condition": "HEALTHY"],
                            ], "mountPoints": [["sourceVolume": "data", "containerPath": "/data"]],
                        ]),
                    TaskSpec.shell(
                        "init", "echo done > /data/made",
                        ["essential": false, "mountPoints": [["sourceVolume": "data", "containerPath": "/data"]]]),
                    TaskSpec.shell(
                        "proxy", "touch /ready; \(forever)",
                        ["healthCheck": ["command": ["CMD-SHELL", "test -f /ready"], "interval": 1, "retries": 1, "timeout": 2]]),
                ], task: ["volumes": [["name": "data"]]])
            let running = try await it.running(spec)
            #expect(running.status == .running, "\(running)")
            #expect(running.health == .healthy)
            let (app, initial, proxy) = try (
                #require(running.container("app")), #require(running.container("init")), #require(running.container("proxy"))
            )
            #expect(initial.status == .stopped && initial.exitCode == 0)
            #expect(try #require(app.startedAt) > #require(initial.finishedAt) && #require(app.startedAt) > #require(proxy.startedAt))
            await it.supervisor.stop(taskID: spec.id, reason: StopReason(.userInitiated, "Task stopped by user"))
            let stopped = try await it.stopped(spec)
            #expect(try #require(stopped.container("proxy")?.finishedAt) > #require(stopped.container("app")?.finishedAt))
        }
    }

    @Test func `the end of an essential container stops the others and is told with its code`() async throws {
        _ = try await TestImage.busybox()
        try await Supervision.with { it in
            let shared: JSON = ["mountPoints": [["sourceVolume": "data", "containerPath": "/data"]]]
            let spec = TaskSpec.test(
                [
                    TaskSpec.shell("app", "until [ -f /data/ready ]; do sleep 0.1; done; sleep 0.3; exit 9", shared),
                    TaskSpec.shell("sidecar", "trap 'exit 42' TERM; touch /data/ready; while :; do sleep 60 & wait $!; done", shared),
                ], task: ["volumes": [["name": "data"]]])
            _ = try await it.running(spec)
            let stopped = try await it.stopped(spec)
            #expect(stopped.stop == StopReason(.essentialContainerExited, "Essential container in task exited"))
            #expect(stopped.container("app")?.exitCode == 9 && stopped.container("sidecar")?.exitCode == 42)
        }
    }

    @Test func `a killed container is noticed by its event`() async throws {
        _ = try await TestImage.busybox()
        try await Supervision.with { it in
            let spec = TaskSpec.test([TaskSpec.shell("app", forever)])
            let id = try #require(try await it.running(spec).container("app")?.dockerID)
            try await it.docker.kill(id)
            let stopped = try await it.stopped(spec)
            #expect(stopped.container("app")?.exitCode == 137 && stopped.container("app")?.reason == nil)
            #expect(stopped.stop?.code == .essentialContainerExited)
        }
    }

    @Test func `a container that eats its memory is told to be out of memory`() async throws {
        let image = try await TestImage.web("1")
        try await Supervision.with { it in
            let spec = TaskSpec.test([
                [
                    "name": "app", "image": .string(image), "memory": 16, "environment": [["name": "EAT_MEMORY", "value": "1"]],
                    "linuxParameters": ["maxSwap": 0],
                ]
            ])
            await it.supervisor.run(spec)
            let app = try #require(try await it.stopped(spec).container("app"))
            #expect(app.exitCode == 137 && app.reason == "OutOfMemoryError: Container killed due to memory usage")
        }
    }

    static let failures: [(change: JSON, reason: String)] = [
        (["image": "jubako-test-missing.invalid/none:1"], "CannotPullContainerError: "),
        (["command": ["/no/such/program"]], "CannotStartContainerError: "),
        (["memory": 1], "CannotCreateContainerError: "),
        (["secrets": [["name": "A", "valueFrom": "b"]]], "ResourceInitializationError: unable to pull secrets or registry auth: "),
    ]

    @Test(arguments: failures)
    func `a task that cannot start says why`(change: JSON, reason: String) async throws {
        _ = try await TestImage.busybox()
        try await Supervision.with { it in
            let spec = TaskSpec.test([TaskSpec.shell("app", forever, change)])
            await it.supervisor.run(spec)
            let stopped = try await it.stopped(spec)
            #expect(stopped.stop?.code == .taskFailedToStart && stopped.stop?.text.hasPrefix(reason) == true, "\(stopped)")
            #expect(stopped.container("app")?.exitCode == nil && stopped.startedAt == nil)
        }
    }

    @Test func `a static port that is taken fails the second task only`() async throws {
        let image = try await TestImage.web("1")
        try await Supervision.with { it in
            let first = TaskSpec.test([["name": "app", "image": .string(image), "memory": 64, "portMappings": [["containerPort": 8080]]]])
            let port = try #require(try await it.running(first).container("app")?.bindings.first?.hostPort)
            let second = TaskSpec.test([
                ["name": "app", "image": .string(image), "memory": 64, "portMappings": [["containerPort": 8080, "hostPort": .integer(port)]]]
            ])
            await it.supervisor.run(second)
            let stopped = try await it.stopped(second)
            #expect(stopped.stop?.text.contains("port is already allocated") == true, "\(stopped)")
            #expect(await it.recorder.last(first.id)?.status == .running)
        }
    }

    @Test func `a stop waits its timeout and then kills`() async throws {
        _ = try await TestImage.busybox()
        try await Supervision.with { it in
            let spec = TaskSpec.test([TaskSpec.shell("app", "trap '' TERM; while :; do sleep 1; done", ["stopTimeout": 2])])
            _ = try await it.running(spec)
            await it.supervisor.stop(taskID: spec.id, reason: StopReason(.userInitiated, "Task stopped by user"))
            let stopped = try await it.stopped(spec)
            #expect(stopped.container("app")?.exitCode == 137)
            #expect(try #require(stopped.stoppedAt).timeIntervalSince(#require(stopped.stoppingAt)) >= 2)
        }
    }

    @Test func `a later supervisor takes over what runs and learns what ended`() async throws {
        _ = try await TestImage.busybox()
        let engineID = "test-\(TaskSpec.randomID())"
        let (kept, killed, vanished) = (
            TaskSpec.test([TaskSpec.shell("app", forever)]), TaskSpec.test([TaskSpec.shell("app", forever)]),
            TaskSpec.test([TaskSpec.shell("app", forever)])
        )
        var before: [String: TaskSnapshot] = [:]
        try await Supervision.with(engineID: engineID, removes: false) { it in
            for spec in [kept, killed, vanished] { before[spec.id] = try await it.running(spec) }
        }
        try await Supervision.with(engineID: engineID) { it in
            try await it.docker.kill(#require(before[killed.id]?.container("app")?.dockerID))
            try await it.docker.remove(#require(before[vanished.id]?.container("app")?.dockerID), force: true)
            let found = try await it.supervisor.containers()
            #expect(found.count == 2)
            for spec in [kept, killed, vanished] {
                await it.supervisor.adopt(spec, containers: found[spec.id] ?? [], previous: before[spec.id])
            }
            #expect(try await it.stopped(killed).container("app")?.exitCode == 137)
            let gone = try await it.stopped(vanished)
            #expect(gone.stop?.code == .essentialContainerExited && gone.container("app")?.exitCode == nil)
            let adopted = try await it.recorder.wait(kept.id, "RUNNING") { $0.status == .running }
            #expect(adopted == before[kept.id])
            await it.supervisor.stop(taskID: kept.id, reason: StopReason(.serviceSchedulerInitiated, "Scaling activity"))
            #expect(try await it.stopped(kept).container("app")?.exitCode == 0)
        }
    }

    @Test func `an unhealthy container makes its task unhealthy, and it goes on running`() async throws {
        _ = try await TestImage.busybox()
        try await Supervision.with { it in
            let check: JSON = ["healthCheck": ["command": ["CMD-SHELL", "exit 1"], "interval": 1, "retries": 1, "timeout": 2]]
            let spec = TaskSpec.test([TaskSpec.shell("app", forever, check)])
            await it.supervisor.run(spec)
            let sick = try await it.recorder.wait(spec.id, "unhealthy") { $0.health == .unhealthy }
            #expect(sick.status == .running && sick.container("app")?.health == .unhealthy)
        }
    }

    @Test func `a task is healthy as soon as its check passes, not an interval later`() async throws {
        _ = try await TestImage.busybox()
        try await Supervision.with { it in
            let check: JSON = ["healthCheck": ["command": ["CMD-SHELL", "test -f /ready"], "interval": 300]]
            let spec = TaskSpec.test([TaskSpec.shell("app", "sleep 1; touch /ready; \(forever)", check)])
            await it.supervisor.run(spec)
            let well = try await it.recorder.wait(spec.id, "healthy") { $0.health == .healthy }
            #expect(well.container("app")?.health == .healthy)
        }
    }

    @Test func `many tasks start side by side`() async throws {
        let image = try await TestImage.web("1")
        try await Supervision.with { it in
            let specs = (0..<10).map { _ in
                TaskSpec.test([["name": "app", "image": .string(image), "memory": 64, "portMappings": [["containerPort": 8080]]]])
            }
            for spec in specs { await it.supervisor.run(spec) }
            for spec in specs {
                let snapshot = try await it.recorder.wait(spec.id, "RUNNING") { $0.status != .pending }
                #expect(snapshot.status == .running)
                let port = try #require(snapshot.container("app")?.bindings.first?.hostPort)
                #expect(try await Supervision.get("http://127.0.0.1:\(port)/") == "1\n")
            }
            for spec in specs { await it.supervisor.stop(taskID: spec.id, reason: StopReason(.userInitiated, "Task stopped by user")) }
            for spec in specs { #expect(try await it.stopped(spec).container("app")?.exitCode == 0) }
        }
    }
}
