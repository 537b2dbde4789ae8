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
    /// Who looks after it, if somebody said so.
    public let acknowledgement: Acknowledgement?
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
        acknowledgement = tracked.acknowledgement
        reasons = route?.reasons ?? []
        self.failure = failure
    }

    init?(_ json: JSON) {
        guard let status = json["status"].string.flatMap(Alert.Status.init), let firedAt = json["fired_at"].date,
            let receivedAt = json["received_at"].date
        else { return nil }
        app = json["app"].string
        labels = json["labels"].texts
        fingerprint = json["fingerprint"].string ?? ""
        self.status = status
        self.firedAt = firedAt
        endedAt = json["ended_at"].date
        alertmanagerAt = json["alertmanager_at"].date
        self.receivedAt = receivedAt
        sentAt = json["sent_at"].date
        resolvedReceivedAt = json["resolved_received_at"].date
        resolvedSentAt = json["resolved_sent_at"].date
        channel = json["channel"].string
        if let ts = json["ts"].string { address = SlackAddress(channel: json["channel_id"].string ?? "", ts: ts) }
        isInDigest = json["is_in_digest"].bool ?? false
        acknowledgement = Acknowledgement(json["acknowledgement"])
        reasons = json["reasons"].strings
        failure = json["failure"].string
    }

    /// The entry for the API, `null` left out.
    public var json: JSON {
        .compact([
            "app": JSON(app), "alertname": JSON(labels["alertname"]), "status": .string(status.rawValue), "labels": .texts(labels),
            "fingerprint": .string(fingerprint), "fired_at": JSON(date: firedAt), "alertmanager_at": JSON(date: alertmanagerAt),
            "received_at": JSON(date: receivedAt), "sent_at": JSON(date: sentAt), "channel": JSON(channel), "channel_id": JSON(address?.channel),
            "ts": JSON(address?.ts), "is_in_digest": .bool(isInDigest), "ended_at": JSON(date: endedAt),
            "resolved_received_at": JSON(date: resolvedReceivedAt), "resolved_sent_at": JSON(date: resolvedSentAt), "reasons": JSON(reasons),
            "acknowledgement": acknowledgement?.json ?? .null, "is_channel_test": labels[PendingProof.label] == nil ? .null : true,
            "failure": JSON(failure),
        ])
    }
}
