import Foundation
import Glibc
import Hummingbird
import ServiceModel
import TestSupport
import Testing

@testable import Console

/// Against a listening server with short bounds.
@Suite struct `A client that takes too much` {
    private static let bounds: ConnectionBounds = {
        var bounds = ConnectionBounds()
        bounds.head = .milliseconds(400)
        bounds.body = .milliseconds(600)
        bounds.unread = .milliseconds(600)
        bounds.rest = .milliseconds(300)
        bounds.mostWaiting = 20
        return bounds
    }()

    private func withServer(_ body: @escaping @Sendable (Int) async throws -> Void) async throws {
        try await withSite(
            { router in
                router.get("/ok") { _, _ in "fine" }
                router.get("/much") { _, _ in
                    Response(
                        status: .ok,
                        body: .init { writer in
                            for _ in 0..<4000 { try await writer.write(ByteBuffer(repeating: 65, count: 1 << 16)) }
                            try await writer.finish(nil)
                        })
                }
                router.post("/take") { request, _ in
                    do { return Front.json(try await Input.read(request)) } catch let error as ConsoleError {
                        return Problem.response(error.status, error.detail)
                    }
                }
            }, bounds: Self.bounds
        ) { url in try await body(Int(url.split(separator: ":").last ?? "") ?? 0) }
    }

    private static let get = "GET /ok HTTP/1.1\r\nHost: x\r\n\r\n"

    /// What a client sends first, then again and again, and the status that it gets.
    struct Greed: CustomTestStringConvertible {
        let testDescription: String
        let beginning: String
        let again: String
        let status: Int?

        init(_ name: String, _ beginning: String, _ again: String, _ status: Int?) {
            testDescription = name
            self.beginning = beginning
            self.again = again
            self.status = status
        }
    }

    private static let post = "POST /take HTTP/1.1\r\nHost: x\r\n"
    private static let large = String(repeating: "a", count: 1 << 16)

    @Test(arguments: [
        Greed("a head byte by byte", "GET /ok HTTP/1.1\r\nHost: x\r\nX: ", "a", nil), Greed("nothing", "", "", nil),
        Greed("a body byte by byte", post + "Content-Length: 100000\r\n\r\n", "a", nil),
        Greed("a chunked body byte by byte", post + "Transfer-Encoding: chunked\r\n\r\n", "1\r\na\r\n", nil),
        Greed("10 MB", post + "Content-Length: 10485760\r\n\r\n", large, 413),
        Greed("10 MB in chunks", post + "Transfer-Encoding: chunked\r\n\r\n", "10000\r\n" + large + "\r\n", 413),
        Greed("many headers", "GET /ok HTTP/1.1\r\nHost: x\r\n" + (0..<200).map { "X-\($0): a\r\n" }.joined() + "\r\n", "", 431),
        Greed("a large header", "GET /ok HTTP/1.1\r\nHost: x\r\nX: \(large)\r\n\r\n", "", 431),
        Greed("headers without end", "GET /ok HTTP/1.1\r\nHost: x\r\n", String(repeating: "X: aaaaaaaaaaaaaaaa\r\n", count: 50), 431),
        Greed("an address of 100 kB", "GET /\(String(repeating: "a", count: 100_000)) HTTP/1.1\r\nHost: x\r\n\r\n", "", 431),
        Greed("no HTTP", "\u{16}\u{3}\u{1}\r\n\r\n", "", 400),
    ])
    func `is let go`(greed: Greed) async throws {
        try await withServer { port in
            let connection = try RawConnection(port: port)
            var rest = Substring(greed.beginning)
            var sent = 0
            try await eventually("the server ends it: \(greed.testDescription)", within: .seconds(20)) {
                if !rest.isEmpty {
                    rest = Substring(String(decoding: Array(rest.utf8).dropFirst(connection.send(String(rest))), as: UTF8.self))
                } else if !greed.again.isEmpty {
                    sent += connection.send(greed.again)
                }
                connection.read()
                return connection.isClosed
            }
            #expect(connection.status == greed.status, "\(connection.received.prefix(300))")
            #expect(sent < 9 << 20, "it is not read to its end")
        }
    }

    @Test func `does not keep others out: the oldest of too many that wait is let go`() async throws {
        try await withServer { port in
            let many = try (0..<100).map { _ in try RawConnection(port: port) }
            for connection in many { connection.send("GET /ok HTTP/1.1\r\n") }
            let other = try RawConnection(port: port)
            other.send(Self.get)
            try await eventually("another client is answered") {
                other.read()
                return other.status == 200
            }
            try await eventually("most of them are gone before their time") {
                for connection in many { connection.read() }
                return many.count(where: \.isClosed) >= 80
            }
        }
    }

    @Test func `and does not read its answer is let go`() async throws {
        try await withServer { port in
            let connection = try RawConnection(port: port)
            connection.send("GET /much HTTP/1.1\r\nHost: x\r\n\r\n")
            try await Task.sleep(for: .milliseconds(2500))
            try await eventually("the server has ended it") {
                connection.read()
                return connection.isClosed
            }
            #expect(connection.received.utf8.count < 200 << 20, "all of it came: \(connection.received.utf8.count)")
        }
    }

    @Test func `as usual is served, one request after the other`() async throws {
        try await withServer { port in
            let connection = try RawConnection(port: port)
            for count in 1...3 {
                connection.send(Self.get)
                try await eventually("answer \(count)") {
                    connection.read()
                    return connection.received.components(separatedBy: "fine").count == count + 1
                }
            }
            #expect(!connection.isClosed)
        }
    }
}
