import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import ServiceModel

/// The Docker Engine API over its unix socket: a cheap value over one connection pool. Whoever makes it shuts it down.
///
/// Every call throws a ``DockerError``, or `CancellationError` when its task was cancelled. A call ends within a time of its own; the streams
/// (``events(since:labels:)``, ``logs(_:since:until:tail:follow:)``) last until Docker or the reader ends them.
struct DockerClient: Sendable {
    /// Where Docker listens unless told otherwise.
    static let defaultSocket = "/var/run/docker.sock"

    /// The path of Docker's socket.
    let socket: String
    private let http: HTTPClient
    private let base: String

    init(socket: String = DockerClient.defaultSocket) {
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow, decompression: .disabled)
        // A quiet event or log stream is no failure: bounds on time are set per call, not per read.
        configuration.timeout = .init(connect: .seconds(5), read: nil)
        // Every log reader holds a connection; the pool must never be what a `start` waits for.
        configuration.connectionPool = .init(idleTimeout: .seconds(30), concurrentHTTP1ConnectionsPerHostSoftLimit: 1024)
        configuration.connectionPool.retryConnectionEstablishment = false
        self.socket = socket
        http = HTTPClient(eventLoopGroup: HTTPClient.defaultEventLoopGroup, configuration: configuration)
        base = "http+unix://\(Self.encode(socket))/v1.41"
    }

    /// Closes all connections; no call may follow.
    func shutdown() async throws {
        try await http.shutdown()
    }
}

extension DockerClient {
    typealias Query = KeyValuePairs<String, String?>

    /// One call with a JSON answer (null if the answer has no body), which must be complete within `limit`.
    @discardableResult
    func call(
        _ method: HTTPMethod, _ path: String, _ query: Query = [:], body: JSON? = nil, within limit: Duration = .seconds(20)
    ) async throws -> JSON {
        let request = request(method, path, query, body: body)
        let bytes = try await withDeadline(limit, "\(method.rawValue) \(path)") { [self] in
            do {
                return try await answer(to: request)
            } catch let error as HTTPClientError where error == .remoteConnectionClosed && method == .GET {
                return try await answer(to: request)  // a pooled connection that a restarted daemon has closed
            }
        }
        guard !bytes.isEmpty, bytes.first == UInt8(ascii: "{") || bytes.first == UInt8(ascii: "[") else { return .null }
        do {
            return try JSON(parsing: bytes)
        } catch {
            throw DockerError(.other, "Docker's answer to \(method.rawValue) \(path) is not JSON: \(error)")
        }
    }

    /// One call whose answer comes bit by bit, for as long as Docker and the reader like. Only the answer's head has to come within `limit`.
    func stream<Decoder: StreamDecoder>(
        _ method: HTTPMethod, _ path: String, _ query: Query, within limit: Duration = .seconds(20), decoder: Decoder
    ) async throws -> DockerStream<Decoder> {
        let request = request(method, path, query, body: nil)
        do {
            let response = try await http.execute(request, timeout: .nanoseconds(Int64(limit / .nanoseconds(1))))
            guard response.status.code < 300 else { throw try await refusal(response) }
            return DockerStream(body: response.body, decoder: decoder, failure: transportError)
        } catch {
            throw transportError(error)
        }
    }

    private func request(_ method: HTTPMethod, _ path: String, _ query: Query, body: JSON?) -> HTTPClientRequest {
        let parameters = query.compactMap { name, value in value.map { "\(name)=\(Self.encode($0))" } }
        var request = HTTPClientRequest(url: base + path + (parameters.isEmpty ? "" : "?" + parameters.joined(separator: "&")))
        request.method = method
        request.headers.add(name: "Host", value: "docker")
        if let body {
            request.headers.add(name: "Content-Type", value: "application/json")
            request.body = .bytes(ByteBuffer(bytes: body.bytes))
        } else if method == .POST || method == .PUT {
            request.body = .bytes(ByteBuffer())  // so that `Content-Length: 0` is sent
        }
        return request
    }

    private func answer(to request: HTTPClientRequest) async throws -> [UInt8] {
        let response = try await http.execute(request, deadline: .distantFuture)
        guard response.status.code < 300 || response.status == .notModified else { throw try await refusal(response) }
        return Array(buffer: try await response.body.collect(upTo: 64 << 20))
    }

    private func refusal(_ response: HTTPClientResponse) async throws -> DockerError {
        let bytes = Array(buffer: try await response.body.collect(upTo: 1 << 20))
        let message = (try? JSON(parsing: bytes))?["message"].string ?? String(decoding: bytes, as: UTF8.self)
        return DockerError(status: Int(response.status.code), message: message)
    }

    private func withDeadline(
        _ limit: Duration, _ what: String, _ operation: @escaping @Sendable () async throws -> [UInt8]
    ) async throws -> [UInt8] {
        do {
            return try await withThrowingTaskGroup(of: [UInt8]?.self) { group in
                defer { group.cancelAll() }
                group.addTask { try await operation() }
                group.addTask {
                    try await Task.sleep(for: limit)
                    return nil
                }
                guard let bytes = try await group.next() ?? nil else {
                    throw DockerError(.timeout, "Docker did not answer \(what) within \(limit.components.seconds) seconds")
                }
                return bytes
            }
        } catch {
            throw transportError(error)
        }
    }

    /// What failed below HTTP, as an error that says what to do.
    private func transportError(_ error: any Error) -> any Error {
        switch error {
        case is DockerError, is CancellationError: return error
        case let error as IOError where error.errnoCode == EACCES || error.errnoCode == EPERM:
            return DockerError(.notPermitted, "no permission to use Docker on \(socket): run as root, or join the group that owns the socket")
        case let error as HTTPClientError where error == .cancelled: return CancellationError()
        case let error as HTTPClientError where error == .deadlineExceeded || error == .connectTimeout:
            return DockerError(.timeout, "Docker does not answer on \(socket) in time: see whether the machine is overloaded")
        case is IOError: return DockerError(.notRunning, "Docker does not answer on \(socket): start it with script/bootstrap")
        case let error as HTTPClientError where error == .remoteConnectionClosed:
            return DockerError(.notRunning, "Docker closed the connection on \(socket): see whether it still runs, or start it with script/bootstrap")
        default: return DockerError(.other, "the call to Docker on \(socket) failed: \(error)")
        }
    }

    /// Percent-encodes what is not unreserved in RFC 3986.
    static func encode(_ text: String) -> String {
        var encoded = ""
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"):
                encoded.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                encoded += (byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
            }
        }
        return encoded
    }
}
