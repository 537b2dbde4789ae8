import Foundation
import HTTPTypes
import Hummingbird
import ServiceModel

extension Front {
    /// The answer to a request that was refused: a problem for programs, the form again or a page for browsers.
    func refusal(_ visit: Visit, _ endpoint: Endpoint?, _ error: ConsoleError) async -> Response {
        var response = await refused(visit, endpoint, error)
        if let seconds = error.retryAfter { response.headers[.retryAfter] = "\(seconds)" }
        if !error.allow.isEmpty { response.headers[.allow] = error.allow.joined(separator: ", ") }
        return response
    }

    private func refused(_ visit: Visit, _ endpoint: Endpoint?, _ error: ConsoleError) async -> Response {
        if visit.wantsJSON {
            var response = Self.json(error.json(instance: visit.id), status: error.status, type: "application/problem+json")
            if error.status == .unauthorized { response.headers[.wwwAuthenticate] = "Bearer" }
            return response
        }
        if error.status == .unauthorized, let path = gatekeeper.signInPath {
            let back = visit.path.addingPercentEncoding(withAllowedCharacters: .urlQueryAllowed.subtracting(["&", "+", "="])) ?? "/"
            return Response(status: .seeOther, headers: [.location: "\(path)?back=\(back)"])
        }
        if let form = endpoint?.form, let shown = await formAgain(visit, form, error) { return shown }
        let page = Page(template: "error", title: "error", data: error.pageData(instance: visit.id), form: .null)
        return renderer.response(page, for: visit, status: error.status)
    }

    /// The page that a form came from, with what was typed and what is wrong with it.
    private func formAgain(_ visit: Visit, _ path: String, _ error: ConsoleError) async -> Response? {
        guard error.status == .unprocessableContent || error.status == .preconditionFailed || error.status == .conflict,
            let page = endpoints.first(where: { $0.page == .init(method: .get, path: path) }),
            case .show(let data, _)? = try? await page.answer(visit)
        else { return nil }
        var form = visit.input
        for name in [FormProof.field, Repeats.field, Visit.versionField] { form[name] = .null }
        var messages: JSON = [:]
        for field in error.fields { messages[field.name] = .string(field.detail) }
        let said: JSON = [
            "values": form, "errors": messages, "detail": .string(error.detail), "current": error.current ?? .null,
            "differences": .array(
                error.differences.map { ["name": .string($0.name), "yours": $0.yours, "current": $0.current] as JSON }),
        ]
        return try? show(visit, page, data, status: error.status, form: said)
    }

    /// There is no such address, or it takes other methods.
    func nothing(at request: Request) -> ConsoleError {
        let parts = request.uri.path.split(separator: "/")
        let others = ProgramRoutes.described.flatMap { route in route.operations.object.keys.map { (route.path, $0.uppercased()) } }
        let known = endpoints.flatMap { [$0.page, $0.api].compactMap(\.self) }.map { ($0.path, $0.method.rawValue) } + others
        let methods = Set(
            known.filter { path, _ in
                let pattern = path.split(separator: "/")
                return pattern.count == parts.count && zip(pattern, parts).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
            }.map(\.1))
        guard !methods.isEmpty, !methods.contains(request.method.rawValue) else {
            return .notFound("there is nothing at \(request.uri.string.prefix(200))")
        }
        return ConsoleError(
            status: .methodNotAllowed,
            detail: "this address takes \(methods.sorted().joined(separator: ", ")), not \(request.method.rawValue.prefix(20))",
            allow: methods.sorted())
    }
}

extension Visit {
    /// The address of the next page of a list, where its answer names one.
    func next(_ data: JSON, _ endpoint: Endpoint) -> String? {
        guard let next = data["next"].string else { return nil }
        let place = path.prefix { $0 != "?" }
        if next.hasPrefix("?") { return place + next }
        let name = endpoint.query.contains { $0.name == "before" } ? "before" : "cursor"
        var fields = Input.fields(path.split(separator: "?", maxSplits: 1).dropFirst().first.map(String.init) ?? "").filter { $0.0 != name }
        fields.append((name, next))
        let query = fields.map { name, value in
            [name, value].map { $0.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "" }.joined(separator: "=")
        }
        return place + "?" + query.joined(separator: "&")
    }
}
