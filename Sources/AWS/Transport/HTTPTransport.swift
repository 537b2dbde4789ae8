import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import NIOSSL
import Synchronization

/// The transport over async-http-client. Its threads and connections come into being with the first request.
final class HTTPTransport: Transport {
    private enum State {
        case unused
        case running(HTTPClient)
        case shutDown
    }

    private let state = Mutex(State.unused)
    private let connectTimeout: Duration
    private let certificateAuthorities: String?

    /// - Parameter certificateAuthorities: a PEM file to trust instead of the system's authorities.
    init(connectTimeout: Duration, certificateAuthorities: String?) {
        self.connectTimeout = connectTimeout
        self.certificateAuthorities = certificateAuthorities
    }

    deinit {
        // A client that was never told to stop still gives its connections back.
        state.withLock { if case .running(let client) = $0 { client.shutdown { _ in } } }
    }

    func shutdown() async {
        let client: HTTPClient? = state.withLock { state in
            defer { state = .shutDown }
            return if case .running(let client) = state { client } else { nil }
        }
        try? await client?.shutdown()
    }

    func send(_ request: WireRequest, timeout: Duration, limit: Int) async throws(TransportError) -> WireAnswer {
        let client = try client()
        do {
            return try await withThrowingTaskGroup(of: WireAnswer?.self) { group in
                group.addTask { try await Self.exchange(request, client, timeout: timeout, limit: limit) }
                group.addTask {
                    try await Task.sleep(for: timeout)
                    return nil
                }
                defer { group.cancelAll() }
                guard let first = try await group.next(), let answer = first else { throw HTTPClientError.deadlineExceeded }
                return answer
            }
        } catch {
            throw TransportError(error, origin: request.endpoint.origin, timeout: timeout, limit: limit)
        }
    }

    /// `execute(timeout:)` watches the answer's head only; the caller bounds the whole.
    private static func exchange(_ request: WireRequest, _ client: HTTPClient, timeout: Duration, limit: Int) async throws -> WireAnswer {
        var outgoing = HTTPClientRequest(url: request.url)
        outgoing.method = .RAW(value: request.method)
        for header in request.headers { outgoing.headers.add(name: header.name, value: header.value) }
        if request.method != "GET" { outgoing.body = .bytes(ByteBuffer(bytes: request.body)) }
        let response = try await client.execute(outgoing, timeout: TimeAmount(timeout))
        let body = try await response.body.collect(upTo: limit)
        return WireAnswer(
            status: Int(response.status.code), headers: response.headers.map { ($0.name, $0.value) }, body: Array(body.readableBytesView))
    }

    private func client() throws(TransportError) -> HTTPClient {
        try state.withLock { state throws(TransportError) in
            switch state {
            case .running(let client): return client
            case .shutDown: throw TransportError(kind: .cancelled, message: "the AWS client was shut down")
            case .unused:
                let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: try configuration())
                state = .running(client)
                return client
            }
        }
    }

    private func configuration() throws(TransportError) -> HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.timeout = .init(connect: TimeAmount(connectTimeout), read: nil)
        configuration.connectionPool.idleTimeout = .seconds(20)
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.decompression = .disabled
        configuration.httpVersion = .http1Only
        if let file = certificateAuthorities {
            guard FileManager.default.isReadableFile(atPath: file) else {
                throw TransportError(kind: .configuration, message: "the certificate bundle \(file) (AWS_CA_BUNDLE or ca_bundle) cannot be read")
            }
            var security = TLSConfiguration.makeClientConfiguration()
            security.trustRoots = .file(file)
            configuration.tlsConfiguration = security
        }
        return configuration
    }
}
