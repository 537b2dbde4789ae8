import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import ServiceModel

/// Posts and edits messages in Slack. Whoever makes it shuts it down.
public struct SlackClient: Sendable {
    public struct Configuration: Sendable {
        /// Where the methods are, without a slash at the end.
        public var baseURL = "https://slack.com/api"
        /// A bot's token (`xoxb-…`); nil when only incoming webhooks are used.
        public var token: String?
        /// How long a whole call may take.
        public var timeout: Duration = .seconds(10)
        /// How many connections at most.
        public var connections = 48

        public init() {}
    }

    private let configuration: Configuration
    private let http: HTTPClient

    public init(_ configuration: Configuration) {
        self.configuration = configuration
        var settings = HTTPClient.Configuration(redirectConfiguration: .disallow, decompression: .disabled)
        let timeout = Int64(configuration.timeout / .nanoseconds(1))
        // A call's deadline ends with the answer's head, so the body has a bound of its own.
        settings.timeout = .init(connect: .nanoseconds(min(timeout, 5_000_000_000)), read: .nanoseconds(timeout))
        settings.connectionPool = .init(idleTimeout: .seconds(30), concurrentHTTP1ConnectionsPerHostSoftLimit: configuration.connections)
        // A failed connection is told at once: when to try again is the dispatcher's affair.
        settings.connectionPool.retryConnectionEstablishment = false
        settings.httpVersion = .http1Only
        http = HTTPClient(eventLoopGroup: HTTPClient.defaultEventLoopGroup, configuration: settings)
    }

    /// Closes all connections; no call may follow.
    public func shutdown() async throws {
        try await http.shutdown()
    }

    /// A channel given as a web address is an incoming webhook's.
    static func isIncomingWebhook(_ channel: String) -> Bool {
        channel.hasPrefix("https://") || channel.hasPrefix("http://")
    }

    /// Posts a message, or an answer in the thread of `thread`.
    ///
    /// - Returns: where the message stands; nil from an incoming webhook, which does not tell.
    /// - Throws: ``SlackError``, or `CancellationError`.
    func post(_ message: SlackMessage, to channel: String, thread: SlackAddress? = nil) async throws -> SlackAddress? {
        if Self.isIncomingWebhook(channel) {
            let (status, body, retryAfter) = try await send(message.json, to: channel, token: nil)
            guard status == 200 else { throw SlackError(status: status, body: body, retryAfter: retryAfter) }
            return nil
        }
        var body = message.json
        body["channel"] = .string(thread?.channel ?? channel)
        body["thread_ts"] = JSON(thread?.ts)
        let answer = try await call("chat.postMessage", body)
        guard let ts = answer["ts"].string else {
            throw SlackError(.transient(mayHaveArrived: true), code: "no_ts", "slack accepted the message and did not say where it stands")
        }
        return SlackAddress(channel: answer["channel"].string ?? channel, ts: ts)
    }

    /// Replaces a message's text and attachments.
    ///
    /// - Throws: ``SlackError``, or `CancellationError`.
    func update(_ message: SlackMessage, at address: SlackAddress) async throws {
        var body = message.json
        body["channel"] = .string(address.channel)
        body["ts"] = .string(address.ts)
        _ = try await call("chat.update", body)
    }

    private func call(_ method: String, _ body: JSON) async throws -> JSON {
        guard let token = configuration.token else {
            throw SlackError(.channel, code: "not_authed", "there is no Slack token: set one, or give the channel as an incoming webhook's address")
        }
        let (status, text, retryAfter) = try await send(body, to: "\(configuration.baseURL)/\(method)", token: token)
        guard status == 200 else { throw SlackError(status: status, body: "", retryAfter: retryAfter) }
        guard let answer = try? JSON(parsing: text) else {
            throw SlackError(.transient(mayHaveArrived: true), code: "no_json", "slack's answer to \(method) is not JSON")
        }
        guard answer["ok"].bool == true else { throw SlackError(code: answer["error"].string ?? "unknown_error", retryAfter: retryAfter) }
        return answer
    }

    private func send(_ body: JSON, to url: String, token: String?) async throws -> (status: UInt, body: String, retryAfter: Duration?) {
        var request = HTTPClientRequest(url: url)
        request.method = .POST
        request.headers.add(name: "Content-Type", value: "application/json; charset=utf-8")
        if let token { request.headers.add(name: "Authorization", value: "Bearer \(token)") }
        request.body = .bytes(ByteBuffer(bytes: body.bytes))
        do {
            let deadline = NIODeadline.now() + .nanoseconds(Int64(configuration.timeout / .nanoseconds(1)))
            let response = try await http.execute(request, deadline: deadline)
            let text = String(buffer: try await response.body.collect(upTo: 1 << 20))
            return (response.status.code, text, response.headers.first(name: "Retry-After").flatMap(Self.duration))
        } catch {
            throw Self.transportError(error)
        }
    }

    /// Slack writes whole seconds.
    private static func duration(_ text: String) -> Duration? {
        guard let seconds = Double(text.trimmingCharacters(in: .whitespaces)), seconds >= 0, seconds.isFinite else { return nil }
        return .seconds(min(seconds, 3_600))
    }

    private static func transportError(_ error: any Error) -> any Error {
        switch error {
        case is CancellationError: return error
        case let error as HTTPClientError where error == .cancelled: return CancellationError()
        case let error as HTTPClientError where error == .connectTimeout:
            return SlackError(.transient(mayHaveArrived: false), code: "connect_timeout", "no connection to slack in time")
        case let error as HTTPClientError where error == .invalidURL || error == .emptyHost || error == .emptyScheme:
            return SlackError(.channel, code: "invalid_url", "slack's address is no web address")
        case let error as HTTPClientError where error == .deadlineExceeded || error == .readTimeout:
            return SlackError(.transient(mayHaveArrived: true), code: "request_timeout", "slack did not answer in time")
        case is NIOConnectionError: return SlackError(.transient(mayHaveArrived: false), code: "no_connection", "slack cannot be reached: \(error)")
        default: return SlackError(.transient(mayHaveArrived: true), code: "connection_lost", "the connection to slack broke: \(error)")
        }
    }
}
