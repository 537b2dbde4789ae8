public import ServiceModel
import Store

/// That an alert fired, or ended: one line of what happens to all apps.
public struct AlertEvent: Sendable, Hashable {
    public let app: String?
    public let alertname: String
    public let status: Alert.Status
    /// RFC 3339, to the millisecond.
    public let at: String
    public let channel: String?
    /// Orders events by their time, also among events of other kinds.
    public let place: String

    static func events(of entry: LedgerEntry) -> [AlertEvent] {
        // The test of a channel is no alert of its app.
        if entry.labels[PendingProof.label] != nil { return [] }
        let fired = AlertEvent(entry, .firing, at: Timestamp.text(entry.firedAt))
        guard entry.status == .resolved, let end = entry.endedAt else { return [fired] }
        return [fired, AlertEvent(entry, .resolved, at: Timestamp.text(end))]
    }

    private init(_ entry: LedgerEntry, _ status: Alert.Status, at: String) {
        app = entry.app
        alertname = entry.labels["alertname"] ?? ""
        self.status = status
        self.at = at
        channel = entry.channel
        place = "\(at)/\(entry.app ?? "-")/\(entry.fingerprint)/\(status.rawValue)"
    }

    init?(_ item: StoreItem) {
        guard let json = try? JSON(parsing: item.body), let status = json["status"].string.flatMap(Alert.Status.init), let at = json["at"].string
        else { return nil }
        app = json["app"].string
        alertname = json["alertname"].string ?? ""
        self.status = status
        self.at = at
        channel = json["channel"].string
        place = item.key.sort
    }

    /// The event for the API, `null` left out.
    public var json: JSON {
        .compact([
            "app": JSON(app), "alertname": .string(alertname), "status": .string(status.rawValue), "at": .string(at), "channel": JSON(channel),
        ])
    }
}
