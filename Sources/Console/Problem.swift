import HTTPTypes
import Hummingbird
import NIOCore
import ServiceModel

/// Errors as `application/problem+json` (RFC 9457).
enum Problem {
    static func response(_ status: HTTPResponse.Status, _ detail: String) -> Response {
        let body: JSON = [
            "type": .string(ProblemKind.of(status)?.path ?? "about:blank"), "title": .string(status.reasonPhrase), "status": .integer(status.code),
            "detail": .string(detail),
        ]
        return Response(
            status: status, headers: [.contentType: "application/problem+json"], body: .init(byteBuffer: ByteBuffer(bytes: body.bytes)))
    }

    static func json(_ value: JSON) -> Response {
        Response(status: .ok, headers: [.contentType: "application/json"], body: .init(byteBuffer: ByteBuffer(bytes: value.bytes)))
    }
}
