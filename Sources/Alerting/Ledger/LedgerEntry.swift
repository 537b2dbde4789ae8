public import Foundation
public import ServiceModel

/// One alert's way from Prometheus to a reader, with the times of its stations.
public struct LedgerEntry: Sendable, Hashable {
    public let app: String?
    public let labels: [String: String]
    public let fingerprint: String
    public let status: Alert.Status
    /// When the rule fired.
    public let firedAt: Date
    /// When the alert ended.
    public let endedAt: Date?
    /// When Alertmanager first had it; nil until it was asked.
    public var alertmanagerAt: Date?
    /// When the webhook came in.
    public let receivedAt: Date
    /// When Slack had accepted the message that tells it.
    public var sentAt: Date?
    public let resolvedReceivedAt: Date?
    public var resolvedSentAt: Date?
    /// The channel as the route names it.
    public var channel: String?
    public var address: SlackAddress?
    public var isInDigest: Bool
    /// How the channel was found.
    public var reasons: [String]
    /// Why it could not be delivered, when it was given up.
    public var failure: String?

    /// Orders entries by the time they fired.
    var sortKey: String { "\(Timestamp.text(firedAt))/\(fingerprint)" }
}

extension LedgerEntry {
    init(_ tracked: TrackedAlert, route: Route?, message: PostedMessage?, telling: Telling?, failure: String? = nil) {
        app = tracked.alert.app
        labels = tracked.alert.labels
        fingerprint = tracked.alert.fingerprint
        status = tracked.alert.status
        firedAt = tracked.alert.startsAt
        endedAt = tracked.alert.endsAt
        alertmanagerAt = tracked.alertmanagerAt
        receivedAt = tracked.receivedAt
        resolvedReceivedAt = tracked.resolvedReceivedAt
        sentAt = telling?.sentAt
        resolvedSentAt = telling?.resolvedSentAt
        channel = telling == nil ? nil : message?.channel
        address = telling == nil ? nil : message?.address
        isInDigest = message?.isDigest ?? false
        reasons = route?.reasons ?? []
        self.failure = failure
    }

    init?(_ json: JSON) {
        guard let status = json["status"].string.flatMap(Alert.Status.init), let firedAt = json["firedAt"].date,
            let receivedAt = json["receivedAt"].date
        else { return nil }
        app = json["app"].string
        labels = json["labels"].texts
        fingerprint = json["fingerprint"].string ?? ""
        self.status = status
        self.firedAt = firedAt
        endedAt = json["endedAt"].date
        alertmanagerAt = json["alertmanagerAt"].date
        self.receivedAt = receivedAt
        sentAt = json["sentAt"].date
        resolvedReceivedAt = json["resolvedReceivedAt"].date
        resolvedSentAt = json["resolvedSentAt"].date
        channel = json["channel"].string
        if let ts = json["ts"].string { address = SlackAddress(channel: json["channelID"].string ?? "", ts: ts) }
        isInDigest = json["isInDigest"].bool ?? false
        reasons = json["reasons"].strings
        failure = json["failure"].string
    }

    /// The entry for the API, `null` left out.
    public var json: JSON {
        .compact([
            "app": JSON(app), "alertname": JSON(labels["alertname"]), "status": .string(status.rawValue), "labels": .texts(labels),
            "fingerprint": .string(fingerprint), "firedAt": JSON(date: firedAt), "alertmanagerAt": JSON(date: alertmanagerAt),
            "receivedAt": JSON(date: receivedAt), "sentAt": JSON(date: sentAt), "channel": JSON(channel), "channelID": JSON(address?.channel),
            "ts": JSON(address?.ts), "isInDigest": .bool(isInDigest), "endedAt": JSON(date: endedAt),
            "resolvedReceivedAt": JSON(date: resolvedReceivedAt), "resolvedSentAt": JSON(date: resolvedSentAt), "reasons": JSON(reasons),
            "failure": JSON(failure),
        ])
    }
}
