import Alerting
import Definitions
import Foundation
import HTTPTypes
import Logging
import Objectives
import ServiceModel

/// The deploy gate: how it stands, decisions, and the overrides that let a deploy pass.
struct GateEndpoints: Sendable {
    let gate: DeployGate
    let notices: ChannelNotices
    let catalog: LiveCatalog
    /// Where people reach this server.
    let url: String
    let logger: Logger

    private static let notified: Set<String> = ["gate_opened", "gate_signed"]
    private static let lengths = ["1h", "4h", "8h", "1d", "3d", "7d"]
    private static let environment = Endpoint.Field(name: "environment", about: "Where; known where an app runs in one place only")
    private static let by = Endpoint.Field(name: "by", about: "Who, where the caller is a program")

    static let override = Schema.object([
        "id": Schema.text, "reason": Schema.text, "until": Schema.time, "opened_by?": Schema.text, "used_by?": Schema.text,
        "signatures": Schema.list(
            Schema.object(["person": Schema.text, "role": Schema.choice(GateOverride.Role.allCases.map(\.rawValue)), "at": Schema.time])),
        "missing?": Schema.texts, "is_complete?": Schema.bool, "may_sign?": Schema.bool,
    ])
    private static let decision = Schema.object([
        "app": Schema.text, "environment?": Schema.optional(Schema.text), "light": Schema.choice(["green", "amber", "red"]), "allowed": Schema.bool,
        "sentence": Schema.text, "quote?": Schema.anything, "exception?": Schema.anything, "spent": Schema.texts, "way_out": Schema.texts,
        "policy?": Schema.anything, "overrides?": Schema.list(override), "lengths?": Schema.texts, "done?": Schema.optional(Schema.text),
        "state?": Schema.text,
    ])

    var endpoints: [Endpoint] {
        [
            .page(
                "/apps/{app}/gate", template: "gate", title: "gate", "See how the deploy gate of an app stands", query: [Self.environment],
                returns: Self.decision
            ) { visit in .show(try await show(visit)) },
            .action(
                nil, api: .post, "/api/apps/{app}/gate", "Ask the gate about a deploy", permission: .develop,
                body: [
                    Self.environment, Self.by,
                    .init(name: "labels", about: "Of the release, such as reliability", schema: ["type": "array", "items": ["type": "string"]]),
                    .init(name: "image", about: "What would be deployed, for the audit log"),
                ], returns: Self.decision
            ) { visit in try await decide(visit) },
            .action(
                "/apps/{app}/gate/overrides", api: .post, "/api/apps/{app}/gate/overrides", form: "/apps/{app}/gate",
                "Open an override of the gate", permission: .develop,
                body: [
                    .init(name: "reason", about: "Why", isRequired: true),
                    .init(name: "until", about: "Its end, within 7 days", schema: Schema.time),
                    .init(
                        name: "for", about: "How long, as in 4h or 3d, in the place of until", schema: ["type": "string", "pattern": "^[0-9]+[mhd]$"]),
                    Self.by,
                ], returns: Self.override
            ) { visit in try await open(visit) }.with { $0.successes = [201] },
            .action(
                "/apps/{app}/gate/overrides/{id}/sign", api: .post, "/api/apps/{app}/gate/overrides/{id}/sign", form: "/apps/{app}/gate",
                "Sign an override of the gate", permission: .sign,
                body: [
                    .init(
                        name: "role", about: "business or sre", isRequired: true,
                        schema: Schema.choice(GateOverride.Role.allCases.map(\.rawValue))), Self.by,
                ], returns: Self.override, refusals: [409]
            ) { visit in try await sign(visit) },
        ]
    }

    // MARK: Reading

    private func show(_ visit: Visit) async throws -> JSON {
        let app = try visit.requireApp()
        let now = Date()
        let look = try await gate.look(app.name, environment: try Self.short(visit.query["environment"], "environment"), now: now)
        var answer = Self.json(look, app.name)
        answer["policy"] = [
            "amber": .number(look.policy.amber), "red": .number(look.policy.red), "fixes": JSON(look.policy.fixes.sorted()),
            "unreachable": .string(look.policy.unreachable.rawValue), "dry_run": .bool(look.policy.isDryRun),
        ]
        let maySign = Permission.sign.verdict(for: visit.caller, app: app.name, team: app.team) == .allowed
        answer["overrides"] = .array(
            look.overrides.filter { $0.isOpen(at: now) }.map { override in
                var row = Self.row(override)
                row["may_sign"] = .bool(maySign)
                return row
            })
        answer["lengths"] = JSON(Self.lengths)
        answer["state"] = .string([.green: "good", .amber: "warn", .red: "bad"][look.decision.light] ?? "idle")
        answer["done"] = JSON(visit.query["done"].flatMap { Self.notified.contains($0) ? $0 : nil })
        return answer
    }

    private static func json(_ look: DeployGate.Look, _ app: String) -> JSON {
        var answer = look.decision.json
        answer["app"] = .string(app)
        answer["environment"] = JSON(look.environment)
        return answer
    }

    private static func row(_ override: GateOverride) -> JSON {
        var row = override.json
        row["missing"] = JSON(GateOverride.Role.allCases.filter { role in !override.signatures.contains { $0.role == role } }.map(\.rawValue))
        row["is_complete"] = .bool(override.isComplete)
        return row
    }

    private static func short(_ text: String?, _ field: String) throws -> String? {
        guard let text, !text.isEmpty else { return nil }
        guard text.utf8.count <= 200 else { throw ConsoleError.invalid(field, "\(field) is longer than 200 bytes") }
        return text
    }

    // MARK: Deciding

