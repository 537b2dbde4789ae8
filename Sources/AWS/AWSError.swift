/// Why a call to AWS, or to something that speaks like it, did not give an answer. It never holds a secret.
public struct AWSError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Where the call ended.
    public enum Kind: String, Sendable, Hashable {
        /// The service answered with an error; ``AWSError/code`` is the service's own.
        case service
        /// No credentials were found, or their source refused.
        case credentials
        /// The service could not be reached, or the connection broke.
        case connection
        /// The service did not answer in time.
        case timeout
        /// The answer is not what the service's model says.
        case decoding
        /// A setting is missing or wrong: region, endpoint, profile, operation.
        case configuration
        /// The calling task was cancelled.
        case cancelled
    }

    public let kind: Kind
    /// The service's error code, such as `ClusterNotFoundException`; for other kinds the kind's name.
    public let code: String
    public let message: String
    /// The HTTP status, where there was an answer.
    public let statusCode: Int?
    public let requestID: String?
    /// botocore's name of the service; empty when the error is not about one.
    public let service: String
    public let operation: String
    /// How often the request was sent.
    public internal(set) var attempts = 1

    public init(
        kind: Kind, code: String? = nil, message: String, statusCode: Int? = nil, requestID: String? = nil, service: String = "",
        operation: String = ""
    ) {
        self.kind = kind
        self.code = code ?? kind.rawValue
        self.message = message
        self.statusCode = statusCode
        self.requestID = requestID
        self.service = service
        self.operation = operation
    }

    public var description: String {
        var text = operation.isEmpty ? "" : "\(service) \(operation): "
        text += kind == .service ? "\(code): \(message)" : message
        var facts: [String] = []
        if let statusCode { facts.append("HTTP \(statusCode)") }
        if let requestID { facts.append("request \(requestID)") }
        if attempts > 1 { facts.append("\(attempts) attempts") }
        return facts.isEmpty ? text : "\(text) (\(facts.joined(separator: ", ")))"
    }
}
