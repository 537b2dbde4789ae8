import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import ServiceLifecycle
import Synchronization

/// An HTTP server inside the test: a closure answers, and what came in is kept.
public struct StubServer: Sendable {
    public let port: Int
    private let log: RequestLog

    public var url: String { "http://127.0.0.1:\(port)" }

    /// Everything that was asked so far, in the order in which it came in.
    public var requests: [StubRequest] { log.entries.withLock { $0 } }

    /// Starts a server on a free port of the loopback address for the length of `body`.
    public static func run<Result: Sendable>(
        answering handler: @escaping @Sendable (StubRequest) async -> StubAnswer, _ body: (StubServer) async throws -> Result
    ) async throws -> Result {
        let log = RequestLog()
        let (ports, announce) = AsyncStream<Int>.makeStream()
        var logger = Logger(label: "stub server")
        logger.logLevel = .critical
        let application = Application(
            responder: CallbackResponder { (request: Request, context: StubContext) in
                let received = try await StubRequest(request, peer: context.peer)
                log.entries.withLock { $0.append(received) }
                return try await handler(received).response
            },
            configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { channel in announce.yield(channel.localAddress?.port ?? 0) },
            logger: logger)
        var configuration = ServiceGroupConfiguration(services: [.init(service: application)], logger: logger)
        configuration.maximumGracefulShutdownDuration = .seconds(10)
        // Cancelling a server that is just accepting a connection stops the process in NIO, so it is asked to end instead.
        let services = ServiceGroup(configuration: configuration)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                defer { announce.finish() }
                try await services.run()
            }
            guard let port = await ports.first(where: { _ in true }) else { throw StubServerNotStarted() }
            let outcome: Swift.Result<Result, any Error>
            do { outcome = .success(try await body(StubServer(port: port, log: log))) } catch { outcome = .failure(error) }
            await services.triggerGracefulShutdown()
            try await group.waitForAll()
            return try outcome.get()
        }
    }
}

private struct StubServerNotStarted: Error {}

private struct StubContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    let peer: Int?

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        peer = source.channel.remoteAddress?.port
    }
}

private final class RequestLog: Sendable {
    let entries = Mutex<[StubRequest]>([])
}

/// One request that a ``StubServer`` received.
public struct StubRequest: Sendable {
    public let method: String
    /// With the query, as it came over the wire.
    public let path: String
    /// `host` is among them; names in lower case.
    public let headers: [(name: String, value: String)]
    public let body: String
    /// The port that the client sent from: the same for requests of one connection.
    public let peer: Int?

    init(_ request: Request, peer: Int?) async throws {
        self.peer = peer
        method = request.method.rawValue
        path = request.head.path ?? ""
        var headers = request.headers.map { (name: $0.name.canonicalName, value: $0.value) }
        if let host = request.head.authority { headers.append(("host", host)) }
        self.headers = headers
        body = String(buffer: try await request.body.collect(upTo: 1 << 24))
    }

    public func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }
}

/// What a ``StubServer`` answers.
public struct StubAnswer: Sendable {
    public var status: Int
    public var headers: [(name: String, value: String)]
    public var body: String
    /// Waited before the answer's head.
    public var delay: Duration?
    /// Waited between the head and the body.
    public var bodyDelay: Duration?
    /// The connection breaks in the middle of the body.
    public var isCut = false

    public init(_ status: Int = 200, _ body: String = "", headers: [(name: String, value: String)] = []) {
        self.status = status
        self.body = body
        self.headers = headers
    }

    fileprivate var response: Response {
        get async throws {
            if let delay { try await Self.wait(delay) }
            var fields = HTTPFields()
            for header in headers {
                if let name = HTTPField.Name(header.name) { fields.append(HTTPField(name: name, value: header.value)) }
            }
            let answer = self
            let body = ResponseBody(contentLength: answer.body.utf8.count + (isCut ? 10 : 0)) { writer in
                if answer.bodyDelay != nil || answer.isCut { try await writer.write(ByteBuffer(string: String(answer.body.prefix(1)))) }
                if let delay = answer.bodyDelay { try await Self.wait(delay) }
                if answer.isCut { throw Cut() }
                try await writer.write(ByteBuffer(string: answer.bodyDelay == nil ? answer.body : String(answer.body.dropFirst())))
                try await writer.finish(nil)
            }
            return Response(status: .init(code: status), headers: fields, body: body)
        }
    }

    /// Ends early when the server does.
    private static func wait(_ delay: Duration) async throws {
        try await cancelWhenGracefulShutdown { try await Task.sleep(for: delay) }
    }

    private struct Cut: Error {}
}
