public import ServiceModel

extension AWSClient {
    /// How many pages are followed at most.
    private static let pageLimit = 10_000

    /// Calls an operation until it has no further page, and returns the elements of all pages.
    ///
    /// - Parameter items: the output's member that holds the list.
    public func pages(_ model: ServiceModel, _ operation: String, _ input: JSON, items: String) async throws(AWSError) -> [JSON] {
        let output = model.operations[operation]?.output.map { model.structure($0) }
        let token = PageToken.known.first { output?.members[$0.output] != nil }
        var elements: [JSON] = []
        var input = input
        for _ in 0..<Self.pageLimit {
            let page = try await call(model, operation, input)
            elements += page[items].array
            guard let token, let next = page[token.output].string, !next.isEmpty, next != input[token.input].string else { return elements }
            if input.isNull { input = [:] }
            input[token.input] = .string(next)
        }
        throw AWSError(
            kind: .decoding, message: "the list does not end after \(Self.pageLimit) pages", service: model.name, operation: operation)
    }
}

/// Where an answer says that there is more, and where the next request says so back.
private struct PageToken {
    let output: String
    let input: String

    static let known = [
        PageToken(output: "nextToken", input: "nextToken"),
        PageToken(output: "NextToken", input: "NextToken"),
        PageToken(output: "NextMarker", input: "Marker"),
    ]
}
