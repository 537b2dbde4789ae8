import Foundation
import ServiceModel
import TestSupport
import Testing

@testable import Engine

/// A client on the real Docker, and a container of its own that is removed afterwards.
private func withContainer(_ body: JSON, _ use: (DockerClient, String) async throws -> Void) async throws {
    let docker = DockerClient()
    do {
        var body = body
        body["Image"] = .string(try await TestImage.busybox())
        let id = try await docker.createContainer(name: "jubako-test-\(UUID().uuidString)", body: body)
        do {
            try await use(docker, id)
        } catch {
            try? await docker.remove(id, force: true, volumes: true)
            throw error
        }
        try await docker.remove(id, force: true, volumes: true)
        try await docker.remove(id, force: true)  // once more is no error
    } catch {
        try? await docker.shutdown()
        throw error
    }
    try await docker.shutdown()
}

@Suite(.enabled(if: TestImage.dockerAnswers()), .serialized)
struct DockerClientTests {
    @Test func `Docker tells about itself`() async throws {
        let docker = DockerClient()
        try await docker.ping()
        let (version, info) = (try await docker.version(), try await docker.info())
        try await docker.shutdown()
        #expect(info.serverVersion == version && info.cpus > 0 && info.memory > 1 << 28 && ["1", "2"].contains(info.cgroupVersion))
    }

    @Test func `a container's life, its logs and its end`() async throws {
        let script = "echo out; echo err >&2; printf 'no end'; exit 5"
        try await withContainer(["Cmd": ["sh", "-c", .string(script)], "Labels": ["jubako-test": "a"]]) { docker, id in
            #expect(try await docker.inspect(id).state == .created)
            try await docker.start(id)
            var lines: [LogLine] = []
            for try await line in try await docker.logs(id, follow: true) { lines.append(line) }
            #expect(lines.filter { $0.stream == .stdout }.map(\.text) == ["out", "no end"])
            #expect(lines.filter { $0.stream == .stderr }.map(\.text) == ["err"])
            let end = try await docker.inspect(id)
            #expect(end.state == .exited && end.exitCode == 5 && !end.oomKilled && end.health == nil && end.labels["jubako-test"] == "a")
            #expect(end.finishedAt != nil && end.startedAt != nil)
            var last: [String] = []
            for try await line in try await docker.logs(id, tail: 1) { last.append(line.text) }
            #expect(last.count == 1)
            var after: [String] = []
            for try await line in try await docker.logs(id, since: (lines.map(\.timestamp).max() ?? 0) + 1) { after.append(line.text) }
            #expect(after.isEmpty)
        }
    }

    @Test func `a terminal's output and long lines arrive whole`() async throws {
        let script = "head -c 40000 /dev/zero | tr '\\0' x; echo; echo end"
        for tty in [true, false] {
            try await withContainer(["Cmd": ["sh", "-c", .string(script)], "Tty": .bool(tty)]) { docker, id in
                try await docker.start(id)
                var counts: [Int] = []
                for try await line in try await docker.logs(id, follow: true) { counts.append(line.text.count) }
                #expect(counts == [40_000, 3])
            }
        }
    }

    @Test func `events tell how a container ends`() async throws {
        let label = "jubako-test-event=\(UUID().uuidString)"
        let parts = label.split(separator: "=").map(String.init)
        try await withContainer(["Cmd": ["sleep", "60"], "Labels": .object([parts[0]: .string(parts[1])])]) { docker, id in
            let since = Int(Date().timeIntervalSince1970 * 1e9)
            try await docker.start(id)
            try await docker.kill(id)
            var actions: [DockerEvent.Action] = []
            for try await event in try await docker.events(since: since, labels: [label]) {
                actions.append(event.action)
                if actions.count == 2 { break }
            }
            #expect(actions == [.start, .die(exitCode: 137)])
            #expect(try await docker.list(labels: [label]).map(\.state) == [.exited])
        }
    }

    @Test func `what is not there is said to be missing`() async throws {
        let docker = DockerClient()
        let container = await #expect(throws: DockerError.self) { try await docker.inspect("jubako-no-such") }
        let image = await #expect(throws: DockerError.self) {
            try await docker.createContainer(name: "jubako-never-made", body: ["Image": "jubako-no-such:1"])
        }
        let exists = try await docker.imageExists("jubako-no-such:1")
        let pull = await #expect(throws: DockerError.self) { try await docker.pullImage("jubako-test-missing.invalid/none:1") }
        try await docker.shutdown()
        #expect(container?.kind == .noSuchContainer && image?.kind == .noSuchImage && !exists)
        #expect(pull?.message.isEmpty == false)
    }

    @Test func `volumes are made, found by label and removed`() async throws {
        let docker = DockerClient()
        let name = "jubako-test-\(UUID().uuidString)"
        try await docker.createVolume(name: name, labels: ["jubako-test-volume": name])
        let (exists, found) = (try await docker.volumeExists(name), try await docker.volumes(labels: ["jubako-test-volume=\(name)"]))
        try await docker.removeVolume(name)
        try await docker.removeVolume(name)
        let isLeft = try await docker.volumeExists(name)
        try await docker.shutdown()
        #expect(exists && found == [name] && !isLeft)
    }
}
