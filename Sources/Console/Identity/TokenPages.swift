import Definitions
import HTTPTypes
import ServiceModel

/// `/me/tokens`: the tokens for programs that somebody has made. Admins see and revoke those of all.
struct TokenPages: Sendable {
    let tokens: APITokens
    let catalog: LiveCatalog

    static let standardDays = 90
    static let templates = ["tokens": TokenTemplates.list, "token": TokenTemplates.made]

    private static let fields: [Endpoint.Field] = [
        .init(name: "name", about: "What it is for", isRequired: true),
        .init(name: "role", about: "What it may do, not more than you may", schema: ["type": "string", "enum": JSON(Role.allCases.map(\.rawValue))]),
        .init(
            name: "apps", about: "The only apps that it may change: a list, or a text with commas; empty for all",
            schema: ["type": ["array", "string"]]),
        .init(
            name: "teams", about: "The teams that it develops for: a list, or a text with commas; yours if left out",
            schema: ["type": ["array", "string"]]),
        .init(
            name: "days", about: "So many days until it expires",
            schema: ["type": ["integer", "string"], "minimum": 1, "maximum": .integer(APITokens.longestDays)]),
    ]

    var endpoints: [Endpoint] {
        var create = Endpoint.action(
            "/me/tokens", api: .post, "/api/me/tokens", form: "/me/tokens", "Create an API token", permission: .own, body: Self.fields,
            returns: APIToken.schema, refusals: [409]
        ) { visit in try await self.create(visit) }
        create.successes = [201]
        create.template = "token"
        create.title = "token_made"
        return [
            .page(
                "/me/tokens", template: "tokens", title: "tokens", "List your API tokens", permission: .own,
                returns: Schema.object(["tokens": Schema.list(APIToken.schema), "roles": Schema.list(Schema.object(["role": Schema.text]))])
            ) { visit in
                .show(try await state(visit))
            },
            create,
            .action(
                "/me/tokens/{id}/revoke", api: .delete, "/api/me/tokens/{id}", "Revoke an API token", permission: .own,
                returns: Schema.object(["id": Schema.text, "state": Schema.text])
            ) { visit in
                try await revoke(visit)
            },
        ]
    }

    private func state(_ visit: Visit) async throws -> JSON {
        let caller = visit.caller
        let seesAll = caller.role == .admin
        let list = try await tokens.list(of: seesAll ? nil : caller.subject ?? "")
        return [
            "tokens": .array(list.map(Self.row)),
            "roles": .array(Role.allCases.filter { $0 <= caller.role ?? .viewer }.reversed().map { ["role": .string($0.rawValue)] }),
            "is_fresh": .bool(Freshness.isFresh(caller)), "again": .string(Freshness.link("/me/tokens")),
            "days": .integer(Self.standardDays), "done": visit.query["done"] == "token_revoked" ? "token_revoked" : .null,
        ]
    }

    private static func row(_ token: APIToken) -> JSON {
        var row = token.json
        row["limits"] = .string(
            ((token.apps ?? []).sorted() + (token.owner.role == .developer ? token.owner.teams.sorted() : [])).joined(separator: ", "))
        return row
    }

    private func create(_ visit: Visit) async throws -> Answer {
        let caller = visit.caller
        try Freshness.check(caller, back: "/me/tokens")
        guard let own = caller.role, let subject = caller.subject else { throw ConsoleError(status: .forbidden, detail: "nobody has no tokens") }
        let name = try visit.text("name", upTo: 100)
        let role = try role(visit, upTo: own)
        let (apps, teams) = try await (apps(visit), teams(visit))
        let days = try Self.days(visit.input["days"])
        guard try await tokens.list(of: subject).count < APITokens.limit else {
            throw ConsoleError(status: .conflict, detail: "you have \(APITokens.limit) tokens: revoke one first")
        }
        let owner = Person(subject: subject, name: caller.name, role: role, teams: teams)
        let (text, token) = try await tokens.make(name: name, owner: owner, apps: apps, days: days)
        var answer = token.json
        answer["token"] = .string(text)
        return .made(answer, change: .init(after: token.json))
    }

    private func revoke(_ visit: Visit) async throws -> Answer {
        let id = visit.parameters["id"] ?? ""
        let subject = visit.caller.role == .admin ? nil : visit.caller.subject ?? ""
        guard id.count >= 12, let token = try await tokens.list(of: subject).first(where: { $0.key.hasPrefix(id) }) else {
            throw ConsoleError.notFound("you have no token \(id.prefix(40)): its id is in the list of tokens")
        }
        try await tokens.revoke(token)
        return .done(
            ["id": .string(token.id), "state": "revoked"], see: "/me/tokens?done=token_revoked", change: .init(before: token.json))
    }

    // MARK: What is asked for

    private func role(_ visit: Visit, upTo own: Role) throws -> Role {
        guard let text = visit.input["role"].string, !text.isEmpty else { return own }
        guard let role = Role(rawValue: text) else {
            throw ConsoleError.invalid(
                "role", "no role is called \(text.prefix(40)): there are \(Role.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        guard role <= own else { throw ConsoleError.invalid("role", "you are \(own.rawValue), and a token may not do more than you") }
        return role
    }

    private func apps(_ visit: Visit) async throws -> Set<String>? {
        let names = Self.names(visit.input["apps"])
        let known = await catalog.catalog.apps
        for name in names where known[name] == nil {
            let hint = Naming.nearest(to: name, among: Array(known.keys)).map { ", did you mean \($0)?" } ?? ""
            throw ConsoleError.invalid("apps", "no app \(name.prefix(100))\(hint)")
        }
        if let limit = visit.caller.apps, names.isEmpty || !limit.isSuperset(of: names) {
            throw ConsoleError.invalid("apps", "your own token is limited to \(limit.sorted().joined(separator: ", "))")
        }
        return names.isEmpty ? nil : Set(names)
    }

    private func teams(_ visit: Visit) async throws -> Set<String> {
        let names = Self.names(visit.input["teams"])
        guard !names.isEmpty else { return visit.caller.teams }
        let known = await catalog.catalog.organization.teams
        for name in names {
            guard known[name] != nil else {
                let hint = Naming.nearest(to: name, among: Array(known.keys)).map { ", did you mean \($0)?" } ?? ""
                throw ConsoleError.invalid("teams", "no team \(name.prefix(100))\(hint)")
            }
            guard (visit.caller.role ?? .viewer) >= .sre || visit.caller.teams.contains(name) else {
                throw ConsoleError.invalid("teams", "you are no developer of \(name)")
            }
        }
        return Set(names)
    }

    private static func names(_ value: JSON) -> [String] {
        let texts = value.string.map { $0.split { $0 == "," || $0.isWhitespace }.map(String.init) } ?? value.strings
        return texts.filter { !$0.isEmpty }
    }

    private static func days(_ value: JSON) throws -> Int {
        if value.isNull || value.string == "" { return standardDays }
        guard let days = value.int ?? value.string.flatMap({ Int($0) }), (1...APITokens.longestDays).contains(days) else {
            throw ConsoleError.invalid("days", "a token lasts from 1 to \(APITokens.longestDays) days")
        }
        return days
    }
}
