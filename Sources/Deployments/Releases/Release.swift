public import Foundation
public import ServiceModel

/// One change of an app, under a number of its own: 1, 2, …
public struct Release: Sendable, Hashable {
    public enum Kind: String, Sendable, CaseIterable {
        case deploy, rollback
        /// Somebody set something on the server.
        case setting
        /// A deployment that nobody announced: another tool made it.
        case observed
    }

    /// Who will say how it ends.
    public enum Follower: String, Sendable {
        /// The program that began it.
        case client
        /// The server itself, which carries it out.
        case server
        /// Nobody any more: the end is what the service shows.
        case fleet
    }

    public let app: String
    public let number: Int
    /// Made by whoever began it, so that beginning twice is beginning once.
    public let id: String
    public var kind: Kind
    /// Who.
    public var by: String
    /// Why, in their words.
    public var reason: String?
    /// The name of a setting.
    public var subject: String?
    public var environment: String?
    /// The revision before: `recipes:3`.
    public var from: String?
    /// The revision after.
    public var to: String?
    /// The id of the deployment.
    public var deployment: String?
    public let startedAt: Date
    /// When whoever carries it out last said something.
    public var heardAt: Date
    /// Nil while it goes on.
    public var endedAt: Date?
    /// `Outcome.word`; also `error`, `stopped` and `unknown`, and `set` for a setting. Known before the end when somebody only stopped watching.
    public var outcome: String?
    public var outcomeReason: String?
    public var follower: Follower

    public var isOpen: Bool { endedAt == nil }
}

/// What is kept of a release besides its line in the list.
public struct ReleaseDetails: Sendable, Hashable {
    /// The plan's groups, without secrets: `action`, `what`, `fields` of `field`, `old`, `new`.
    public var changes: JSON = []
    public var steps: [ReleaseStep] = []
    /// How many steps were left out since there were too many.
    public var leftOut = 0
    /// What `why` said of a failure; null for none.
    public var verdict: JSON = .null

    public init() {}
}

/// Something that happened during a release.
public struct ReleaseStep: Sendable, Hashable {
    /// Counted from 1 by whoever tells, so that telling twice is telling once.
    public let number: Int
    public let at: Date
    public let text: String

    public init(number: Int, at: Date, text: String) {
        self.number = number
        self.at = at
        self.text = String(text.prefix(ReleaseBook.longestText))
    }
}

extension Release {
    init?(_ item: JSON) {
        guard let app = item["app"].string, let number = item["number"].int, let id = item["id"].string,
            let kind = item["kind"].string.flatMap(Kind.init), let startedAt = ReleaseTime.date(item["started_at"])
        else { return nil }
        self.app = app
        self.number = number
        self.id = id
        self.kind = kind
        by = item["by"].string ?? ""
        reason = item["reason"].string
        subject = item["subject"].string
        environment = item["environment"].string
        from = item["from"].string
        to = item["to"].string
        deployment = item["deployment"].string
        self.startedAt = startedAt
        heardAt = ReleaseTime.date(item["heard_at"]) ?? startedAt
        endedAt = ReleaseTime.date(item["ended_at"])
        outcome = item["outcome"].string
        outcomeReason = item["outcome_reason"].string
        follower = item["follower"].string.flatMap(Follower.init) ?? .client
    }

    /// The release for the API, `null` left out.
    public var json: JSON {
        .compact([
            "app": .string(app), "number": .integer(number), "id": .string(id), "kind": .string(kind.rawValue), "by": .string(by),
            "reason": JSON(reason), "subject": JSON(subject), "environment": JSON(environment), "from": JSON(from), "to": JSON(to),
            "deployment": JSON(deployment), "started_at": ReleaseTime.json(startedAt), "heard_at": ReleaseTime.json(heardAt),
            "ended_at": endedAt.map(ReleaseTime.json) ?? .null,
            "seconds": endedAt.map { .number((max(0, $0.timeIntervalSince(startedAt)) * 1000).rounded() / 1000) } ?? .null,
            "outcome": JSON(outcome), "outcome_reason": JSON(outcomeReason), "follower": .string(follower.rawValue), "is_open": .bool(isOpen),
        ])
    }
}

extension ReleaseDetails {
    init(_ item: JSON) {
        changes = item["changes"].isNull ? [] : item["changes"]
        steps = item["steps"].array.compactMap(ReleaseStep.init)
        leftOut = item["left_out"].int ?? 0
        verdict = item["verdict"]
    }

    /// The members that one release has besides those of the list.
    public var json: JSON {
        .compact(["changes": changes, "steps": .array(steps.map(\.json)), "left_out": .integer(leftOut), "verdict": verdict])
    }
}

extension ReleaseStep {
    /// Nil for what is no step.
    public init?(_ json: JSON) {
        guard let number = json["number"].int, number > 0, let at = ReleaseTime.date(json["at"]), let text = json["text"].string else { return nil }
        self.init(number: number, at: at, text: text)
    }

    public var json: JSON { ["number": .integer(number), "at": ReleaseTime.json(at), "text": .string(text)] }
}

/// Times of releases: RFC 3339 in UTC, to the millisecond, so that their texts sort as they do.
public enum ReleaseTime {
    public static func text(_ date: Date) -> String {
        // The style cuts off instead of rounding, so that a time that was read would become an earlier one.
        (date + 0.0005).formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    }

    public static func json(_ date: Date) -> JSON { .string(text(date)) }

    public static func date(_ json: JSON) -> Date? {
        guard let text = json.string else { return nil }
        return (try? Date(text, strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: true))) ?? (try? Date(text, strategy: .iso8601))
    }
}
