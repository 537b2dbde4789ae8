import AsyncHTTPClient
import Definitions
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import Monitoring
import NIOCore
import NIOHTTP1
import ServiceLifecycle
import ServiceModel
import Store
import TestSupport
import Testing

@testable import Console

@Suite struct `The interface` {
    private static func catalog(_ folder: URL) async throws -> LiveCatalog {
        for (name, team) in [("web", "kitchen"), ("shop", "pantry")] {
            let text = "scheduler: {type: ecs, desired_count: 1}\napp: {image: \(name), memory: 64}\nowner: \(team)\n"
            try Data(text.utf8).write(to: folder.appending(path: "\(name).yml"))
        }
        return await LiveCatalog.load(
            CatalogSource(
                organizationFile: nil, paths: ["web", "shop"].map { folder.appending(path: "\($0).yml").path() },
                loader: DefinitionLoader(cacheDirectory: nil)))
    }

    @Test func `is described as it is: every endpoint, with what it takes, answers, and who may`() async throws {
        try await withTemporaryDirectory { folder in
            var settings = ServerSettings(
                directory: folder.path(), catalog: try await Self.catalog(folder), library: RuleLibrary(files: []), clusters: [],
                alertmanager: "http://127.0.0.1:9", slack: .standIn)
            settings.port = 0
            let server = try await Server(settings, token: try AccessToken.load(folder: folder.path()), logger: .silent)
            // What was opened has to be closed again.
            let services = ServiceGroup(configuration: .init(services: server.services.map { .init(service: $0) }, logger: .silent))
            async let run: Void = services.run()
            await services.triggerGracefulShutdown()
            try await run
            let document = OpenAPI(endpoints: server.endpoints).document
            let paths = document["paths"].object
            var names: Set<String> = []
            for endpoint in server.endpoints {
                guard let route = endpoint.api else { continue }
                let operation = paths[route.path]?[route.method.rawValue.lowercased()] ?? .null
                #expect(operation["x-permission"].string == endpoint.permission.rawValue, "\(route)")
                #expect(names.insert(operation["operationId"].string ?? "").inserted, "\(route): its name is another's")
                let success = operation["responses"][String(endpoint.successes[0])]
                #expect(!success["content"].isNull, "\(route)")
                #expect(!endpoint.produces.isEmpty || endpoint.returns != ["type": "object"], "\(route): nobody says what it answers")
            }
            let described = paths.reduce(0) { $0 + $1.value.object.count }
            #expect(described == names.count + ProgramRoutes.described.count)
        }
    }

    @Test func `of the audit log shows a developer what concerns their teams' apps, and SREs everything`() async throws {
        struct Names: Gatekeeper {
            var signInPath: String? { nil }
            var hosts: Set<String>? { nil }

            func caller(_ headers: HTTPFields) async -> Caller {
                let who = headers[named: "X-Who"] ?? ""
                switch who {
                case "sre": return Caller(proof: .session(id: "s"), name: who, role: .sre, formToken: "t")
                case "kitchen": return Caller(proof: .session(id: "s"), name: who, role: .developer, teams: ["kitchen"], formToken: "t")
                case "viewer": return Caller(proof: .session(id: "s"), name: who, role: .viewer, formToken: "t")
                case "shop token": return Caller(proof: .token(id: "7"), name: who, role: .admin, apps: ["shop"])
                default: return .anonymous(mayRead: true)
                }
            }
        }
        try await withTemporaryDirectory { folder in
            let catalog = try await Self.catalog(folder)
            let store = try SQLiteStore.inMemory()
            let log = AuditLog(store: store, logger: .silent)
            for app in ["web", "shop", nil] {
                await log.record(
                    AuditEvent(
                        who: "yuki", proof: .machine, action: "Do something", app: app, object: "/", result: .done, change: nil, detail: nil,
                        from: nil, request: "r"))
            }
            let front = Front(
                endpoints: AuditEndpoints(reader: AuditReader(store: store), catalog: catalog).endpoints, gatekeeper: Names(), audit: log,
                catalog: catalog, renderer: try Renderer(templates: Templates.all, assets: Assets()), logger: .silent)
            try await withSite(front.add) { url in
                func rows(_ who: String, _ path: String = "/api/audit/export") async throws -> String {
                    var request = HTTPClientRequest(url: url + path)
                    request.headers.add(name: "X-Who", value: who)
                    let answer = try await HTTPClient.shared.execute(request, timeout: .seconds(30))
                    guard answer.status == .ok else { return "refused" }
                    let text = String(buffer: try await answer.body.collect(upTo: 1 << 20))
                    return text.split(separator: "\n").map { (try? JSON(parsing: String($0)))?["app"].string ?? "-" }.joined(separator: " ")
                }
                let found = [
                    try await rows("sre"), try await rows("kitchen"), try await rows("kitchen", "/api/audit/export?app=shop"),
                    try await rows("shop token"), try await rows("viewer"), try await rows(""),
                ]
                #expect(found == ["web shop -", "web", "", "shop", "refused", "refused"])
            }
        }
    }
}
