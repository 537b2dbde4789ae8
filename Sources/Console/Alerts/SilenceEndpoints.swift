import Alerting
import Definitions
import Foundation
import HTTPTypes
import Monitoring
import ServiceModel

/// Silences: made, seen and ended in Alertmanager, with a preview of what they keep back.
struct SilenceEndpoints: Sendable {
    let alertmanager: AlertmanagerClient
    let catalog: LiveCatalog
    let library: RuleLibrary

    /// So long at most, in seconds: what nobody remembers must not last.
    private static let longest: TimeInterval = 30 * 86_400

    private static let body: [Endpoint.Field] = [
        .init(
            name: "matchers", about: "As in alertname=\"AppDown\": a list, or a text with one in each line",
            schema: ["type": ["array", "string"], "items": ["type": "string"]]),
        .init(name: "reason", about: "Why", isRequired: true),
        .init(name: "for", about: "How long, as in 2h or 3d", schema: ["type": "string", "pattern": "^[0-9]+[mhd]$"]),
        .init(name: "by", about: "Who, where the caller is a program"),
    ]

    static let silence = Schema.object([
        "id": Schema.text, "state": Schema.text, "matchers": Schema.texts, "starts_at": Schema.time, "ends_at": Schema.time, "by": Schema.text,
        "reason": Schema.text, "is_active?": Schema.bool,
    ])
    private static let list = Schema.object(["silences": Schema.list(silence), "done?": Schema.optional(Schema.text)])
    private static let made = Schema.object([
        "id": Schema.text, "matchers": Schema.texts, "ends_at": Schema.time, "by": Schema.text, "reason": Schema.text, "firing": Schema.integer,
        "apps": Schema.texts,
    ])

    var endpoints: [Endpoint] {
        [
            .page(
                "/silences", template: "silences", title: "silences", "List silences", query: [.init(name: "app", about: "Those of one app")],
                returns: Self.list
            ) { visit in .show(["silences": try await list(app: visit.query["app"]), "done": JSON(notice(visit))]) }.with { $0.refusals = [502] },
            .page(
                "/silences/new", api: "/api/silences/preview", template: "silence", title: "silence_new", "Preview what a silence keeps back",
                query: [
                    .init(name: "matcher", about: "As in app=recipes; repeatable", isRepeatable: true), .init(name: "for", about: "How long"),
                    .init(name: "reason", about: "Why"),
                ],
                returns: Schema.object([
                    "matchers": Schema.texts, "for": Schema.text, "reason": Schema.text,
                    "choices": Schema.list(Schema.object(["length": Schema.text, "is_chosen": Schema.bool])),
                    "preview?": Schema.object([
                        "firing": Schema.list(Schema.anything), "quiet": Schema.list(Schema.anything), "apps": Schema.texts,
                    ]),
                ])
            ) { visit in .show(try await preview(visit)) }.with { $0.refusals = [404, 422, 502] },
            .api(.get, "/api/apps/{app}/silences", "List an app's silences", returns: Self.list) { visit in
                .show(["silences": try await list(app: visit.requireApp().name)])
            }.with { $0.refusals = [502] },
            .action(
                nil, api: .post, "/api/apps/{app}/silences", "Silence alerts of an app", permission: .develop, body: Self.body, returns: Self.made,
                refusals: [502]
            ) { visit in
                let own = Matcher(name: "app", value: try visit.requireApp().name)
                return try await create(visit, [own] + matchers(visit.input).filter { $0.name != "app" })
            }.with { $0.successes = [201] },
            .action(
                "/silences", api: .post, "/api/silences", form: "/silences/new", "Silence alerts", permission: .contribute, body: Self.body,
                returns: Self.made, refusals: [502]
            ) { visit in
                let matchers = try matchers(visit.input)
                try await permit(visit, matchers)
                return try await create(visit, matchers)
            }.with { $0.successes = [201] },
            .action(
                "/silences/{id}/expire", api: .delete, "/api/silences/{id}", "End a silence", permission: .contribute,
                returns: Schema.object(["id": Schema.text, "state": Schema.text]), refusals: [502]
            ) { visit in try await expire(visit) },
        ]
    }

    private func notice(_ visit: Visit) -> String? {
        visit.query["done"].flatMap { ["silence_made", "silence_ended"].contains($0) ? $0 : nil }
    }

    // MARK: Reading

    /// Those that are in force or will be; of one app, when it is given.
    func list(app: String? = nil) async throws -> JSON {
        let silences = try await asked { () async throws(AlertmanagerError) in try await alertmanager.silences() }
        let labels = app.map { ["app": $0] }
        return .array(
            silences.filter { silence in
                guard let labels else { return true }
                return silence.matchers.contains { $0.name == "app" && $0.matches(labels) }
            }.map { silence in
                var json = silence.json
                json["is_active"] = .bool(silence.state == .active)
                return json
            })
    }

