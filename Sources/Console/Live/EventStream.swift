import HTTPTypes
import Hummingbird
import NIOCore
import ServiceLifecycle
import ServiceModel

/// `/api/events/stream`: what happens, as server-sent events.
///
/// Events have an id and no name; `hello`, `reset` (read all anew), `beat` and `bye` are the stream's own.
struct EventStream: Sendable {
    let hub: EventHub

    var endpoint: Endpoint {
        .api(
            .get, "/api/events/stream", "Listen to what happens, as server-sent events",
            query: [.init(name: "last", about: "The id of the last event that is known, for those who cannot send Last-Event-ID")], refusals: [429]
        ) { visit in
            let last = (visit.headers[named: "Last-Event-ID"] ?? visit.query["last"]).flatMap { Int($0) }
            let listening = try await hub.listen(as: Self.who(visit), after: last)
            let request = visit.body
            let hub = hub
            let body = ResponseBody { writer in
                var output = writer
                do {
                    try await output.write(listening.first)
                    try await withGracefulShutdownHandler {
                        try await request.consumeWithInboundCloseHandler { _ in
                            for await message in listening.messages { try await output.write(message) }
                        } onInboundClosed: {
                            listening.end()
                        }
                    } onGracefulShutdown: {
                        listening.sayGoodbye()
                    }
                    await hub.leave(listening)
                } catch {
                    await hub.leave(listening)
                    throw error
                }
                try await output.finish(nil)
            }
            var headers: HTTPFields = [.contentType: "text/event-stream", .cacheControl: "no-store"]
            // nginx would wait until it has some thousand bytes.
            if let name = HTTPField.Name("X-Accel-Buffering") { headers[name] = "no" }
            return .response(Response(status: .ok, headers: headers, body: body))
        }.with { $0.produces = ["text/event-stream"] }
    }

    /// Whose streams are counted together.
    private static func who(_ visit: Visit) -> String? {
        switch visit.caller.proof {
        case .session(let id): "session \(id)"
        case .token(let id): "token \(id)"
        case .machine: nil
        case .none: visit.address
        }
    }
}
