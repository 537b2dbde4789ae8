import AWS
import AsyncHTTPClient
import Foundation
import Logging
import NIOCore
import NIOHTTP1
import ServiceModel
import Subprocess
import SystemPackage
import TestSupport

/// The built program as a child process, with ports and a state folder of its own.
struct EngineProcess: Sendable {
    /// What a test starts the engine with.
    struct Settings: Sendable {
        let directory: String
        let port: Int
        let entryPort: Int
        /// `engine`, or `up`.
        var verb = "engine"
        var extra: [String] = []

        /// What the process writes.
        var log: String { "\(directory).log" }
        var endpoint: String { "http://127.0.0.1:\(port)" }
    }

    let settings: Settings
    let client: AWSClient
    let processID: Int32

    /// A state folder with a short path, since sockets live in it, and free ports. Containers of the engine are removed afterwards.
    ///
    /// - Parameter directory: the state folder; nil makes one.
    static func withSettings(directory: String? = nil, _ body: (Settings) async throws -> Void) async throws {
        let directory = directory ?? "/tmp/jubako-\(UUID().uuidString.prefix(8))"
        let settings = Settings(directory: directory, port: try await PortReservation.free(), entryPort: try await PortReservation.free())
        var failure: (any Error)?
        do { try await body(settings) } catch { failure = error }
        await removeContainers(of: settings)
        try? FileManager.default.removeItem(atPath: directory)
        try? FileManager.default.removeItem(atPath: settings.log)
        if let failure { throw failure }
    }

