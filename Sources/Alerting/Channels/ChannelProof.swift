import Foundation

/// Why a channel was not proved to work.
public struct ChannelProofError: Error, Sendable, Hashable, CustomStringConvertible {
    public enum Code: Sendable, Hashable {
        /// It is no channel's name, id or webhook.
        case invalidChannel
        /// Alertmanager did not take the test.
        case alertmanager
        /// The test did not come back in time.
        case noAnswer
        /// Slack refused the message.
        case refused
    }

    public let code: Code
    public let description: String
}

/// Proves that alerts reach a channel: a test alert goes the way of all alerts, through Alertmanager, and its message must come back.
public struct ChannelProof: Sendable {
    private let settings: ChannelSettings
    private let records: ProofRecords
    private let arrivals: ProofArrivals
    private let alertmanager: AlertmanagerClient
    private let deadline: Duration

    /// - Parameter deadline: how long a test may take, Alertmanager's `group_wait` included.
    public init(
        settings: ChannelSettings, records: ProofRecords, arrivals: ProofArrivals, alertmanager: AlertmanagerClient, deadline: Duration = .seconds(60)
    ) {
        self.settings = settings
        self.records = records
        self.arrivals = arrivals
        self.alertmanager = alertmanager
        self.deadline = deadline
    }

    /// Sets the channel of an app, once a test alert has come back from it. The setting before stays when it does not.
    ///
    /// - Throws: ``ChannelProofError``, `StoreError`.
    public func set(_ channel: String, for app: String, by person: String) async throws -> ChannelSetting {
        guard Self.isChannel(channel) else {
            throw ChannelProofError(
                code: .invalidChannel, description: "\(channel.prefix(100)) is neither a channel (#name or its id) nor an incoming webhook's address")
        }
        let address = try await prove(channel, for: app, by: person, previous: nil)
        let moment = Date()
        let setting = ChannelSetting(app: app, channel: channel, setBy: person, setAt: moment, provedAt: moment, proof: address)
        try await settings.put(setting)
        return setting
    }

    /// Proves a channel again, without a new message where that is possible, and notes what came of it.
    ///
    /// - Throws: `StoreError`.
    public func proveAgain(_ setting: ChannelSetting) async throws -> ChannelSetting {
        var proved = setting
        do {
            proved.proof = try await prove(setting.channel, for: setting.app, by: setting.setBy, previous: setting.proof)
            proved.provedAt = Date()
            proved.failure = nil
        } catch let error as ChannelProofError {
            proved.failure = error.description
        }
        // Somebody may have set another channel meanwhile.
        guard let current = try await settings.channel(of: setting.app), current.channel == setting.channel, current.setAt == setting.setAt else {
            return proved
        }
        try await settings.put(proved)
        return proved
    }

    private func prove(_ channel: String, for app: String, by person: String, previous: SlackAddress?) async throws -> SlackAddress? {
        let token = UUID().uuidString.lowercased()
        let moment = Date()
        try await records.add(PendingProof(token: token, app: app, channel: channel, previous: previous), at: moment)
        let alert = Alert(
            labels: ["alertname": "JubakoChannelTest", "app": app, "severity": "info", PendingProof.label: token],
            annotations: [
                "summary": "Test: alerts of \(app) arrive here",
                "description": "\(person) chose this channel for \(app). Nothing is wrong, and there is nothing to do.",
            ], startsAt: moment, endsAt: moment + 300)
        let outcome = try await arrivals.outcome(of: token, within: deadline) {
            do {
                try await alertmanager.post([alert])
            } catch {
                throw ChannelProofError(code: .alertmanager, description: "the test alert could not be sent: \(error)")
            }
        }
        switch outcome {
        case .success(let address): return address
        case .failure(let error): throw ChannelProofError(code: .refused, description: "\(channel) does not take messages: \(error)")
        case nil:
            throw ChannelProofError(
                code: .noAnswer,
                description: "the test alert did not come back from \(channel) within \(deadline.components.seconds) seconds: "
                    + "see whether a silence covers app=\"\(app)\", and whether Alertmanager sends to this server")
        }
    }

    /// `#name`, a channel's or a private group's id, or a web address.
    static func isChannel(_ text: String) -> Bool {
        if SlackClient.isIncomingWebhook(text) { return SlackText.isWebAddress(text) }
        return text.wholeMatch(of: #/#[\p{L}\p{N}_.\-]{1,80}|[CG][A-Z0-9]{5,20}/#) != nil
    }
}
