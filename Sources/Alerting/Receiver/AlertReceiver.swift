import Foundation
import HTTPTypes
public import Hummingbird
public import Logging
import NIOCore
import ServiceModel

/// `POST /api/alertmanager`: takes Alertmanager's webhooks into the outbox.
///
/// It answers 200 only once the alerts are on disk. Alertmanager repeats after a 5xx and gives up at once after a 4xx,
/// so trouble that passes is always 503.
public struct AlertReceiver: Sendable {
    private let dispatcher: Dispatcher
    private let token: BearerToken
    private let bodyLimit: Int
    private let metrics: AlertingMetrics
    private let logger: Logger

    /// - Parameters:
    ///   - token: what Alertmanager must show; see `http_config.authorization` in its configuration.
    ///   - bodyLimit: the largest webhook that is read, in bytes.
    public init(dispatcher: Dispatcher, token: BearerToken, bodyLimit: Int = 1 << 20, metrics: AlertingMetrics, logger: Logger) {
        self.dispatcher = dispatcher
        self.token = token
        self.bodyLimit = bodyLimit
        self.metrics = metrics
        self.logger = logger
    }

    /// Adds the receiver to a server's routes.
    public func routes(on router: some RouterMethods<some RequestContext>) {
        router.post("/api/alertmanager") { request, _ in await answer(request) }
    }

    private func answer(_ request: Request) async -> Response {
        guard token.matches(authorization: request.headers[.authorization]) else {
            metrics.count(.webhooks, .unauthorized)
            var refusal = problem(.unauthorized, "no valid bearer token came with the webhook: set credentials in Alertmanager's http_config")
            refusal.headers[.wwwAuthenticate] = "Bearer"
            return refusal
        }
        let body: ByteBuffer
        do {
            if let length = request.headers[.contentLength].flatMap(Int.init), length > bodyLimit { throw NIOTooManyBytesError(maxBytes: bodyLimit) }
            body = try await request.body.collect(upTo: bodyLimit)
        } catch is NIOTooManyBytesError {
            metrics.count(.webhooks, .tooLarge)
            return problem(.contentTooLarge, "the webhook is larger than \(bodyLimit) bytes: set max_alerts in Alertmanager's webhook_config")
        } catch {
            metrics.count(.webhooks, .malformed)
            return problem(.badRequest, "the webhook broke off")
        }
        do {
            let webhook = try Webhook(parsing: body.readableBytesView, at: Date())
            let isNews = try await dispatcher.accept(webhook)
            metrics.count(.webhooks, isNews ? .accepted : .repeated)
            return Response(status: .ok)
        } catch let error as WebhookError {
            metrics.count(.webhooks, .malformed)
            logger.warning("webhook refused", metadata: ["reason": "\(error)"])
            return problem(.badRequest, error.description)
        } catch {
            metrics.count(.webhooks, .unavailable)
            logger.error("webhook not stored, Alertmanager will repeat it", metadata: ["error": "\(error)"])
            return problem(.serviceUnavailable, "the alerts could not be stored, send them again: \(error)")
        }
    }

    private func problem(_ status: HTTPResponse.Status, _ detail: String) -> Response {
        let body: JSON = [
            "type": "about:blank", "title": .string(status.reasonPhrase), "status": .integer(status.code), "detail": .string(detail),
        ]
        return Response(
            status: status, headers: [.contentType: "application/problem+json"], body: .init(byteBuffer: ByteBuffer(bytes: body.bytes)))
    }
}
