import Foundation
import NIOCore
import NIOPosix
import PrometheusText
import ServiceModel
import Synchronization

/// Listens to HAProxy's access log, a datagram a request, and counts what it says: HAProxy's own exporter has no histogram of latencies.
///
/// When more comes than can be read, HAProxy drops log lines, never requests: counts may be too low then, ratios and latencies stay right.
final class AccessLog: Sendable {
    /// The requests to one pool.
    struct Requests: Sendable, Equatable {
        var duration = Histogram(bounds: Histogram.requestSeconds)
        /// By the first digit of the status.
        var statuses: [Int: Int] = [:]
    }

    /// The log format that is read here. `%b` is one of our own names, so nothing in it needs escaping.
    static let format = #"{"pool":"%b","status":%ST,"ms":%Ta}"#

    private let pools = Mutex<[String: Requests]>([:])
    /// More pools than this are not counted, so that the memory is bounded.
    private let limit = 1000

    /// What was counted since the start, by pool.
    var requests: [String: Requests] { pools.withLock { $0 } }

    /// Listens until the task is cancelled.
    ///
    /// - Parameter path: the socket, made anew if it is there.
    func run(path: String) async throws {
        // NIO's own datagram channels stop the process when a sender has no name, as HAProxy's sockets have none; a pipe channel only reads.
        let socket = try Self.open(path)
        let channel = try await NIOPipeBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .channelOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: 2048))
            .channelOption(.maxMessagesPerRead, value: 64)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(Handler(log: self)) }
            }
            .takingOwnershipOfDescriptor(input: socket).get()
        await withTaskCancellationHandler {
            try? await channel.closeFuture.get()
        } onCancel: {
            channel.close(promise: nil)
        }
    }

    /// A bound datagram socket.
    private static func open(_ path: String) throws -> CInt {
        unlink(path)
        let descriptor = socket(AF_UNIX, CInt(SOCK_DGRAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        guard descriptor >= 0, bytes.count < MemoryLayout.size(ofValue: address.sun_path) else {
            throw EngineStartError(message: "cannot listen to HAProxy's log at \(path): choose a state folder with a shorter path")
        }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        var room: CInt = 4 << 20
        setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &room, socklen_t(MemoryLayout<CInt>.size))
        let isBound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0 }
        }
        guard isBound, chmod(path, 0o600) == 0 else {
            let reason = String(cString: strerror(errno))
            close(descriptor)
            throw EngineStartError(message: "cannot listen to HAProxy's log at \(path): \(reason)")
        }
        return descriptor
    }

    /// Counts one line of the log.
    func count(_ line: some Collection<UInt8> & Sendable) {
        guard let entry = try? JSON(parsing: Array(line)), let pool = entry["pool"].string, let status = entry["status"].int,
            let ms = entry["ms"].int,
            !pool.hasPrefix("_"), status >= 100
        else { return }
        pools.withLock { pools in
            guard pools[pool] != nil || pools.count < limit else { return }
            pools[pool, default: Requests()].duration.observe(Double(max(0, ms)) / 1000)
            pools[pool, default: Requests()].statuses[status / 100, default: 0] += 1
        }
    }

    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        private let log: AccessLog

        init(log: AccessLog) { self.log = log }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            log.count(unwrapInboundIn(data).readableBytesView)
        }
    }
}
