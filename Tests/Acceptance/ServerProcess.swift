import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import ServiceModel
import Subprocess
import SystemPackage
import TestSupport

/// `jubako server` as a child process, with a port and a folder of its own.
struct ServerProcess: Sendable {
    let url: String
    let directory: String
    let processID: Int32

    /// The server's token.
    var token: String {
        (try? String(contentsOfFile: "\(directory)/server.token", encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines)) ?? ""
    }

    /// Starts the server over a definitions repository, runs `body` once it answers, and ends it in order; it may also be killed.
    ///
    /// - Parameters:
    ///   - directory: its data, which stays; nil for a folder that is removed afterwards.
    ///   - port: nil for any that is free.
    static func run(
        definitions: String, directory given: String? = nil, port: Int? = nil, extra: [String] = [], environment: [String: String] = [:],
        _ body: @escaping @Sendable (ServerProcess) async throws -> Void
    ) async throws {
        let directory = given ?? "/tmp/jubako-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { if given == nil { try? FileManager.default.removeItem(atPath: directory) } }
        let port = if let port { port } else { try await PortReservation.free() }
        let (started, announce) = AsyncStream<Int32>.makeStream()
        let arguments = ["server", "--definitions", definitions, "--data-dir", directory, "--port", "\(port)"] + extra
        let variables = environment.map { (Environment.Key(stringLiteral: $0.key), Optional($0.value)) }
        try await withThrowingTaskGroup(of: Bool.self) { [arguments] group in
            group.addTask {
                var options = PlatformOptions()
                options.teardownSequence = [.gracefulShutDown(allowedDurationToNextStep: .seconds(10))]
                let log = try FileDescriptor.open(
                    "\(directory)/server.log", .writeOnly, options: [.create, .truncate], permissions: .ownerReadWrite)
                defer { try? log.close() }
                let result = try await Subprocess.run(
                    .path(FilePath(EngineProcess.program)), arguments: Arguments(arguments),
                    environment: .inherit.updating(Dictionary(uniqueKeysWithValues: variables)), platformOptions: options, input: .none,
                    output: .fileDescriptor(log, closeAfterSpawningProcess: false), error: .fileDescriptor(log, closeAfterSpawningProcess: false)
                ) { execution in announce.yield(execution.processIdentifier.value) }
                guard Task.isCancelled || result.terminationStatus == .signaled(SIGKILL) else {
                    let said = (try? String(contentsOfFile: "\(directory)/server.log", encoding: .utf8)) ?? ""
                    throw ConditionNotMet(description: "the server ended with \(result.terminationStatus): \(said)")
                }
                return false
            }
            group.addTask {
                let server = ServerProcess(
                    url: "http://127.0.0.1:\(port)", directory: directory, processID: await started.first { _ in true } ?? 0)
                try await eventually("the server answers") { (try? await server.get("/healthz"))?.status == 200 }
                try await body(server)
                return true
            }
            while let isDone = try await group.next() { if isDone { break } }
            group.cancelAll()
        }
    }

    /// What it has written so far.
    var said: String { (try? String(contentsOfFile: "\(directory)/server.log", encoding: .utf8)) ?? "" }

    func get(_ path: String, headers: [String: String] = [:]) async throws -> (status: Int, body: String) {
        try await send(.GET, path, headers: headers)
    }

    /// A call with the server's token.
    func call(_ method: HTTPMethod, _ path: String, _ body: JSON? = nil) async throws -> (status: Int, body: JSON) {
        let answer = try await send(
            method, path, headers: ["Authorization": "Bearer \(token)", "Content-Type": "application/json"], body: body?.text)
        return (answer.status, (try? JSON(parsing: answer.body)) ?? .null)
    }

    func send(_ method: HTTPMethod, _ path: String, headers: [String: String] = [:], body: String? = nil) async throws -> (status: Int, body: String)
    {
        var request = HTTPClientRequest(url: url + path)
        request.method = method
        for (name, value) in headers { request.headers.add(name: name, value: value) }
        if let body { request.body = .bytes(ByteBuffer(string: body)) }
        let answer = try await HTTPClient.shared.execute(request, timeout: .seconds(90))
        return (Int(answer.status.code), String(buffer: try await answer.body.collect(upTo: 1 << 24)))
    }
}
