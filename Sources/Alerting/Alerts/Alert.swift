import Crypto
public import Foundation
import ServiceModel

/// One alert as Alertmanager tells it.
public struct Alert: Sendable, Hashable {
    public enum Status: String, Sendable, Hashable {
        case firing, resolved
    }

    public var status: Status
    public var labels: [String: String]
    public var annotations: [String: String]
    /// Since when it has been firing.
    public var startsAt: Date
    /// When it ended; nil while it is firing.
    public var endsAt: Date?
    /// Prometheus's graph of the rule's expression.
    public var generatorURL: String
    /// Alertmanager's hash of the labels.
    public var fingerprint: String

    public init(
        status: Status = .firing, labels: [String: String], annotations: [String: String] = [:], startsAt: Date, endsAt: Date? = nil,
        generatorURL: String = "", fingerprint: String? = nil
    ) {
        self.status = status
        self.labels = labels
        self.annotations = annotations
        self.startsAt = startsAt
        self.endsAt = endsAt
        self.generatorURL = generatorURL
        self.fingerprint = fingerprint ?? Self.fingerprint(of: labels)
    }

    public var name: String { labels["alertname"] ?? "alert without a name" }
    public var app: String? { labels["app"].flatMap { $0.isEmpty ? nil : $0 } }

    /// What stays the same for one firing of the alert, from its start to its end.
    var occurrence: String { "\(fingerprint)@\(Timestamp.text(startsAt))" }

    /// For senders that give none: unlike Alertmanager's, but as stable.
    private static func fingerprint(of labels: [String: String]) -> String {
        Digest.short(labels.sorted { $0.key < $1.key }.flatMap { [$0.key, $0.value] })
    }
}

extension Alert {
    init?(_ json: JSON) {
        guard let status = json["status"].string.flatMap(Status.init), let startsAt = json["startsAt"].string.flatMap(Timestamp.date) else {
            return nil
        }
        self.init(
            status: status, labels: json["labels"].texts, annotations: json["annotations"].texts, startsAt: startsAt,
            endsAt: json["endsAt"].string.flatMap(Timestamp.date), generatorURL: json["generatorURL"].string ?? "",
            fingerprint: json["fingerprint"].string)
    }

    /// The alert as the store keeps it, in Alertmanager's own words.
    var json: JSON {
        .compact([
            "status": .string(status.rawValue), "labels": .texts(labels), "annotations": annotations.isEmpty ? .null : .texts(annotations),
            "startsAt": .string(Timestamp.text(startsAt)), "endsAt": JSON(endsAt.map(Timestamp.text)),
            "generatorURL": generatorURL.isEmpty ? .null : .string(generatorURL), "fingerprint": .string(fingerprint),
        ])
    }
}

extension JSON {
    /// The members of an object that are text, as in labels.
    var texts: [String: String] {
        var texts: [String: String] = [:]
        for (name, value) in object { texts[name] = value.string }
        return texts
    }

    /// Labels or annotations, ordered by name.
    static func texts(_ texts: [String: String]) -> JSON {
        var object = JSONObject(minimumCapacity: texts.count)
        for (name, value) in texts.sorted(by: { $0.key < $1.key }) { object[name] = .string(value) }
        return .object(object)
    }

    /// A time written by ``Timestamp/text(_:)``.
    var date: Date? { string.flatMap(Timestamp.date) }

    init(date: Date?) { self.init(date.map(Timestamp.text)) }
}

/// Short hashes that name things.
enum Digest {
    /// 16 hexadecimal digits that stand for `parts`.
    static func short(_ parts: [String]) -> String {
        var hash = SHA256()
        for part in parts {
            hash.update(data: Array(part.utf8))
            hash.update(data: [0])
        }
        return hash.finalize().prefix(8).map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
    }
}
