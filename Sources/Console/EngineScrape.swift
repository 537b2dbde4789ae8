import AsyncHTTPClient
import Definitions
import Foundation
import NIOCore
import NIOHTTP1

/// The engine's metrics with what only the definitions know: the team and the environment of each app.
struct EngineScrape: Sendable {
    /// `http://127.0.0.1:7701`
    let engine: String
    let environment: String
    let catalog: LiveCatalog

    /// Services and containers, and HAProxy's own figures.
    func text() async throws -> String {
        async let own = fetch("/metrics")
        async let haproxy = fetch("/metrics/haproxy")
        let catalog = await catalog.catalog
        return Self.withTeams(try await own + haproxy, environment: environment) { catalog.apps[$0]?.team }
    }

    /// Puts `team` and `environment` into every sample that has an `app`.
    static func withTeams(_ text: String, environment: String, team: (String) -> String?) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            guard let start = line.firstRange(of: "{app=\""), let end = line[start.upperBound...].firstIndex(of: "\"") else { return String(line) }
            let owner = team(String(line[start.upperBound..<end])).map { "team=\"\($0)\"," } ?? ""
            return line[..<start.lowerBound] + "{\(owner)environment=\"\(environment)\"," + line[line.index(after: start.lowerBound)...]
        }.joined(separator: "\n")
    }

    private func fetch(_ path: String) async throws -> String {
        let answer = try await HTTPClient.shared.execute(HTTPClientRequest(url: engine + path), timeout: .seconds(5))
        let body = String(buffer: try await answer.body.collect(upTo: 32 << 20))
        guard answer.status == .ok else { throw ServerError("the engine's \(path) answers \(answer.status.code): \(body.prefix(200))") }
        return body
    }
}

/// Why the server cannot do something.
public struct ServerError: Error, Sendable, Hashable, CustomStringConvertible {
    public let description: String

    public init(_ description: String) { self.description = description }
}
