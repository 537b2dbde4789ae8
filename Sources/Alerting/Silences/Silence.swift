public import Foundation
public import ServiceModel

/// Alerts that nobody is told of for a while, and who wanted that.
public struct Silence: Sendable, Hashable {
    public enum State: String, Sendable, Hashable {
        case active, pending, expired
    }

    public let id: String
    public let state: State
    public let matchers: [Matcher]
    public let startsAt: Date
    public let endsAt: Date
    public let createdBy: String
    public let comment: String

    /// Whether it covers alerts with `labels` now.
    public func covers(_ labels: [String: String]) -> Bool {
        state == .active && matchers.allSatisfy { $0.matches(labels) }
    }
}

extension Silence {
    init?(_ json: JSON) {
        guard let id = json["id"].string, let state = json["status"]["state"].string.flatMap(State.init), let startsAt = json["startsAt"].date,
            let endsAt = json["endsAt"].date
        else { return nil }
        self.init(
            id: id, state: state, matchers: json["matchers"].array.compactMap(Matcher.init), startsAt: startsAt, endsAt: endsAt,
            createdBy: json["createdBy"].string ?? "", comment: json["comment"].string ?? "")
    }

    /// The silence for the API.
    public var json: JSON {
        [
            "id": .string(id), "state": .string(state.rawValue), "matchers": JSON(matchers.map(\.description)), "starts_at": JSON(date: startsAt),
            "ends_at": JSON(date: endsAt), "by": .string(createdBy), "reason": .string(comment),
        ]
    }
}

/// A silence that somebody wants.
public struct SilenceRequest: Sendable, Hashable {
    public var matchers: [Matcher]
    public var startsAt: Date
    public var endsAt: Date
    public var createdBy: String
    /// Why.
    public var comment: String

    public init(matchers: [Matcher], startsAt: Date, endsAt: Date, createdBy: String, comment: String) {
        self.matchers = matchers
        self.startsAt = startsAt
        self.endsAt = endsAt
        self.createdBy = createdBy
        self.comment = comment
    }

    /// What is wrong with it, in words for whoever asked; nil when nothing is.
    public var problem: String? {
        if matchers.isEmpty { return "a silence needs at least one matcher, for example app=\"recipes\"" }
        if matchers.allSatisfy({ $0.matches([:]) }) { return "the matchers cover every alert, name at least one label that must have a value" }
        if endsAt <= startsAt { return "the silence would end before it starts" }
        if createdBy.isEmpty { return "a silence needs its creator" }
        if comment.trimmingCharacters(in: .whitespaces).isEmpty { return "a silence needs a reason" }
        if let broken = matchers.first(where: { $0.isRegex && (try? Regex($0.value)) == nil }) {
            return "\(broken) is no valid regular expression"
        }
        return nil
    }
}

/// What a silence would keep back.
public struct SilencePreview: Sendable, Hashable {
    /// Alerts that Alertmanager has now.
    public let firing: [ManagedAlert]
    /// Other label sets that would be covered if they fired.
    public let quiet: [[String: String]]

    /// - Parameter known: labels of alerts that may fire, for example of every rule and app.
    public init(_ matchers: [Matcher], alerts: [ManagedAlert], known: [[String: String]] = []) {
        let firing = alerts.filter { alert in matchers.allSatisfy { $0.matches(alert.labels) } }
        self.firing = firing
        quiet = known.filter { labels in
            matchers.allSatisfy { $0.matches(labels) }
                && !firing.contains { alert in labels.allSatisfy { alert.labels[$0.key] == $0.value } }
        }
    }

    /// The preview for the API: alerts that fire, and labels of alerts that may.
    public var json: JSON {
        ["firing": .array(firing.map(\.json)), "quiet": .array(quiet.map(JSON.texts)), "apps": JSON(apps)]
    }

    /// The apps concerned, by name: whoever may not silence one of them may not make the silence.
    public var apps: [String] { Set((firing.map(\.labels) + quiet).compactMap { $0["app"] }).sorted() }
}

/// An alert as Alertmanager has it.
public struct ManagedAlert: Sendable, Hashable {
    public let labels: [String: String]
    public let annotations: [String: String]
    public let fingerprint: String
    public let startsAt: Date
    /// When Prometheus last told it.
    public let updatedAt: Date?
    /// `active`, `suppressed` or `unprocessed`.
    public let state: String
    public let silencedBy: [String]
    public let inhibitedBy: [String]

    init?(_ json: JSON) {
        guard case .object = json["labels"], let startsAt = json["startsAt"].date else { return nil }
        labels = json["labels"].texts
        annotations = json["annotations"].texts
        fingerprint = json["fingerprint"].string ?? ""
        self.startsAt = startsAt
        updatedAt = json["updatedAt"].date
        state = json["status"]["state"].string ?? ""
        silencedBy = json["status"]["silencedBy"].strings
        inhibitedBy = json["status"]["inhibitedBy"].strings
    }

    /// The alert for the API.
    public var json: JSON {
        .compact([
            "labels": .texts(labels), "annotations": .texts(annotations), "fingerprint": .string(fingerprint), "starts_at": JSON(date: startsAt),
            "state": .string(state), "silenced_by": JSON(silencedBy), "inhibited_by": JSON(inhibitedBy),
        ])
    }
}
