public import Foundation
import NIOCore
import NIOPosix
import NIOSSL
import NIOTLS
import Synchronization

/// The certificate that a server shows.
public enum Certificate {
    /// Asks a server for its certificate, trusted or not, and says until when it holds.
    ///
    /// - Throws: when there is no TLS server within `timeout`.
    public static func expiry(host: String, port: Int, timeout: Duration = .seconds(10)) async throws -> Date {
        var configuration = TLSConfiguration.makeClientConfiguration()
        // Whether it can be trusted is for browsers to say: here one that nobody trusts counts as well.
        configuration.certificateVerification = .noHostnameVerification
        let context = try NIOSSLContext(configuration: configuration)
        let found = Mutex<Date?>(nil)
        let note: @Sendable ([NIOSSLCertificate]) -> Void = { chain in
            found.withLock { $0 = chain.first.map { Date(timeIntervalSince1970: Double($0.notValidAfter)) } }
        }
        let isName = host.contains(where: { $0.isLetter })
        let bootstrap = ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .connectTimeout(.nanoseconds(Int64(timeout / .nanoseconds(1))))
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let tls = try NIOSSLClientHandler(context: context, serverHostname: isName ? host : nil) { chain, promise in
                        note(chain)
                        promise.succeed(.certificateVerified)
                    }
                    try channel.pipeline.syncOperations.addHandlers(tls, HandshakeEnd(timeout: timeout))
                }
            }
        let channel = try await bootstrap.connect(host: host, port: port).get()
        try? await channel.closeFuture.get()
        guard let date = found.withLock({ $0 }) else { throw ChannelError.connectTimeout(.nanoseconds(Int64(timeout / .nanoseconds(1)))) }
        return date
    }

    /// Closes the connection once the handshake is through, or took too long.
    private final class HandshakeEnd: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer

        private let timeout: Duration
        private var limit: Scheduled<Void>?

        init(timeout: Duration) { self.timeout = timeout }

        func handlerAdded(context: ChannelHandlerContext) {
            limit = context.eventLoop.scheduleTask(in: .nanoseconds(Int64(timeout / .nanoseconds(1)))) { [channel = context.channel] in
                channel.close(promise: nil)
            }
        }

        func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
            if case TLSUserEvent.handshakeCompleted = event { context.close(promise: nil) }
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
        func channelInactive(context: ChannelHandlerContext) { limit?.cancel() }
    }
}
