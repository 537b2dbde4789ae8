import Foundation
import HTTPTypes
public import Hummingbird
import NIOCore
import ServiceLifecycle
import ServiceModel

extension SlackStandIn {
    /// Adds Slack's calls and the pages of the channels to a server's routes.
    ///
    /// - `POST PREFIX/api/chat.postMessage`, `POST PREFIX/api/chat.update`: give `PREFIX/api` to ``SlackClient`` as its base URL
    /// - `POST PREFIX/hooks/CHANNEL`: an incoming webhook
    /// - `GET PREFIX`, `GET PREFIX/channels/CHANNEL`: pages
    public nonisolated func routes(on router: some RouterMethods<some RequestContext>, prefix: String = "/slack") {
        router.post("\(prefix)/api/chat.postMessage") { request, _ in
            let body = try await Self.body(of: request)
            return try await self.response(to: self.post(body, authorization: request.headers[.authorization]))
        }
        router.post("\(prefix)/api/chat.update") { request, _ in
            let body = try await Self.body(of: request)
            return try await self.response(to: self.update(body, authorization: request.headers[.authorization]))
        }
        router.post("\(prefix)/hooks/:channel") { request, context in
            let body = try await Self.body(of: request)
            return try await self.hookResponse(to: self.webhook(body, channel: context.parameters.get("channel")?.removingPercentEncoding ?? ""))
        }
        router.get("\(prefix)") { _, _ in
            Self.page(StandInPages.list(await self.allChannels, prefix: prefix))
        }
        router.get("\(prefix)/channels/:channel") { _, context in
            guard let name = context.parameters.get("channel")?.removingPercentEncoding, let channel = await self.channel(name) else {
                return Response(status: .notFound, body: .init(byteBuffer: ByteBuffer(string: "no such channel\n")))
            }
            return Self.page(StandInPages.channel(channel, prefix: prefix))
        }
    }

    private static func body(of request: Request) async throws -> JSON {
        (try? JSON(parsing: try await request.body.collect(upTo: 1 << 20).readableBytesView)) ?? .null
    }

    private nonisolated func response(to answer: Answer) async throws -> Response {
        switch answer {
        case .ok(let channel, let ts): try await json(["ok": true, "channel": .string(channel), "ts": .string(ts)])
        case .error(let code): try await json(["ok": false, "error": .string(code)])
        default: try await faultyResponse(to: answer)
        }
    }

    private nonisolated func hookResponse(to answer: Answer) async throws -> Response {
        switch answer {
        case .ok: Response(status: .ok, body: .init(byteBuffer: ByteBuffer(string: "ok")))
        case .error("is_archived"): Response(status: .gone, body: .init(byteBuffer: ByteBuffer(string: "channel_is_archived")))
        case .error(let code): Response(status: .badRequest, body: .init(byteBuffer: ByteBuffer(string: code)))
        default: try await faultyResponse(to: answer)
        }
    }

    private nonisolated func faultyResponse(to answer: Answer) async throws -> Response {
        switch answer {
        case .tooMany(let seconds):
            var response = try await json(["ok": false, "error": "ratelimited"])
            response.status = .tooManyRequests
            response.headers[.retryAfter] = "\(seconds)"
            return response
        case .hang:
            try? await cancelWhenGracefulShutdown { try await Task.sleep(for: .seconds(600)) }
            return Response(status: .gatewayTimeout)
        case .reset:
            // The head promises more than comes.
            return Response(status: .ok, body: .init(contentLength: 100) { _ in throw Broken() })
        default: return Response(status: .internalServerError)
        }
    }

    private struct Broken: Error {}

    private nonisolated func json(_ body: JSON) async throws -> Response {
        if let delay = await faults.delay { try? await Task.sleep(for: delay) }
        return Response(
            status: .ok, headers: [.contentType: "application/json; charset=utf-8"], body: .init(byteBuffer: ByteBuffer(bytes: body.bytes)))
    }

    private static func page(_ html: String) -> Response {
        Response(
            status: .ok,
            headers: [
                .contentType: "text/html; charset=utf-8", .cacheControl: "no-store",
                .contentSecurityPolicy: "default-src 'none'; style-src 'unsafe-inline'",
            ],
            body: .init(byteBuffer: ByteBuffer(string: html)))
    }
}
