import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import NIOHTTP1
import ServiceModel
import TestSupport
import Testing

@testable import Engine

struct DockerClientStubTests {
    @Test(arguments: [
        (404, "No such container: x", DockerError.Kind.noSuchContainer), (404, "No such image: x:latest", .noSuchImage),
        (409, "Conflict. The container name \\\"/x\\\" is already in use", .conflict),
        (500, "Bind for 127.0.0.1:80 failed: port is already allocated", .portTaken),
        (500, "write /var/lib/docker/tmp: no space left on device", .diskFull), (500, "something else", .other),
    ])
    func `errors have a kind, a status and Docker's words`(status: Int, message: String, kind: DockerError.Kind) async throws {
        try await StubDocker.with({ _ in StubDocker.json(#"{"message":"\#(message)"}"#, .init(code: status)) }) { docker in
            let error = await #expect(throws: DockerError.self) { try await docker.start("x") }
            #expect(error?.kind == kind && error?.status == status)
            #expect(error?.message == message.replacing("\\", with: ""))
        }
    }

    @Test func `without a daemon the error says how to start one`() async throws {
        let docker = DockerClient(socket: "/tmp/jubako-no-such-socket.sock")
        let error = await #expect(throws: DockerError.self) { try await docker.ping() }
        #expect(error?.kind == .notRunning)
        #expect(error?.message == "Docker does not answer on /tmp/jubako-no-such-socket.sock: start it with script/bootstrap")
        try await docker.shutdown()
    }

    @Test func `a call that gets no answer ends in time`() async throws {
        try await StubDocker.with({ _ in StubDocker.chunks([Array("{".utf8)], isEndless: true) }) { docker in
            let error = await #expect(throws: DockerError.self) { try await docker.call(.GET, "/info", within: .milliseconds(100)) }
            #expect(error?.kind == .timeout)
        }
    }

    @Test func `events are read across chunks until the reader has enough`() async throws {
        let first = #"{"Type":"container","Action":"die","Actor":{"ID":"abc","Attributes":{"exitCode":"7"}},"timeNano":5}"# + "\n"
        let second = #"{"Type":"container","Action":"health_status: healthy","Actor":{"ID":"abc","Attributes":{}},"timeNano":6}"# + "\n"
        let skipped = #"{"Type":"container","Action":"attach","Actor":{"ID":"abc","Attributes":{}},"timeNano":6}"# + "\n"
        let bytes = Array((first + skipped + second).utf8)
        try await StubDocker.with({ _ in StubDocker.chunks([Array(bytes[..<40]), Array(bytes[40...])], isEndless: true) }) { docker in
            var events: [DockerEvent] = []
            for try await event in try await docker.events(labels: []) {
                events.append(event)
                if events.count == 2 { break }
            }
            #expect(events.map(\.action) == [.die(exitCode: 7), .health(.healthy)] && events.map(\.time) == [5, 6])
        }
    }

    @Test func `a cancelled reader leaves an idle stream at once`() async throws {
        try await StubDocker.with({ _ in StubDocker.chunks([[10]], isEndless: true) }) { docker in
            let (isOpen, signal) = AsyncStream<Void>.makeStream()
            await withTaskGroup(of: Bool.self) { group in
                group.addTask {
                    do {
                        let events = try await docker.events(labels: [])
                        signal.finish()
                        for try await _ in events {}
                        return false
                    } catch {
                        return error is CancellationError
                    }
                }
                for await _ in isOpen {}
                group.cancelAll()
                let isCancellation = await group.next()
                #expect(isCancellation == true)
            }
        }
    }

    @Test func `a failed pull has the registry's words`() async throws {
        let lines =
            "{\"status\":\"Pulling\"}\r\n{\"errorDetail\":{\"message\":\"manifest for x:1 not found\"},\"error\":\"manifest for x:1 not found\"}\r\n"
        try await StubDocker.with({ _ in StubDocker.chunks([Array(lines.utf8)]) }) { docker in
            let error = await #expect(throws: DockerError.self) { try await docker.pullImage("x:1") }
            #expect(error?.message == "manifest for x:1 not found")
        }
    }

    @Test func `requests have the version, the host, a length and an encoded query`() async throws {
        let seen = Seen()
        try await StubDocker.with({ request in
            await seen.note(request)
            return StubDocker.json("[]")
        }) { docker in
            _ = try await docker.list(labels: ["a=b c"])
            try await docker.kill("x/y")
        }
        let requests = await seen.requests
        #expect(requests.map(\.uri.path) == ["/v1.41/containers/json", "/v1.41/containers/x%2Fy/kill"])
        #expect(requests.first?.head.authority == "docker")
        #expect(requests.first?.uri.queryParameters.get("filters") == #"{"label":["a=b c"]}"#)
        #expect(requests.last?.headers[.contentLength] == "0")
    }

    @Test(
        arguments: [
            ("app", "app", "latest"), ("app:1", "app", "1"), ("host:5000/app", "host:5000/app", "latest"), ("host:5000/app:2", "host:5000/app", "2"),
            ("app@sha256:ab", "app@sha256:ab", nil),
        ] as [(String, String, String?)])
    func `references are split so that one tag is fetched`(reference: String, name: String, tag: String?) {
        #expect(DockerClient.split(reference) == (name, tag))
    }
}

private actor Seen {
    private(set) var requests: [Request] = []

    func note(_ request: Request) { requests.append(request) }
}
