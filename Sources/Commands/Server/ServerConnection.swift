import ArgumentParser
import AsyncHTTPClient
import Console
import Deployments
import Foundation
import NIOCore
import NIOHTTP1
import Platform
import ServiceModel

/// Which server to talk to.
struct ServerConnection: ParsableArguments {
    @Option(help: "The server's address. [env: JUBAKO_SERVER] (default: http://127.0.0.1:7700, or the port in JUBAKO_SERVER_PORT)")
    var server: String?

    @Option(help: "The file with the server's token. [env: JUBAKO_TOKEN_FILE] (default: the one of jubako up on this machine)")
    var tokenFile: String?

    /// One call; the answer is JSON.
    ///
    /// - Throws: `DeployError` with the server's own words when it refuses.
    func call(_ method: HTTPMethod, _ path: String, body: JSON? = nil) async throws -> JSON {
        let environment = ProcessInfo.processInfo.environment
        let base = server ?? environment["JUBAKO_SERVER"] ?? "http://127.0.0.1:\(environment["JUBAKO_SERVER_PORT"] ?? "7700")"
        var request = HTTPClientRequest(url: base + path)
        request.method = method
        if let token = AccessToken.read(tokenFile ?? environment["JUBAKO_TOKEN_FILE"] ?? "\(Folders.state(environment))/server.token") {
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
        let environment = ProcessInfo.processInfo.environment
        let base = server ?? environment["JUBAKO_SERVER"] ?? "http://127.0.0.1:\(environment["JUBAKO_SERVER_PORT"] ?? "7700")"
        let answer = try? await HTTPClient.shared.execute(HTTPClientRequest(url: base + "/healthz"), timeout: .seconds(2))
        return answer?.status == .ok
    }

    static func encoded(_ app: String) -> String { app.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? app }
}
