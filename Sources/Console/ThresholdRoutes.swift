import Alerting
import Definitions
import HTTPTypes
import Hummingbird
import Monitoring
import NIOCore
import ServiceModel

/// What the generic rules compare with, app by app: `/api/apps/APP/thresholds`. Whoever changes something shows the token.
struct ThresholdRoutes: Sendable {
    let catalog: LiveCatalog
    let settings: ThresholdSettings
    let token: BearerToken

    func add(to routes: Router<BasicRequestContext>) {
        routes.get("/api/apps/:app/thresholds") { _, context in
            await answer(context) { app, catalog in
                let table = ThresholdTable(of: app, in: catalog, settings: try await settings.settings(of: app))
                return Problem.json(["app": .string(app), "thresholds": .array(table.rows.map(\.json))])
            }
        }
        routes.put("/api/apps/:app/thresholds/:name") { request, context in
            guard token.matches(authorization: request.headers[.authorization]) else { return Self.unauthorized }
            guard let body = try? await request.body.collect(upTo: 4096), let input = try? JSON(parsing: body.readableBytesView) else {
                return Problem.response(
                    .badRequest, "the body is to be {\"value\": 0.1, \"reason\": \"why\", \"by\": \"who\", \"until\": \"2026-12-24\"}")
            }
            return await answer(context) { app, catalog in
                try await named(context, catalog) { name in
                    try await settings.put(try ThresholdRequest(input, of: name, for: app).setting)
                    return try await row(name, of: app, catalog)
                }
            }
        }
        routes.delete("/api/apps/:app/thresholds/:name") { request, context in
            guard token.matches(authorization: request.headers[.authorization]) else { return Self.unauthorized }
            return await answer(context) { app, catalog in
                // also for a name that jubako.yml has no longer
                let name = context.parameters.get("name") ?? ""
                if try await settings.remove(name, of: app) != nil { return try await row(name, of: app, catalog) }
                return try await named(context, catalog) { name in
                    Problem.response(.notFound, "no threshold \(name) was set for \(app): what it is comes from the definition or jubako.yml")
                }
            }
        }
    }

    private static var unauthorized: Response {
        Problem.response(.unauthorized, "show the server's token: Authorization: Bearer …")
    }

    private func row(_ name: String, of app: String, _ catalog: Catalog) async throws -> Response {
        let table = ThresholdTable(of: app, in: catalog, settings: try await settings.settings(of: app))
        return Problem.json(table.rows.first { $0.name == name }?.json ?? ["name": .string(name)])
    }

    private func named(_ context: BasicRequestContext, _ catalog: Catalog, _ body: (String) async throws -> Response) async throws -> Response {
        let name = context.parameters.get("name") ?? ""
        let known = catalog.organization.thresholds
        guard known[name] != nil else { return Self.unknown("threshold", name, among: known.keys.sorted()) }
        return try await body(name)
    }

    private func answer(_ context: BasicRequestContext, _ body: (String, Catalog) async throws -> Response) async -> Response {
        let app = context.parameters.get("app") ?? ""
        let catalog = await catalog.catalog
        guard catalog.apps[app] != nil else { return Self.unknown("app", app, among: catalog.apps.keys.sorted()) }
        do {
            return try await body(app, catalog)
        } catch let error as ThresholdRequest.Objection {
            return Problem.response(.unprocessableContent, error.description)
        } catch {
            return Problem.response(.serviceUnavailable, "\(error)")
        }
    }

    private static func unknown(_ what: String, _ name: String, among known: [String]) -> Response {
        let hint = Naming.nearest(to: name, among: known).map { ", did you mean \($0)?" } ?? ""
        return Problem.response(.notFound, "no \(what) \(name.prefix(100))\(hint)")
    }
}