    /// Starts the engine, runs `body` once it answers, and ends it in order.
    static func run(_ settings: Settings, _ body: @escaping @Sendable (EngineProcess) async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Bool.self) { group in
            group.addTask {
                let status = try await start(settings)
                guard Task.isCancelled || status == .signaled(SIGKILL) else {
                    throw ConditionNotMet(description: "the engine ended with \(status): \(said(settings))")
                }
                return false
            }
            group.addTask {
                try await withClient(settings, body)
                return true
            }
            while let isDone = try await group.next() { if isDone { break } }
            group.cancelAll()
        }
    }

    /// Starts the engine, runs `body` once it answers, and waits until the engine has ended: `body` sees to that.
    static func runToEnd<Found: Sendable>(
        _ settings: Settings, _ body: @escaping @Sendable (EngineProcess) async throws -> Found
    ) async throws -> (found: Found, code: Int32?) {
        async let status = start(settings)
        let found = try await withClient(settings, body)
        guard case .exited(let code) = try await status else { return (found, nil) }
        return (found, code)
    }

    /// What the engine of this folder has written so far, both streams.
    static func said(_ settings: Settings) -> String {
        (try? String(contentsOfFile: settings.log, encoding: .utf8)) ?? ""
    }

    private static func start(_ settings: Settings) async throws -> TerminationStatus {
        var options = PlatformOptions()
        options.teardownSequence = [.gracefulShutDown(allowedDurationToNextStep: .seconds(15))]
        try FileManager.default.createDirectory(atPath: settings.directory, withIntermediateDirectories: true)
        let log = try FileDescriptor.open(settings.log, .writeOnly, options: [.create, .truncate], permissions: .ownerReadWrite)
        defer { try? log.close() }
        return try await Subprocess.run(
            .path(FilePath(program)), arguments: Arguments(arguments(settings)), platformOptions: options,
            output: .fileDescriptor(log, closeAfterSpawningProcess: false), error: .fileDescriptor(log, closeAfterSpawningProcess: false)
        ).terminationStatus
    }

    private static func withClient<Found>(_ settings: Settings, _ body: (EngineProcess) async throws -> Found) async throws -> Found {
        try await eventually("the engine answers") { await answers(settings) }
        let lock = try String(contentsOfFile: "\(settings.directory)/engine.lock", encoding: .utf8)
        let processID = Int32(lock.trimmingCharacters(in: .whitespacesAndNewlines)) ?? 0
        let configuration = try AWSConfiguration.resolve(
            environment: ["AWS_ACCESS_KEY_ID": "any", "AWS_SECRET_ACCESS_KEY": "any"], profile: nil, region: "us-east-1",
            endpoint: settings.endpoint)
        let client = AWSClient(configuration: configuration, logger: Logger(label: "test"))
        do {
            let found = try await body(EngineProcess(settings: settings, client: client, processID: processID))
            await client.shutdown()
            return found
        } catch {
            await client.shutdown()
            throw error
        }
    }

    /// Runs the program to its end: exit code and what it wrote.
    static func jubako(_ arguments: [String], environment: [String: String] = [:]) async throws -> (code: Int32, output: String, error: String) {
        let variables = environment.map { (Environment.Key(stringLiteral: $0.key), $0.value) }
        let result = try await Subprocess.run(
            .path(FilePath(program)), arguments: Arguments(arguments), environment: .inherit.updating(Dictionary(uniqueKeysWithValues: variables)),
            output: .string(limit: 1 << 20), error: .string(limit: 1 << 20))
        guard case .exited(let code) = result.terminationStatus else { return (-1, result.standardOutput, result.standardError) }
        return (code, result.standardOutput, result.standardError)
    }

    /// Runs a verb against this engine.
    func jubako(_ arguments: [String]) async throws -> (code: Int32, output: String, error: String) {
        try await Self.jubako(
            arguments + ["--endpoint-url", settings.endpoint], environment: ["JUBAKO_HTTP_PORT": "\(settings.entryPort)", "NO_COLOR": "1"])
    }

    /// The body that the app of this load balancer answers with.
    func get(_ balancer: String, _ path: String = "/") async throws -> String {
        var request = HTTPClientRequest(url: "http://127.0.0.1:\(settings.entryPort)\(path)")
        request.headers.add(name: "Host", value: "\(balancer).localhost")
        let answer = try await HTTPClient.shared.execute(request, timeout: .seconds(5))
        return String(buffer: try await answer.body.collect(upTo: 1 << 20))
    }

    /// The Docker ids of the service's containers that run, as the engine sees them.
    func running() async throws -> Set<String> {
        let arns = try await call("ListTasks", [:])["taskArns"]
        guard !arns.array.isEmpty else { return [] }
        let tasks = try await call("DescribeTasks", ["tasks": arns])["tasks"].array
        return Set(tasks.filter { $0["lastStatus"] == "RUNNING" }.compactMap { $0["containers"][0]["runtimeId"].string })
    }

    func call(_ operation: String, _ input: JSON) async throws -> JSON { try await client.call(.ecs, operation, input) }

    /// Registers a task definition of one container of the test image.
    @discardableResult
    func register(_ family: String, image: String, environment: [String: String] = [:], extra: JSON = [:]) async throws -> String {
        var container: JSON = [
            "name": "app", "image": .string(image), "memory": 32, "stopTimeout": 2, "portMappings": [["containerPort": 8080]],
            "environment": .array(environment.map { ["name": .string($0.key), "value": .string($0.value)] }),
        ]
        for (key, value) in extra.object { container[key] = value }
        let answer = try await call("RegisterTaskDefinition", ["family": .string(family), "containerDefinitions": [container]])
        return answer["taskDefinition"]["taskDefinitionArn"].string ?? ""
    }

    func service(_ name: String) async throws -> JSON {
        try await call("DescribeServices", ["services": [.string(name)]])["services"][0]
    }

    /// Waits until the service has one deployment with all its tasks running.
    func stable(_ name: String, within deadline: Duration = .seconds(90)) async throws {
        try await eventually("\(name) is stable", within: deadline) {
            let service = try await self.service(name)
            return service["deployments"].array.count == 1 && service["runningCount"] == service["desiredCount"]
                && service["deployments"][0]["rolloutState"] == "COMPLETED"
        }
    }

    /// The program beside the tests.
    static let program = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent().appending(path: "jubako")
        .path()

    private static func arguments(_ settings: Settings) -> [String] {
        [settings.verb, "--data-dir", settings.directory, "--port", "\(settings.port)", "--http-port", "\(settings.entryPort)"] + settings.extra
    }

    private static func answers(_ settings: Settings) async -> Bool {
        let answer = try? await HTTPClient.shared.execute(HTTPClientRequest(url: "\(settings.endpoint)/healthz"), timeout: .seconds(1))
        return answer?.status.code == 200
    }

    /// Removes what the engine of this folder left on Docker: it ran by itself, and its containers outlive it.
    private static func removeContainers(of settings: Settings) async {
        let script = """
            import json, sqlite3, sys
            rows = sqlite3.connect(sys.argv[1]).execute("select body from items where partition = 'engine/identity'").fetchall()
            print(json.loads(rows[0][0])["engineID"])
            """
        guard
            let result = try? await Subprocess.run(
                .name("python3"), arguments: ["-c", script, "\(settings.directory)/engine.sqlite"], output: .string(limit: 4096), error: .discarded),
            case let id = result.standardOutput.trimmingCharacters(in: .whitespacesAndNewlines), !id.isEmpty
        else { return }
        _ = try? await Subprocess.run(
            .name("sh"), arguments: ["-c", "docker ps -aq --filter label=jubako.engine=\(id) | xargs -r docker rm -f -v"], output: .discarded,
            error: .discarded)
    }
}
