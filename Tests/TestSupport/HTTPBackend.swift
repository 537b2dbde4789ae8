import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import ServiceLifecycle

/// What an ``HTTPBackend`` was asked.
public struct BackendRequest: Sendable {
    public let method: String
    /// Path and query.
    public let target: String
    /// By name in lower case.
    public let headers: [String: String]
}

/// What an ``HTTPBackend`` answers.
public struct BackendAnswer: Sendable {
    public var status = 200
    public var body = ""

    public init(status: Int = 200, body: String = "") {
        self.status = status
        self.body = body
    }
}

/// A small HTTP server on a free port of the loopback address.
public struct HTTPBackend: Sendable {
    private let answer: @Sendable (BackendRequest) async -> BackendAnswer

    public init(answer: @escaping @Sendable (BackendRequest) async -> BackendAnswer) {
        self.answer = answer
    }

    /// Serves until `stop` returns, then lets requests finish.
    ///
    /// - Parameter onReady: is given the port.
    public func run(
        onReady: @escaping @Sendable (Int) async -> Void, until stop: @escaping @Sendable () async -> Void
    ) async throws {
        let answer = answer
        let responder = CallbackResponder<BasicRequestContext> { request, _ in
            let headers = Dictionary(request.headers.map { ($0.name.canonicalName, $0.value) }, uniquingKeysWith: { "\($0)\n\($1)" })
            let reply = await answer(BackendRequest(method: request.method.rawValue, target: request.uri.string, headers: headers))
            return Response(status: .init(code: reply.status), body: .init(byteBuffer: ByteBuffer(string: reply.body)))
        }
        var logger = Logger(label: "backend")
        logger.logLevel = .critical
        let application = Application(
            responder: responder, configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { channel in await onReady(channel.localAddress?.port ?? 0) }, logger: logger)
        let services = ServiceGroup(services: [application], gracefulShutdownSignals: [], logger: logger)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await services.run() }
            await stop()
            await services.triggerGracefulShutdown()
            try await group.waitForAll()
        }
    }
}

/// Runs a server for the length of `body`, which is given its port.
public func withHTTPBackend<Result: Sendable>(
    _ backend: HTTPBackend, _ body: @Sendable (Int) async throws -> Result
) async throws -> Result {
    let (ports, announce) = AsyncStream<Int>.makeStream()
    let (ends, end) = AsyncStream<Void>.makeStream()
    return try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
            defer { announce.finish() }
            try await backend.run {
                announce.yield($0)
            } until: {
                for await _ in ends {}
            }
        }
        defer { end.finish() }
        guard let port = await ports.first(where: { _ in true }) else { throw ConditionNotMet(description: "the backend did not start") }
        return try await body(port)
    }
}
