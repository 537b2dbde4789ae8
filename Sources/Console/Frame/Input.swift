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
                let value = try JSON(parsing: buffer.readableBytesView, maximumDepth: 64, isStrict: true)
                guard !value.hasNUL else { throw ConsoleError(status: .badRequest, detail: "the body has a NUL character") }
                guard case .object = value else { throw ConsoleError(status: .badRequest, detail: "the body is to be a JSON object") }
                return value
            } catch let error as ConsoleError { throw error } catch {
                throw ConsoleError(status: .badRequest, detail: "the body is not JSON: \(error)")
            }
        case "application/x-www-form-urlencoded":
            return try form(buffer)
        default:
            throw ConsoleError(
                status: .unsupportedMediaType, detail: "a body is application/json or application/x-www-form-urlencoded, not \(type.prefix(80))")
        }
    }

    static func isForm(_ headers: HTTPFields) -> Bool { headers[.contentType]?.lowercased().hasPrefix("application/x-www-form-urlencoded") ?? false }

    private static func form(_ buffer: ByteBuffer) throws -> JSON {
        guard let text = String(validating: buffer.readableBytesView, as: UTF8.self) else {
            throw ConsoleError(status: .badRequest, detail: "the form is not UTF-8")
        }
        var members = JSONObject()
        for pair in text.split(separator: "&") {
            guard pair.replacing("+", with: " ").removingPercentEncoding != nil, let (name, value) = fields(String(pair)).first else {
                throw ConsoleError(status: .badRequest, detail: "the form has a % that is followed by no two hexadecimal digits, or no UTF-8")
            }
            guard members.updateValue(.string(value), forKey: name) == nil else {
                throw ConsoleError(status: .badRequest, detail: "\(name.prefix(100)) came more than once in the form")
            }
        }
        guard !JSON.object(members).hasNUL else { throw ConsoleError(status: .badRequest, detail: "the form has a NUL character") }
        return .object(members)
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
        guard text.utf8.contains(where: { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "%") }) else { return String(text) }
        return text.replacing("+", with: " ").removingPercentEncoding ?? String(text)
    }
}

extension JSON {
    /// Whether a text in it has a NUL, which many programs that read it later take for its end.
    fileprivate var hasNUL: Bool {
        switch self {
        case .string(let text): text.utf8.contains(0)
        case .array(let elements): elements.contains(where: \.hasNUL)
        case .object(let members): members.contains { $0.key.utf8.contains(0) || $0.value.hasNUL }
        default: false
        }
    }
}
