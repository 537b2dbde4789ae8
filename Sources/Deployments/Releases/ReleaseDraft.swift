public import Foundation
public import ServiceModel

/// What is known of a release when it begins.
public struct ReleaseDraft: Sendable, Hashable {
    public let id: String
    public var kind: Release.Kind
    public var by: String
    public var reason: String?
    public var subject: String?
    public var environment: String?
    public var from: String?
    public var to: String?
    public var deployment: String?
    public var startedAt: Date
    /// See ``ReleaseDetails/changes``.
    public var changes: JSON

    public init(kind: Release.Kind, by: String, changes: JSON = [], id: String? = nil, startedAt: Date = Date()) {
        self.id = id ?? Token.make()
        self.kind = kind
        self.by = by
        self.changes = changes
        self.startedAt = startedAt
    }
}

/// What is known of a release when it has ended, or when nobody looks after it any longer.
public struct ReleaseEnd: Sendable, Hashable {
    /// `Outcome.word`, `error`, `stopped` or `unknown`.
    public var outcome: String
    public var reason: String?
    public var to: String?
    public var deployment: String?
    public var verdict: JSON = .null
    public var endedAt: Date

    public init(outcome: String, reason: String? = nil, endedAt: Date = Date()) {
        self.outcome = outcome
        self.reason = reason
        self.endedAt = endedAt
    }

    /// The end of a flow that came to one.
    ///
    /// - Parameter redaction: takes secrets out of what the app itself wrote.
    public init(_ result: DeployResult, redaction: Redaction = Redaction()) {
        var reason: String?
        switch result.outcome {
        case .failed(let text), .rolledBack(_, let text): reason = text
        case .superseded(let other): reason = "superseded by \(other)"
        default: break
        }
        self.init(outcome: result.outcome.word, reason: reason.map(redaction.scrubbed))
        to = result.taskDefinition.map(Revision.name)
        deployment = result.deployment
        verdict = result.verdict.map { redaction.scrubbed($0.json) } ?? .null
    }

    /// The end of a flow that threw.
    public init(_ error: any Error, redaction: Redaction = Redaction()) {
        self.init(outcome: error is Stopped ? "stopped" : "error", reason: redaction.scrubbed(String(describing: error)))
    }

    /// The deployment goes on although nobody looks after it here: its end is what the service will show.
    public var goesOn: Bool { ["started", "interrupted", "timed-out"].contains(outcome) }
}

/// Why what somebody wants to have recorded is none.
public struct ReleaseObjection: Error, Sendable, Hashable, CustomStringConvertible {
    public let field: String
    public let description: String
}

extension ReleaseDraft {
    /// Reads what a program sent.
    ///
    /// - Throws: ``ReleaseObjection``.
    public init(_ json: JSON, by: String, now: Date = Date()) throws {
        guard let id = json["id"].string, (8...64).contains(id.utf8.count), id.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") })
        else { throw ReleaseObjection(field: "id", description: "id is a text of 8 to 64 letters, digits and hyphens that names no other release") }
        let allowed: [Release.Kind] = [.deploy, .rollback]
        guard let kind = json["kind"].string.flatMap(Release.Kind.init), allowed.contains(kind) else {
            throw ReleaseObjection(field: "kind", description: "kind is deploy or rollback")
        }
        self.init(kind: kind, by: by, id: id, startedAt: try Self.time(json, "started_at", now) ?? now)
        reason = try Self.text(json, "reason")
        environment = try Self.text(json, "environment")
        from = try Self.text(json, "from")
        to = try Self.text(json, "to")
        deployment = try Self.text(json, "deployment")
        let given = json["changes"]
        guard given.isNull || !given.array.isEmpty || given == [] else {
            throw ReleaseObjection(field: "changes", description: "changes is a list of what a plan changes")
        }
        changes = ReleaseBook.bounded(changes: given.isNull ? [] : given)
    }

    public var json: JSON {
        .compact([
            "id": .string(id), "kind": .string(kind.rawValue), "by": .string(by), "reason": JSON(reason), "environment": JSON(environment),
            "from": JSON(from), "to": JSON(to), "deployment": JSON(deployment), "started_at": ReleaseTime.json(startedAt), "changes": changes,
        ])
    }

    static func text(_ json: JSON, _ field: String) throws -> String? {
        if json[field].isNull { return nil }
        guard let text = json[field].string, text.utf8.count <= ReleaseBook.longestText else {
            throw ReleaseObjection(field: field, description: "\(field) is a text of at most \(ReleaseBook.longestText) bytes")
        }
        return text.isEmpty ? nil : text
    }

    /// Records come late when the server was away, but not from the future, and not for ever.
    static func time(_ json: JSON, _ field: String, _ now: Date) throws -> Date? {
        if json[field].isNull { return nil }
        guard let time = ReleaseTime.date(json[field]), time < now + 300, time > now - ReleaseBook.longestDelay else {
            throw ReleaseObjection(field: field, description: "\(field) is a time of the last 30 days, as in 2026-11-24T05:55:03Z")
        }
        return min(time, now)
    }
}

extension ReleaseEnd {
    private static let words: Set<String> = [
        "deployed", "nothing-to-do", "started", "failed", "rolled-back", "timed-out", "superseded", "interrupted", "error", "stopped", "unknown",
    ]

    /// Reads what a program sent.
    ///
    /// - Throws: ``ReleaseObjection``.
    public init(_ json: JSON, now: Date = Date()) throws {
        guard let outcome = json["outcome"].string, Self.words.contains(outcome) else {
            throw ReleaseObjection(field: "outcome", description: "outcome is one of \(Self.words.sorted().joined(separator: ", "))")
        }
        self.init(outcome: outcome, endedAt: try ReleaseDraft.time(json, "ended_at", now) ?? now)
        // A long reason is better cut than refused.
        reason = json["reason"].string.map { String($0.prefix(ReleaseBook.longestText)) }
        to = try ReleaseDraft.text(json, "to")
        deployment = try ReleaseDraft.text(json, "deployment")
        verdict = json["verdict"].text.utf8.count <= ReleaseBook.largestVerdict ? json["verdict"] : .null
    }

    public var json: JSON {
        .compact([
            "outcome": .string(outcome), "reason": JSON(reason), "to": JSON(to), "deployment": JSON(deployment), "verdict": verdict,
            "ended_at": ReleaseTime.json(endedAt),
        ])
    }
}
