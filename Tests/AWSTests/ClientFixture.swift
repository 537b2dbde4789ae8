import Foundation
import Logging
import ServiceModel
import Synchronization
import TestSupport

@testable import AWS

/// A client that calls `server`, with fixed keys and no waiting between attempts; it is shut down afterwards.
func withClient<Result>(
    _ server: StubServer, _ adjust: (inout AWSConfiguration) -> Void = { _ in }, _ body: (AWSClient) async throws -> Result
) async throws -> Result {
    var configuration = AWSConfiguration(
        region: "eu-west-1", credentials: .fixed(Credentials(accessKeyID: "AKID", secretAccessKey: "top-secret", sessionToken: "session-secret")),
        endpoint: server.url)
    configuration.retry.base = .milliseconds(1)
    configuration.retry.throttlingBase = .milliseconds(1)
    adjust(&configuration)
    let client = AWSClient(configuration: configuration, logger: quietLogger)
    do {
        let result = try await body(client)
        await client.shutdown()
        return result
    } catch {
        await client.shutdown()
        throw error
    }
}

let quietLogger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })

/// Answers in their order, the last one for ever.
final class Answers: Sendable {
    private let rest: Mutex<[StubAnswer]>

    init(_ answers: StubAnswer...) { rest = Mutex(answers) }

    func next() -> StubAnswer {
        rest.withLock { rest in rest.count > 1 ? rest.removeFirst() : rest.first ?? StubAnswer(500) }
    }
}

/// The error that `body` throws, or nil.
func failure(_ body: () async throws(AWSError) -> Void) async -> AWSError? {
    do throws(AWSError) {
        try await body()
        return nil
    } catch {
        return error
    }
}
