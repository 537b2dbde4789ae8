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
    /// Everything was told and is over. Kept for a while, so that a late repetition is known as one.
    var isClosed = false

    init(groupKey: String, app: String?) {
        id = Self.id(groupKey: groupKey, app: app)
        self.groupKey = groupKey
        self.app = app
    }

    static func id(groupKey: String, app: String?) -> String { Digest.short([groupKey, app ?? ""]) }

    var firing: Int { alerts.values.count { $0.alert.status == .firing } }

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
            guard let alert = Alert(element["alert"]), let receivedAt = element["receivedAt"].date else { return nil }
            alerts[alert.occurrence] = TrackedAlert(
                alert: alert, receivedAt: receivedAt, resolvedReceivedAt: element["resolvedReceivedAt"].date,
                alertmanagerAt: element["alertmanagerAt"].date)
        }
        truncatedAlerts = json["truncatedAlerts"].int ?? 0
        isClosed = json["isClosed"].bool ?? false
        if let channel = json["diversion"]["channel"].string {
            diversion = Diversion(channel: channel, reason: json["diversion"]["reason"].string ?? "")
        }
    }

    var json: JSON {
        .compact([
            "groupKey": .string(groupKey), "app": JSON(app), "truncatedAlerts": truncatedAlerts == 0 ? .null : .integer(truncatedAlerts),
            "isClosed": isClosed ? true : .null,
            "diversion": diversion.map { ["channel": .string($0.channel), "reason": .string($0.reason)] } ?? .null,
            "alerts": .array(
                alerts.values.map { tracked in
                    .compact([
                        "alert": tracked.alert.json, "receivedAt": JSON(date: tracked.receivedAt),
                        "resolvedReceivedAt": JSON(date: tracked.resolvedReceivedAt), "alertmanagerAt": JSON(date: tracked.alertmanagerAt),
                    ])
                }),
        ])
    }
}
