import HTTPTypes
import Hummingbird
import NIOCore
import ServiceModel

/// `/openapi.json`: the interface for programs, made of the endpoints that are really there.
struct OpenAPI: Sendable {
    let endpoints: [Endpoint]
    /// Whether somebody who showed nothing may read.
    var mayAnonymousRead = true

    var endpoint: Endpoint {
        let bytes = ByteBuffer(bytes: document.bytes)
        var endpoint = Endpoint(summary: "Read how programs talk to this server", permission: .open) { _ in
            .response(Response(status: .ok, headers: [.contentType: "application/json"], body: .init(byteBuffer: bytes)))
        }
        endpoint.page = Endpoint.Route(method: .get, path: "/openapi.json")
        return endpoint
    }

    var document: JSON {
        var paths = JSONObject()
        for endpoint in endpoints {
            guard let route = endpoint.api else { continue }
            var path = paths[route.path] ?? [:]
            path[route.method.rawValue.lowercased()] = operation(endpoint, route)
            paths[route.path] = path
        }
        for (path, operations) in ProgramRoutes.described { paths[path] = operations }
        return [
            "openapi": "3.1.0",
            "info": [
                "title": "Jubako", "version": "1",
                "description": """
                What the console shows and does, for programs. Times are RFC 3339 in UTC, names are in snake case. Lists come in pages: \
                `cursor` is the `next` of the page before, and `Link: rel="next"` its address. Errors are `application/problem+json` (RFC 9457).
                """,
            ],
            "servers": [["url": "/"]],
            "paths": .object(paths),
            "components": [
                "securitySchemes": [
                    "token": ["type": "http", "scheme": "bearer", "description": "An API token, or the server's own."],
                    "session": ["type": "apiKey", "in": "cookie", "name": .string(SignIn.cookie), "description": "A browser that is signed in."],
                ],
                "schemas": ["Problem": Self.problem],
            ],
            "x-not-described": .object(JSONObject(ProgramRoutes.leftOut.map { ($0.0, .string($0.1)) }, uniquingKeysWith: { first, _ in first })),
        ]
    }

    private static let problem: JSON = Schema.object([
        "type": ["type": "string", "format": "uri-reference"], "title": Schema.text, "status": Schema.integer, "detail": Schema.text,
        "instance?": Schema.text, "errors?": Schema.list(Schema.object(["pointer": Schema.text, "detail": Schema.text])), "who_can?": Schema.text,
        "current?": [:], "differences?": Schema.list(Schema.object(["pointer": Schema.text, "yours": [:], "current": [:]])),
        "retry_after_s?": Schema.integer,
    ])

    // MARK: Operations

    private func operation(_ endpoint: Endpoint, _ route: Endpoint.Route) -> JSON {
        var operation: JSON = [
            "operationId": .string(Self.name(route)), "summary": .string(endpoint.summary),
            "description": .string("Who may: \(endpoint.permission.about)."),
            "x-permission": .string(endpoint.permission.rawValue), "responses": responses(endpoint, route),
        ]
        let parameters = parameters(endpoint, route)
        if !parameters.isEmpty { operation["parameters"] = .array(parameters) }
        if endpoint.changesSomething, route.method != .delete { operation["requestBody"] = Self.requestBody(endpoint) }
        let known: [JSON] = [["token": []], ["session": []]]
        switch endpoint.permission {
        case .open: operation["security"] = []
        case .read where mayAnonymousRead: operation["security"] = .array(known + [[:]])
        case .machine: operation["security"] = [["token": []]]
        default: operation["security"] = .array(known)
        }
        return operation
    }

    /// `put_apps_app_channel`
    static func name(_ route: Endpoint.Route) -> String {
        let parts = route.path.split(whereSeparator: { "/{}-.".contains($0) }).drop { $0 == "api" }
        return ([route.method.rawValue.lowercased()] + parts.map(String.init)).joined(separator: "_")
    }

