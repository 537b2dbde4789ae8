import ArgumentParser
import AsyncHTTPClient
import Deployments
import Foundation
import NIOCore
import NIOHTTP1
import ServiceModel

/// Why the server did not do what it was asked, in its own words where it has some.
struct ServerError: Error, CustomStringConvertible {
    let description: String
    /// Nil when it could not be reached.
    let status: Int?
}

/// Which server to talk to.
struct ServerConnection: ParsableArguments {
    @Option(help: "The server's address. [env: JUBAKO_SERVER] (default: that of the last jubako login, else this machine's own)")
    var server: String?

    @Option(help: "The file with a token. [env: JUBAKO_TOKEN, JUBAKO_TOKEN_FILE] (default: that of jubako login, else of this machine's own server)")
    var tokenFile: String?

    var access: ServerAccess { ServerAccess(server: server, tokenFile: tokenFile, environment: ProcessInfo.processInfo.environment) }

    /// One call; the answer is JSON. What waited for this server goes out with it.
    ///
    /// - Throws: ``ServerError``.
    func call(_ method: HTTPMethod, _ path: String, body: JSON? = nil) async throws -> JSON {
        let answer = try await send(method, path, body: body)
        await deliverOutbox()
        return answer
    }

    /// Sends the records of releases that this server has not got, and says which.
    func deliverOutbox() async {
        let outbox = ReleaseOutbox(environment: ProcessInfo.processInfo.environment)
        let (sent, refused) = await outbox.deliver(to: ReleaseClient(server: self), of: base)
        if !sent.isEmpty { Terminal.error("recorded what the server had missed: \(sent.joined(separator: ", "))") }
        for reason in refused { Terminal.error("warning: the server does not want a record that waited: \(reason)") }
    }

    /// Somebody named a server, by flag or environment.
    var isNamed: Bool { server != nil || ProcessInfo.processInfo.environment["JUBAKO_SERVER"]?.isEmpty == false }

    /// Somebody named a server, or signed in to one.
    var isConfigured: Bool { isNamed || SavedLogins(environment: ProcessInfo.processInfo.environment).standard != nil }

    /// The server's address.
    var base: String { access.url }

    /// One call and nothing else.
    ///
    /// - Parameter limit: the largest answer, in bytes.
    /// - Throws: ``ServerError``.
    func send(_ method: HTTPMethod, _ path: String, body: JSON? = nil, timeout: TimeAmount = .seconds(90), limit: Int = 16 << 20) async throws -> JSON
    {
        let base = base
        var request = HTTPClientRequest(url: base + path)
        request.method = method
        if let token = access.token {
            request.headers.add(name: "Authorization", value: "Bearer \(token)")
        }
        if let body { request.body = .bytes(ByteBuffer(bytes: body.bytes)) }
        let answer: HTTPClientResponse
        do {
            answer = try await HTTPClient.shared.execute(request, timeout: timeout)
        } catch {
            throw ServerError(
                description: "cannot reach the server at \(base): start it with make up (or jubako up), or name another with --server", status: nil)
        }
        let json = (try? JSON(parsing: String(buffer: try await answer.body.collect(upTo: limit)))) ?? .null
        guard (200..<300).contains(answer.status.code) else {
            throw ServerError(
                description: json["detail"].string ?? "the server at \(base) answers \(answer.status.code)", status: Int(answer.status.code))
        }
        return json
    }

    /// Who does it, for the server's book.
    static var person: String { ProcessInfo.processInfo.environment["USER"] ?? "somebody" }

    /// Whether a server answers at all.
    func answers() async -> Bool {
        let answer = try? await HTTPClient.shared.execute(HTTPClientRequest(url: base + "/healthz"), timeout: .seconds(2))
        return answer?.status == .ok
    }

    static func encoded(_ app: String) -> String { app.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? app }
}
