import Crypto
import Foundation
import ServiceModel

/// Signature Version 4: the four steps of AWS's document "Create a signed AWS API request", each a function.
struct SigV4: Sendable {
    /// What of a request the signature covers. The path is the one that goes over the wire; header names may be of any case.
    struct Request: Sendable {
        var method: String
        var path: String
        var query: [(name: String, value: String)] = []
        var headers: [(name: String, value: String)]
        var body: [UInt8]
    }

    let region: String
    let service: String
    /// `yyyyMMddTHHmmssZ`, the same as in the header `x-amz-date`.
    let date: String

    var scope: String { "\(date.prefix(8))/\(region)/\(service)/aws4_request" }

    /// Step 1.
    func canonicalRequest(_ request: Request) -> String {
        let query = request.query.map { (QueryProtocol.percentEncode($0.name), QueryProtocol.percentEncode($0.value)) }.sorted { $0 < $1 }
        let headers = canonicalHeaders(request.headers)
        return [
            request.method,
            canonicalPath(request.path),
            query.map { "\($0.0)=\($0.1)" }.joined(separator: "&"),
            headers.map { "\($0.name):\($0.value)\n" }.joined(),
            signedHeaders(request.headers),
            hexadecimal(SHA256.hash(data: request.body)),
        ].joined(separator: "\n")
    }

    /// Step 2.
    func stringToSign(_ canonicalRequest: String) -> String {
        "AWS4-HMAC-SHA256\n\(date)\n\(scope)\n\(hexadecimal(SHA256.hash(data: Data(canonicalRequest.utf8))))"
    }

    /// Step 3.
    func signature(_ stringToSign: String, secretAccessKey: String) -> String {
        var key = SymmetricKey(data: Data("AWS4\(secretAccessKey)".utf8))
        for part in scope.split(separator: "/") {
            key = SymmetricKey(data: HMAC<SHA256>.authenticationCode(for: Data(part.utf8), using: key))
        }
        return hexadecimal(HMAC<SHA256>.authenticationCode(for: Data(stringToSign.utf8), using: key))
    }

    /// Step 4: the value of the header `Authorization`.
    func authorization(_ request: Request, accessKeyID: String, secretAccessKey: String) -> String {
        let signature = signature(stringToSign(canonicalRequest(request)), secretAccessKey: secretAccessKey)
        let headers = signedHeaders(request.headers)
        return "AWS4-HMAC-SHA256 Credential=\(accessKeyID)/\(scope), SignedHeaders=\(headers), Signature=\(signature)"
    }

    private func signedHeaders(_ headers: [(name: String, value: String)]) -> String {
        canonicalHeaders(headers).map(\.name).joined(separator: ";")
    }

    /// Sorted by name; values of one name joined in their order, runs of blanks made one.
    private func canonicalHeaders(_ headers: [(name: String, value: String)]) -> [(name: String, value: String)] {
        var values: [String: [String]] = [:]
        for header in headers {
            let value = header.value.split(separator: " ").joined(separator: " ")
            values[header.name.lowercased(), default: []].append(value)
        }
        return values.sorted { $0.key < $1.key }.map { ($0.key, $0.value.joined(separator: ",")) }
    }

    /// `.` and `..` and empty segments are resolved; each segment is encoded once more than on the wire, as all services but S3 want it.
    private func canonicalPath(_ path: String) -> String {
        var segments: [Substring] = []
        for segment in path.split(separator: "/") where segment != "." {
            if segment != ".." { segments.append(segment) } else if !segments.isEmpty { segments.removeLast() }
        }
        let text = segments.map { QueryProtocol.percentEncode(String($0)) }.joined(separator: "/")
        return text.isEmpty ? "/" : path.hasSuffix("/") ? "/\(text)/" : "/\(text)"
    }

    private func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
