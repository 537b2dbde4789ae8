import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import ServiceModel

/// Calls to a provider: short, bounded, and never sent elsewhere by a redirect.
struct ProviderConnection: Sendable {
    private let http: HTTPClient
    private let timeout: Duration
    private static let limit = 1 << 20

    init(timeout: Duration) {
        self.timeout = timeout
        var settings = HTTPClient.Configuration(redirectConfiguration: .disallow, decompression: .disabled)
        // Later than our own limit, which says more.
        settings.timeout = .init(connect: .seconds(5), read: .nanoseconds(Int64(timeout / .nanoseconds(1) * 2)))
        settings.connectionPool = .init(idleTimeout: .seconds(30), concurrentHTTP1ConnectionsPerHostSoftLimit: 4)
        settings.connectionPool.retryConnectionEstablishment = false
        settings.httpVersion = .http1Only
        http = HTTPClient(eventLoopGroup: HTTPClient.defaultEventLoopGroup, configuration: settings)
    }

    func shutdown() async throws { try await http.shutdown() }

    /// The JSON at an address.
    ///
    /// - Throws: ``SignInProblem/unreachable(_:)``, ``SignInProblem/misconfigured(_:)``.
    func get(_ url: String, bearer: String? = nil) async throws(SignInProblem) -> JSON {
        var request = HTTPClientRequest(url: url)
        request.headers.add(name: "Accept", value: "application/json")
        if let bearer { request.headers.add(name: "Authorization", value: "Bearer \(bearer)") }
        let (status, body) = try await send(request)
        guard status == 200, let json = try? JSON(parsing: body.readableBytesView) else {
            if status >= 500 || status == 429 { throw .unreachable("\(url) answers \(status)") }
            throw .misconfigured("\(url) answers \(status)" + (status == 200 ? " and no JSON" : ""))
        }
        return json
    }

    /// Sends a form to the token endpoint.
    ///
    /// - Parameter secret: the client's; nil for a public client.
    func post(_ url: String, _ fields: [(String, String)], clientID: String, secret: String?, inBody: Bool) async throws(SignInProblem) -> JSON {
        var fields = fields
        var request = HTTPClientRequest(url: url)
        request.method = .POST
        request.headers.add(name: "Accept", value: "application/json")
        request.headers.add(name: "Content-Type", value: "application/x-www-form-urlencoded")
        if let secret, !inBody {
            // RFC 6749, 2.3.1: both are form-encoded before they are joined
            let pair = "\(Self.encoded(clientID)):\(Self.encoded(secret))"
            request.headers.add(name: "Authorization", value: "Basic \(Data(pair.utf8).base64EncodedString())")
        } else {
            fields.append(("client_id", clientID))
            if let secret { fields.append(("client_secret", secret)) }
        }
        request.body = .bytes(ByteBuffer(string: Self.form(fields)))
        let (status, body) = try await send(request)
        let json = (try? JSON(parsing: body.readableBytesView)) ?? .null
        if status == 200 { return json }
        if status >= 500 || status == 429 { throw .unreachable("the token endpoint answers \(status)") }
        let code = json["error"].string ?? "status \(status)"
        let words = json["error_description"].string.map { ": \($0)" } ?? ""
        throw .providerSays("the token endpoint says \((code + words).prefix(300))")
    }

    static func form(_ fields: [(String, String)]) -> String {
        fields.map { "\(encoded($0.0))=\(encoded($0.1))" }.joined(separator: "&")
    }

    private static func encoded(_ text: String) -> String {
        text.addingPercentEncoding(
            withAllowedCharacters: .alphanumerics.intersection(CharacterSet(charactersIn: "\u{0}"..."\u{7F}")).union(["-", ".", "_", "~"]))
            ?? ""
    }

    /// The whole answer, within the time: the client's own limit ends at the head, and starts anew with every piece of the body.
    private func send(_ request: HTTPClientRequest) async throws(SignInProblem) -> (status: UInt, body: ByteBuffer) {
        do {
            return try await withThrowingTaskGroup(of: (UInt, ByteBuffer)?.self) { group in
                group.addTask {
                    let answer = try await http.execute(request, deadline: .now() + .nanoseconds(Int64(timeout / .nanoseconds(1) * 2)))
                    return (answer.status.code, try await answer.body.collect(upTo: Self.limit))
                }
                group.addTask {
                    try await Task.sleep(for: timeout)
                    return nil
                }
                defer { group.cancelAll() }
                guard case let done?? = try await group.next() else { throw TooSlow() }
                return done
            }
        } catch {
            // The client's own limits may strike before ours.
            let limits: [HTTPClientError] = [.connectTimeout, .readTimeout, .deadlineExceeded]
            if error is TooSlow || (error as? HTTPClientError).map(limits.contains) == true {
                throw .unreachable("\(Self.place(request)) did not answer within \(timeout / .seconds(1)) s")
            }
            throw .unreachable("\(Self.place(request)) does not answer: \(error)")
        }
    }

    private static func place(_ request: HTTPClientRequest) -> String { request.url.prefix { $0 != "?" }.description }

    private struct TooSlow: Error {}
}
