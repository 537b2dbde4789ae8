import NIOCore
import NIOPosix

/// Ports that nobody listens on.
public enum PortReservation {
    /// A port of the loopback address that was free a moment ago.
    public static func free() async throws -> Int {
        let channel = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup).bind(host: "127.0.0.1", port: 0).get()
        let port = channel.localAddress?.port ?? 0
        try await channel.close()
        return port
    }
}
