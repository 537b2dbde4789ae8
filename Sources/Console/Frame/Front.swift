import Definitions
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import ServiceModel

/// Takes requests to endpoints: who asks, may they, what do they say, and the answer in the form they want.
struct Front: Sendable {
    let endpoints: [Endpoint]
    let gatekeeper: any Gatekeeper
    let audit: any AuditRecorder
    let catalog: LiveCatalog
    let renderer: Renderer
    let logger: Logger
    /// Remembers actions that come with a key; nil where none is remembered.
    var repeats: Repeats?
    /// Nil where no page is live.
    var hub: EventHub?

    func add(to router: Router<ConsoleContext>) {
        for endpoint in endpoints {
            for (route, isPage) in [(endpoint.page, true), (endpoint.api, false)] {
                guard let route else { continue }
                router.on(RouterPath(route.path), method: route.method) { request, context in
                    await respond(to: request, context, endpoint, isPage: isPage)
                }
            }
        }
        router.add(middleware: NotFound(front: self))
    }

    // MARK: Answering

    func respond(to request: Request, _ context: ConsoleContext, _ endpoint: Endpoint?, isPage: Bool) async -> Response {
        let caller = await gatekeeper.caller(request.headers)
        var visit = Visit(request, context, caller: caller, wantsJSON: !isPage || Self.prefersJSON(request.headers))
        visit.event = hub?.latest ?? 0
        do {
            try RequestLine.check(request.uri)
            guard let endpoint else { throw nothing(at: request) }
            if caller.proof != .machine { try checkHost(request) }
            visit = try await admit(visit, request, endpoint)
            return try await response(to: visit, endpoint, endpoint.isOnce ? once(visit, endpoint) : perform(visit, endpoint))
        } catch let error as ConsoleError {
            await recordDenial(visit, endpoint, error)
            return await refusal(visit, endpoint, error)
        } catch let error as Performed {
            return await refusal(visit, endpoint, error.reason)
        } catch is CancellationError {
            return Response(status: .serviceUnavailable)
        } catch {
            return await refusal(visit, endpoint, trouble(error, visit))
        }
    }

    private func admit(_ visit: Visit, _ request: Request, _ endpoint: Endpoint) async throws -> Visit {
        let named = visit.parameters["app"]
        var app: Visit.App?
        var unknown: ConsoleError?
        if let named {
            let catalog = await catalog.catalog
            if let found = catalog.apps[named] {
                app = Visit.App(name: named, definition: found.definition, team: found.team)
            } else {
                let hint = Naming.nearest(to: named, among: Array(catalog.apps.keys)).map { ", did you mean \($0)?" } ?? ""
                unknown = .notFound("no app \(named.prefix(100))\(hint)")
            }
        }
        switch endpoint.permission.verdict(for: visit.caller, app: named, team: app?.team) {
        case .allowed: break
        case .unknownCaller:
            throw ConsoleError(
                status: .unauthorized,
                detail: visit.headers[.authorization] != nil
                    ? "this token is unknown, has expired or was revoked: make another at /me/tokens, or with jubako login"
                    : visit.wantsJSON ? "sign in, or show a token: Authorization: Bearer …" : "sign in first")
        case .denied(let whoCan):
            // Who may do nothing with it does not learn what exists.
            throw ConsoleError(status: .forbidden, detail: "\(visit.caller.name) may not do this", whoCan: whoCan)
        }
        if let unknown { throw unknown }
        try endpoint.checkQuery(visit)
        var input: JSON = [:]
        if endpoint.changesSomething {
            input = try await Input.read(request, limit: endpoint.mostBody)
            try FormProof.check(request.headers, visit.caller, input)
            if !Input.isForm(request.headers) { try endpoint.checkBody(input) }
        }
        return visit.with(input: input, app: app)
    }

    private func response(to visit: Visit, _ endpoint: Endpoint, _ answer: Answer) async throws -> Response {
        switch answer {
        case .response(let response): return response
        case .show(let data, let version):
            var response = try show(visit, endpoint, data)
            if let version { response.headers[.eTag] = "\"\(version)\"" }
            if let next = visit.next(data, endpoint), let link = HTTPField.Name("Link") { response.headers[link] = "<\(next)>; rel=\"next\"" }
            return response
        case .done(let data, let see, let status, _):
            if visit.wantsJSON { return Self.json(data, status: status) }
            return Response(status: .seeOther, headers: [.location: see])
        case .made(let data, _): return try show(visit, endpoint, data, status: .created)
        }
    }

    func show(_ visit: Visit, _ endpoint: Endpoint, _ data: JSON, status: HTTPResponse.Status = .ok, form: JSON = .null) throws -> Response {
        guard !visit.wantsJSON, let template = endpoint.template else { return Self.json(data, status: status) }
        let page = Page(template: template, title: endpoint.title ?? "", data: data, form: form)
        return renderer.response(page, for: visit, status: status)
    }

    private func checkHost(_ request: Request) throws {
        guard let hosts = gatekeeper.hosts else { return }
        let host = Self.host(request.head.authority ?? "")
        guard hosts.contains(host) else {
            throw ConsoleError(status: .misdirectedRequest, detail: "this server is not called \(host.prefix(100))")
        }
    }

    func trouble(_ error: any Error, _ visit: Visit) -> ConsoleError {
        logger.error("a request failed", metadata: ["path": "\(visit.path)", "error": "\(error)", "request": "\(visit.id)"])
        return ConsoleError(status: .serviceUnavailable, detail: "\(error)", retryAfter: 5)
    }

    /// Without its port, if it has one.
    private static func host(_ authority: String) -> String {
        guard let colon = authority.utf8.lastIndex(of: UInt8(ascii: ":")), authority.utf8.last != UInt8(ascii: "]") else {
            return authority.lowercased()
        }
        return authority[..<colon].lowercased()
    }

    // MARK: Forms of answers

    static func json(_ value: JSON, status: HTTPResponse.Status = .ok, type: String = "application/json") -> Response {
        Response(
            status: status, headers: [.contentType: type, .cacheControl: "no-store", .xContentTypeOptions: "nosniff"],
            body: .init(byteBuffer: ByteBuffer(bytes: value.bytes)))
    }

    private static func prefersJSON(_ headers: HTTPFields) -> Bool {
        guard let accept = headers[.accept] else { return false }
        return accept.contains("application/json") && !accept.contains("text/html")
    }
}

/// Answers what no endpoint does with a page or a problem of ours.
private struct NotFound: RouterMiddleware {
    let front: Front

    func handle(_ request: Request, context: ConsoleContext, next: @concurrent (Request, ConsoleContext) async throws -> Response) async throws
        -> Response
    {
        do {
            return try await next(request, context)
        } catch let error as HTTPError where error.status == .notFound {
            return await front.respond(to: request, context, nil, isPage: !request.uri.path.hasPrefix("/api/"))
        }
    }
}
