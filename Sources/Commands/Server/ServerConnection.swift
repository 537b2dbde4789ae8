import ArgumentParser
import AsyncHTTPClient
import Deployments
import Foundation
import NIOCore
import NIOHTTP1
import ServiceModel

/// Which server to talk to.
struct ServerConnection: ParsableArguments {
    @Option(help: "The server's address. [env: JUBAKO_SERVER] (default: that of the last jubako login, else this machine's own)")
    var server: String?

    @Option(help: "The file with a token. [env: JUBAKO_TOKEN, JUBAKO_TOKEN_FILE] (default: that of jubako login, else of this machine's own server)")
    var tokenFile: String?

    private var access: ServerAccess { ServerAccess(server: server, tokenFile: tokenFile, environment: ProcessInfo.processInfo.environment) }

    /// One call; the answer is JSON.
    ///
    /// - Throws: `DeployError` with the server's own words when it refuses.
    func call(_ method: HTTPMethod, _ path: String, body: JSON? = nil) async throws -> JSON {
        let base = access.url
        var request = HTTPClientRequest(url: base + path)
        request.method = method
        if let token = access.token {
            request.headers.add(name: "Authorization", value: "Bearer \(token)")
        }
        if let body { request.body = .bytes(ByteBuffer(bytes: body.bytes)) }
        let answer: HTTPClientResponse
        do {
            answer = try await HTTPClient.shared.execute(request, timeout: .seconds(90))
        } catch {
            throw DeployError("cannot reach the server at \(base): start it with make up (or jubako up), or name another with --server")
        }
        let json = (try? JSON(parsing: String(buffer: try await answer.body.collect(upTo: 16 << 20)))) ?? .null
        guard (200..<300).contains(answer.status.code) else {
            throw DeployError(json["detail"].string ?? "the server at \(base) answers \(answer.status.code)")
        }
        return json
    }

    /// Who does it, for the server's book.
    static var person: String { ProcessInfo.processInfo.environment["USER"] ?? "somebody" }

    /// Whether a server answers at all.
    func answers() async -> Bool {
        let base = access.url
        let answer = try? await HTTPClient.shared.execute(HTTPClientRequest(url: base + "/healthz"), timeout: .seconds(2))
        return answer?.status == .ok
    }

    static func encoded(_ app: String) -> String { app.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? app }
}
