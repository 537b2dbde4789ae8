import Deployments
import HTTPTypes
import ServiceModel

/// What the command line calls to have a deploy or rollback recorded.
struct ReleaseEndpoints: Sendable {
    let desk: ReleaseDesk

    static let returns = Schema.object([
        "app": Schema.text, "number": Schema.integer, "id": Schema.text, "kind": Schema.choice(Release.Kind.allCases.map(\.rawValue)),
        "by": Schema.text, "reason?": Schema.text, "subject?": Schema.text, "environment?": Schema.text, "from?": Schema.text, "to?": Schema.text,
        "deployment?": Schema.text, "started_at": Schema.time, "heard_at?": Schema.time, "ended_at?": Schema.time, "seconds?": Schema.number,
        "outcome?": Schema.text, "outcome_reason?": Schema.text, "follower": Schema.text, "is_open": Schema.bool,
    ])

    private static let time: JSON = ["type": "string", "format": "date-time"]

    var endpoints: [Endpoint] {
        [
            .action(
                nil, api: .post, "/api/apps/{app}/releases", "Begin a release", permission: .develop,
                body: [
                    .init(
                        name: "id", about: "A new text of 8 to 64 letters, digits and hyphens: beginning twice is beginning once", isRequired: true),
                    .init(name: "kind", about: "deploy or rollback", isRequired: true, schema: ["enum": ["deploy", "rollback"]]),
                    .init(name: "by", about: "Who, where the caller is a program"), .init(name: "reason", about: "Why"),
                    .init(name: "environment", about: "Where; known where an app runs in one place only"),
                    .init(name: "from", about: "The revision before"), .init(name: "to", about: "The revision after"),
                    .init(name: "deployment", about: "The deployment's id"),
                    .init(name: "started_at", about: "When, for a record that comes late", schema: Self.time),
                    .init(name: "changes", about: "The plan's groups, without secrets", schema: ["type": "array"]),
                ], returns: Self.returns
            ) { visit in try await begin(visit) }.with { $0.successes = [200, 201] },
            .action(
                nil, api: .post, "/api/apps/{app}/releases/{number}/steps", "Tell what happens during a release", permission: .develop,
                body: [
                    .init(name: "steps", about: "Each with number (from 1), at and text", isRequired: true, schema: ["type": "array"]),
                    .init(name: "deployment", about: "The deployment's id, once it is known"), .init(name: "to", about: "The revision after"),
                ], returns: Self.returns
            ) { visit in try await add(visit) }.with {
                // Its beginning and its end are written down; its steps are in the release.
                $0.audits = false
            },
            .action(
                nil, api: .put, "/api/apps/{app}/releases/{number}", "End a release", permission: .develop,
                body: [
                    .init(name: "outcome", about: "deployed, failed, rolled-back, timed-out, superseded, interrupted, …", isRequired: true),
                    .init(name: "reason", about: "Why it failed"), .init(name: "to", about: "The revision after"),
                    .init(name: "deployment", about: "The deployment's id"),
                    .init(name: "verdict", about: "What why said", schema: ["type": "object"]),
                    .init(name: "ended_at", about: "When, for a record that comes late", schema: Self.time),
                ], returns: Self.returns, refusals: [409]
            ) { visit in try await end(visit) },
        ]
    }

    private func begin(_ visit: Visit) async throws -> Answer {
        let app = try visit.requireApp().name
        let draft = try Self.read { try ReleaseDraft(visit.input, by: visit.actor) }
        let (release, isNew) = try await desk.begin(draft, of: app, follower: .client)
        return .done(
            release.json, see: "/apps/\(app)/releases/\(release.number)", status: isNew ? .created : .ok,
            change: .init(after: ["number": .integer(release.number), "kind": .string(release.kind.rawValue)], reason: release.reason))
    }

    private func add(_ visit: Visit) async throws -> Answer {
        let release = try await Self.release(visit, desk).release
        let given = visit.input["steps"].array
        let steps = given.compactMap(ReleaseStep.init)
        guard steps.count == given.count, steps.count <= ReleaseBook.mostSteps else {
            throw ConsoleError.invalid("steps", "steps is a list of at most \(ReleaseBook.mostSteps), each with number (from 1), at and text")
        }
        try await desk.add(
            steps, deployment: try Self.name(visit, "deployment"), to: try Self.name(visit, "to"), number: release.number, of: release.app)
        return .done(try await Self.release(visit, desk).release.json, see: "/apps/\(release.app)/releases/\(release.number)")
    }

    private func end(_ visit: Visit) async throws -> Answer {
        let release = try await Self.release(visit, desk).release
        guard release.kind == .deploy || release.kind == .rollback, release.follower != .server else {
            throw ConsoleError(status: .conflict, detail: "release \(release.number) is not yours to end: the server sees to it")
        }
        let end = try Self.read { try ReleaseEnd(visit.input) }
        try await desk.end(end, number: release.number, of: release.app)
        return .done(
            try await Self.release(visit, desk).release.json, see: "/apps/\(release.app)/releases/\(release.number)",
            change: .init(after: ["number": .integer(release.number), "outcome": .string(end.outcome)], reason: end.reason))
    }

    /// The release that a path names.
    static func release(_ visit: Visit, _ desk: ReleaseDesk) async throws -> (release: Release, details: ReleaseDetails) {
        let app = try visit.requireApp().name
        let text = visit.parameters["number"] ?? ""
        guard let number = Int(text), number > 0, let found = try await desk.book.release(number, of: app) else {
            throw ConsoleError.notFound("\(app) has no release \(text.prefix(20))")
        }
        return found
    }

    private static func name(_ visit: Visit, _ field: String) throws -> String? {
        guard let text = visit.input[field].string, !text.isEmpty else { return nil }
        guard text.utf8.count <= ReleaseBook.longestText else { throw ConsoleError.invalid(field, "\(field) is too long") }
        return text
    }

    private static func read<Value>(_ body: () throws -> Value) throws -> Value {
        do { return try body() } catch let objection as ReleaseObjection {
            throw ConsoleError.invalid(objection.field, objection.description)
        }
    }
}
