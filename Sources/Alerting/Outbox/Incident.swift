import Foundation
import OrderedCollections
import ServiceModel

/// Why an incident could not be told in its own channel.
struct Diversion: Sendable, Hashable {
    let channel: String
    let reason: String
}

/// One firing of one alert, as far as we have heard of it.
struct TrackedAlert: Sendable, Hashable {
    var alert: Alert
    let receivedAt: Date
    /// When we heard that it had ended.
    var resolvedReceivedAt: Date?
    /// When Prometheus had told it to Alertmanager, if Alertmanager was asked.
    var alertmanagerAt: Date?
    /// Who looks after it, if somebody said so.
    var acknowledgement: Acknowledgement?
}

/// The alerts of one app in one of Alertmanager's groups: what one message is about.
///
/// The same alerts in the same states change nothing, however often they arrive. So a webhook may be repeated at will.
struct Incident: Sendable, Hashable {
    let id: String
    let groupKey: String
    let app: String?
    /// By occurrence, oldest first.
    var alerts: OrderedDictionary<String, TrackedAlert> = [:]
    /// How many alerts Alertmanager cut off.
    var truncatedAlerts = 0
    var diversion: Diversion?
    /// To be told in the message's thread.
    var announcement: Acknowledgement?
    /// Everything was told and is over. Kept for a while, so that a late repetition is known as one.
    var isClosed = false

    init(groupKey: String, app: String?) {
        id = Self.id(groupKey: groupKey, app: app)
        self.groupKey = groupKey
        self.app = app
    }

    static func id(groupKey: String, app: String?) -> String { Digest.short([groupKey, app ?? ""]) }

    var firing: Int { alerts.values.count { $0.alert.status == .firing } }

    /// Notes that somebody looks after the alerts that fire. What fires later is not meant.
    ///
    /// - Parameter name: of the alerts that are meant; nil for all.
    /// - Returns: the occurrences that nobody had acknowledged with these words.
    mutating func acknowledge(_ acknowledgement: Acknowledgement, name: String?) -> [String] {
        let meant = alerts.filter { key, tracked in
            tracked.alert.status == .firing && (name == nil || tracked.alert.name == name)
                && !(tracked.acknowledgement.map { $0.by == acknowledgement.by && $0.reason == acknowledgement.reason } ?? false)
        }
        for key in meant.keys { alerts[key]?.acknowledgement = acknowledgement }
        if !meant.isEmpty { announcement = acknowledgement }
        return Array(meant.keys)
    }

    /// Takes in what a webhook says.
    ///
    /// - Returns: the occurrences that are new or changed their status.
    mutating func absorb(_ news: [Alert], at moment: Date) -> [String] {
        var changed: [String] = []
        for alert in news {
            let key = alert.occurrence
            if let known = alerts[key] {
                alerts[key]?.alert = alert
                guard known.alert.status != alert.status else { continue }
                alerts[key]?.resolvedReceivedAt = alert.status == .resolved ? moment : nil
            } else {
                changed += endEarlierOccurrences(of: alert, at: moment)
                alerts[key] = TrackedAlert(alert: alert, receivedAt: moment, resolvedReceivedAt: alert.status == .resolved ? moment : nil)
            }
            changed.append(key)
        }
        return changed
    }

    /// An alert that starts anew has ended before, even if nobody said so.
    private mutating func endEarlierOccurrences(of alert: Alert, at moment: Date) -> [String] {
        let open = alerts.filter { $0.value.alert.fingerprint == alert.fingerprint && $0.value.alert.status == .firing }.map(\.key)
        let earlier = open.filter { key in alerts[key].map { $0.alert.startsAt < alert.startsAt } ?? false }
        for key in earlier {
            alerts[key]?.alert.status = .resolved
            alerts[key]?.alert.endsAt = alert.startsAt
            alerts[key]?.resolvedReceivedAt = moment
        }
        return earlier
    }
}

extension Incident {
    init?(_ json: JSON) {
        guard let groupKey = json["groupKey"].string else { return nil }
        self.init(groupKey: groupKey, app: json["app"].string)
        for element in json["alerts"].array {
            guard let alert = Alert(element["alert"]), let receivedAt = element["received_at"].date else { return nil }
            alerts[alert.occurrence] = TrackedAlert(
                alert: alert, receivedAt: receivedAt, resolvedReceivedAt: element["resolved_received_at"].date,
                alertmanagerAt: element["alertmanager_at"].date, acknowledgement: Acknowledgement(element["acknowledgement"]))
        }
        truncatedAlerts = json["truncatedAlerts"].int ?? 0
        isClosed = json["isClosed"].bool ?? false
        announcement = Acknowledgement(json["announcement"])
        if let channel = json["diversion"]["channel"].string {
            diversion = Diversion(channel: channel, reason: json["diversion"]["reason"].string ?? "")
        }
    }

    var json: JSON {
        .compact([
            "groupKey": .string(groupKey), "app": JSON(app), "truncatedAlerts": truncatedAlerts == 0 ? .null : .integer(truncatedAlerts),
            "isClosed": isClosed ? true : .null, "announcement": announcement?.json ?? .null,
            "diversion": diversion.map { ["channel": .string($0.channel), "reason": .string($0.reason)] } ?? .null,
            "alerts": .array(
                alerts.values.map { tracked in
                    .compact([
                        "alert": tracked.alert.json, "received_at": JSON(date: tracked.receivedAt),
                        "resolved_received_at": JSON(date: tracked.resolvedReceivedAt), "alertmanager_at": JSON(date: tracked.alertmanagerAt),
                        "acknowledgement": tracked.acknowledgement?.json ?? .null,
                    ])
                }),
        ])
    }
}
