import Foundation
import OrderedCollections
import ServiceModel

/// Where a message stands in Slack. Updates need the channel's id, whatever name it was posted to.
public struct SlackAddress: Sendable, Hashable {
    /// The channel's id.
    public let channel: String
    public let ts: String

    public init(channel: String, ts: String) {
        self.channel = channel
        self.ts = ts
    }
}

/// How far a reader of a message knows one occurrence of an alert.
struct Telling: Sendable, Hashable {
    /// What the message itself says.
    var shown: Alert.Status?
    /// What was said when the message was posted, or in its thread since.
    var told: Alert.Status?
    var sentAt: Date?
    var resolvedSentAt: Date?
}

/// A message in Slack that speaks of one incident, or, as a digest, of many.
struct PostedMessage: Sendable, Hashable {
    let id: String
    /// The channel as the route names it.
    let channel: String
    /// nil for an incoming webhook, whose messages cannot be found again.
    var address: SlackAddress?
    let isDigest: Bool
    let postedAt: Date
    /// The incidents that the message follows.
    var incidents: OrderedSet<String>
    /// The last line about incidents that are over or went to another message.
    var pastLines: [String] = []
    /// By ``DispatchState/tellingKey(_:_:)``.
    var tellings: [String: Telling] = [:]
    /// A call for this message may have arrived although nobody said so.
    var isThreadInDoubt = false

    mutating func forget(_ incident: String) {
        incidents.remove(incident)
        for key in tellings.keys where key.hasPrefix(incident + "/") { tellings[key] = nil }
    }
}

extension PostedMessage {
    init?(_ json: JSON) {
        guard let id = json["id"].string, let channel = json["channel"].string, let postedAt = json["postedAt"].date else { return nil }
        self.id = id
        self.channel = channel
        self.postedAt = postedAt
        isDigest = json["isDigest"].bool ?? false
        if let ts = json["ts"].string, let channelID = json["channel_id"].string { address = SlackAddress(channel: channelID, ts: ts) }
        incidents = OrderedSet(json["incidents"].strings)
        pastLines = json["pastLines"].strings
        for (key, value) in json["tellings"].object {
            tellings[key] = Telling(
                shown: value["shown"].string.flatMap(Alert.Status.init), told: value["told"].string.flatMap(Alert.Status.init),
                sentAt: value["sent_at"].date, resolvedSentAt: value["resolved_sent_at"].date)
        }
    }

    var json: JSON {
        var tellings = JSONObject(minimumCapacity: self.tellings.count)
        for (key, telling) in self.tellings {
            tellings[key] = .compact([
                "shown": JSON(telling.shown?.rawValue), "told": JSON(telling.told?.rawValue), "sent_at": JSON(date: telling.sentAt),
                "resolved_sent_at": JSON(date: telling.resolvedSentAt),
            ])
        }
        return .compact([
            "id": .string(id), "channel": .string(channel), "channel_id": JSON(address?.channel), "ts": JSON(address?.ts),
            "isDigest": isDigest ? true : .null, "postedAt": JSON(date: postedAt), "incidents": JSON(Array(incidents)),
            "pastLines": pastLines.isEmpty ? .null : JSON(pastLines), "tellings": .object(tellings),
        ])
    }
}
