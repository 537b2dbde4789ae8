import Foundation
import SystemPackage

/// Who listens on a port of this machine.
enum PortOccupant {
    /// Whether a listener on the address and port can be opened.
    static func isFree(_ port: Int, address: String = "127.0.0.1") -> Bool {
        let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard socket >= 0 else { return true }
        defer { close(socket) }
        var reuse: Int32 = 1
        setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &reuse, socklen_t(MemoryLayout<Int32>.size))
        var name = sockaddr_in()
        name.sin_family = sa_family_t(AF_INET)
        name.sin_port = in_port_t(UInt16(truncatingIfNeeded: port)).bigEndian
        name.sin_addr.s_addr = (IPv4.parse(address) ?? 0).bigEndian
        return withUnsafePointer(to: &name) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(socket, address, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0 && listen(socket, 1) == 0
            }
        }
    }

    /// The error for a port that is taken, with the process that has it if that can be found.
    ///
    /// - Parameter option: the command line's option that chooses another port, if there is one.
    static func error(port: Int, use: String, option: String? = nil) -> HAProxyError {
        let owner = listener(on: port).map { " by \($0)" } ?? ""
        return HAProxyError(
            code: .portTaken,
            message: "port \(port) for \(use) is taken\(owner); stop that program or choose another port\(option.map { " with \($0)" } ?? "")")
    }

    /// The name and id of the process that listens on a port, as far as this process may see it.
    private static func listener(on port: Int) -> String? {
        let sockets = Set(["/proc/net/tcp", "/proc/net/tcp6"].flatMap { inodes(in: $0, port: port) })
        guard !sockets.isEmpty else { return nil }
        let files = FileManager.default
        for process in (try? files.contentsOfDirectory(atPath: "/proc")) ?? [] where Int(process) != nil {
            let folder = "/proc/\(process)/fd"
            let owns = ((try? files.contentsOfDirectory(atPath: folder)) ?? []).contains { descriptor in
                (try? files.destinationOfSymbolicLink(atPath: "\(folder)/\(descriptor)")).map(sockets.contains) ?? false
            }
            guard owns else { continue }
            return "\(read("/proc/\(process)/comm").trimmingCharacters(in: .whitespacesAndNewlines)) (process \(process))"
        }
        return nil
    }

    private static func inodes(in table: String, port: Int) -> [String] {
        read(table).split(separator: "\n").dropFirst().compactMap { line in
            let fields = line.split(separator: " ")
            // 0A is the state of a listening socket
            guard fields.count > 9, fields[3] == "0A", let colon = fields[1].lastIndex(of: ":"),
                Int(fields[1][colon...].dropFirst(), radix: 16) == port
            else { return nil }
            return "socket:[\(fields[9])]"
        }
    }

    /// The text of a file of the kernel's, which has no size; empty when it cannot be read.
    private static func read(_ path: String) -> String {
        guard let file = try? FileDescriptor.open(FilePath(path), .readOnly) else { return "" }
        let bytes = try? file.closeAfter {
            var bytes: [UInt8] = []
            var part = [UInt8](repeating: 0, count: 65_536)
            while case let count = try part.withUnsafeMutableBytes({ try file.read(into: $0) }), count > 0 { bytes += part.prefix(count) }
            return bytes
        }
        return String(decoding: bytes ?? [], as: UTF8.self)
    }
}
