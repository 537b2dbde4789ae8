import Foundation
import OrderedCollections
import Store

extension DispatchState {
    /// Gives the channel back when there was nothing to say after all.
    mutating func release(_ order: DispatchOrder, at moment: Moment) {
        switch order.action {
        case .update(let id, _) where messages[id] == nil, .reply(let id) where messages[id] == nil: lanes[order.channel]?.forget(message: id)
        case .update(let id, _), .reply(let id): note(message: id, at: moment)
        case .post(let ids, _): for id in ids where laneOf[id] != order.channel { lanes[order.channel]?.remove(waiting: id) }
        }
        free(order.channel, at: moment)
    }

    /// Lets a channel go on, once what came of its call is on disk.
    mutating func free(_ channel: String, at moment: Moment) {
        lanes[channel]?.free()
        schedule(channel, at: moment)
    }

    /// The store could not take the claim, so no call was made.
    mutating func postpone(_ order: DispatchOrder, at moment: Moment) {
        let policy = policy
        lanes[order.channel]?.finish(.failed, at: moment, policy: policy)
        free(order.channel, at: moment)
    }

    /// Takes in what came of a call. The channel stays busy until ``free(_:at:)``.
    mutating func finish(
        _ draft: Draft, _ result: Result<SlackAddress?, SlackError>, date: Date, at moment: Moment
    ) -> DispatchOutcome {
        let policy = policy
        var outcome = DispatchOutcome()
        outcome.writes.append(Outbox.deleteClaim(channel: draft.channel))
        switch result {
        case .success(let address):
            lanes[draft.channel]?.finish(.done, at: moment, policy: policy)
            outcome.results.append(.sent)
            if draft.isRaw { outcome.results.append(.rawText) }
            outcome.trouble = .clear(channel: draft.channel)
            commit(draft, address, date, moment, &outcome)
        case .failure(let error):
            switch error.kind {
            case .rateLimited(let wait):
                lanes[draft.channel]?.finish(.rateLimited(wait), at: moment, policy: policy)
                if case .edit = draft.target { updatesFrom = max(updatesFrom, moment + (wait ?? policy.pace)) }
                outcome.results.append(.rateLimited)
            case .transient(let mayHaveArrived):
                if mayHaveArrived { doubt(draft, date) }
                lanes[draft.channel]?.finish(.failed, at: moment, policy: policy)
                outcome.results.append(.retried)
                noteFailure(draft, error, date, moment, &outcome)
            case .content where !isRaw(draft):
                rawIncidents.formUnion(draft.incidents + (draft.messageID.flatMap { messages[$0]?.incidents.elements } ?? []))
                lanes[draft.channel]?.finish(.done, at: moment, policy: policy)
                outcome.results.append(.refused)
            case .message where draft.messageID != nil:
                lanes[draft.channel]?.finish(.done, at: moment, policy: policy)
                outcome.results.append(.refused)
                drop(draft, &outcome)
            case .channel, .content, .message:
                lanes[draft.channel]?.finish(.failed, at: moment, policy: policy)
                outcome.results.append(.refused)
                outcome.trouble = .note(error, channel: draft.channel, apps: apps(draft))
                giveUp(draft, error, date, moment, &outcome)
            }
        }
        return outcome
    }

    // MARK: Success

