import AsyncHTTPClient
import Definitions
import Deployments
import Foundation
import Logging
import NIOCore
import NIOHTTP1
import ServiceModel
import Store
import TestSupport
import Testing

@testable import Console

/// A desk over a book in memory, and a catalog of one app, `web`.
private struct Office {
    let store: SQLiteStore
    let catalog: LiveCatalog
    let desk: ReleaseDesk

    static func with(_ body: @Sendable (Office, AccessToken) async throws -> Void) async throws {
        try await withTemporaryDirectory { folder in
            let file = folder.appending(path: "web.yml")
            try Data("scheduler: {type: ecs, desired_count: 1}\napp: {image: web, memory: 64}\n".utf8).write(to: file)
            let catalog = await LiveCatalog.load(
                CatalogSource(organizationFile: nil, paths: [file.path], loader: DefinitionLoader(cacheDirectory: nil)))
            let store = try SQLiteStore.inMemory()
            let desk = ReleaseDesk(book: ReleaseBook(store: store), hub: EventHub(), catalog: catalog, clusters: [])
            try await body(Office(store: store, catalog: catalog, desk: desk), try AccessToken.load(folder: folder.path()))
        }
    }
}

@Suite struct `Releases over HTTP` {
    @Test func `are begun once, told step by step, ended, and shown`() async throws {
        try await Office.with { office, secret in
            let desk = office.desk
            let fleet = Fleet(
                clusters: [], catalog: office.catalog, firing: { [:] }, hub: desk.hub, interval: .seconds(60), pace: nil, logger: .silent)
            let front = Front(
                endpoints: ReleaseEndpoints(desk: desk).endpoints + ReleasePages(desk: desk, fleet: fleet).endpoints,
                gatekeeper: TokenGatekeeper(token: secret, mayAnonymousRead: true), audit: AuditToLog(logger: .silent), catalog: office.catalog,
                renderer: try Renderer(templates: Templates.all, assets: Assets()), logger: .silent)
            try await withSite(front.add) { url in
                func call(_ method: HTTPMethod, _ path: String, _ body: String = "", token: String? = nil) async throws -> (UInt, JSON, String) {
                    var request = HTTPClientRequest(url: url + path)
                    request.method = method
                    request.headers.add(name: "Authorization", value: "Bearer \(token ?? secret.text)")
                    request.body = .bytes(ByteBuffer(string: body))
                    let answer = try await HTTPClient.shared.execute(request, timeout: .seconds(30))
                    let text = String(buffer: try await answer.body.collect(upTo: 1 << 20))
                    return (answer.status.code, (try? JSON(parsing: text)) ?? .null, text)
                }
                let path = "/api/apps/web/releases"
                let draft = #"{"id": "abcdefgh", "kind": "deploy", "by": "yuki", "from": "web:1", "to": "web:2", "deployment": "d2"}"#
                #expect(try await call(.POST, path, draft, token: "other").0 == 401)
                let begun = try await call(.POST, path, draft)
                #expect(begun.0 == 201 && begun.1["number"] == 1 && begun.1["by"] == "yuki" && begun.1["is_open"] == true)
                #expect(try await call(.POST, path, draft).0 == 200)
                let wrong = try await call(.POST, path, #"{"id": "abcdefgi", "kind": "setting"}"#)
                #expect(wrong.0 == 422 && wrong.1["errors"][0]["pointer"] == "/kind")
                let steps = #"{"steps": [{"number": 1, "at": "2026-11-24T05:55:03.123Z", "text": "registered <web:2>"}]}"#
                #expect(try await call(.POST, path + "/1/steps", steps).0 == 200)
                #expect(try await call(.POST, path + "/1/steps", #"{"steps": [{"number": 0}]}"#).0 == 422)
                #expect(try await call(.POST, path + "/7/steps", steps).1["detail"] == "web has no release 7")
                let end = #"{"outcome": "failed", "reason": "r", "verdict": {"summary": "it ended", "evidence": ["task 008b5083 of web:2"]}}"#
                #expect(try await call(.PUT, path + "/1", #"{"outcome": "well"}"#).0 == 422)
                #expect(try await call(.PUT, path + "/1", end).0 == 200)
                let one = try await call(.GET, path + "/1").1
                #expect(one["outcome"] == "failed" && one["steps"][0]["text"] == "registered <web:2>" && one["verdict"]["summary"] == "it ended")
                #expect(one["logs"] == "/apps/web/logs?task=008b5083")
                #expect(try await call(.GET, path).1["releases"].array.count == 1)
                #expect(try await call(.GET, path + "?before=x").0 == 400)
                let page = try await call(.GET, "/apps/web/releases/1").2
                #expect(page.contains("registered &lt;web:2&gt;") && page.contains("it ended") && page.contains("web:1 → web:2"))
                #expect(try await call(.GET, "/apps/web/releases").2.contains("#1"))
            }
        }
    }

    @Test func `are made of settings, without secrets`() async throws {
        try await Office.with { office, _ in
            let recorder = SettingReleases(desk: office.desk, next: AuditToLog(logger: .silent), logger: .silent)
            func tell(_ change: Answer.Change?, _ result: AuditEvent.Result = .done) async {
                await recorder.record(
                    AuditEvent(
                        who: "yuki", proof: .machine, action: "a", app: "web", object: "/", result: result, change: change, from: nil, request: "r"))
            }
            await tell(.init(before: "#a", after: "https://hooks.slack.com/services/T/B/secret", reason: "moved", setting: "channel"))
            await tell(.init(before: "#a", after: "#b"))
            await tell(.init(before: "#a", after: "#b", setting: "channel"), .refused)
            let releases = try await office.desk.book.releases(of: "web").releases
            #expect(releases.map(\.number) == [1])
            #expect(releases[0].kind == .setting && releases[0].subject == "channel" && releases[0].outcome == "set" && releases[0].by == "yuki")
            let changes = try #require(try await office.desk.book.release(1, of: "web")).details.changes
            #expect(changes[0]["fields"][0] == ["field": "channel", "old": "#a", "new": "(hidden)"])
        }
    }
}

@Suite struct `Deployments that nobody announced` {
    private let start = Date(timeIntervalSince1970: 1_000_000)

