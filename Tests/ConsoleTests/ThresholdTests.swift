import Alerting
import AsyncHTTPClient
import Definitions
import Foundation
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

@Suite struct `Thresholds over HTTP` {
    @Test func `are listed, set and unset`() async throws {
        try await withTemporaryDirectory { folder in
            let file = folder.appending(path: "web.yml")
            try Data("scheduler: {type: ecs, desired_count: 1}\napp: {image: web, memory: 64}\n".utf8).write(to: file)
            let catalog = await LiveCatalog.load(
                CatalogSource(organizationFile: nil, paths: [file.path], loader: DefinitionLoader(cacheDirectory: nil)))
            let secret = try AccessToken.load(folder: folder.path())
            let front = Front(
                endpoints: ThresholdEndpoints(catalog: catalog, settings: ThresholdSettings(store: try SQLiteStore.inMemory())).endpoints,
                gatekeeper: TokenGatekeeper(token: secret, mayAnonymousRead: true), audit: AuditToLog(logger: .silent), catalog: catalog,
                renderer: try Renderer(templates: Layout.templates, assets: Assets()), logger: .silent)
            try await withSite(front.add) { url in
                func call(_ method: HTTPMethod, _ path: String, _ body: String = "", token: String? = nil) async throws -> (UInt, JSON) {
                    var request = HTTPClientRequest(url: url + path)
                    request.method = method
                    request.headers.add(name: "Authorization", value: "Bearer \(token ?? secret.text)")
                    request.body = .bytes(ByteBuffer(string: body))
                    let answer = try await HTTPClient.shared.execute(request, timeout: .seconds(30))
                    return (answer.status.code, try JSON(parsing: String(buffer: try await answer.body.collect(upTo: 1 << 20))))
                }
                let path = "/api/apps/web/thresholds/error_ratio"
                let wish = #"{"value": 0.2, "reason": "a migration", "by": "yuki", "until": "2999-12-24"}"#
                #expect(try await call(.PUT, path, wish, token: "other").0 == 401)
                #expect(try await call(.DELETE, path, token: "other").0 == 401)
                let (status, row) = try await call(.PUT, path, wish)
                #expect(status == 200 && row["value"].double == 0.2 && row["source"] == "setting" && row["setting"]["set_by"] == "yuki")
                let listed = try await call(.GET, "/api/apps/web/thresholds").1["thresholds"].array.first { $0["name"] == "error_ratio" }
                #expect(listed == row)
                #expect(try await call(.PUT, path, #"{"value": 7, "reason": "r"}"#).0 == 422)
                #expect(try await call(.PUT, path, "{").0 == 400)
                let (unknown, problem) = try await call(.PUT, "/api/apps/web/thresholds/eror_ratio", wish)
                #expect(unknown == 404 && problem["detail"] == "no threshold eror_ratio, did you mean error_ratio?")
                #expect(try await call(.GET, "/api/apps/wev/thresholds").1["detail"] == "no app wev, did you mean web?")
                let (_, back) = try await call(.DELETE, path)
                #expect(back["value"].double == 0.05 && back["source"] == "default")
                #expect(try await call(.DELETE, path).0 == 404)
            }
        }
    }
}
