import Deployments
import NIOCore
import NIOHTTP1
import ServiceModel

/// Writes releases down with the server, over HTTP.
struct ReleaseClient: ReleaseLog {
    let server: ServerConnection

    /// A deploy does not wait longer than this for its record.
    private static let patience: TimeAmount = .seconds(5)

    func begin(_ draft: ReleaseDraft, of app: String) async throws -> Int {
        let answer = try await send(.POST, app, "", draft.json)
        guard let number = answer["number"].int else { throw ReleaseLogError("the server gave no number", isFinal: false) }
        return number
    }

    func add(_ steps: [ReleaseStep], deployment: String?, to revision: String?, number: Int, of app: String) async throws {
        let body = JSON.compact(["steps": .array(steps.map(\.json)), "deployment": JSON(deployment), "to": JSON(revision)])
        _ = try await send(.POST, app, "/\(number)/steps", body)
    }

    func end(_ end: ReleaseEnd, number: Int, of app: String) async throws {
        _ = try await send(.PUT, app, "/\(number)", end.json)
    }

    private func send(_ method: HTTPMethod, _ app: String, _ path: String, _ body: JSON) async throws -> JSON {
        do {
            return try await server.send(
                method, "/api/apps/\(ServerConnection.encoded(app))/releases\(path)", body: body, timeout: Self.patience)
        } catch let error as ServerError {
            // What the server cannot take as it is will not be better later; a token or a server may be.
            let isFinal = error.status.map { (400..<500).contains($0) && ![401, 403, 408, 421, 429].contains($0) } ?? false
            throw ReleaseLogError(error.description, isFinal: isFinal)
        }
    }
}
