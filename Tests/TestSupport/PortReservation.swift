import NIOCore
import NIOPosix
import Synchronization

/// Ports that nobody listens on.
public enum PortReservation {
    private static let given = Mutex<Set<Int>>([])

    /// A port of the loopback address that was free a moment ago.
    ///
    /// Below those that the system hands out by itself, to outgoing connections and to Docker: one of them could take it before the test does.
    public static func free() async throws -> Int {
        while true {
            let port = Int.random(in: 10_240..<30_720)
            guard given.withLock({ $0.insert(port).inserted }) else { continue }
            let bootstrap = ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            guard let channel = try? await bootstrap.bind(host: "127.0.0.1", port: port).get() else { continue }
            try await channel.close()
            return port
        }
    }
}
