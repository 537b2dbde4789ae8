import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import ServiceLifecycle
import TestSupport

@testable import Engine

/// An HTTP server on a unix socket that answers as the test says.
struct StubDocker {
    typealias Handler = @Sendable (Request) async throws -> Response

    static func with(_ handler: @escaping Handler, _ body: (DockerClient) async throws -> Void) async throws {
        try await withTemporaryDirectory { directory in
            let socket = directory.appending(path: "docker.sock").path
            let (started, signal) = AsyncStream<Void>.makeStream()
            var logger = Logger(label: "stub")
            logger.logLevel = .critical
            let server = Application(
                responder: CallbackResponder { (request: Request, _: BasicRequestContext) in try await handler(request) },
                configuration: .init(address: .unixDomainSocket(path: socket)), onServerRunning: { _ in signal.finish() }, logger: logger)
            let client = DockerClient(socket: socket)
            var failure: (any Error)?
            await withTaskGroup(of: Void.self) { group in
                group.addTask { try? await server.run() }
                for await _ in started {}
                do { try await body(client) } catch { failure = error }
                try? await client.shutdown()
                group.cancelAll()
            }
            if let failure { throw failure }
        }
    }

    static func json(_ text: String, _ status: HTTPResponse.Status = .ok) -> Response {
        Response(status: status, headers: [.contentType: "application/json"], body: .init(byteBuffer: ByteBuffer(string: text)))
    }

    /// An answer in the given chunks, which then stays open until the reader leaves if `isEndless`.
    static func chunks(_ chunks: [[UInt8]], isEndless: Bool = false) -> Response {
        Response(
            status: .ok,
            body: .init { writer in
                for chunk in chunks { try await writer.write(ByteBuffer(bytes: chunk)) }
                if isEndless { try await Task.sleep(for: .seconds(60)) }
                try await writer.finish(nil)
            })
    }
}