    private func decide(_ visit: Visit) async throws -> Answer {
        let app = try visit.requireApp().name
        let labels = visit.input["labels"].strings
        guard labels.count <= 20, labels.allSatisfy({ $0.utf8.count <= 100 }) else {
            throw ConsoleError.invalid("labels", "labels are at most 20, each of at most 100 bytes")
        }
        let image = try Self.short(visit.input["image"].string, "image")
        let look = try await gate.decide(
            app, environment: try Self.short(visit.input["environment"].string, "environment"), labels: Set(labels),
            deploy: "\(visit.actor), \(Standing.text(Date()))")
        let decision = look.decision
        if decision.light != .green {
            let verdict = decision.isAllowed ? (decision.exception == nil ? "warned" : "let pass") : "refused"
            var text = "Deploy of \(app)\(image.map { " (\($0))" } ?? "") by \(visit.actor) \(verdict): \(decision.sentence)"
            if let exception = decision.json["exception"]["text"].string { text += "\nIt passes: \(exception)" }
            if let quote = decision.quote { text += "\nAt worst it costs \(quote.sentence)" }
            await tell(text, app)
        }
        let after: JSON = .compact([
            "light": .string(decision.light.rawValue), "allowed": .bool(decision.isAllowed), "sentence": .string(decision.sentence),
            "exception": decision.json["exception"], "environment": JSON(look.environment), "labels": labels.isEmpty ? .null : JSON(labels),
            "image": JSON(image), "worst": JSON(decision.quote?.sentence),
        ])
        return .done(Self.json(look, app), see: "/apps/\(app)/gate", change: .init(after: after))
    }

    // MARK: Overrides

    private func open(_ visit: Visit) async throws -> Answer {
        let app = try visit.requireApp().name
        let now = Date()
        let reason = try visit.text("reason")
        let until = try Self.end(visit.input, now)
        let override = try await Self.booked("until") {
            try await gate.overrides.open(reason: reason, until: until, by: visit.actor, for: app, now: now)
        }
        await tell(
            "\(visit.actor) asks for an override of the deploy gate of \(app) until \(Standing.text(until)): \(reason)\n"
                + "It needs the signatures of the business and of an SRE: jubako gate sign \(app) \(override.id) --as business|sre", app)
        return .done(
            Self.row(override), see: "/apps/\(app)/gate?done=gate_opened", status: .created,
            change: .init(after: override.json, reason: reason))
    }

    private func sign(_ visit: Visit) async throws -> Answer {
        let app = try visit.requireApp().name
        let id = visit.parameters["id"] ?? ""
        guard let role = visit.input["role"].string.flatMap(GateOverride.Role.init) else {
            throw ConsoleError.invalid("role", "role is business or sre")
        }
        let signature = try await signature(visit, role)
        let signed = try await Self.booked("role") { try await gate.overrides.sign(id, of: app, signature) }
        guard let signed else { throw ConsoleError.notFound("\(app) has no override \(id.prefix(40))") }
        await tell(
            "\(signature.person) signed the override of the deploy gate of \(app) as \(role.rawValue): \(signed.reason)"
                + (signed.isComplete ? "\nIt lets one deploy pass until \(Standing.text(signed.until))." : ""), app)
        return .done(
            Self.row(signed), see: "/apps/\(app)/gate?done=gate_signed", change: .init(after: signed.json, reason: signed.reason))
    }

    /// Who signs. Where people sign in, a signature is somebody's who did; on a server that only this machine reaches its token speaks for them.
    private func signature(_ visit: Visit, _ role: GateOverride.Role) async throws -> GateOverride.Signature {
        let caller = visit.caller
        guard await catalog.catalog.organization.signIn != nil else {
            guard caller.proof != .machine || visit.input["by"].string?.isEmpty == false else {
                throw ConsoleError.invalid("by", "by is missing: say who signs")
            }
            return .init(person: visit.actor, subject: caller.proof == .machine ? "by:\(visit.actor)" : caller.subject, role: role, at: Date())
        }
        let who = role == .sre ? "SREs, admins" : "members of the groups of gate.business in jubako.yml"
        let isPerson = caller.proof != .machine && caller.apps == nil
        guard isPerson, let subject = caller.subject, role == .sre ? (caller.role ?? .viewer) >= .sre : caller.isBusiness else {
            throw ConsoleError(
                status: .forbidden, detail: "\(caller.name) does not sign as \(role.rawValue): a signature is a person's who signed in",
                whoCan: who)
        }
        return .init(person: caller.name, subject: subject, role: role, at: Date())
    }

    private static func end(_ input: JSON, _ now: Date) throws -> Date {
        if let text = input["until"].string, !text.isEmpty {
            guard let date = JSON.string(text).time else {
                throw ConsoleError.invalid("until", "until is a time such as 2026-12-24T18:00:00Z")
            }
            return date
        }
        let units: [Character: TimeInterval] = ["m": 60, "h": 3_600, "d": 86_400]
        guard let text = input["for"].string, let unit = text.last.flatMap({ units[$0] }), let number = Int(text.dropLast()),
            (1...9_999).contains(number)
        else { throw ConsoleError.invalid("for", "an override needs an end: until, or for, as in 4h or 3d") }
        return now + Double(number) * unit
    }

    private static func booked<Result>(_ field: String, _ body: () async throws -> Result) async throws -> Result {
        do { return try await body() } catch let error as BookError { throw ConsoleError.invalid(field, error.description) }
    }

    /// What the channel cannot be told is in the audit log all the same.
    private func tell(_ text: String, _ app: String) async {
        do { try await notices.post(text, link: "\(url)/apps/\(app)/gate", app: app) } catch {
            logger.error("a notice of the gate is lost", metadata: ["app": "\(app)", "error": "\(error)"])
        }
    }
}
