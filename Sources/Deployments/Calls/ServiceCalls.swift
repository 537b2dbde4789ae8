public import AWS
public import ServiceModel

/// One call to an AWS service: all that this box needs of the world. The AWS client is one, a test's script another.
public protocol ServiceCalls: Sendable {
    func call(_ model: ServiceModel, _ operation: String, _ input: JSON) async throws(AWSError) -> JSON
}

extension AWSClient: ServiceCalls {}

extension AWSError {
    /// The service asks for fewer calls.
    var isThrottling: Bool {
        ["ThrottlingException", "Throttling", "TooManyRequestsException", "RequestLimitExceeded", "SlowDown"].contains(code)
    }

    /// Nobody knows whether the service heard the call; asking again may help.
    var isTransient: Bool { isThrottling || kind == .connection || kind == .timeout || kind == .service && (statusCode ?? 0) >= 500 }
}

extension ServiceCalls {
    func ecs(_ operation: String, _ input: JSON) async throws(AWSError) -> JSON { try await call(.ecs, operation, input) }
    func elb(_ operation: String, _ input: JSON) async throws(AWSError) -> JSON { try await call(.elbv2, operation, input) }
    func logs(_ operation: String, _ input: JSON) async throws(AWSError) -> JSON { try await call(.logs, operation, input) }

    /// The elements `items` of all pages, at most `limit` pages.
    func pages(_ model: ServiceModel, _ operation: String, _ input: JSON, items: String, limit: Int = 100) async throws(AWSError) -> [JSON] {
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
    func find(_ model: ServiceModel, _ operation: String, _ input: JSON, absent codes: String...) async throws(AWSError) -> JSON {
        do {
            return try await call(model, operation, input)
        } catch {
            if error.kind == .service, codes.contains(where: { $0 == error.code || $0 + "Exception" == error.code }) { return .null }
            throw error
        }
    }
}
