import HTTPTypes

/// What can be wrong with a request. Each kind has a page at `/problems/NAME`, the `type` of the answer (RFC 9457).
enum ProblemKind: String, Sendable, CaseIterable {
    case malformed = "malformed"
    case unauthorized = "unauthorized"
    case forbidden = "forbidden"
    case notFound = "not-found"
    case notAllowed = "method-not-allowed"
    case timeout = "timeout"
    case conflict = "conflict"
    case stale = "stale"
    case tooLarge = "too-large"
    case tooLong = "address-too-long"
    case mediaType = "media-type"
    case host = "host"
    case invalid = "invalid"
    case tooMany = "too-many"
    case headers = "headers-too-large"
    case upstream = "upstream"
    case unavailable = "unavailable"

    var status: HTTPResponse.Status {
        switch self {
        case .malformed: .badRequest
        case .unauthorized: .unauthorized
        case .forbidden: .forbidden
        case .notFound: .notFound
        case .notAllowed: .methodNotAllowed
        case .timeout: .requestTimeout
        case .conflict: .conflict
        case .stale: .preconditionFailed
        case .tooLarge: .contentTooLarge
        case .tooLong: .uriTooLong
        case .mediaType: .unsupportedMediaType
        case .host: .misdirectedRequest
        case .invalid: .unprocessableContent
        case .tooMany: .tooManyRequests
        case .headers: .requestHeaderFieldsTooLarge
        case .upstream: .badGateway
        case .unavailable: .serviceUnavailable
        }
    }

    /// Where it is explained.
    var path: String { "/problems/\(rawValue)" }

    static func of(_ status: HTTPResponse.Status) -> ProblemKind? { allCases.first { $0.status == status } }
}
