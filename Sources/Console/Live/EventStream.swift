import HTTPTypes
import Hummingbird
import NIOCore
import ServiceLifecycle
import ServiceModel

/// `/api/events/stream`: what happens, as server-sent events.
struct EventStream: Sendable {
    let hub: EventHub

    /// A connection that says nothing is closed by proxies, and by browsers that went to sleep.
    private static let beat: Duration = .seconds(15)

    var endpoint: Endpoint {
        .api(.get, "/api/events/stream", "Listen to what happens, as server-sent events") { visit in
            let last = visit.headers[named: "Last-Event-ID"].flatMap { Int($0) }
            guard let (id, events, end) = await hub.listen() else {
                throw ConsoleError(status: .serviceUnavailable, detail: "too many listen already: read the page again instead")
            }
            let missed = if let last { await hub.missed(since: last) } else { [LiveEvent]() as [LiveEvent]? }
            let request = visit.body
            let hub = hub
            let body = ResponseBody { writer in
                try await writer.write(ByteBuffer(string: "retry: 2000\n\n" + (missed == nil ? "event: reset\ndata: {}\n\n" : "")))
                for event in missed ?? [] { try await writer.write(Self.text(event)) }
                var output = writer
                try await withGracefulShutdownHandler {
                    try await request.consumeWithInboundCloseHandler { _ in
                        try await Self.tell(events, to: &output)
                    } onInboundClosed: {
                        end.finish()
                    }
                } onGracefulShutdown: {
                    end.finish()
                }
                await hub.leave(id)
                try await output.finish(nil)
            }
            return .response(Response(status: .ok, headers: [.contentType: "text/event-stream", .cacheControl: "no-store"], body: body))
        }.with { $0.produces = ["text/event-stream"] }
    }

    /// Writes events, and a comment whenever there was none for a while.
    private static func tell(_ events: AsyncStream<LiveEvent>, to writer: inout any ResponseBodyWriter) async throws {
        let (merged, feed) = AsyncStream<LiveEvent?>.makeStream(bufferingPolicy: .bufferingNewest(64))
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                for await event in events { feed.yield(event) }
                feed.finish()
            }
            group.addTask {
                while !Task.isCancelled {
                    try? await Task.sleep(for: beat)
                    feed.yield(nil)
                }
            }
            for await event in merged { try await writer.write(event.map(text) ?? ByteBuffer(string: ": beat\n\n")) }
            group.cancelAll()
        }
    }

    private static func text(_ event: LiveEvent) -> ByteBuffer { ByteBuffer(string: "id: \(event.id)\ndata: \(event.json.text)\n\n") }
}
