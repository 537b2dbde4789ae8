import AsyncHTTPClient
import Foundation
import Logging
import NIOCore
import NIOHTTP1
import ServiceModel
import Subprocess
import Synchronization
import SystemPackage
import TestSupport
import Testing

@testable import Engine

private let haproxyIsInstalled =
    (try? HAProxyConfiguration.Settings.executable(environment: ProcessInfo.processInfo.environment)) != nil
private let wrkIsInstalled = ["/usr/bin/wrk", "/usr/local/bin/wrk"].contains { FileManager.default.isExecutableFile(atPath: $0) }

/// Runs the real HAProxy on ports of its own.
@Suite(.enabled(if: haproxyIsInstalled, "haproxy is not installed"), .serialized)
struct `HAProxy as the data plane` {
    @Test func `requests are routed by host, path and port`() async throws {
        try await withHTTPBackend(HTTPBackend { BackendAnswer(body: echo("one", $0)) }) { one in
            try await withHTTPBackend(HTTPBackend { BackendAnswer(body: echo("two", $0)) }) { two in
                try await withHAProxy { proxy in
                    let side = try await PortReservation.free()
                    var world = LoadBalancingWorld(entryPort: proxy.port)
                    let first = try world.targetGroup("first")
                    let second = try world.targetGroup("second")
                    let balancer = try world.loadBalancer("web")
                    let listener = try world.listener(balancer, LoadBalancingWorld.forward(first))
                    _ = try world.listener(balancer, port: side, LoadBalancingWorld.forward(second))
                    try world.rule(listener, priority: 1, [["Field": "path-pattern", "Values": ["/two/*"]]], LoadBalancingWorld.forward(second))
                    try world.rule(
                        listener, priority: 2, [["Field": "path-pattern", "Values": ["/gone"]]],
                        LoadBalancingWorld.fixed(410, "it's \"gone\" #1\n100%"))
                    try world.rule(
                        listener, priority: 3, [["Field": "host-header", "Values": ["web.*"]], ["Field": "path-pattern", "Values": ["/old*"]]],
                        ["Type": "redirect", "RedirectConfig": ["StatusCode": "HTTP_301", "Path": "/new#{path}"]])
                    try world.healthyTarget(first, port: one)
                    try await proxy.apply(world)
                    #expect(try await proxy.get("/x", host: "nobody.localhost").status == 404)
                    #expect(try await proxy.get("/x", host: "nobody.localhost").body.contains("http://web.localhost:\(proxy.port)"))
                    let answer = try await proxy.get("/x?y=1", host: "WEB.localhost:\(proxy.port)", headers: [("X-Forwarded-For", "10.9.8.7")])
                    #expect(answer.body.hasPrefix("one GET /x?y=1\n"))
                    #expect(answer.body.contains("x-forwarded-for: 10.9.8.7, 127.0.0.1\n"))
                    #expect(answer.body.contains("x-forwarded-proto: http\n") && answer.body.contains("x-forwarded-port: \(proxy.port)\n"))
                    #expect(answer.body.contains(/x-amzn-trace-id: Root=1-[0-9a-f]{8}-[0-9a-f]{24}\n/))
                    let none = try await proxy.get("/two/x", host: "web.localhost")
                    #expect(none.status == 503 && none.body == "target group second has no healthy target\n")
                    let gone = try await proxy.get("/gone", host: "web.localhost")
                    #expect(gone.status == 410 && gone.body == "it's \"gone\" #1\n100%")
                    let moved = try await proxy.get("/old/1?a=b", host: "web.localhost")
                    #expect(moved.status == 301 && moved.location == "http://web.localhost:\(proxy.port)/newold/1?a=b")
                    try world.healthyTarget(second, port: two)
                    try await proxy.apply(world)
                    #expect(try await proxy.get("/two/x", host: "web.localhost").body.hasPrefix("two "))
                    #expect(try await proxy.get("/y", host: "anything", port: side).body.hasPrefix("two GET /y\n"))
                    #expect(await proxy.reloads() <= 1)
                }
            }
        }
    }

    @Test func `a connection from before a reload reaches the targets from after it`() async throws {
        try await withHTTPBackend(HTTPBackend { _ in BackendAnswer(body: "one") }) { one in
            try await withHTTPBackend(HTTPBackend { BackendAnswer(body: echo("two", $0)) }) { two in
                try await withHAProxy { proxy in
                    var world = LoadBalancingWorld(entryPort: proxy.port)
                    let group = try world.targetGroup("group")
                    _ = try world.listener(try world.loadBalancer("web"), LoadBalancingWorld.forward(group))
                    try world.healthyTarget(group, port: one)
                    try await proxy.apply(world)
                    try await withClient { client in
                        #expect(try await proxy.get("/", host: "web.localhost", client: client).body == "one")
                        _ = try world.loadBalancer("other")
                        try await proxy.apply(world)
                        try world.healthyTarget(group, port: two)
                        world.state.targetGroups.update(group.string ?? "") { $0.targets.removeAll { $0.key.port == one } }
                        try await proxy.apply(world)
                        let processes = try await proxy.haproxy.master.processes()
                        #expect(processes.oldWorkers.count == 1, "the connection is still open")
                        let answer = try await proxy.get("/", host: "web.localhost", client: client)
                        #expect(answer.body.hasPrefix("two GET /") && answer.body.contains("x-forwarded-for: 127.0.0.1\n"), "\(answer.body)")
                        try await eventually("the old worker is gone") { try await proxy.haproxy.master.processes().oldWorkers.isEmpty }
                    }
                }
            }
        }
    }

