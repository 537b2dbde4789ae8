import Foundation
import OrderedCollections
import Store

/// A call that may start now.
struct DispatchOrder: Sendable, Hashable {
    let channel: String
    let action: LaneAction
}

/// Everything that is to be told, and where: the decisions of the dispatcher. Knows neither Slack, nor the store, nor a clock.
struct DispatchState: Sendable {
    typealias Moment = ContinuousClock.Instant

    let policy: DispatchPolicy
    let renderer: MessageRenderer
    var incidents: [String: Incident] = [:]
    var messages: [String: PostedMessage] = [:]
    /// The message that follows an incident.
    var messageOf: [String: String] = [:]
    /// The lane in which an incident waits for a message.
    var laneOf: [String: String] = [:]
    var routes: [String: PlacedRoute] = [:]
    var lanes: [String: Lane] = [:]
    var agenda = Agenda()
    /// Incidents that a reader may know already, since a call about them was cut off.
    var doubts: [String: Date] = [:]
    /// Incidents whose words Slack does not take.
    var rawIncidents: Set<String> = []
    /// Messages that say less than they should for a reason other than an alert's status.
    var staleMessages: Set<String> = []
    /// Edits are counted by Slack over all channels.
    var updatesFrom: Moment
    var sreChannel: String?
    private var closed: [(incident: String, at: Moment)] = []

    struct PlacedRoute: Sendable {
        var route: Route
        var at: Moment
    }

    init(policy: DispatchPolicy, renderer: MessageRenderer, at moment: Moment) {
        self.policy = policy
        self.renderer = renderer
        updatesFrom = moment
    }

    static func tellingKey(_ incident: String, _ occurrence: String) -> String { "\(incident)/\(occurrence)" }

    /// How many incidents wait for their first message.
    var waitingCount: Int { laneOf.count }

    // MARK: What comes in

    /// Takes over what an earlier process left.
    ///
    /// - Returns: the incidents that need a route.
    mutating func restore(_ contents: Outbox.Contents, at moment: Moment) -> [String] {
        for incident in contents.incidents {
            incidents[incident.id] = incident
            if incident.isClosed { closed.append((incident.id, moment)) }
        }
        for var message in contents.messages {
            message.incidents.removeAll { incidents[$0] == nil }
            messages[message.id] = message
            for id in message.incidents { messageOf[id] = message.id }
            note(message: message.id, at: moment)
        }
        for claim in contents.claims {
            for id in claim.incidents where messageOf[id] == nil { doubts[id] = claim.startedAt }
            if let message = claim.message { messages[message]?.isThreadInDoubt = true }
        }
        return contents.incidents.filter { !$0.isClosed && messageOf[$0.id] == nil }.map(\.id)
    }

    /// Takes in a webhook: each app's alerts become an incident of their own.
    ///
    /// - Returns: the incidents it speaks of, and which of their alerts are news.
    mutating func absorb(_ webhook: Webhook, at date: Date, _ moment: Moment) -> [String: [String]] {
        forgetClosed(at: moment)
        var changes: [String: [String]] = [:]
        for (app, alerts) in OrderedDictionary(grouping: webhook.alerts, by: \.app) {
            // The end of a channel's test is no news.
            let alerts = alerts.filter { $0.labels[PendingProof.label] == nil || $0.status == .firing }
            guard !alerts.isEmpty else { continue }
            let id = Incident.id(groupKey: webhook.groupKey, app: app)
            var incident = incidents[id] ?? Incident(groupKey: webhook.groupKey, app: app)
            let changed = incident.absorb(alerts, at: date)
            incident.truncatedAlerts = webhook.truncatedAlerts
            if incident.isClosed {
                guard !changed.isEmpty else {
                    changes[id] = []
                    continue
                }
                // A finished incident that starts again is a new one.
                var fresh = Incident(groupKey: webhook.groupKey, app: app)
                for key in changed { fresh.alerts[key] = incident.alerts[key] }
                incident = fresh
                routes[id] = nil
            }
            incidents[id] = incident
            changes[id] = changed
        }
        return changes
    }

    /// Notes that somebody looks after the alerts of `app` that fire; their messages say so.
    ///
    /// - Returns: the incidents concerned, and their alerts to which it is news.
    mutating func acknowledge(_ acknowledgement: Acknowledgement, app: String, name: String?, at moment: Moment) -> [String: [String]] {
        var changes: [String: [String]] = [:]
        for id in incidents.keys where incidents[id]?.app == app && incidents[id]?.isClosed == false {
            guard let changed = incidents[id]?.acknowledge(acknowledgement, name: name), !changed.isEmpty else { continue }
            changes[id] = changed
            guard let message = messageOf[id] else { continue }
            staleMessages.insert(message)
            note(message: message, at: moment)
        }
        return changes
    }

    /// Gives an incident its channel, or a new one.
    mutating func place(_ id: String, _ route: Route, at moment: Moment) {
        guard let incident = incidents[id], !incident.isClosed else { return }
        routes[id] = PlacedRoute(route: route, at: moment)
        guard let channel = route.channel else { return }
        if let message = messageOf[id].flatMap({ messages[$0] }) {
            let isNews = incident.alerts.contains { key, tracked in
                tracked.alert.status == .firing && message.tellings[Self.tellingKey(id, key)]?.told == nil
            }
            guard message.channel != channel, isNews else { return note(message: message.id, at: moment) }
            detach(id, saying: "goes on in \(channel)", at: moment)
        }
        if let old = laneOf[id] {
            guard old != channel else { return }
            lanes[old]?.remove(waiting: id)
        }
        if let proof = route.proof, let address = proof.previous {
            return adopt(id, channel, address, at: moment)
        }
        laneOf[id] = channel
        lanes[channel, default: Lane(channel: channel, at: moment)].wait(id, since: moment)
        schedule(channel, at: moment)
    }

