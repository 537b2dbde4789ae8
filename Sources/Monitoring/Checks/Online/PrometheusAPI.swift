public import AsyncHTTPClient
public import Foundation
import NIOCore
import NIOHTTP1
public import ServiceModel

/// The HTTP API of a Prometheus.
public struct PrometheusAPI: PrometheusQueries {
    private static let limit = 256 << 20

    private let client: HTTPClient
    private let base: String
    private let timeout: Duration

    /// - Parameters:
    ///   - client: whoever made it shuts it down.
    ///   - url: without a slash at the end.
    ///   - timeout: of a whole answer.
    public init(client: HTTPClient, url: String, timeout: Duration) {
        self.client = client
        base = url
        self.timeout = timeout
    }

    /// Opens connections to the Prometheus at `url` for the length of `body`.
    public static func with<Result>(
        _ url: URL, timeout: Duration = .seconds(120), _ body: (PrometheusAPI) async throws -> Result
    ) async throws -> Result {
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.timeout = .init(connect: .seconds(5), read: nil)
        configuration.httpVersion = .http1Only
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        var base = url.absoluteString
        while base.hasSuffix("/") { base.removeLast() }
        do {
            let result = try await body(PrometheusAPI(client: client, url: base, timeout: timeout))
            try? await client.shutdown()
            return result
        } catch {
            try? await client.shutdown()
            throw error
        }
    }

    public func query(_ expression: String) async throws(RulesError) -> JSON {
        try await ask("query", ["query": expression, "stats": "all"])
    }

    public func queryRange(_ expression: String, start: Double, end: Double, step: Double) async throws(RulesError) -> JSON {
        try await ask("query_range", ["query": expression, "start": "\(start)", "end": "\(end)", "step": "\(step)"])
    }

    private func ask(_ path: String, _ fields: [String: String]) async throws(RulesError) -> JSON {
        let answer: (status: UInt, body: [UInt8])
        do { answer = try await exchange(path, fields) } catch {
            throw RulesError("\(base) does not answer (\(error)): check --prometheus")
        }
        guard let document = try? JSON(parsing: answer.body) else {
            throw RulesError("\(base) answered \(answer.status) without JSON: check that --prometheus is a Prometheus")
        }
        guard document["status"].string == "success" else {
            throw RulesError("\(base) refused the query: \(document["error"].string ?? "status \(answer.status)")")
        }
        return document["data"]
    }

    private func exchange(_ path: String, _ fields: [String: String]) async throws -> (UInt, [UInt8]) {
        var request = HTTPClientRequest(url: "\(base)/api/v1/\(path)")
        request.method = .POST
        request.headers.add(name: "content-type", value: "application/x-www-form-urlencoded")
        let form = fields.sorted { $0.key < $1.key }.map { "\($0.key)=\(Self.escaped($0.value))" }.joined(separator: "&")
        request.body = .bytes(ByteBuffer(string: form))
        // The client's own timeout watches the answer's head only.
        return try await withThrowingTaskGroup(of: (UInt, [UInt8])?.self) { [request] group in
            group.addTask {
                let response = try await client.execute(request, timeout: TimeAmount(timeout))
                let body = try await response.body.collect(upTo: Self.limit)
                return (response.status.code, Array(body.readableBytesView))
            }
            group.addTask {
                try await Task.sleep(for: timeout)
                return nil
            }
            defer { group.cancelAll() }
            guard let first = try await group.next(), let answer = first else { throw HTTPClientError.deadlineExceeded }
            return answer
        }
    }

    private static func escaped(_ text: String) -> String {
        text.utf8.reduce(into: "") { result, byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: result.unicodeScalars.append(Unicode.Scalar(byte))
            default: result += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }
    }
}
