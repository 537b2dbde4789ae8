public import ServiceModel

/// One call to an AWS service: all that this box needs of the world. The AWS client is one, a test's script another.
public protocol ServiceCalls: Sendable {
    func call(_ model: ServiceModel, _ operation: String, _ input: JSON) async throws(CallError) -> JSON
}

/// A call that did not succeed.
public struct CallError: Error, Hashable, Sendable, CustomStringConvertible {
    public enum Kind: Sendable {
        /// The service answered with an error.
        case service
        /// There was no connection, or it broke.
        case connection
        case timeout
        case credentials
        /// The answer could not be read.
        case decoding
    }

    public let kind: Kind
    /// The service's own code, without a namespace: `ClusterNotFoundException`; empty when the service did not answer.
    public let code: String
    public let message: String
    public let operation: String

    public init(kind: Kind = .service, code: String = "", message: String, operation: String) {
        self.kind = kind
        self.code = code
        self.message = message
        self.operation = operation
    }

    public var description: String {
        kind == .service && !code.isEmpty ? "\(operation): \(message) (\(code))" : message
    }

    /// The service asks for fewer calls.
    public var isThrottling: Bool {
        ["ThrottlingException", "Throttling", "TooManyRequestsException", "RequestLimitExceeded", "SlowDown"].contains(code)
    }

    /// Nobody knows whether the service heard the call; asking again may help.
    public var isTransient: Bool { isThrottling || kind == .connection || kind == .timeout || code == "ServerException" }
}

extension ServiceCalls {
    func ecs(_ operation: String, _ input: JSON) async throws(CallError) -> JSON { try await call(.ecs, operation, input) }
    func elb(_ operation: String, _ input: JSON) async throws(CallError) -> JSON { try await call(.elbv2, operation, input) }
    func logs(_ operation: String, _ input: JSON) async throws(CallError) -> JSON { try await call(.logs, operation, input) }

    /// The elements `items` of all pages, at most `limit` pages.
    func pages(_ model: ServiceModel, _ operation: String, _ input: JSON, items: String, limit: Int = 100) async throws(CallError) -> [JSON] {
        // ELB calls the token of a page Marker and NextMarker, the others nextToken.
        let (sent, received) = model.name == "elbv2" ? ("Marker", "NextMarker") : ("nextToken", "nextToken")
        var result: [JSON] = []
        var input = input
        for _ in 0..<limit {
            let answer = try await call(model, operation, input)
            result += answer[items].array
            guard let token = answer[received].string, !token.isEmpty, token != input[sent].string else { break }
            input[sent] = .string(token)
        }
        return result
    }

    /// The answer, or null where the service says with one of `codes` that there is no such thing.
    func find(_ model: ServiceModel, _ operation: String, _ input: JSON, absent codes: String...) async throws(CallError) -> JSON {
        do {
            return try await call(model, operation, input)
        } catch {
            if error.kind == .service, codes.contains(where: { $0 == error.code || $0 + "Exception" == error.code }) { return .null }
            throw error
        }
    }
}
