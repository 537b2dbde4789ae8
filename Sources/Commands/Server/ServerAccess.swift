import AsyncHTTPClient
import Console
import Definitions
import Deployments
import Foundation
import NIOCore
import NIOHTTP1
import Platform
import ServiceModel

/// Where a server is, and the token to show it: by flag, environment, saved login, or of this machine's own server.
struct ServerAccess: Sendable {
    let url: String
    let token: String?

    init(url: String, token: String?) {
        self.url = url
        self.token = token
    }

    init(server: String?, tokenFile: String?, environment: [String: String]) {
        let saved = SavedLogins(environment: environment)
        func given(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
        let own = "http://127.0.0.1:\(given("JUBAKO_SERVER_PORT") ?? "7700")"
        url = Self.plain(server ?? given("JUBAKO_SERVER") ?? (given("JUBAKO_SERVER_PORT") == nil ? saved.standard : nil) ?? own)
        if let file = tokenFile {
            token = AccessToken.read(file)
        } else if let text = given("JUBAKO_TOKEN") {
            token = text
        } else if let file = given("JUBAKO_TOKEN_FILE") {
            token = AccessToken.read(file)
        } else {
            // The token of this machine's server is shown to no other.
            token = saved[url]?.token ?? (Connection.isLoopback(url) ? AccessToken.read("\(Folders.state(environment))/server.token") : nil)
        }
    }

    /// The server of this machine, or another of the same owner, with its own token. Where that is elsewhere, its file has to be named.
    static func own(_ environment: [String: String], server: String? = nil, tokenFile: String? = nil) -> ServerAccess {
        let url = plain(server ?? "http://127.0.0.1:\(environment["JUBAKO_SERVER_PORT"] ?? "7700")")
        let standard = Connection.isLoopback(url) ? "\(Folders.state(environment))/server.token" : nil
        return ServerAccess(url: url, token: (tokenFile ?? environment["JUBAKO_TOKEN_FILE"] ?? standard).flatMap(AccessToken.read))
    }

    /// Without a slash at the end.
    static func plain(_ url: String) -> String { url.hasSuffix("/") ? String(url.dropLast()) : url }

    /// One call; the answer is JSON.
    ///
    /// - Throws: `DeployError` with the server's own words when it refuses.
    func call(_ method: HTTPMethod, _ path: String, body: JSON? = nil) async throws -> JSON {
        guard Organization.SignIn.isSafe(url) else {
            throw DeployError("\(url.prefix(200)) is no address to send a token to: write https://…, or http:// on this machine")
        }
        var request = HTTPClientRequest(url: url + path)
        request.method = method
        if let token { request.headers.add(name: "Authorization", value: "Bearer \(token)") }
        if let body { request.body = .bytes(ByteBuffer(bytes: body.bytes)) }
        let answer: HTTPClientResponse
        do { answer = try await HTTPClient.shared.execute(request, timeout: .seconds(30)) } catch {
            throw DeployError("cannot reach the server at \(url)")
        }
        let json = (try? JSON(parsing: String(buffer: try await answer.body.collect(upTo: 1 << 20)))) ?? .null
        guard (200..<300).contains(answer.status.code) else {
            throw DeployError(json["detail"].string ?? "the server at \(url) answers \(answer.status.code)")
        }
        return json
    }
}
