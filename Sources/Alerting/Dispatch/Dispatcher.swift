public import Foundation
public import Logging
public import ServiceLifecycle
import ServiceModel
public import Store

/// Takes alerts in, keeps them on disk until they were told, and tells them in Slack.
///
/// What to do next is decided by ``DispatchState``; this carries it out.
public actor Dispatcher: Service {
    private let store: any Store
    private let router: AlertRouter
    private let slack: SlackClient
    private let troubles: ChannelTroubles
    private let proofs: ProofArrivals
    private let hearingTimes: HearingTimes?
    private let metrics: AlertingMetrics
    private let logger: Logger
    private let now: @Sendable () -> Date
    private var state: DispatchState
    /// Incidents that need a route.
    private var unplaced: [String]
    /// Incidents that changed and are not on disk yet, each with the number of its last change.
    private var unsaved: [String: Int] = [:]
    private var changeCount = 0
    private var running = 0
    private var armed: ContinuousClock.Instant?
    private var troubled: Set<String>
    private let work = Bell()
    private let arrivals = Bell()
    private let strandings = Bell()
    /// Incidents that nobody can be told of for now.
    private var stranded: [String] = []

    /// Asks Alertmanager when it last heard of the alerts that match; by fingerprint.
    public typealias HearingTimes = @Sendable (_ matchers: [Matcher]) async -> [String: Date]

    /// Takes over what an earlier process left in `store`. One dispatcher at a time may use a store.
    ///
    /// - Parameters:
    ///   - proofs: is told of tests that came to their end.
    ///   - hearingTimes: see ``AlertmanagerClient/hearingTimes(_:)``; nil leaves that column of the ledger empty.
    ///   - now: the clock of the ledger.
    /// - Throws: `StoreError` when the store cannot be read.
    public init(
        store: any Store, router: AlertRouter, slack: SlackClient, links: AlertLinks, template: any AlertTemplate = StandardTemplate(),
        policy: DispatchPolicy = DispatchPolicy(), proofs: ProofArrivals, hearingTimes: HearingTimes? = nil, metrics: AlertingMetrics,
        logger: Logger,
        now: @escaping @Sendable () -> Date = { Date() }
    ) async throws {
        self.store = store
        self.router = router
        self.slack = slack
        self.proofs = proofs
        self.hearingTimes = hearingTimes
        self.metrics = metrics
        self.logger = logger
        self.now = now
        troubles = ChannelTroubles(store: store)
        troubled = Set(try await troubles.all().map(\.channel))
        var state = DispatchState(policy: policy, renderer: MessageRenderer(links: links, template: template), at: .now)
        let contents = try await Outbox(store: store).load()
        unplaced = state.restore(contents, at: .now)
        self.state = state
        for key in contents.unreadable { logger.error("an item of the outbox cannot be read and is left alone", metadata: ["key": "\(key)"]) }
    }

    // MARK: Taking in

    /// Takes in a webhook. Its alerts are on disk when this returns.
    ///
    /// - Returns: whether it said anything new.
    /// - Throws: `StoreError`, ``DispatcherOverloaded``; the webhook should be sent again.
    public func accept(_ webhook: Webhook) async throws -> Bool {
        guard waitingCount < state.policy.mostWaiting else { throw DispatcherOverloaded(waiting: waitingCount) }
        let date = now()
        let changes = state.absorb(webhook, at: date, .now)
        let written = try await save(changes, at: date)
        unplaced += written
        if !written.isEmpty { arrivals.ring() }
        return !written.isEmpty
    }

    /// Notes that somebody looks after the alerts of `app` that fire now. It ends with them.
    ///
    /// - Parameter name: of the alerts that are meant; nil for all.
    /// - Returns: the alerts that are acknowledged with these words now, whether they were before or not.
    /// - Throws: `StoreError`; nothing may be counted on then.
    public func acknowledge(_ acknowledgement: Acknowledgement, app: String, name: String? = nil) async throws -> [LedgerEntry] {
        let changes = state.acknowledge(acknowledgement, app: app, name: name, at: .now)
        _ = try await save(changes, at: now())
        work.ring()
        return firing(of: app).filter { entry in
            (name == nil || entry.labels["alertname"] == name) && entry.acknowledgement?.by == acknowledgement.by
                && entry.acknowledgement?.reason == acknowledgement.reason
        }
    }

    /// The alerts of `app` that fire, as far as this server has heard; channel tests left out.
    public func firing(of app: String) -> [LedgerEntry] {
        state.incidents.filter { $0.value.app == app && !$0.value.isClosed }.flatMap { id, incident in
            incident.alerts.filter { $0.value.alert.status == .firing && $0.value.alert.labels[PendingProof.label] == nil }
                .map { entry(of: $0.value, key: $0.key, in: id) }
        }.sorted { $0.firedAt > $1.firedAt }
    }

    /// How many alerts fire, by app.
    public var firingCounts: [String: Int] {
        var counts: [String: Int] = [:]
        for incident in state.incidents.values where !incident.isClosed {
            let firing = incident.alerts.values.count { $0.alert.status == .firing && $0.alert.labels[PendingProof.label] == nil }
            if let app = incident.app, firing > 0 { counts[app, default: 0] += firing }
        }
        return counts
    }

    /// Puts incidents on disk with the ledger's lines of what changed in them.
    ///
    /// - Returns: those that were written.
    private func save(_ changes: [String: [String]], at date: Date) async throws -> [String] {
        changeCount += 1
        let change = changeCount
        var writes: [StoreWrite] = []
        var written: [String] = []
        for (id, changed) in changes where !changed.isEmpty || unsaved[id] != nil {
            guard let incident = state.incidents[id] else { continue }
            unsaved[id] = change
            written.append(id)
            writes.append(Outbox.put(incident, at: date))
            for key in changed {
                guard let tracked = incident.alerts[key] else { continue }
                writes += AlertLedger.put(entry(of: tracked, key: key, in: id))
            }
        }
        guard !writes.isEmpty else { return [] }
        try await store.write(writes)
        for id in written where unsaved[id] == change { unsaved[id] = nil }
        return written
    }

    private func entry(of tracked: TrackedAlert, key: String, in id: String) -> LedgerEntry {
        let message = state.messageOf[id].flatMap { state.messages[$0] }
        return LedgerEntry(tracked, route: state.routes[id]?.route, message: message, telling: message?.tellings[DispatchState.tellingKey(id, key)])
    }

    /// How many incidents wait for their first message.
    public var waitingCount: Int { state.waitingCount + unplaced.count + stranded.count }

    // MARK: Running

    /// Tells what is to be told until it is cancelled or shut down gracefully. Calls that are under way are brought to their end.
    public func run() async throws {
        await withGracefulShutdownHandler {
            await withDiscardingTaskGroup { group in
                group.addTask { await self.placeArrivals() }
                group.addTask { await self.placeStranded() }
                arrivals.ring()
                work.ring()
                for await _ in work.rings {
                    let moment = ContinuousClock.now
                    while running < state.policy.concurrency, let order = state.next(at: moment) {
                        running += 1
                        group.addTask { await self.carryOut(order) }
                    }
                    metrics.set("jubako_alert_incidents_waiting", to: Double(waitingCount))
                    guard let due = state.agenda.next, armed.map({ due < $0 }) ?? true else { continue }
                    armed = due
                    group.addTask { await self.wakeUp(at: due) }
                }
            }
        } onGracefulShutdown: {
            self.work.stop()
            self.arrivals.stop()
            self.strandings.stop()
        }
    }

    private func wakeUp(at due: ContinuousClock.Instant) async {
        try? await cancelWhenGracefulShutdown { try await Task.sleep(until: due, tolerance: .zero) }
        if armed == due { armed = nil }
        work.ring()
    }

    // MARK: Routing

    private func placeArrivals() async {
        for await _ in arrivals.rings {
            while !unplaced.isEmpty, !Task.isCancelled {
                let batch = unplaced
                unplaced = []
                for id in batch where await !place(id) { stranded.append(id) }
                work.ring()
                if !stranded.isEmpty { strandings.ring() }
            }
        }
    }

    private func placeStranded() async {
        for await _ in strandings.rings {
            guard (try? await cancelWhenGracefulShutdown { try await Task.sleep(for: .seconds(5)) }) != nil else { return }
            unplaced += stranded
            stranded = []
            arrivals.ring()
        }
    }

    /// - Returns: whether the incident has a channel now.
    private func place(_ id: String) async -> Bool {
        guard let incident = state.incidents[id], !incident.isClosed, let labels = incident.alerts.values.last?.alert.labels else { return true }
        do {
            let route = try await router.route(labels: labels, diversion: incident.diversion)
            guard route.channel != nil else {
                logger.error(
                    "an alert has no channel, not even the SREs'", metadata: ["app": "\(incident.app ?? "")", "reasons": "\(route.reasons)"])
                return false
            }
            state.place(id, route, at: .now)
            return true
        } catch {
            logger.error("the channel of an alert cannot be looked up", metadata: ["app": "\(incident.app ?? "")", "error": "\(error)"])
            return false
        }
    }

    // MARK: Telling

    private func carryOut(_ order: DispatchOrder) async {
        defer {
            running -= 1
            work.ring()
        }
        if case .post(let ids, _) = order.action { await refreshRoutes(of: ids) }
        guard let draft = state.draft(order) else { return state.release(order, at: .now) }
        do {
            if let claim = draft.claim(at: now()) { try await store.write([Outbox.put(claim)]) }
        } catch {
            logger.error("a message is not sent, since the store cannot note it", metadata: ["error": "\(error)"])
            return state.postpone(order, at: .now)
        }
        // A call that was cut off leaves its claim behind.
        guard let result = await call(draft) else { return }
        await askAlertmanager(about: draft)
        state.sreChannel = await router.sreChannel
        let outcome = state.finish(draft, result, date: now(), at: .now)
        await save(outcome.writes)
        state.free(draft.channel, at: .now)
        if !outcome.unplaced.isEmpty {
            unplaced += outcome.unplaced
            arrivals.ring()
        }
        await tell(outcome, about: draft, result)
    }

    /// Whoever has waited is asked again where to go: the channel may have been changed meanwhile.
    private func refreshRoutes(of ids: [String]) async {
        let moment = ContinuousClock.now
        for id in ids {
            guard let known = state.routes[id], moment - known.at > .milliseconds(900) else { continue }
            _ = await place(id)
        }
    }

    /// Completes the ledger's times. Under load there is better to do.
    private func askAlertmanager(about draft: Draft) async {
        guard let hearingTimes, running <= 4, draft.messageID == nil else { return }
        let apps = Set(draft.incidents.compactMap { state.incidents[$0]?.app }.filter { $0.wholeMatch(of: #/[A-Za-z0-9_\-]+/#) != nil })
        guard !apps.isEmpty, apps.count <= 50 else { return }
        let times = await hearingTimes([Matcher(name: "app", value: apps.sorted().joined(separator: "|"), isRegex: true)])
        state.note(hearingTimes: times, of: draft.incidents)
    }

    private func call(_ draft: Draft) async -> Result<SlackAddress?, SlackError>? {
        do {
            switch draft.target {
            case .channel(let channel): return .success(try await slack.post(draft.message, to: channel))
            case .thread(let address): return .success(try await slack.post(draft.message, to: address.channel, thread: address))
            case .edit(let address):
                try await slack.update(draft.message, at: address)
                return .success(address)
            }
        } catch let error as SlackError {
            return .failure(error)
        } catch {
            return nil
        }
    }

    /// Slack has the message, so there is no way back: this must get to the disk.
    private func save(_ writes: [StoreWrite]) async {
        while true {
            do {
                return try await store.write(writes)
            } catch {
                logger.error("what was sent cannot be noted, trying again", metadata: ["error": "\(error)"])
                guard (try? await Task.sleep(for: .seconds(1))) != nil else { return }
            }
        }
    }

    private func tell(_ outcome: DispatchOutcome, about draft: Draft, _ result: Result<SlackAddress?, SlackError>) async {
        for each in outcome.results { metrics.count(.notifications, each) }
        if case .failure(let error) = result {
            logger.warning("a message was not taken", metadata: ["channel": "\(draft.channel)", "code": "\(error.code)", "error": "\(error)"])
        }
        for name in outcome.givenUp { logger.critical("an alert was given up", metadata: ["alert": "\(name)", "channel": "\(draft.channel)"]) }
        for proof in outcome.proofs { proofs.finish(proof.token, proof.result) }
        do {
            switch outcome.trouble {
            case .note(let error, let channel, let apps):
                troubled.insert(channel)
                try await troubles.note(error, channel: channel, apps: apps, at: now())
            case .clear(let channel) where troubled.contains(channel):
                troubled.remove(channel)
                try await troubles.clear(channel: channel)
            case .clear, nil: break
            }
        } catch {
            logger.error("a channel's trouble cannot be noted", metadata: ["channel": "\(draft.channel)", "error": "\(error)"])
        }
    }
}

/// So much waits to be told that no more is taken in. It passes as Slack catches up.
public struct DispatcherOverloaded: Error, Sendable, Hashable, CustomStringConvertible {
    public let waiting: Int

    public var description: String { "\(waiting) incidents wait for slack already" }
}

/// Wakes whoever iterates ``rings``. Rings that nobody has heard yet are one.
struct Bell: Sendable {
    let rings: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation

    init() { (rings, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1)) }

    func ring() { continuation.yield() }
    func stop() { continuation.finish() }
}
