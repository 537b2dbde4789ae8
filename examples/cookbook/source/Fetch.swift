import AsyncHTTPClient
import NIOCore
import NIOHTTP1

/// What a server answered.
struct Answer {
    let code: UInt
    let body: String
}

/// Fetches a page of at most 1 MiB over a connection of its own.
func fetch(_ url: String, deadline: TimeAmount) async throws -> Answer {
    let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: .init(timeout: .init(connect: deadline, read: deadline)))
    do {
        let response = try await client.execute(HTTPClientRequest(url: url), timeout: deadline)
        let answer = Answer(code: response.status.code, body: String(buffer: try await response.body.collect(upTo: 1 << 20)))
        try await client.shutdown()
        return answer
    } catch {
        try await client.shutdown()
        throw error
    }
}