    private func sighting(_ id: String, _ revision: Int, _ state: String = "IN_PROGRESS", at seconds: Double = 10, old: JSON? = nil) -> Sighting {
        let primary: JSON = [
            "id": .string(id), "status": "PRIMARY", "taskDefinition": .string("arn:x/web:\(revision)"), "rolloutState": .string(state),
            "desiredCount": 1, "runningCount": 1, "createdAt": .number(start.timeIntervalSince1970 + seconds),
        ]
        return Sighting(app: "web", environment: "local", service: ["deployments": .array([primary] + (old.map { [$0] } ?? []))])
    }

    private func observing(_ body: @Sendable (ReleaseObserver, ReleaseBook) async throws -> Void) async throws {
        try await Office.with { [start] office, _ in
            let observer = ReleaseObserver(desk: office.desk, store: office.store, startedAt: start, logger: .silent)
            try await body(observer, office.desk.book)
        }
    }

    @Test func `become releases, and come to their end`() async throws {
        try await observing { observer, book in
            await observer.look([sighting("d1", 1, "COMPLETED", at: -100)], now: start + 1)
            #expect(try await book.last(of: "web") == nil, "what was there before is no news")
            await observer.look([sighting("d2", 2)], now: start + 11)
            #expect(try await book.last(of: "web") == nil, "its program may still tell")
            await observer.look([sighting("d2", 2)], now: start + 20)
            let seen = try #require(try await book.last(of: "web"))
            #expect(seen.kind == .observed && seen.from == "web:1" && seen.to == "web:2" && seen.isOpen && seen.environment == "local")
            await observer.look([sighting("d2", 2, "COMPLETED")], now: start + 30)
            await observer.look([sighting("d2", 2, "COMPLETED")], now: start + 31)
            #expect(try await book.releases(of: "web").releases.map(\.outcome) == ["deployed"])
            await observer.look([sighting("d3", 3, at: 40)], now: start + 50)
            await observer.look([sighting("d4", 4, at: 60)], now: start + 70)
            #expect(try await book.releases(of: "web").releases.map(\.outcome) == [nil, "superseded", "deployed"])
        }
    }

    @Test func `are not those that a release names, or goes back by`() async throws {
        try await observing { observer, book in
            await observer.look([sighting("d1", 1, "COMPLETED", at: -100)], now: start + 1)
            var draft = ReleaseDraft(kind: .deploy, by: "yuki", startedAt: start + 5)
            draft.from = "web:1"
            let number = try await book.begin(draft, of: "web").release.number
            await observer.look([sighting("d2", 2)], now: start + 20)
            try await book.add([], deployment: "d2", to: "web:2", number: number, of: "web")
            await observer.look([sighting("d2", 2)], now: start + 21)
            await observer.look([sighting("d3", 1, at: 30)], now: start + 40)
            #expect(try await book.releases(of: "web").releases.map(\.kind) == [.deploy])
        }
    }

    @Test func `end a release whose program went away`() async throws {
        try await observing { observer, book in
            var draft = ReleaseDraft(kind: .deploy, by: "yuki")
            (draft.deployment, draft.from, draft.to) = ("d2", "web:1", "web:2")
            _ = try await book.begin(draft, of: "web")
            let failed: JSON = [
                "id": "d2", "status": "ACTIVE", "taskDefinition": "arn:x/web:2", "rolloutState": "FAILED", "rolloutStateReason": "no",
            ]
            await observer.look([sighting("d3", 1, "COMPLETED", at: Date().timeIntervalSince(start) + 1, old: failed)], now: Date() + 10)
            #expect(try await book.last(of: "web")?.isOpen == true, "it may still speak")
            await observer.look([sighting("d3", 1, "COMPLETED", at: Date().timeIntervalSince(start) + 1, old: failed)], now: Date() + 500)
            let ended = try #require(try await book.last(of: "web"))
            #expect(ended.outcome == "rolled-back" && ended.outcomeReason == "no")
        }
    }
}
