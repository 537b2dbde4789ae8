import Foundation
import TestSupport

/// A TCP connection that says exactly what it is told, for clients that no library would play.
final class RawConnection {
    private let descriptor: Int32
    private(set) var received = ""
    /// The server has ended it.
    private(set) var isClosed = false

    init(port: Int) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
        }
        guard result == 0 else { throw ConditionNotMet(description: "cannot connect: \(String(cString: strerror(errno)))") }
        _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
    }

    deinit { close(descriptor) }

    /// Hands over as much as the connection takes now.
    ///
    /// - Returns: how many bytes were taken; 0 when there is no room, or the server has ended it, which only reading tells.
    @discardableResult
    func send(_ text: String) -> Int {
        let bytes = Array(text.utf8)
        return max(0, Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL)))
    }

    /// Takes what has arrived.
    func read() {
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while !isClosed {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count > 0 { received += String(decoding: buffer[..<count], as: UTF8.self) }
            if count == 0 || count < 0 && errno != EAGAIN { isClosed = true }
            if count < 0 { return }
        }
    }

    /// The status of the first answer, if one has come.
    var status: Int? { received.hasPrefix("HTTP/1.1 ") ? Int(received.dropFirst(9).prefix(3)) : nil }
}