    private func preview(_ visit: Visit) async throws -> JSON {
        let texts = visit.queries("matcher").filter { !$0.isEmpty }
        let matchers = try texts.map(Self.matcher)
        var answer: JSON = [
            "matchers": JSON(matchers.map(\.description)), "for": .string(visit.query["for"] ?? "2h"), "reason": .string(visit.query["reason"] ?? ""),
            "choices": .array(
                ["30m", "2h", "8h", "24h", "3d", "7d"].map {
                    ["length": .string($0), "is_chosen": .bool($0 == (visit.query["for"] ?? "2h"))]
                }),
        ]
        if !matchers.isEmpty { answer["preview"] = try await preview(matchers).json }
        return answer
    }

    /// What fires now, and what may: the generic rules and the team's own, of every app that the matchers mean.
    func preview(_ matchers: [Matcher]) async throws -> SilencePreview {
        let catalog = await catalog.catalog
        var known: [[String: String]] = []
        for app in catalog.apps.values.sorted(by: { $0.name < $1.name }) {
            var labels = ["app": app.name]
            labels["team"] = app.team
            let own = app.alerts.map { rule in labels.merging(rule.labels) { $1 }.merging(["alertname": rule.name]) { $1 } }
            known += own + library.alerts.map { labels.merging(["alertname": $0]) { $1 } }
        }
        let all = known
        return try await asked { () async throws(AlertmanagerError) in try await alertmanager.preview(matchers, known: all) }
    }

    // MARK: Changing

    private func create(_ visit: Visit, _ matchers: [Matcher]) async throws -> Answer {
        guard !matchers.isEmpty else { throw ConsoleError.invalid("matchers", "name at least one matcher, such as app=\"recipes\"") }
        let length = try Self.length(visit.input["for"].string ?? "2h")
        let now = Date()
        let request = SilenceRequest(
            matchers: matchers, startsAt: now, endsAt: now + length, createdBy: visit.actor, comment: try visit.text("reason"))
        if let problem = request.problem { throw ConsoleError.invalid("matchers", problem) }
        let shown = try await preview(matchers)
        let id = try await asked { () async throws(AlertmanagerError) in try await alertmanager.create(request) }
        let made: JSON = [
            "id": .string(id), "matchers": JSON(matchers.map(\.description)), "ends_at": .string(request.endsAt.formatted(.iso8601)),
            "by": .string(request.createdBy), "reason": .string(request.comment), "firing": .integer(shown.firing.count), "apps": JSON(shown.apps),
        ]
        return .done(made, see: "/silences?done=silence_made", status: .created, change: .init(after: made, reason: request.comment))
    }

    private func expire(_ visit: Visit) async throws -> Answer {
        let id = visit.parameters["id"] ?? ""
        let all = try await asked { () async throws(AlertmanagerError) in try await alertmanager.silences(includingExpired: true) }
        guard let silence = all.first(where: { $0.id == id }) else { throw ConsoleError.notFound("no silence \(id.prefix(60))") }
        try await permit(visit, silence.matchers)
        if silence.state != .expired { try await asked { () async throws(AlertmanagerError) in try await alertmanager.expire(id) } }
        return .done(["id": .string(id), "state": "expired"], see: "/silences?done=silence_ended", change: .init(before: silence.json))
    }

    /// Who may silence alerts of one app may not silence those of others.
    private func permit(_ visit: Visit, _ matchers: [Matcher]) async throws {
        let named = matchers.first { $0.name == "app" && $0.isEqual && !$0.isRegex }?.value
        let team: String? = if let named { await catalog.catalog.apps[named]?.team } else { nil }
        let permission: Permission = named == nil ? .operate : .develop
        if case .denied(let whoCan) = permission.verdict(for: visit.caller, app: named, team: team) {
            let what = named.map { "alerts of \($0)" } ?? "alerts of more than one app"
            throw ConsoleError(status: .forbidden, detail: "\(visit.caller.name) may not silence \(what)", whoCan: whoCan)
        }
    }

    // MARK: Parts

    private func matchers(_ input: JSON) throws -> [Matcher] {
        let texts = input["matchers"].string.map { $0.split(whereSeparator: \.isNewline).map(String.init) } ?? input["matchers"].strings
        return try texts.map { $0.trimmingWhitespace() }.filter { !$0.isEmpty }.map(Self.matcher)
    }

    private static func matcher(_ text: String) throws -> Matcher {
        guard let matcher = Matcher(parsing: text) else {
            throw ConsoleError.invalid("matchers", "\(text.prefix(100)) is no matcher: write name=\"value\", name!=\"value\" or name=~\"regex\"")
        }
        return matcher
    }

    private static func length(_ text: String) throws -> TimeInterval {
        let units: [Character: TimeInterval] = ["m": 60, "h": 3600, "d": 86_400]
        guard let unit = text.last.flatMap({ units[$0] }), let number = Double(text.dropLast()), number > 0 else {
            throw ConsoleError.invalid("for", "for is a length such as 30m, 2h or 3d, not \(text.prefix(40))")
        }
        guard number * unit <= longest else { throw ConsoleError.invalid("for", "a silence lasts 30 days at most") }
        return number * unit
    }

    private func asked<Result>(_ body: () async throws(AlertmanagerError) -> Result) async throws -> Result {
        do { return try await body() } catch {
            let status: HTTPResponse.Status = error.code == .refused ? .unprocessableContent : error.code == .notFound ? .notFound : .badGateway
            throw ConsoleError(status: status, detail: error.description)
        }
    }
}
