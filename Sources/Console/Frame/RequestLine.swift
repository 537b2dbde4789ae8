import Foundation
import HTTPTypes
import HummingbirdCore

/// The address of a request, looked at before anything is done with it.
enum RequestLine {
    /// In bytes.
    static let longest = 8192
    private static let mostFields = 100

    /// - Throws: ``ConsoleError`` 400 or 414.
    static func check(_ uri: URI) throws {
        guard uri.string.utf8.count <= longest else { throw ConsoleError(status: .uriTooLong, detail: "the address is longer than \(longest) bytes") }
        for part in uri.path.split(separator: "/") { try check(part, "the path") }
        let fields = (uri.query ?? "").split(separator: "&")
        guard fields.count <= mostFields else { throw malformed("the query has more than \(mostFields) fields") }
        for field in fields { try check(field, "the query") }
    }

    private static func check(_ text: Substring, _ place: String) throws {
        guard text.utf8.contains(where: { $0 == UInt8(ascii: "%") || $0 < 0x20 || $0 >= 0x7F }) else { return }
        guard let decoded = String(text).removingPercentEncoding else {
            throw malformed("\(place) has a % that is followed by no two hexadecimal digits, or bytes that are no UTF-8")
        }
        guard !decoded.unicodeScalars.contains(where: { $0.value == 0 }) else { throw malformed("\(place) has a NUL byte") }
        guard place != "the path" || !decoded.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) else {
            throw malformed("the path has a control character")
        }
    }

    private static func malformed(_ detail: String) -> ConsoleError { ConsoleError(status: .badRequest, detail: detail) }
}
