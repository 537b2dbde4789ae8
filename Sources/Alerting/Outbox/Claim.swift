import Foundation
import ServiceModel

/// A call to Slack that is under way. One that is still there after a crash may have arrived: what it would have told is told again, and marked.
struct Claim: Sendable, Hashable {
    /// One call at a time goes to a channel, so a crash leaves at most one in doubt there.
    let channel: String
    /// The incidents of a new message.
    var incidents: [String] = []
    /// The message that is answered in its thread.
    var message: String?
    let startedAt: Date
}

extension Claim {
    init?(_ json: JSON) {
        guard let channel = json["channel"].string, let startedAt = json["startedAt"].date else { return nil }
        self.init(channel: channel, incidents: json["incidents"].strings, message: json["message"].string, startedAt: startedAt)
    }

    var json: JSON {
        .compact([
            "channel": .string(channel), "incidents": incidents.isEmpty ? .null : JSON(incidents), "message": JSON(message),
            "startedAt": JSON(date: startedAt),
        ])
    }
}
