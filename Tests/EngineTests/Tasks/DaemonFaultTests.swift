import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import ServiceModel
import Testing

@testable import Engine

/// A daemon that goes away: its first event stream breaks, and the container has ended when it is back.
private actor BreakingDaemon {
    let spec: TaskSpec
    var hasBroken = false
    private var streams = 0

    init(_ spec: TaskSpec) { self.spec = spec }

    func breakDown() { hasBroken = true }

    func answer(_ request: Request) async throws -> Response {
        let state = hasBroken ? "exited" : "running"
        switch request.uri.path.split(separator: "/").dropFirst().joined(separator: "/") {
        case "containers/create": return StubDocker.json(#"{"Id":"c1"}"#)
        case "containers/c1/start": return Response(status: .noContent)
        case "containers/c1/json":
            let times = #""StartedAt":"2026-11-24T00:00:00Z","FinishedAt":"2026-11-24T00:00:09Z""#
            return StubDocker.json(#"{"Id":"c1","State":{"Status":"\#(state)","ExitCode":143,\#(times)},"Image":"sha256:ab"}"#)
        case "containers/json": return StubDocker.json(#"[{"Id":"c1","Names":["/x"],"State":"\#(state)","Labels":{}}]"#)
        case "events":
            streams += 1
            guard streams == 1 else { return StubDocker.chunks([[10]], isEndless: true) }
            return Response(
                status: .ok,
                body: .init { [self] writer in
                    try await writer.write(ByteBuffer(string: "\n"))
                    while await !hasBroken { try await Task.sleep(for: .milliseconds(5)) }
                    try await writer.finish(nil)
                })
        default: return StubDocker.json(#"{"message":"no such image"}"#, .notFound)
        }
    }
}

private func withSupervisor(_ docker: DockerClient, _ body: (TaskSupervisor, Recorder) async throws -> Void) async throws {
    let recorder = Recorder()
    var logger = Logger(label: "test")
    logger.logLevel = .critical
    let supervisor = TaskSupervisor(docker: docker, engineID: "stub", observer: recorder, logger: logger)
    var failure: (any Error)?
    await withTaskGroup(of: Void.self) { group in
        group.addTask { await supervisor.run() }
        do { try await body(supervisor, recorder) } catch { failure = error }
        group.cancelAll()
    }
    if let failure { throw failure }
}

struct DaemonFaultTests {
    @Test func `what ended while the daemon was away is noticed when it is back`() async throws {
        let spec = TaskSpec.test([["name": "app", "image": "web:1"]])
        let daemon = BreakingDaemon(spec)
        try await StubDocker.with({ try await daemon.answer($0) }) { docker in
            try await withSupervisor(docker) { supervisor, recorder in
                await supervisor.run(spec)
                _ = try await recorder.wait(spec.id, "RUNNING") { $0.status == .running }
                await daemon.breakDown()
                let stopped = try await recorder.wait(spec.id, "STOPPED") { $0.status == .stopped }
                #expect(stopped.container("app")?.exitCode == 143 && stopped.stop?.code == .essentialContainerExited)
            }
        }
    }

    @Test func `without Docker a task fails with words that help`() async throws {
        let docker = DockerClient(socket: "/tmp/jubako-no-docker.sock")
        let spec = TaskSpec.test([["name": "app", "image": "web:1"]])
        try await withSupervisor(docker) { supervisor, recorder in
            await supervisor.run(spec)
            let stopped = try await recorder.wait(spec.id, "STOPPED") { $0.status == .stopped }
            let words = "Docker does not answer on /tmp/jubako-no-docker.sock: start it with script/bootstrap"
            #expect(stopped.stop == StopReason(.taskFailedToStart, "CannotCreateContainerError: \(words)"))
        }
        try await docker.shutdown()
    }
}
