/// Where an alert goes, and why.
public struct Route: Sendable, Hashable {
    /// A Slack channel (`#name` or id) or the address of an incoming webhook; nil when nobody can be told.
    public let channel: String?
    /// The chain of questions that led there, for people.
    public let reasons: [String]
    /// Said in the message itself, for example that the app has no owner.
    public let note: String?
    /// A test of a channel instead of an alert of the app's.
    let proof: PendingProof?

    init(channel: String?, reasons: [String], note: String? = nil, proof: PendingProof? = nil) {
        self.channel = channel
        self.reasons = reasons
        self.note = note
        self.proof = proof
    }
}

/// What the router knows about an app when it decides.
struct RoutingFacts: Sendable {
    var app: String?
    /// The channel set in the console.
    var setChannel: String?
    var owner: AppOwner?
    var sreChannel: String?
    /// Why the channel could not be used, if that happened to this incident.
    var diversion: Diversion?
    var proof: PendingProof?
}

extension Route {
    /// The console's channel, the definition's, the team's, the SREs': the first that is there.
    init(_ facts: RoutingFacts) {
        if let proof = facts.proof {
            self.init(channel: proof.channel, reasons: ["this is a test of \(proof.channel) for \(proof.app)"], proof: proof)
            return
        }
        var reasons: [String] = []
        if let diversion = facts.diversion {
            reasons.append("\(diversion.channel) could not be used: \(diversion.reason)")
            self.init(
                channel: facts.sreChannel, reasons: reasons + [Self.lastReason(facts.sreChannel)],
                note: "could not be delivered to \(diversion.channel): \(diversion.reason)")
            return
        }
        guard let app = facts.app else {
            reasons.append("the alert has no label app")
            self.init(channel: facts.sreChannel, reasons: reasons + [Self.lastReason(facts.sreChannel)], note: "no owner: the alert has no label app")
            return
        }
        let candidates: [(channel: String?, source: String)] = [
            (facts.setChannel, "set in the console for \(app)"),
            (facts.owner?.definitionChannel, "monitoring.channel in the definition of \(app)"),
            (facts.owner?.teamChannel, facts.owner?.team.map { "channel of the team \($0)" } ?? "channel of the team"),
        ]
        for candidate in candidates {
            if let channel = candidate.channel, !channel.isEmpty {
                self.init(channel: channel, reasons: reasons + ["\(candidate.source): \(channel)"])
                return
            }
            reasons.append("\(candidate.source): none")
        }
        let missing = facts.owner == nil ? "no definition is called \(app)" : "\(app) has no channel, and neither has its team"
        self.init(
            channel: facts.sreChannel, reasons: reasons + [missing, Self.lastReason(facts.sreChannel)], note: "no owner: \(missing)")
    }

    private static func lastReason(_ channel: String?) -> String {
        channel.map { "the SREs' channel: \($0)" } ?? "the SREs' channel: none, set alerting.channel in jubako.yml"
    }
}
