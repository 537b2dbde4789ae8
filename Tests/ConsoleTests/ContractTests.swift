import Alerting
import AsyncHTTPClient
import Definitions
import Foundation
import Hummingbird
import Monitoring
import NIOCore
import NIOHTTP1
import ServiceModel
import Store
import TestSupport
import Testing

@testable import Console

/// A site with the thresholds of the app `web`, an action that takes its time, and the audit log.
private struct Desk: Sendable {
    struct Reply: Sendable {
        let status: Int
        let headers: HTTPHeaders
        let body: String

        var json: JSON { (try? JSON(parsing: body)) ?? .null }
    }

    let url: String
    let token: String
    let store: SQLiteStore

    static func open(_ body: @escaping @Sendable (Desk) async throws -> Void) async throws {
        try await withTemporaryDirectory { folder in
            let file = folder.appending(path: "web.yml")
            try Data("scheduler: {type: ecs, desired_count: 1}\napp: {image: web, memory: 64}\n".utf8).write(to: file)
            let catalog = await LiveCatalog.load(
                CatalogSource(organizationFile: nil, paths: [file.path], loader: DefinitionLoader(cacheDirectory: nil)))
            let secret = try AccessToken.load(folder: folder.path())
            let store = try SQLiteStore.inMemory()
            let calls = Calls()
            let slow = Endpoint.action("/slow", api: .post, "/api/slow", "Do something slow", permission: .operate) { _ in
                let count = await calls.next()
                try await Task.sleep(for: .milliseconds(300))
                return .done(["count": .integer(count)], see: "/slow?count=\(count)", status: .created)
            }
            let front = Front(
                endpoints: ThresholdEndpoints(catalog: catalog, settings: ThresholdSettings(store: store)).endpoints
                    + AuditEndpoints(reader: AuditReader(store: store), catalog: catalog).endpoints + ProblemPages.endpoints + [slow],
                gatekeeper: TokenGatekeeper(token: secret, mayAnonymousRead: true), audit: AuditLog(store: store, logger: .silent), catalog: catalog,
                renderer: try Renderer(templates: Templates.all, assets: Assets()), logger: .silent, repeats: Repeats(store: store))
            try await withSite(front.add) { url in try await body(Desk(url: url, token: secret.text, store: store)) }
        }
    }

    actor Calls {
        private var count = 0
        func next() -> Int {
            count += 1
            return count
        }
    }

    func call(
        _ method: HTTPMethod, _ path: String, _ body: String? = nil, headers: [String: String] = [:], isKnown: Bool = true
    ) async throws -> Reply {
        var request = HTTPClientRequest(url: url + path)
        request.method = method
        if isKnown { request.headers.add(name: "Authorization", value: "Bearer \(token)") }
        for (name, value) in headers { request.headers.replaceOrAdd(name: name, value: value) }
        if let body { request.body = .bytes(ByteBuffer(string: body)) }
        let answer = try await HTTPClient.shared.execute(request, timeout: .seconds(30))
        return Reply(status: Int(answer.status.code), headers: answer.headers, body: String(buffer: try await answer.body.collect(upTo: 1 << 22)))
    }
}

@Suite struct `An edit` {
    private static let path = "/api/apps/web/thresholds/error_ratio"
    private static let wish = #"{"value": 0.2, "reason": "a migration", "by": "yuki"}"#

    @Test func `of what somebody else has changed is refused, and shows what is there now`() async throws {
        try await Desk.open { desk in
            let tag = try #require(try await desk.call(.GET, "/api/apps/web/thresholds").headers.first(name: "ETag"))
            #expect(try await desk.call(.PUT, Self.path, Self.wish, headers: ["If-Match": tag]).status == 200)
            let stale = try await desk.call(.PUT, Self.path, #"{"value": 0.3, "reason": "another"}"#, headers: ["If-Match": tag])
            #expect(stale.status == 412 && stale.json["type"] == "/problems/stale" && stale.json["current"]["set_by"] == "yuki", "\(stale)")
            #expect(
                stale.json["differences"].array.contains(["pointer": "/value", "yours": 0.3, "current": 0.2])
                    && stale.json["differences"].array.contains(["pointer": "/reason", "yours": "another", "current": "a migration"]), "\(stale)")
            #expect(try await desk.call(.DELETE, Self.path, headers: ["If-Match": tag]).status == 412)
            let now = try #require(try await desk.call(.GET, "/api/apps/web/thresholds").headers.first(name: "ETag"))
            #expect(try await desk.call(.DELETE, Self.path, headers: ["If-Match": "\"x\", \(now)"]).status == 200)
            #expect(try await desk.call(.PUT, Self.path, Self.wish, headers: ["If-Match": "*"]).status == 200)
        }
    }

