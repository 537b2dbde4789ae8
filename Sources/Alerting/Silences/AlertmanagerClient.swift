import AsyncHTTPClient
public import Foundation
import NIOCore
import NIOHTTP1
import ServiceModel

/// Why Alertmanager did not do what it was asked.
public struct AlertmanagerError: Error, Sendable, Hashable, CustomStringConvertible {
    public enum Code: Sendable, Hashable {
        /// Nobody answers.
        case unreachable
        /// It does not take the request.
        case refused
        /// There is no such silence.
        case notFound
        /// Its answer makes no sense.
        case unreadable
    }

    public let code: Code
    public let description: String
}

/// Alertmanager's API v2, of any version. Whoever makes it shuts it down.
public struct AlertmanagerClient: Sendable {
    private let base: String
    private let timeout: Duration
    private let http: HTTPClient

    /// - Parameter url: where Alertmanager is, for example `http://127.0.0.1:7793`.
    public init(url: String, timeout: Duration = .seconds(10)) {
        base = (url.hasSuffix("/") ? String(url.dropLast()) : url) + "/api/v2"
        self.timeout = timeout
        let nanoseconds = Int64(timeout / .nanoseconds(1))
        var settings = HTTPClient.Configuration(redirectConfiguration: .disallow, decompression: .disabled)
        settings.timeout = .init(connect: .nanoseconds(min(nanoseconds, 5_000_000_000)), read: .nanoseconds(nanoseconds))
        settings.connectionPool = .init(idleTimeout: .seconds(30), concurrentHTTP1ConnectionsPerHostSoftLimit: 4)
        settings.connectionPool.retryConnectionEstablishment = false
        settings.httpVersion = .http1Only
        http = HTTPClient(eventLoopGroup: HTTPClient.defaultEventLoopGroup, configuration: settings)
    }

    /// Closes all connections; no call may follow.
    public func shutdown() async throws {
        try await http.shutdown()
    }

    /// Hands alerts to Alertmanager, as Prometheus does.
    public func post(_ alerts: [Alert]) async throws(AlertmanagerError) {
        let body = alerts.map { alert in
            JSON.compact([
                "labels": .texts(alert.labels), "annotations": .texts(alert.annotations), "startsAt": JSON(date: alert.startsAt),
                "endsAt": JSON(date: alert.endsAt), "generatorURL": alert.generatorURL.isEmpty ? .null : .string(alert.generatorURL),
            ])
        }
        _ = try await call(.POST, "/alerts", body: .array(body))
    }

    /// The alerts that Alertmanager has, silenced ones included.
    public func alerts(_ matchers: [Matcher] = []) async throws(AlertmanagerError) -> [ManagedAlert] {
        try await call(.GET, "/alerts" + Self.filter(matchers)).array.compactMap(ManagedAlert.init)
    }

    /// When Prometheus last told Alertmanager of alerts, by fingerprint; nothing when Alertmanager does not answer.
    public func hearingTimes(_ matchers: [Matcher]) async -> [String: Date] {
        let alerts = (try? await alerts(matchers)) ?? []
        return Dictionary(alerts.compactMap { alert in alert.updatedAt.map { (alert.fingerprint, $0) } }) { first, _ in first }
    }

    /// The silences, those that will end last first; expired ones only when asked for.
    public func silences(_ matchers: [Matcher] = [], includingExpired: Bool = false) async throws(AlertmanagerError) -> [Silence] {
        let silences = try await call(.GET, "/silences" + Self.filter(matchers)).array.compactMap(Silence.init)
        return silences.filter { includingExpired || $0.state != .expired }.sorted { $0.endsAt > $1.endsAt }
    }

    /// Makes a silence, or changes the one with `id`.
    ///
    /// - Returns: the silence's id, which a change may replace.
    public func create(_ request: SilenceRequest, replacing id: String? = nil) async throws(AlertmanagerError) -> String {
        if let problem = request.problem { throw AlertmanagerError(code: .refused, description: problem) }
        let body: JSON = .compact([
            "id": JSON(id), "matchers": .array(request.matchers.map(\.json)), "startsAt": JSON(date: request.startsAt),
            "endsAt": JSON(date: request.endsAt), "createdBy": .string(request.createdBy), "comment": .string(request.comment),
        ])
        guard let created = try await call(.POST, "/silences", body: body)["silenceID"].string else {
            throw AlertmanagerError(code: .unreadable, description: "Alertmanager made the silence and did not say its id")
        }
        return created
    }

    /// Ends a silence now.
    public func expire(_ id: String) async throws(AlertmanagerError) {
        _ = try await call(.DELETE, "/silence/\(AlertLinks.encode(id))")
    }

    /// What `matchers` would silence: alerts that fire now, and those of `known` that may.
    public func preview(_ matchers: [Matcher], known: [[String: String]] = []) async throws(AlertmanagerError) -> SilencePreview {
        SilencePreview(matchers, alerts: try await alerts(matchers), known: known)
    }

    private static func filter(_ matchers: [Matcher]) -> String {
        matchers.isEmpty ? "" : "?" + matchers.map { "filter=" + AlertLinks.encode($0.description) }.joined(separator: "&")
    }

    private func call(_ method: HTTPMethod, _ path: String, body: JSON? = nil) async throws(AlertmanagerError) -> JSON {
        var request = HTTPClientRequest(url: base + path)
        request.method = method
        if let body {
            request.headers.add(name: "Content-Type", value: "application/json")
            request.body = .bytes(ByteBuffer(bytes: body.bytes))
        }
        let status: UInt
        let bytes: ByteBuffer
        do {
            let response = try await http.execute(request, deadline: .now() + .nanoseconds(Int64(timeout / .nanoseconds(1))))
            status = response.status.code
            bytes = try await response.body.collect(upTo: 64 << 20)
        } catch {
            throw AlertmanagerError(code: .unreachable, description: "Alertmanager does not answer on \(base): \(error)")
        }
        guard (200..<300).contains(status) else {
            let message = String(buffer: bytes).prefix(500).trimmingCharacters(in: .whitespacesAndNewlines)
            let code: AlertmanagerError.Code = status == 404 ? .notFound : status >= 500 ? .unreachable : .refused
            throw AlertmanagerError(
                code: code, description: "Alertmanager answered \(status)" + (message.isEmpty ? "" : ": \(message)"))
        }
        guard bytes.readableBytes > 0 else { return .null }
        do {
            return try JSON(parsing: bytes.readableBytesView)
        } catch {
            throw AlertmanagerError(code: .unreadable, description: "Alertmanager's answer is not JSON: \(error)")
        }
    }
}
