import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import ServiceModel

/// The fields of a form or of a JSON body.
enum Input {
    /// The largest body that is read, in bytes. Definitions and plans have endpoints of their own.
    static let limit = 1 << 18

    /// - Throws: ``ConsoleError`` 400, 413 or 415.
    static func read(_ request: Request, limit: Int = limit) async throws -> JSON {
        if let length = request.headers[.contentLength].flatMap(Int.init), length > limit { throw tooLarge(limit) }
        let buffer: ByteBuffer
        do { buffer = try await request.body.collect(upTo: limit) } catch is NIOTooManyBytesError { throw tooLarge(limit) }
        if buffer.readableBytes == 0 { return [:] }
        let type = request.headers[.contentType]?.split(separator: ";").first.map { $0.lowercased() } ?? "application/json"
        switch type {
        case "application/json":
            do {
                let value = try JSON(parsing: buffer.readableBytesView)
                guard case .object = value else { throw ConsoleError(status: .badRequest, detail: "the body is to be a JSON object") }
                return value
            } catch let error as ConsoleError { throw error } catch {
                throw ConsoleError(status: .badRequest, detail: "the body is not JSON: \(error)")
            }
        case "application/x-www-form-urlencoded":
            return .object(JSONObject(fields(String(buffer: buffer)).map { ($0, .string($1)) }, uniquingKeysWith: { _, last in last }))
        default:
            throw ConsoleError(
                status: .unsupportedMediaType, detail: "a body is application/json or application/x-www-form-urlencoded, not \(type.prefix(80))")
        }
    }

    private static func tooLarge(_ limit: Int) -> ConsoleError {
        ConsoleError(status: .contentTooLarge, detail: "the body is larger than \(limit) bytes")
    }

    /// `a=1&b=2+3` in pieces, decoded.
    static func fields(_ text: String) -> [(String, String)] {
        text.split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (decoded(parts[0]), parts.count == 2 ? decoded(parts[1]) : "")
        }
    }

    private static func decoded(_ text: Substring) -> String {
        text.replacing("+", with: " ").removingPercentEncoding ?? String(text)
    }
}