    private mutating func commit(
        _ draft: Draft, _ address: SlackAddress?, _ date: Date, _ moment: Moment, _ outcome: inout DispatchOutcome
    ) {
        let policy = policy
        let id: String
        if let known = draft.messageID {
            id = known
            lanes[draft.channel]?.extend(digest: id, by: draft.incidents.count, policy: policy)
        } else {
            id = "\(Timestamp.text(date))-\(draft.incidents.first ?? "")"
            messages[id] = PostedMessage(id: id, channel: draft.channel, address: address, isDigest: draft.isDigest, postedAt: date, incidents: [])
            if draft.isDigest { lanes[draft.channel]?.open(digest: id, count: draft.incidents.count, at: moment, policy: policy) }
        }
        guard messages[id] != nil else { return }
        for incident in draft.incidents where laneOf[incident] == draft.channel {
            laneOf[incident] = nil
            lanes[draft.channel]?.remove(waiting: incident)
            messageOf[incident] = id
            messages[id]?.incidents.append(incident)
            doubts[incident] = nil
        }
        if case .edit = draft.target { staleMessages.remove(id) } else { messages[id]?.isThreadInDoubt = false }
        // What got another channel while the call was under way is told there; here a last line says so.
        for incident in draft.incidents where messageOf[incident] != id {
            guard let known = incidents[incident], address != nil else { continue }
            let place = laneOf[incident] ?? messageOf[incident].flatMap { messages[$0]?.channel }
            let line = pastLine(known, saying: place.map { "goes on in \($0)" } ?? "goes on elsewhere")
            messages[id]?.pastLines.append(line)
            staleMessages.insert(id)
        }
        // What was acknowledged while the call was under way is not in the message.
        let isBehind = messages[id]?.incidents.contains { incidents[$0]?.announcement != nil && incidents[$0]?.announcement != draft.known[$0] }
        if !draft.isReply, isBehind == true { staleMessages.insert(id) }
        record(draft, in: id, date, &outcome)
        for (incident, announcement) in draft.announced where incidents[incident]?.announcement == announcement {
            incidents[incident]?.announcement = nil
            if let told = incidents[incident] { outcome.writes.append(Outbox.put(told, at: date)) }
        }
        for incident in draft.incidents + (messages[id]?.incidents.elements ?? []) {
            guard let proof = routes[incident]?.route.proof else { continue }
            outcome.proofs.append(.init(token: proof.token, result: .success(messages[id]?.address)))
        }
        settle(id, date, moment, &outcome)
    }

    /// Writes down what readers know now, with an entry in the ledger for each alert that is news to them.
    private mutating func record(_ draft: Draft, in id: String, _ date: Date, _ outcome: inout DispatchOutcome) {
        guard var message = messages[id] else { return }
        messages[id] = nil
        for incidentID in message.incidents {
            guard let incident = incidents[incidentID] else { continue }
            for (key, tracked) in incident.alerts {
                let tellingKey = Self.tellingKey(incidentID, key)
                let (shown, told) = (draft.shown[tellingKey], draft.told[tellingKey])
                guard shown != nil || told != nil else { continue }
                let before = message.tellings[tellingKey] ?? Telling()
                var telling = before
                if let shown { telling.shown = shown }
                if let told { telling.told = told }
                if telling.sentAt == nil { telling.sentAt = date }
                switch shown ?? told {
                case .resolved where telling.resolvedSentAt == nil: telling.resolvedSentAt = date
                case .firing: telling.resolvedSentAt = nil
                default: break
                }
                message.tellings[tellingKey] = telling
                guard telling.sentAt != before.sentAt || telling.resolvedSentAt != before.resolvedSentAt else { continue }
                let route = routes[incidentID]?.route
                outcome.writes += AlertLedger.put(LedgerEntry(tracked, route: route, message: message, telling: telling))
            }
        }
        messages[id] = message
    }

    /// Closes incidents about which everything is said, and the message when none is left.
    private mutating func settle(_ id: String, _ date: Date, _ moment: Moment, _ outcome: inout DispatchOutcome) {
        guard var left = messages[id] else { return }
        for incident in left.incidents.filter({ isFinished($0, left) }) {
            if left.isDigest, let known = incidents[incident] { left.pastLines.append(renderer.summaryLine(.init(incident: known))) }
            left.forget(incident)
            messageOf[incident] = nil
            close(incident, at: moment)
            if let closed = incidents[incident] { outcome.writes.append(Outbox.put(closed, at: date)) }
        }
        for incident in left.incidents { shorten(incident, in: &left, date, &outcome) }
        messages[id] = left
        if left.incidents.isEmpty, !staleMessages.contains(id) {
            messages[id] = nil
            lanes[left.channel]?.forget(message: id)
            outcome.writes.append(Outbox.delete(message: id))
        } else {
            outcome.writes.append(Outbox.put(left))
            note(message: id, at: moment)
        }
    }

    /// A group that never comes to rest does not grow for ever: what ended long ago and was told is forgotten.
    private mutating func shorten(_ id: String, in message: inout PostedMessage, _ date: Date, _ outcome: inout DispatchOutcome) {
        guard let incident = incidents[id], incident.alerts.count > 100 else { return }
        let past = incident.alerts.filter { key, tracked in
            let telling = message.tellings[Self.tellingKey(id, key)]
            return tracked.alert.status == .resolved && telling?.told == .resolved && (telling?.shown == .resolved || message.address == nil)
        }
        guard past.count > 50 else { return }
        for key in past.keys.dropLast(50) {
            incidents[id]?.alerts[key] = nil
            message.tellings[Self.tellingKey(id, key)] = nil
        }
        if let shortened = incidents[id] { outcome.writes.append(Outbox.put(shortened, at: date)) }
    }