    private func parameters(_ endpoint: Endpoint, _ route: Endpoint.Route) -> [JSON] {
        var parameters: [JSON] = route.path.matches(of: /\{([a-z_]+)\}/).map { match in
            ["name": .string(String(match.1)), "in": "path", "required": true, "schema": ["type": "string", "minLength": 1]]
        }
        for field in endpoint.query {
            var parameter: JSON = ["name": .string(field.name), "in": "query", "description": .string(field.about), "schema": field.schema]
            if field.isRequired { parameter["required"] = true }
            if field.isRepeatable { parameter["schema"] = Schema.list(field.schema) }
            parameters.append(parameter)
        }
        func header(_ name: String, _ about: String, _ schema: JSON = Schema.text) {
            parameters.append(["name": .string(name), "in": "header", "description": .string(about), "schema": schema])
        }
        if endpoint.isVersioned, endpoint.changesSomething {
            header("If-Match", "The ETag of what the edit is based on: 412 when somebody was faster")
        }
        if endpoint.isOnce {
            header(
                "Idempotency-Key", "What comes twice with the same key within a day is done once",
                ["type": "string", "pattern": "^[!-~]{1,255}$"])
        }
        return parameters
    }

    private static func requestBody(_ endpoint: Endpoint) -> JSON {
        var properties = JSONObject()
        for field in endpoint.body {
            // Null is as good as left out.
            var schema = field.isRequired ? field.schema : Schema.nullable(field.schema)
            schema["description"] = .string(field.about)
            properties[field.name] = schema
        }
        let required = endpoint.body.filter(\.isRequired).map(\.name)
        var schema: JSON = ["type": "object", "properties": .object(properties)]
        if !required.isEmpty { schema["required"] = JSON(required) }
        return ["required": .bool(!required.isEmpty), "content": ["application/json": ["schema": schema]]]
    }

    // MARK: Answers

    private func responses(_ endpoint: Endpoint, _ route: Endpoint.Route) -> JSON {
        var responses = JSONObject()
        var success: JSON = ["description": "Success"]
        if endpoint.produces.isEmpty {
            success["content"] = ["application/json": ["schema": endpoint.returns]]
        } else {
            success["content"] = .object(
                JSONObject(endpoint.produces.map { ($0, ["schema": Schema.text]) }, uniquingKeysWith: { first, _ in first }))
        }
        if endpoint.query.contains(where: { $0.name == "cursor" }) {
            success["headers"] = ["Link": ["description": "The next page: rel=\"next\"", "schema": Schema.text]]
        }
        if endpoint.isVersioned, !endpoint.changesSomething {
            success["headers"] = ["ETag": ["description": "For If-Match", "schema": Schema.text]]
        }
        for code in endpoint.successes { responses[String(code)] = success }
        for code in codes(endpoint, route) {
            responses[String(code)] = Self.problemResponse(code)
        }
        responses.sort { $0.key < $1.key }
        return .object(responses)
    }

    /// The codes of refusals, and why each may come.
    private func codes(_ endpoint: Endpoint, _ route: Endpoint.Route) -> Set<Int> {
        var codes: Set<Int> = [400, 414, 421, 503]
        if endpoint.permission != .open { codes.formUnion([401, 403]) }
        if route.path.contains("{") { codes.insert(404) }
        if endpoint.changesSomething { codes.formUnion([413, 415, 422]) }
        if endpoint.isOnce { codes.formUnion([409, 429]) }
        if endpoint.isVersioned, endpoint.changesSomething { codes.insert(412) }
        return codes.union(endpoint.refusals)
    }

    static func problemResponse(_ code: Int) -> JSON {
        [
            "description": .string(HTTPResponse.Status(code: code).reasonPhrase),
            "content": ["application/problem+json": ["schema": ["$ref": "#/components/schemas/Problem"]]],
        ]
    }
}

extension Permission {
    /// Who has it, in words.
    var about: String {
        switch self {
        case .open: "anybody"
        case .read: "whoever may see the console"
        case .develop: "developers of the app's team, SREs, admins"
        case .sign: "members of the groups of gate.business in jubako.yml, SREs, admins; each as what they are"
        case .contribute: "developers, SREs, admins; what it concerns is looked at closer"
        case .review: "SREs and admins; developers see what concerns their teams' apps"
        case .operate: "SREs, admins"
        case .administer: "admins"
        case .own: "everybody who is signed in, about themselves"
        case .machine: "the server's own token"
        }
    }
}