    @Test func `a killed haproxy is back with what was in force`() async throws {
        try await withHTTPBackend(HTTPBackend { _ in BackendAnswer(body: "here") }) { backend in
            try await withHAProxy { proxy in
                var world = LoadBalancingWorld(entryPort: proxy.port)
                let group = try world.targetGroup("group")
                _ = try world.listener(try world.loadBalancer("web"), LoadBalancingWorld.forward(group))
                try await proxy.apply(world)
                try world.healthyTarget(group, port: backend)
                try await proxy.apply(world)
                #expect(try await proxy.get("/", host: "web.localhost").body == "here")
                let before = try await proxy.haproxy.master.processes().master
                kill(pid_t(before), SIGKILL)
                try await eventually("another haproxy answers") {
                    let now = (try? await proxy.haproxy.master.processes().master) ?? before
                    guard now != before else { return false }
                    return (try? await proxy.get("/", host: "web.localhost").body) == "here"
                }
                try await proxy.apply(world)
            }
        }
    }

    @Test func `a port that another program has is named`() async throws {
        try await withHTTPBackend(HTTPBackend { _ in BackendAnswer() }) { port in
            try await withTemporaryDirectory { folder in
                let haproxy = HAProxy(settings: settings(folder), entryPort: port, logger: quiet)
                let error = await #expect(throws: HAProxyError.self) { try await haproxy.run() }
                #expect(error?.code == .portTaken)
                #expect(error?.message.contains("port \(port) for the load balancers is taken by") == true, "\(error?.message ?? "")")
                await #expect(throws: HAProxyError.self) { try await haproxy.apply(DataPlane()) }
            }
            try await withHAProxy { proxy in
                var world = LoadBalancingWorld(entryPort: proxy.port)
                let balancer = try world.loadBalancer("web")
                _ = try world.listener(balancer, LoadBalancingWorld.fixed(200, "entry"))
                _ = try world.listener(balancer, port: port, LoadBalancingWorld.fixed(200, "side"))
                try await proxy.apply(world)
                #expect(try await proxy.get("/", host: "web.localhost").body == "entry")
                #expect(await proxy.haproxy.blockedPorts == [port])
            }
        }
    }

    @Test func `without haproxy the error says what to install`() async throws {
        let error = #expect(throws: HAProxyError.self) {
            try HAProxyConfiguration.Settings.executable(environment: ["PATH": "/nonexistent"], folders: [])
        }
        #expect(error?.code == .missing)
        #expect(error?.message.contains("apt-get install haproxy") == true)
    }

    @Test func `an haproxy that a killed engine left behind is taken over`() async throws {
        try await withTemporaryDirectory { folder in
            let port = try await PortReservation.free()
            let settings = settings(folder)
            var world = LoadBalancingWorld(entryPort: port)
            _ = try world.listener(try world.loadBalancer("web"), LoadBalancingWorld.fixed(200, "old"))
            let text = HAProxyConfiguration.render(world.state, entryPort: port, settings.configuration)
            try text.write(toFile: settings.configurationPath, atomically: true, encoding: .utf8)
            let executable = try HAProxyConfiguration.Settings.executable(environment: settings.environment)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    _ = try await Subprocess.run(
                        .path(executable), arguments: ["-W", "-S", settings.masterSocket, "-f", settings.configurationPath],
                        output: .discarded, error: .discarded)
                }
                let left = MasterSocket(path: settings.masterSocket)
                try await eventually("the old haproxy runs") { (try? await left.processes().workers.isEmpty) == false }
                let haproxy = HAProxy(settings: settings, entryPort: port, logger: quiet)
                group.addTask { try? await haproxy.run() }
                try await haproxy.apply(DataPlane(world.state, entryPort: port))
                let proxy = Proxy(haproxy: haproxy, port: port)
                #expect(try await proxy.get("/", host: "web.localhost").body == "old")
                group.cancelAll()
            }
        }
    }

    @Test(.enabled(if: wrkIsInstalled, "wrk is not installed")) func `no request fails while targets are replaced`() async throws {
        try await withHAProxy { proxy in
            var world = LoadBalancingWorld(entryPort: proxy.port)
            let group = try world.targetGroup("group")
            _ = try world.listener(try world.loadBalancer("web"), LoadBalancingWorld.forward(group))
            try await proxy.apply(world)
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                var running: [(port: Int, stop: Wakeup)] = []
                func start() async throws {
                    let (ports, feed) = AsyncStream<Int>.makeStream()
                    let stop = Wakeup()
                    tasks.addTask {
                        try await HTTPBackend { _ in BackendAnswer(body: "ok") }.run {
                            feed.yield($0)
                        } until: {
                            await stop.wait(atMost: nil)
                        }
                    }
                    var iterator = ports.makeAsyncIterator()
                    let first = await iterator.next()
                    let port = try #require(first)
                    running.append((port, stop))
                    try world.healthyTarget(group, port: port)
                }
                for _ in 0..<3 { try await start() }
                try await proxy.apply(world)
                async let load = wrk(port: proxy.port, seconds: 8)
                let end = ContinuousClock.now + .seconds(7)
                var replaced = 0
                while ContinuousClock.now < end {
                    try await start()
                    // every few rounds the structure changes as well, so that old workers with open connections are about
                    if replaced % 5 == 4 { _ = try world.loadBalancer("other-\(replaced)") }
                    try await proxy.apply(world)
                    let old = running.removeFirst()
                    let key = TargetKey(id: "i-0a", port: old.port)
                    try world.call("DeregisterTargets", ["TargetGroupArn": group, "Targets": [["Id": "i-0a", "Port": .integer(old.port)]]])
                    try await proxy.apply(world)
                    try await eventually("the target has drained") {
                        await proxy.haproxy.inFlight(group: group.string ?? "", target: key) == 0
                    }
                    world.state.finishDraining(key, of: group.string ?? "")
                    try await proxy.apply(world)
                    old.stop.wake()
                    replaced += 1
                }
                let report = try await load
                for each in running { each.stop.wake() }
                #expect(replaced > 5)
                #expect(!report.contains("Socket errors") && !report.contains("Non-2xx"), "\(report)")
                #expect(report.contains(/[0-9]+ requests in/))
                try await tasks.waitForAll()
            }
        }
    }
}