    private func isFinished(_ id: String, _ message: PostedMessage) -> Bool {
        guard let incident = incidents[id] else { return true }
        if routes[id]?.route.proof != nil { return true }
        return incident.alerts.allSatisfy { key, tracked in
            let telling = message.tellings[Self.tellingKey(id, key)]
            return tracked.alert.status == .resolved && telling?.told == .resolved && (telling?.shown == .resolved || message.address == nil)
        }
    }

    // MARK: Failure

    private mutating func doubt(_ draft: Draft, _ date: Date) {
        for id in draft.incidents { doubts[id] = doubts[id] ?? date }
        if case .edit = draft.target { return }
        if let message = draft.messageID { messages[message]?.isThreadInDoubt = true }
    }

    private func isRaw(_ draft: Draft) -> Bool {
        concerned(draft).allSatisfy { rawIncidents.contains($0) }
    }

    private func concerned(_ draft: Draft) -> [String] {
        draft.incidents + (draft.messageID.flatMap { messages[$0]?.incidents.elements } ?? [])
    }

    private func apps(_ draft: Draft) -> [String] {
        Array(Set(concerned(draft).compactMap { incidents[$0]?.app })).sorted()
    }

    /// A channel that goes on failing is told to its owners, and at last given up.
    private mutating func noteFailure(_ draft: Draft, _ error: SlackError, _ date: Date, _ moment: Moment, _ outcome: inout DispatchOutcome) {
        guard let lane = lanes[draft.channel], let since = lane.failingSince else { return }
        if lane.failures >= 3 { outcome.trouble = .note(error, channel: draft.channel, apps: apps(draft)) }
        if moment - since >= policy.patience { giveUp(draft, error, date, moment, &outcome) }
    }

    /// The message is gone: its incidents get another.
    private mutating func drop(_ draft: Draft, _ outcome: inout DispatchOutcome) {
        guard let id = draft.messageID, let message = messages.removeValue(forKey: id) else { return }
        lanes[message.channel]?.forget(message: id)
        staleMessages.remove(id)
        outcome.writes.append(Outbox.delete(message: id))
        for incident in message.incidents {
            messageOf[incident] = nil
            outcome.unplaced.append(incident)
        }
    }

    /// Nothing gets into this channel: what waits for it goes to the SREs. What the SREs cannot be told is tried for longer, and given up at last.
    private mutating func giveUp(_ draft: Draft, _ error: SlackError, _ date: Date, _ moment: Moment, _ outcome: inout DispatchOutcome) {
        let isLast = draft.channel == sreChannel
        let isHopeless = isLast && (lanes[draft.channel]?.failingSince).map { moment - $0 >= policy.lastPatience } ?? false
        if !isLast || isHopeless { drop(draft, &outcome) }
        let waiting = lanes[draft.channel].map { Array($0.waiting.keys) } ?? []
        for id in OrderedSet(waiting + outcome.unplaced) {
            guard let incident = incidents[id] else { continue }
            if let proof = routes[id]?.route.proof {
                outcome.proofs.append(.init(token: proof.token, result: .failure(error)))
                forget(id, draft.channel, date, moment, &outcome)
            } else if isHopeless {
                for tracked in incident.alerts.values {
                    outcome.writes += AlertLedger.put(
                        LedgerEntry(tracked, route: routes[id]?.route, message: nil, telling: nil, failure: error.description))
                    outcome.givenUp.append(tracked.alert.name)
                }
                outcome.results.append(.undeliverable)
                forget(id, draft.channel, date, moment, &outcome)
            } else if !isLast {
                incidents[id]?.diversion = Diversion(channel: draft.channel, reason: error.code)
                laneOf[id] = nil
                lanes[draft.channel]?.remove(waiting: id)
                if let diverted = incidents[id] { outcome.writes.append(Outbox.put(diverted, at: date)) }
                if !outcome.unplaced.contains(id) { outcome.unplaced.append(id) }
                outcome.results.append(.diverted)
            }
        }
        outcome.unplaced.removeAll { incidents[$0]?.isClosed ?? true }
    }

    private mutating func forget(_ id: String, _ channel: String, _ date: Date, _ moment: Moment, _ outcome: inout DispatchOutcome) {
        laneOf[id] = nil
        lanes[channel]?.remove(waiting: id)
        close(id, at: moment)
        if let closed = incidents[id] { outcome.writes.append(Outbox.put(closed, at: date)) }
    }
}
