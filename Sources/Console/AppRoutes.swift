import Alerting
import Definitions
import HTTPTypes
import Hummingbird
import NIOCore
import ServiceModel

/// What people ask of an app's alerts: `/api/apps/APP/…`. Whoever changes something shows the token.
struct AppRoutes: Sendable {
    let catalog: LiveCatalog
    let ledger: AlertLedger
    let channels: ChannelSettings
    let troubles: ChannelTroubles
    let proof: ChannelProof
    let router: AlertRouter
    let token: BearerToken

    func add(to routes: some RouterMethods<some RequestContext>) {
        routes.get("/api/apps/:app/alerts") { request, context in
            await answer(context) { app in
                let page = try await ledger.entries(of: app, before: request.uri.queryParameters["before"].map(String.init))
                return ["alerts": .array(page.entries.map(\.json)), "next": page.next.map(JSON.string) ?? .null]
            }
        }
        routes.get("/api/apps/:app/channel") { _, context in
            await answer(context) { app in
                let route = try await router.route(labels: ["app": app])
                return [
                    "app": .string(app), "channel": route.channel.map(JSON.string) ?? .null, "reasons": JSON(route.reasons),
                    "setting": try await channels.channel(of: app)?.json ?? .null,
                    "troubles": .array(try await troubles.troubles(of: app).map(\.json)),
                ]
            }
        }
        routes.put("/api/apps/:app/channel") { request, context in
            guard token.matches(authorization: request.headers[.authorization]) else {
                return Problem.response(.unauthorized, "show the server's token: Authorization: Bearer …")
            }
            let input: JSON
            do {
                input = try JSON(parsing: try await request.body.collect(upTo: 4096).readableBytesView)
            } catch {
                return Problem.response(.badRequest, "the body is to be {\"channel\": \"#name\", \"by\": \"who\"}")
            }
            return await answer(context) { app in
                try await proof.set(input["channel"].string ?? "", for: app, by: input["by"].string ?? "somebody").json
            }
        }
    }

    private func answer(_ context: some RequestContext, _ body: (String) async throws -> JSON) async -> Response {
        let app = context.parameters.get("app") ?? ""
        let known = await catalog.catalog.apps
        guard known[app] != nil else {
            let hint = Naming.nearest(to: app, among: Array(known.keys)).map { ", did you mean \($0)?" } ?? ""
            return Problem.response(.notFound, "no app \(app.prefix(100))\(hint)")
        }
        do {
            return Problem.json(try await body(app))
        } catch let error as ChannelProofError {
            return Problem.response(.unprocessableContent, error.description)
        } catch {
            return Problem.response(.serviceUnavailable, "\(error)")
        }
    }
}