// MARK: Fixtures

private let quiet = Logger(label: "haproxy") { _ in SwiftLogNoOpLogHandler() }

private func settings(_ folder: URL) -> HAProxy.Settings {
    HAProxy.Settings(directory: folder.path, environment: ProcessInfo.processInfo.environment)
}

private func echo(_ name: String, _ request: BackendRequest) -> String {
    "\(name) \(request.method) \(request.target)\n" + request.headers.map { "\($0): \($1)\n" }.sorted().joined()
}

/// A running HAProxy and a client.
private struct Proxy: Sendable {
    struct Answer {
        let status: Int
        let location: String?
        let body: String
    }

    let haproxy: HAProxy
    let port: Int

    func apply(_ world: LoadBalancingWorld) async throws { try await haproxy.apply(DataPlane(world.state, entryPort: port)) }

    func reloads() async -> Int { (try? await haproxy.master.processes().reloads) ?? -1 }

    func get(_ path: String, host: String, port: Int? = nil, headers: [(String, String)] = []) async throws -> Answer {
        try await withClient { try await get(path, host: host, port: port, headers: headers, client: $0) }
    }

    func get(
        _ path: String, host: String, port: Int? = nil, headers: [(String, String)] = [], client: HTTPClient
    ) async throws -> Answer {
        var request = HTTPClientRequest(url: "http://127.0.0.1:\(port ?? self.port)\(path)")
        request.headers.add(name: "Host", value: host)
        for (name, value) in headers { request.headers.add(name: name, value: value) }
        let response = try await client.execute(request, timeout: .seconds(10))
        let body = String(buffer: try await response.body.collect(upTo: 1 << 20))
        return Answer(status: Int(response.status.code), location: response.headers.first(name: "location"), body: body)
    }
}

private func withClient<Result>(_ body: (HTTPClient) async throws -> Result) async throws -> Result {
    var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
    configuration.connectionPool.retryConnectionEstablishment = false
    let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    do {
        let result = try await body(client)
        try await client.shutdown()
        return result
    } catch {
        try await client.shutdown()
        throw error
    }
}

private func withHAProxy(_ body: @escaping @Sendable (Proxy) async throws -> Void) async throws {
    try await withTemporaryDirectory { folder in
        let port = try await PortReservation.free()
        let haproxy = HAProxy(settings: settings(folder), entryPort: port, logger: quiet)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await haproxy.run() }
            group.addTask { try await body(Proxy(haproxy: haproxy, port: port)) }
            defer { group.cancelAll() }
            try await group.next()
        }
    }
}

/// What wrk reports, and each answer that was none of the backends'.
private func wrk(port: Int, seconds: Int) async throws -> String {
    try await withTemporaryDirectory { folder in
        let script = folder.appending(path: "report.lua").path
        let text = """
            response = function(status, headers, body)
              if status ~= 200 then print("failed: " .. status .. " " .. body:gsub("\\n", " ")) end
            end
            """
        try text.write(toFile: script, atomically: true, encoding: .utf8)
        let result = try await Subprocess.run(
            .name("wrk"), arguments: ["-t1", "-c16", "-d\(seconds)s", "-s", script, "-H", "Host: web.localhost", "http://127.0.0.1:\(port)/"],
            output: .string(limit: 1 << 20), error: .discarded)
        return result.standardOutput
    }
}
