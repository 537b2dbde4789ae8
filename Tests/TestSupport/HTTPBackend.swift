import HTTPTypes
import Hummingbird
import NIOCore

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

    /// Serves until the task is cancelled.
    ///
    /// - Parameter onReady: is given the port.
    public func run(onReady: @escaping @Sendable (Int) async -> Void) async throws {
        let answer = answer
        let responder = CallbackResponder<BasicRequestContext> { request, _ in
            let headers = Dictionary(request.headers.map { ($0.name.canonicalName, $0.value) }, uniquingKeysWith: { "\($0)\n\($1)" })
            let reply = await answer(BackendRequest(method: request.method.rawValue, target: request.uri.string, headers: headers))
            return Response(status: .init(code: reply.status), body: .init(byteBuffer: ByteBuffer(string: reply.body)))
        }
        let application = Application(
            responder: responder, configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { channel in await onReady(channel.localAddress?.port ?? 0) })
        try await application.run()
    }
}

/// Runs a server for the length of `body`, which is given its port.
public func withHTTPBackend<Result: Sendable>(
    _ backend: HTTPBackend, _ body: @escaping @Sendable (Int) async throws -> Result
) async throws -> Result {
    let (ports, feed) = AsyncStream<Int>.makeStream()
    return try await withThrowingTaskGroup(of: Result?.self) { group in
        group.addTask {
            try await backend.run { feed.yield($0) }
            return nil
        }
        group.addTask {
            for await port in ports { return try await body(port) }
            return nil
        }
        defer { group.cancelAll() }
        while let result = try await group.next() {
            if let result { return result }
        }
        throw CancellationError()
    }
}
