public import Foundation
import ServiceModel

/// A notification of Alertmanager's, webhook version 4, whatever version of Alertmanager sent it.
public struct Webhook: Sendable, Hashable {
    /// Names the group of alerts for as long as Alertmanager keeps it.
    public var groupKey: String
    /// How many alerts of the group Alertmanager cut off.
    public var truncatedAlerts: Int
    public var alerts: [Alert]
    /// Where Alertmanager's own pages are.
    public var externalURL: String

    public init(groupKey: String, truncatedAlerts: Int = 0, alerts: [Alert], externalURL: String = "") {
        self.groupKey = groupKey
        self.truncatedAlerts = truncatedAlerts
        self.alerts = alerts
        self.externalURL = externalURL
    }
}

/// A webhook that cannot be understood.
public struct WebhookError: Error, Sendable, Hashable, CustomStringConvertible {
    public let description: String
}

extension Webhook {
    /// Reads a webhook. Unknown members are passed over, and missing ones replaced where that cannot change an alert's meaning.
    ///
    /// - Parameter moment: stands for the start of alerts that do not tell it.
    /// - Throws: ``WebhookError`` for a text that holds no alerts, or alerts without labels.
    public init(parsing bytes: some Collection<UInt8>, at moment: Date) throws(WebhookError) {
        let json: JSON
        do {
            json = try JSON(parsing: bytes, maximumDepth: 32)
        } catch {
            throw WebhookError(description: "the webhook is not JSON: \(error)")
        }
        guard case .object = json else { throw WebhookError(description: "the webhook is \(json.kindName), an object is expected") }
        guard case .array(let elements) = json["alerts"] else {
            throw WebhookError(description: "\"alerts\" is \(json["alerts"].kindName), a list is expected")
        }
        var alerts: [Alert] = []
        alerts.reserveCapacity(elements.count)
        for (index, element) in elements.enumerated() { alerts.append(try Self.alert(element, "alerts[\(index)]", moment)) }
        self.init(
            groupKey: json["groupKey"].string ?? Digest.short([json["receiver"].text, json["groupLabels"].text]),
            truncatedAlerts: max(0, json["truncatedAlerts"].int ?? 0), alerts: alerts, externalURL: json["externalURL"].string ?? "")
    }

    private static func alert(_ json: JSON, _ place: String, _ moment: Date) throws(WebhookError) -> Alert {
        guard case .object = json else { throw WebhookError(description: "\(place) is \(json.kindName), an object is expected") }
        let labels = try texts(json["labels"], "\(place).labels")
        guard !labels.isEmpty else { throw WebhookError(description: "\(place) has no labels") }
        let endsAt = try time(json["endsAt"], "\(place).endsAt")
        let isOver = endsAt.map { $0 <= moment } ?? false
        let status: Alert.Status
        switch json["status"] {
        case .null: status = isOver ? .resolved : .firing
        case .string("firing"): status = .firing
        case .string("resolved"): status = .resolved
        default: throw WebhookError(description: "\(place).status is neither \"firing\" nor \"resolved\"")
        }
        return Alert(
            status: status, labels: labels, annotations: try texts(json["annotations"], "\(place).annotations"),
            startsAt: try time(json["startsAt"], "\(place).startsAt") ?? moment, endsAt: status == .resolved ? endsAt ?? moment : nil,
            generatorURL: json["generatorURL"].string ?? "", fingerprint: json["fingerprint"].string)
    }

    private static func texts(_ json: JSON, _ place: String) throws(WebhookError) -> [String: String] {
        guard !json.isNull else { return [:] }
        guard case .object(let members) = json else { throw WebhookError(description: "\(place) is \(json.kindName), an object is expected") }
        var texts: [String: String] = [:]
        for (name, value) in members {
            guard case .string(let text) = value else {
                throw WebhookError(description: "\(place).\(name) is \(value.kindName), a string is expected")
            }
            texts[name] = text
        }
        return texts
    }

    /// nil for Go's zero time, which stands for "not yet".
    private static func time(_ json: JSON, _ place: String) throws(WebhookError) -> Date? {
        guard !json.isNull else { return nil }
        guard let text = json.string else { throw WebhookError(description: "\(place) is \(json.kindName), a time is expected") }
        if text.isEmpty || text.hasPrefix("0001-01-01T00:00:00") { return nil }
        guard let date = Timestamp.date(text) else { throw WebhookError(description: "\(place) is no time in RFC 3339: \(text.prefix(40))") }
        return date
    }
}
