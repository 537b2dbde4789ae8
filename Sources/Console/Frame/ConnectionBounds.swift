import HTTPTypes
import HummingbirdCore
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import OrderedCollections
import Synchronization

/// How much one client may take of the server: its time, its memory, its connections.
struct ConnectionBounds: Sendable {
    /// From the beginning of a connection, or the end of an answer, to the end of the next request's head.
    var head: TimeAmount = .seconds(30)
    /// From there to the end of its body.
    var body: TimeAmount = .seconds(60)
    /// So long a client may leave an answer unread.
    var unread: TimeAmount = .seconds(60)
    /// What is left of a body once its answer is written is read so long, so that the client gets to read the answer.
    var rest: TimeAmount = .seconds(2)
    /// Connections of which no request has arrived in full. The oldest ends when there is one more.
    var mostWaiting = 1000
    /// All connections; more are not accepted before one ends.
    var mostConnections = 8192
    var mostHeaders = 100
    /// In bytes: one header, and the request line.
    var largestHeader = 16_384
    /// In bytes, of all headers.
    var largestHead = 32_768

    /// A server that keeps to them.
    var server: HTTPServerBuilder {
        let census = WaitingConnections(limit: mostWaiting)
        let bounds = self
        return .http1(
            configuration: .init(
                additionalChannelHandlers: [BoundsHandler(bounds: bounds, census: census)],
                httpDecoderConfiguration: .init(
                    maxHeaderFieldSize: largestHeader, maxHeaderListSize: largestHead, maxHeaderFieldCount: mostHeaders)))
    }
}

/// The connections that have not sent a whole request, oldest first.
final class WaitingConnections: Sendable {
    private let limit: Int
    private let channels = Mutex<OrderedDictionary<ObjectIdentifier, any Channel>>([:])

    init(limit: Int) { self.limit = limit }

    func add(_ channel: any Channel) {
        let surplus: (any Channel)? = channels.withLock { channels in
            channels[ObjectIdentifier(channel)] = channel
            return channels.count > limit ? channels.removeFirst().value : nil
        }
        surplus?.close(mode: .all, promise: nil)
    }

    func remove(_ channel: any Channel) { channels.withLock { _ = $0.removeValue(forKey: ObjectIdentifier(channel)) } }
}

/// Closes a connection whose client takes too long to ask, or to read the answer.
private final class BoundsHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let bounds: ConnectionBounds
    private let census: WaitingConnections
    /// Ends a connection whose request does not arrive.
    private var arrival: Scheduled<Void>?
    /// Ends a connection whose answer is not read.
    private var departure: Scheduled<Void>?
    /// Requests whose answers are not finished.
    private var unanswered = 0
    private var isReading = false
    private var headOverflowed = false
    /// Its client was told that it ends here.
    private var isLast = false

    init(bounds: ConnectionBounds, census: WaitingConnections) {
        self.bounds = bounds
        self.census = census
    }

    func handlerAdded(context: ChannelHandlerContext) { if context.channel.isActive { expect(bounds.head, context) } }

    func channelActive(context: ChannelHandlerContext) {
        expect(bounds.head, context)
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        arrived(context)
        departure?.cancel()
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        arrived(context)
        departure?.cancel()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head:
            unanswered += 1
            isReading = true
            expect(bounds.body, context)
        case .body: break
        case .end:
            isReading = false
            if isLast, unanswered == 0 {
                context.close(promise: nil)
            } else if unanswered > 0 {
                arrived(context)
            } else {
                expect(bounds.head, context)
            }
        }
        context.fireChannelRead(data)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if let error = error as? HTTPParserError, error == .headerOverflow { headOverflowed = true }
        context.fireErrorCaught(error)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        var part = unwrapOutboundIn(data)
        if case .head(var head) = part {
            // Hummingbird knows one answer to all that cannot be parsed.
            if headOverflowed, head.status == .badRequest { head.status = .requestHeaderFieldsTooLarge }
            // The rest of its body is of no interest.
            if isReading, unanswered == 1 {
                head.headerFields[.connection] = "close"
                isLast = true
            }
            part = .head(head)
        }
        context.write(wrapOutboundOut(part), promise: promise)
        guard case .end = part else { return }
        // Nothing was asked that could be parsed, or a body is still on its way.
        if unanswered <= 1 { expect(unanswered == 0 || isReading ? bounds.rest : bounds.head, context) }
        unanswered = max(0, unanswered - 1)
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        departure?.cancel()
        departure = context.channel.isWritable ? nil : closing(after: bounds.unread, context)
        context.fireChannelWritabilityChanged()
    }

    private func expect(_ time: TimeAmount, _ context: ChannelHandlerContext) {
        arrival?.cancel()
        arrival = closing(after: time, context)
        census.add(context.channel)
    }

    private func arrived(_ context: ChannelHandlerContext) {
        arrival?.cancel()
        arrival = nil
        census.remove(context.channel)
    }

    private func closing(after time: TimeAmount, _ context: ChannelHandlerContext) -> Scheduled<Void> {
        let channel = context.channel
        return context.eventLoop.scheduleTask(in: time) { channel.close(mode: .all, promise: nil) }
    }
}
