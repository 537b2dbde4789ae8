import Alerting
import AsyncHTTPClient
import Definitions
import Foundation
import Logging
import Monitoring
import NIOCore
import NIOHTTP1
import ServiceModel
import Store
import TestSupport
import Testing

@testable import Console

@Suite struct `Signing in` {
    @Test func `takes a link once, and without it or its form token nothing is changed`() async throws {
        try await withTemporaryDirectory { folder in
            let file = folder.appending(path: "web.yml")
            try Data("scheduler: {type: ecs, desired_count: 1}\napp: {image: web, memory: 64}\n".utf8).write(to: file)
            let catalog = await LiveCatalog.load(
                CatalogSource(organizationFile: nil, paths: [file.path], loader: DefinitionLoader(cacheDirectory: nil)))
            let sessions = Sessions(store: try SQLiteStore.inMemory())
            let thresholds = ThresholdEndpoints(catalog: catalog, settings: ThresholdSettings(store: try SQLiteStore.inMemory()))
            let front = Front(
                endpoints: SignIn(sessions: sessions, url: "http://127.0.0.1", audit: AuditToLog(logger: .silent)).endpoints + thresholds.endpoints,
                gatekeeper: SessionGatekeeper(
                    token: try AccessToken.load(folder: folder.path()), sessions: sessions,
                    tokens: APITokens(store: try SQLiteStore.inMemory()), signIn: nil, logger: .silent),
                audit: AuditToLog(logger: .silent), catalog: catalog, renderer: try Renderer(templates: Templates.all, assets: Assets()),
                logger: .silent)
            try await withSite(front.add) { url in
                func call(
                    _ method: HTTPMethod, _ path: String, _ form: String? = nil, headers: [String: String] = [:]
                ) async throws -> (status: UInt, headers: HTTPHeaders, body: String) {
                    var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
                    configuration.httpVersion = .http1Only
                    var request = HTTPClientRequest(url: url + path)
                    request.method = method
                    for (name, value) in headers { request.headers.replaceOrAdd(name: name, value: value) }
                    if let form {
                        request.headers.add(name: "Content-Type", value: "application/x-www-form-urlencoded")
                        request.body = .bytes(ByteBuffer(string: form))
                    }
                    return try await Self.withClient(configuration) { client in
                        let answer = try await client.execute(request, timeout: .seconds(30))
                        return (answer.status.code, answer.headers, String(buffer: try await answer.body.collect(upTo: 1 << 20)))
                    }
                }
                let link = "/login/link?code=\(try await sessions.makeLink())"
                let signedIn = try await call(.GET, link)
                #expect(signedIn.status == 303)
                let header = try #require(signedIn.headers.first(name: "Set-Cookie"))
                for part in ["__Host-sid=", "Secure", "HttpOnly", "SameSite=Lax", "Path=/"] { #expect(header.contains(part)) }
                #expect(try await call(.GET, link).status == 403, "a link is used up")
                let cookie = String(header.prefix { $0 != ";" })
                let caller = try #require(try await sessions.caller(String(cookie.dropFirst("__Host-sid=".count))))
                let form = "name=error_ratio&value=0.2&reason=test&_token="
                let path = "/apps/web/thresholds"
                let mine = caller.formToken ?? ""
                #expect(try await call(.POST, path, form + mine).status == 303, "who is not signed in is sent to sign in")
                #expect(try await thresholds.settings.all().isEmpty)
                #expect(try await call(.POST, path, form + "wrong", headers: ["Cookie": cookie]).status == 403)
                #expect(
                    try await call(.POST, path, form + mine, headers: ["Cookie": cookie, "Sec-Fetch-Site": "cross-site"]).status == 403)
                #expect(try await thresholds.settings.all().isEmpty)
                let set = try await call(.POST, path, form + mine, headers: ["Cookie": cookie, "Sec-Fetch-Site": "same-origin"])
                #expect(set.status == 303 && set.headers.first(name: "Location") == "/apps/web/settings?done=threshold_set", "\(set)")
                #expect(try await thresholds.settings.all().map(\.setBy) == ["whoever started jubako"])
                #expect(try await call(.GET, "/login", headers: ["Host": "evil.example"]).status == 421)
                #expect(try await call(.POST, "/logout", "_token=" + mine, headers: ["Cookie": cookie]).status == 303)
                #expect(
                    try await call(.POST, path, form + mine, headers: ["Cookie": cookie]).headers.first(name: "Location")?.hasPrefix("/login") == true
                )
            }
        }
    }

    private static func withClient<Result: Sendable>(
        _ configuration: HTTPClient.Configuration, _ body: (HTTPClient) async throws -> Result
    ) async throws -> Result {
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        do {
            let result = try await body(client)
            try await client.shutdown()
            return result
        } catch {
            try await client.shutdown()
            throw error
        }
    }
}

@Suite struct `A permission` {
    @Test(arguments: [
        // permission, anonymous, viewer, the team's developer, another team's, sre, admin, the server's token
        (Permission.open, "1111111"), (.read, "1111111"), (.develop, "0010111"), (.contribute, "0011111"), (.review, "0011111"),
        (.operate, "0000111"),
        (.administer, "0000011"), (.own, "0111111"), (.machine, "0000001"),
    ])
    func `is given to the right people`(permission: Permission, allowed: String) {
        func person(_ role: Role, _ teams: Set<String> = []) -> Caller { Caller(proof: .session(id: "s"), name: "ann", role: role, teams: teams) }
        let callers = [
            Caller.anonymous(mayRead: true), person(.viewer), person(.developer, ["kitchen"]), person(.developer, ["pantry"]), person(.sre),
            person(.admin), .machine,
        ]
        let found = callers.map { permission.verdict(for: $0, app: "recipes", team: "kitchen") == .allowed ? "1" : "0" }.joined()
        #expect(found == allowed)
        let stranger = permission.verdict(for: .anonymous(mayRead: false), app: "recipes", team: "kitchen")
        #expect(permission == .open ? stranger == .allowed : stranger == .unknownCaller)
    }

    @Test func `of a token ends at its apps`() {
        let token = Caller(proof: .token(id: "t"), name: "ci", role: .admin, apps: ["recipes"])
        #expect(Permission.develop.verdict(for: token, app: "recipes") == .allowed)
        #expect(Permission.develop.verdict(for: token, app: "pantry") != .allowed)
        #expect(Permission.allCases.filter { $0.verdict(for: token) == .allowed } == [.open, .read, .contribute, .review])
    }
}