    @Test func `that many send at once is made once`() async throws {
        try await Desk.open { desk in
            let tag = try #require(try await desk.call(.GET, "/api/apps/web/thresholds").headers.first(name: "ETag"))
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for index in 0..<10 {
                    group.addTask {
                        try await desk.call(.PUT, Self.path, #"{"value": 0.\#(index + 1), "reason": "r"}"#, headers: ["If-Match": tag]).status
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(statuses.sorted() == [200] + Array(repeating: 412, count: 9))
        }
    }
}

@Suite struct `An action` {
    @Test func `with a key is done once, and answers the same again`() async throws {
        try await Desk.open { desk in
            let key = ["Idempotency-Key": "4f9c"]
            let replies = try await withThrowingTaskGroup(of: Desk.Reply.self) { group in
                for _ in 0..<5 { group.addTask { try await desk.call(.POST, "/api/slow", #"{"a": 1}"#, headers: key) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(replies.map(\.status).sorted() == [201, 409, 409, 409, 409], "the others come while the first is under way")
            #expect(replies.first { $0.status == 409 }?.headers.first(name: "Retry-After") == "1")
            let early = try #require(replies.first { $0.status == 201 })
            #expect(early.json["count"] == 1)
            let again = try await desk.call(.POST, "/api/slow", #"{"a": 1}"#, headers: key)
            #expect(again.status == 201 && again.body == early.body)
            #expect(try await desk.call(.POST, "/api/slow", #"{"a": 2}"#, headers: key).status == 422)
            #expect(try await desk.call(.POST, "/api/slow", #"{"a": 1}"#).json["count"] == 2, "without a key it is done again")
            #expect(try await desk.call(.POST, "/api/slow", "{}", headers: ["Idempotency-Key": "a b"]).status == 400)
            let rows = try await desk.call(.GET, "/api/audit?action=slow&result=done").json["rows"].array
            #expect(rows.count == 2, "what was not done again is not written down again")
        }
    }

    @Test func `that a form sends twice is done once, and both see the same page`() async throws {
        try await Desk.open { desk in
            let form = ["Content-Type": "application/x-www-form-urlencoded", "Accept": "text/html"]
            let both = try await withThrowingTaskGroup(of: [Int].self) { group in
                for _ in 0..<2 {
                    group.addTask {
                        let reply = try await desk.call(.POST, "/slow", "_key=k1&x=1", headers: form)
                        return [reply.status] + reply.headers["Location"].map { $0.hasSuffix("count=1") ? 1 : 0 }
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            // The client follows the redirect to a page that is not there.
            #expect(both.map { $0[0] } == [405, 405] || both == [[303, 1], [303, 1]], "\(both)")
            #expect(try await desk.call(.GET, "/api/audit?action=slow").json["rows"].array.count == 1)
        }
    }
}

@Suite struct `A request` {
    @Test(arguments: [
        ("/api/apps/%zz/thresholds", 400), ("/api/apps/%00/thresholds", 400), ("/api/apps/a%0Ab/thresholds", 400), ("/api/apps/%ff/thresholds", 400),
        ("/api/audit?app=%zz", 400), ("/api/audit?app=%00", 400), ("/api/audit?app=a&app=b", 400), ("/api/audit?limit=0", 400),
        ("/api/audit?limit=ten", 400), ("/api/audit?result=good", 400), ("/api/audit?from=yesterday", 400), ("/api/audit?cursor=x", 400),
        ("/api/audit?\(String(repeating: "a=b&", count: 200))", 400), ("/api/audit?app=\(String(repeating: "x", count: 9000))", 414),
        ("/api/apps/..%2f..%2fetc/thresholds", 404), ("/api/apps/../../etc/passwd", 404), ("//api//apps//web//thresholds", 200),
        ("/api/apps/%2e%2e/thresholds", 404), ("/api/problems/stale", 200), ("/problems/nothing", 404),
    ])
    func `with a strange address is answered, and never with 500`(path: String, status: Int) async throws {
        try await Desk.open { desk in
            // No client library sends all of these.
            let connection = try RawConnection(port: Int(desk.url.split(separator: ":").last ?? "") ?? 0)
            connection.send("GET \(path) HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer \(desk.token)\r\nConnection: close\r\n\r\n")
            try await eventually("the answer is complete") {
                connection.read()
                return connection.isClosed
            }
            #expect(connection.status == status, "\(connection.received)")
            if status >= 400, path.hasPrefix("/api") {
                #expect(connection.received.contains("Content-Type: application/problem+json\r\n"))
                #expect(connection.received.contains("\"type\":\"/problems/"))
            }
        }
    }

    @Test(arguments: [
        (#"{"value": 0.2, "value": 0.3, "reason": "r"}"#, "application/json", 400),
        (#"{"value": 0.2, "reason": "a\u0000b"}"#, "application/json", 400),
        (#"{"value": true, "reason": "r"}"#, "application/json", 422), (#"{"value": 0.2, "reason": 7}"#, "application/json", 422),
        ("[1]", "application/json", 400), ("{", "application/json", 400), ("<a/>", "text/xml", 415), ("{}", "application/json", 422),
        ("value=0.2&reason=%zz", "application/x-www-form-urlencoded", 400),
        ("value=0.2&value=0.3&reason=r", "application/x-www-form-urlencoded", 400),
        ("value=0.2&reason=%00", "application/x-www-form-urlencoded", 400), (String(repeating: "[", count: 100), "application/json", 400),
    ])
    func `with a strange body is refused`(body: String, type: String, status: Int) async throws {
        try await Desk.open { desk in
            let reply = try await desk.call(.PUT, "/api/apps/web/thresholds/error_ratio", body, headers: ["Content-Type": type])
            #expect(reply.status == status, "\(reply)")
        }
    }

    @Test func `of another method learns which there are, and a list names its next page`() async throws {
        try await Desk.open { desk in
            let other = try await desk.call(.DELETE, "/api/audit")
            #expect(other.status == 405 && other.headers.first(name: "Allow") == "GET")
            for index in 0..<3 {
                let wish = #"{"value": 0.\#(index + 1), "reason": "r", "by": "yuki"}"#
                #expect(try await desk.call(.PUT, "/api/apps/web/thresholds/error_ratio", wish).status == 200)
            }
            let page = try await desk.call(.GET, "/api/audit?limit=2&who=YU")
            #expect(page.headers.first(name: "Link") == "</api/audit?limit=2&who=YU&cursor=2>; rel=\"next\"", "\(page)")
            #expect(page.json["rows"].array.map { $0["seq"].int } == [3, 2])
            let rest = try await desk.call(.GET, "/api/audit?limit=2&who=YU&cursor=2")
            #expect(rest.json["rows"].array.map { $0["seq"].int } == [1] && rest.json["next"] == nil && rest.headers.first(name: "Link") == nil)
            let shown = try await desk.call(.GET, "/audit?result=done", headers: ["Accept": "text/html"])
            #expect(shown.status == 200 && shown.body.contains("Set a threshold") && shown.body.contains("format=csv&amp;result=done"))
            let table = try await desk.call(.GET, "/api/audit/export?format=csv&app=web")
            #expect(table.body.split(separator: "\r\n").count == 4 && table.headers.first(name: "Content-Type")?.hasPrefix("text/csv") == true)
            #expect(try await desk.call(.GET, "/api/audit", isKnown: false).status == 401)
        }
    }
}
