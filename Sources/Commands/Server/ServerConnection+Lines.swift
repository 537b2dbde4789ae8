import AsyncHTTPClient
import Deployments
import Foundation
import NIOCore
import NIOHTTP1
import ServiceModel

extension ServerConnection {
    /// The lines of an answer of any length, one by one as they arrive.
    ///
    /// - Throws: `DeployError` with the server's own words when it refuses, and when the answer breaks off.
    func lines(_ path: String, _ body: (String) throws -> Void) async throws {
        let base = access.url
        var request = HTTPClientRequest(url: base + path)
        if let token = access.token { request.headers.add(name: "Authorization", value: "Bearer \(token)") }
        let answer: HTTPClientResponse
        do {
            answer = try await HTTPClient.shared.execute(request, timeout: .seconds(90))
        } catch {
            throw DeployError("cannot reach the server at \(base): start it with make up (or jubako up), or name another with --server")
        }
        guard answer.status == .ok else {
            let json = (try? JSON(parsing: String(buffer: try await answer.body.collect(upTo: 1 << 20)))) ?? .null
            throw DeployError(json["detail"].string ?? "the server at \(base) answers \(answer.status.code)")
        }
        var lines = Lines()
        for try await part in answer.body { try lines.take(part, body) }
        try lines.end(body)
    }
}

/// Cuts what arrives piece by piece into lines.
struct Lines {
    private var rest = ByteBuffer()

    mutating func take(_ part: ByteBuffer, _ body: (String) throws -> Void) rethrows {
        rest.writeImmutableBuffer(part)
        while let end = rest.readableBytesView.firstIndex(of: UInt8(ascii: "\n")) {
            let line = rest.readString(length: end - rest.readerIndex) ?? ""
            rest.moveReaderIndex(forwardBy: 1)
            try body(line.hasSuffix("\r") ? String(line.dropLast()) : line)
        }
        rest.discardReadBytes()
    }

    /// The last line may have no end.
    mutating func end(_ body: (String) throws -> Void) rethrows {
        if let line = rest.readString(length: rest.readableBytes), !line.isEmpty { try body(line) }
    }

    /// The lines of a file of any size.
    static func of(file: String, _ body: (String) throws -> Void) throws {
        let handle = try FileHandle(forReadingFrom: URL(filePath: file))
        defer { try? handle.close() }
        var lines = Lines()
        while let part = try handle.read(upToCount: 1 << 20), !part.isEmpty { try lines.take(ByteBuffer(bytes: part), body) }
        try lines.end(body)
    }
}