    /// A quiet test edits the message of the test before.
    private mutating func adopt(_ id: String, _ channel: String, _ address: SlackAddress, at moment: Moment) {
        let message = PostedMessage(
            id: "proof-\(id)", channel: channel, address: address, isDigest: false, postedAt: incidents[id]?.alerts.values.last?.receivedAt ?? Date(),
            incidents: [id])
        messages[message.id] = message
        messageOf[id] = message.id
        note(message: message.id, at: moment)
    }

    // MARK: What may start

    /// The next call that may start; nil while none may.
    mutating func next(at moment: Moment) -> DispatchOrder? {
        while let channel = agenda.take(at: moment) {
            guard var lane = lanes[channel] else { continue }
            let action = lane.start(at: moment, updatesFrom: updatesFrom, policy: policy)
            if action == nil, !lane.hasWork, !lane.isBusy, lane.failures == 0, moment >= lane.notBefore {
                lanes[channel] = nil
                continue
            }
            lanes[channel] = lane
            if let action { return DispatchOrder(channel: channel, action: action) }
            if lane.hasWork { schedule(channel, at: moment + .milliseconds(1)) }
        }
        return nil
    }

    mutating func schedule(_ channel: String, at moment: Moment) {
        guard let lane = lanes[channel], !lane.isBusy else { return }
        // A lane without work stays until its pace allows to forget it.
        agenda.add(channel, due: max(lane.due(updatesFrom: updatesFrom) ?? lane.notBefore, moment))
    }

    // MARK: Book-keeping

    /// What a message still owes its readers.
    func owed(by message: PostedMessage) -> (needsUpdate: Bool, untold: [(incident: String, occurrences: [String])], announced: [String]) {
        var needsUpdate = staleMessages.contains(message.id)
        var untold: [(incident: String, occurrences: [String])] = []
        for id in message.incidents {
            guard let incident = incidents[id] else { continue }
            var occurrences: [String] = []
            for (key, tracked) in incident.alerts {
                let telling = message.tellings[Self.tellingKey(id, key)]
                if telling?.shown != tracked.alert.status { needsUpdate = true }
                if telling?.told != tracked.alert.status { occurrences.append(key) }
            }
            if !occurrences.isEmpty { untold.append((id, occurrences)) }
        }
        return (needsUpdate, untold, message.incidents.filter { incidents[$0]?.announcement != nil })
    }

    /// Notes when Alertmanager heard of alerts, by fingerprint. It tells the last time, which is the first one only soon after it.
    mutating func note(hearingTimes times: [String: Date], of ids: [String]) {
        for id in ids {
            for (key, tracked) in incidents[id]?.alerts ?? [:] where tracked.alertmanagerAt == nil {
                guard let time = times[tracked.alert.fingerprint], time <= tracked.receivedAt else { continue }
                incidents[id]?.alerts[key]?.alertmanagerAt = time
            }
        }
    }

    mutating func note(message id: String, at moment: Moment) {
        guard let message = messages[id] else { return }
        let owed = owed(by: message)
        let isProof = message.incidents.contains { routes[$0]?.route.proof != nil }
        var lane = lanes[message.channel] ?? Lane(channel: message.channel, at: moment)
        lane.note(message: id, needsUpdate: owed.needsUpdate, needsReply: !(owed.untold.isEmpty && owed.announced.isEmpty) && !isProof, at: moment)
        lanes[message.channel] = lane
        schedule(message.channel, at: moment)
    }

    /// Takes an incident out of its message, which keeps a last line about it.
    mutating func detach(_ id: String, saying words: String, at moment: Moment) {
        guard let messageID = messageOf.removeValue(forKey: id), var message = messages[messageID], let incident = incidents[id] else { return }
        message.forget(id)
        message.pastLines.append(pastLine(incident, saying: words))
        messages[messageID] = message
        staleMessages.insert(messageID)
        note(message: messageID, at: moment)
    }

    func pastLine(_ incident: Incident, saying words: String) -> String {
        "\(SlackText.escape(renderer.title(incident))) _\(SlackText.escape(words))_"
    }

    mutating func close(_ id: String, at moment: Moment) {
        guard var incident = incidents[id] else { return }
        incident.isClosed = true
        for key in incident.alerts.keys { incident.alerts[key]?.alert.annotations = [:] }
        incidents[id] = incident
        closed.append((id, moment))
        routes[id] = nil
        doubts[id] = nil
        rawIncidents.remove(id)
    }

    private mutating func forgetClosed(at moment: Moment) {
        let deadline = moment - .seconds(Int(Outbox.closedIncidentLifetime))
        guard let first = closed.first, first.at < deadline else { return }
        let count = closed.prefix { $0.at < deadline }.count
        for entry in closed.prefix(count) where incidents[entry.incident]?.isClosed == true { incidents[entry.incident] = nil }
        closed.removeFirst(count)
    }
}
