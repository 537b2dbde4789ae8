import Foundation
import OrderedCollections

/// A call that is ready to be made, and what a reader will know after it.
struct Draft: Sendable {
    enum Target: Sendable, Hashable {
        case channel(String)
        case thread(SlackAddress)
        case edit(SlackAddress)
    }

    let channel: String
    let target: Target
    let message: SlackMessage
    /// The message that is edited or answered.
    var messageID: String?
    /// The incidents that this call tells for the first time.
    var incidents: [String] = []
    var isDigest = false
    var shown: [String: Alert.Status] = [:]
    var told: [String: Alert.Status] = [:]
    var isRaw = false
    /// The incidents of which it says who looks after them, in a thread.
    var announced: [String: Acknowledgement] = [:]
    /// What was to be announced when the message was written: what came since is not in it.
    var known: [String: Acknowledgement] = [:]

    var isReply: Bool {
        if case .edit = target { false } else { messageID != nil }
    }

    /// What must be on disk before the call. An edit can be repeated without harm and needs nothing.
    func claim(at date: Date) -> Claim? {
        switch target {
        case .edit where incidents.isEmpty: nil
        case .edit, .channel: Claim(channel: channel, incidents: incidents, message: incidents.isEmpty ? messageID : nil, startedAt: date)
        case .thread: Claim(channel: channel, message: messageID, startedAt: date)
        }
    }
}

extension DispatchState {
    /// Writes the message of an order with what is known now; nil when there is nothing left to say.
    func draft(_ order: DispatchOrder) -> Draft? {
        switch order.action {
        case .post(let ids, let asDigest): draftPost(ids.filter { laneOf[$0] == order.channel }, order.channel, asDigest)
        case .update(let id, let adding): draftUpdate(id, adding.filter { laneOf[$0] == order.channel }, order.channel)
        case .reply(let id): draftReply(id, order.channel)
        }
    }

    private func draftPost(_ ids: [String], _ channel: String, _ asDigest: Bool) -> Draft? {
        let subjects = ids.compactMap(subject)
        guard let first = subjects.first else { return nil }
        let isDigest = asDigest && subjects.count > 1
        let isHook = lanes[channel]?.canUpdate == false
        let rendered = isDigest ? renderer.digest(subjects, pastLines: [], tellsDetails: isHook) : renderer.incident(first)
        let told = isDigest ? subjects : [first]
        return Draft(
            channel: channel, target: .channel(channel), message: rendered.message, incidents: told.map(\.incident.id), isDigest: isDigest,
            shown: shown(told), told: rendered.told, isRaw: rendered.isRaw, known: known(told))
    }

    private func draftUpdate(_ id: String, _ adding: [String], _ channel: String) -> Draft? {
        guard let message = messages[id], let address = message.address else { return nil }
        let subjects = (message.incidents + adding).compactMap(subject)
        guard !adding.isEmpty || owed(by: message).needsUpdate else { return nil }
        let rendered: MessageRenderer.Rendered
        if !message.isDigest, adding.isEmpty, let only = subjects.first, subjects.count == 1 {
            rendered = renderer.incident(only)
        } else {
            rendered = renderer.digest(subjects, pastLines: message.pastLines, tellsDetails: false)
        }
        return Draft(
            channel: channel, target: .edit(address), message: rendered.message, messageID: id, incidents: adding, isDigest: message.isDigest,
            shown: shown(subjects), isRaw: rendered.isRaw, known: known(subjects))
    }

    private func draftReply(_ id: String, _ channel: String) -> Draft? {
        guard let message = messages[id] else { return nil }
        let owed = owed(by: message)
        let news = owed.untold.compactMap { entry in subject(entry.incident).map { ($0, entry.occurrences) } }
        let announced = Dictionary(uniqueKeysWithValues: owed.announced.compactMap { id in incidents[id]?.announcement.map { (id, $0) } })
        guard !news.isEmpty || !announced.isEmpty else { return nil }
        let notes = [message.isThreadInDoubt ? Self.doubtNote(nil) : nil] + Set(announced.values.map(\.words)).sorted()
        let rendered = renderer.reply(news, notes: notes.compactMap { $0 })
        return Draft(
            channel: channel, target: message.address.map(Draft.Target.thread) ?? .channel(channel), message: rendered.message, messageID: id,
            told: rendered.told, isRaw: rendered.isRaw, announced: announced)
    }

    private func subject(_ id: String) -> MessageRenderer.Subject? {
        guard let incident = incidents[id] else { return nil }
        let acknowledged = Set(incident.alerts.values.filter { $0.alert.status == .firing }.compactMap { $0.acknowledgement?.words }).sorted()
        let notes = [routes[id]?.route.note, doubts[id].map { Self.doubtNote($0) }].compactMap { $0 } + acknowledged
        return .init(incident: incident, notes: notes, isRaw: rawIncidents.contains(id))
    }

    private static func doubtNote(_ date: Date?) -> String {
        let time = date.map { " at " + Timestamp.text($0).dropFirst(11).prefix(8) + " UTC" } ?? ""
        return "possible duplicate: an attempt to send this\(time) was cut off before Slack's answer"
    }

    private func known(_ subjects: [MessageRenderer.Subject]) -> [String: Acknowledgement] {
        Dictionary(subjects.compactMap { subject in subject.incident.announcement.map { (subject.incident.id, $0) } }) { first, _ in first }
    }

    private func shown(_ subjects: [MessageRenderer.Subject]) -> [String: Alert.Status] {
        var shown: [String: Alert.Status] = [:]
        for subject in subjects {
            for (key, tracked) in subject.incident.alerts { shown[Self.tellingKey(subject.incident.id, key)] = tracked.alert.status }
        }
        return shown
    }
}
