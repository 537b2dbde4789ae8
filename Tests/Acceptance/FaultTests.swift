import AWS
import AsyncHTTPClient
import Foundation
import NIOCore
import NIOPosix
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

    @Test(.enabled(if: isRoot, "taking rights away needs root")) func `without the right to use Docker the engine says what to do`() async throws {
        try await EngineProcess.withSettings { settings in
            try FileManager.default.createDirectory(atPath: settings.directory, withIntermediateDirectories: true)
            let socket = "\(settings.directory)/docker.sock"
            let channel = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup).bind(unixDomainSocketPath: socket).get()
            try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: socket)
            let result = try await Subprocess.run(
                .name("setpriv"),
                arguments: [
                    "--bounding-set=-dac_override", EngineProcess.program, "engine", "--data-dir", settings.directory, "--port", "\(settings.port)",
                    "--http-port", "\(settings.entryPort)", "--docker-socket", socket,
                ], output: .discarded, error: .string(limit: 65536))
            try await channel.close()
            #expect(result.terminationStatus == .exited(1))
            #expect(
                result.standardError.contains("no permission to use Docker on \(socket): run as root, or join the group"), "\(result.standardError)")
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
                let victim = try #require(try await engine.running().first)
                _ = try await Subprocess.run(.name("docker"), arguments: ["kill", victim], output: .discarded)
                try await eventually("a replacement runs") {
                    let running = try await engine.running()
                    return running.count == 2 && !running.contains(victim)
                }
                try await engine.stable("web")
                await containers.note(try await engine.running())
                kill(engine.processID, SIGKILL)
            }
            try await EngineProcess.run(settings) { engine in
                try await engine.stable("web")
                let before = await containers.ids
                let after = try await engine.running()
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
                let before = try await engine.running()
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
                let after = try await engine.running()
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

    @Test(arguments: ["port", "http-port"])
    func `a port that is taken is named, with the option that chooses another`(option: String) async throws {
        try await withHTTPBackend(HTTPBackend { _ in BackendAnswer() }) { taken in
            try await EngineProcess.withSettings { settings in
                let ports = ["port": settings.port, "http-port": settings.entryPort].merging([option: taken]) { $1 }
                let result = try await EngineProcess.jubako(
                    ["engine", "--data-dir", settings.directory] + ports.flatMap { ["--\($0.key)", "\($0.value)"] })
                #expect(result.code == 1)
                #expect(result.error.contains("\(taken)") && result.error.contains("--\(option)"), "\(result.error)")
            }
        }
    }

    @Test func `an engine that is killed in the middle of a deploy finishes it when it is back`() async throws {
        for version in ["1", "2"] { _ = try await TestImage.web(version) }
        try await EngineProcess.withSettings { settings in
            let app = try AppFile.write(in: "\(settings.directory)/apps", desired: 4)
            try await EngineProcess.run(settings) { engine in
                let first = try await engine.jubako(["deploy", app.path])
                #expect(first.code == 0, "\(first)")
                let started = try await engine.jubako(["deploy", "--no-wait", "--tag", "2", app.path])
                #expect(started.code == 0, "\(started)")
                try await eventually("both versions run") { try await engine.service("web")["runningCount"].int ?? 0 > 4 }
                kill(engine.processID, SIGKILL)
            }
            try await EngineProcess.run(settings) { engine in
                try await engine.stable("web")
                #expect(try await engine.service("web")["taskDefinition"].string?.hasSuffix(":2") == true)
                #expect(try await engine.get("hako-web") == "2\n")
                #expect(try await engine.running().count == 4)
                try await eventually("the old containers are gone") { try await Self.containers(of: "web:1", engine) == 0 }
            }
        }
    }

    @Test func `a killed HAProxy is back at once, and no task is touched`() async throws {
        _ = try await TestImage.web("1")
        try await EngineProcess.withSettings { settings in
            try await EngineProcess.run(settings) { engine in
                let app = try AppFile.write(in: "\(settings.directory)/apps")
                let first = try await engine.jubako(["deploy", app.path])
                #expect(first.code == 0, "\(first)")
                let before = try await engine.running()
                async let load = Subprocess.run(
                    .name("wrk"),
                    arguments: ["-t1", "-c8", "-d4s", "-H", "Host: hako-web.localhost", "http://127.0.0.1:\(settings.entryPort)/"],
                    output: .string(limit: 65536))
                try await eventually("the load has begun") { try await Self.requests(settings) > 20 }
                for _ in 1...2 {
                    let old = try await Self.haproxies(settings)
                    try #require(!old.isEmpty)
                    for process in old { kill(process, SIGKILL) }
                    try await eventually("another HAProxy answers") {
                        guard try await Set(Self.haproxies(settings)).isDisjoint(with: old) else { return false }
                        return (try? await engine.get("hako-web")) == "1\n"
                    }
                }
                let report = try await load.standardOutput
                #expect(report.contains("requests in"))
                #expect(try await engine.running() == before)
                try await engine.stable("web")
            }
        }
    }

    /// The requests that the engine has counted.
    private static func requests(_ settings: EngineProcess.Settings) async throws -> Double {
        let answer = try await HTTPClient.shared.execute(HTTPClientRequest(url: "\(settings.endpoint)/metrics"), timeout: .seconds(5))
        let text = String(buffer: try await answer.body.collect(upTo: 1 << 22))
        return text.split(separator: "\n").filter { $0.hasPrefix("jubako_requests_total{") }
            .compactMap { $0.split(separator: " ").last.flatMap { Double($0) } }.reduce(0, +)
    }

    @Test(.enabled(if: isRoot, "mounting needs root"))
    func `a full disk fails changes with a clear text, and nothing is half done`() async throws {
        let image = try await TestImage.web("1")
        let directory = "/tmp/jubako-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        try await Self.shell("mount -t tmpfs -o size=1m tmpfs \(directory)")
        do {
            try await EngineProcess.withSettings(directory: directory) { settings in
                try await EngineProcess.run(settings) { engine in
                    try await engine.register("web", image: image)
                    _ = try await engine.call("CreateService", ["serviceName": "web", "taskDefinition": "web", "desiredCount": 1])
                    try await engine.stable("web")
                    _ = try? await Self.shell("cat /dev/zero > \(directory)/filler 2>/dev/null")
                    var refused: AWSError?
                    for _ in 0..<200 where refused == nil {
                        do { try await engine.register("more", image: image) } catch { refused = error as? AWSError }
                    }
                    #expect(refused?.code == "ServerException" && refused?.message.contains("full") == true, "\(String(describing: refused))")
                    let known = try await engine.call("ListTaskDefinitions", ["familyPrefix": "more"])["taskDefinitionArns"].array.count
                    #expect(try await engine.running().count == 1, "what runs goes on")
                    try await Self.shell("rm \(directory)/filler")
                    let arn = try await engine.register("more", image: image)
                    #expect(arn.hasSuffix("more:\(known + 1)"), "no number was used up by a change that failed")
                }
            }
        } catch {
            try? await Self.shell("umount -l \(directory); rmdir \(directory)")
            throw error
        }
        try? await Self.shell("umount -l \(directory); rmdir \(directory)")
    }

    private static let isRoot = geteuid() == 0

    private static func shell(_ script: String) async throws {
        let result = try await Subprocess.run(.name("sh"), arguments: ["-c", script], output: .discarded, error: .string(limit: 4096))
        guard result.terminationStatus.isSuccess else { throw ConditionNotMet(description: "\(script): \(result.standardError)") }
    }

    /// The HAProxy processes of the engine of this folder, master and workers.
    private static func haproxies(_ settings: EngineProcess.Settings) async throws -> [Int32] {
        let result = try await Subprocess.run(
            .name("pgrep"), arguments: ["-f", "haproxy.*\(settings.directory)/"], output: .string(limit: 4096))
        return result.standardOutput.split(separator: "\n").compactMap { Int32($0) }
    }

    /// How many containers of a revision there are, whatever their state.
    private static func containers(of revision: String, _ engine: EngineProcess) async throws -> Int {
        let parts = revision.split(separator: ":")
        let arns = try await engine.call("ListTasks", ["desiredStatus": "RUNNING"])["taskArns"]
        guard !arns.array.isEmpty else { return 0 }
        let tasks = try await engine.call("DescribeTasks", ["tasks": arns])["tasks"].array
        return tasks.filter { $0["taskDefinitionArn"].string?.hasSuffix("\(parts[0]):\(parts[1])") == true }.count
    }

    private actor Containers {
        private(set) var ids: Set<String> = []
        func note(_ ids: Set<String>) { self.ids = ids }
    }
}
