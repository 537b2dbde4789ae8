import OrderedCollections

/// What may happen next in a channel.
enum LaneAction: Sendable, Hashable {
    /// A new message: about one incident, or, as a digest, about many.
    case post([String], asDigest: Bool)
    /// Edit a message; `adding` are incidents that join it.
    case update(String, adding: [String])
    /// Answer in a message's thread.
    case reply(String)
}

/// How fast messages may follow each other, and when to give up.
public struct DispatchPolicy: Sendable, Hashable {
    /// The least time between two calls for one channel.
    public var pace: Duration = .seconds(1)
    /// More new incidents than this do not each get a message of their own, but a digest.
    public var mostSingleMessages = 2
    /// For how long after a digest new incidents still join it.
    public var digestWindow: Duration = .seconds(10)
    /// A digest takes no more incidents than this; others wait for the next one.
    public var mostInDigest = 200
    /// The first wait after a failure; it doubles up to `longestBackoff`.
    public var firstBackoff: Duration = .milliseconds(500)
    public var longestBackoff: Duration = .seconds(60)
    /// How long a channel may fail before its alerts go to the SREs.
    public var patience: Duration = .seconds(3_600)
    /// How long the SREs' own channel may fail before an alert is given up, and recorded so.
    public var lastPatience: Duration = .seconds(86_400)
    /// How many incidents may wait before Alertmanager is asked to come back later.
    public var mostWaiting = 100_000
    /// How many calls are under way at a time.
    public var concurrency = 48

    public init() {}
}

/// One channel's queue: what waits, since when, and when the channel may be called again. Knows neither Slack nor a clock.
struct Lane: Sendable {
    typealias Moment = ContinuousClock.Instant

    let channel: String
    /// Messages in it can be edited and answered in a thread.
    let canUpdate: Bool
    private(set) var waiting: OrderedDictionary<String, Moment> = [:]
    private(set) var updates: OrderedDictionary<String, Moment> = [:]
    private(set) var replies: OrderedDictionary<String, Moment> = [:]
    private(set) var notBefore: Moment
    private(set) var isBusy = false
    private(set) var failures = 0
    private(set) var failingSince: Moment?
    private var openDigest: (message: String, count: Int, until: Moment)?

    init(channel: String, at moment: Moment) {
        self.channel = channel
        canUpdate = !SlackClient.isIncomingWebhook(channel)
        notBefore = moment
    }

    var hasWork: Bool { !waiting.isEmpty || !updates.isEmpty || !replies.isEmpty }

    mutating func wait(_ incident: String, since moment: Moment) {
        if waiting[incident] == nil { waiting[incident] = moment }
    }

    mutating func remove(waiting incident: String) { waiting[incident] = nil }

    mutating func removeAllWaiting() -> [String] {
        defer { waiting = [:] }
        return Array(waiting.keys)
    }

    /// Notes what a message still lacks; what it no longer lacks is forgotten.
    mutating func note(message: String, needsUpdate: Bool, needsReply: Bool, at moment: Moment) {
        Self.note(message, needsUpdate && canUpdate, in: &updates, at: moment)
        Self.note(message, needsReply, in: &replies, at: moment)
    }

    private static func note(_ message: String, _ isNeeded: Bool, in work: inout OrderedDictionary<String, Moment>, at moment: Moment) {
        if !isNeeded { work[message] = nil } else if work[message] == nil { work[message] = moment }
    }

    mutating func forget(message: String) {
        updates[message] = nil
        replies[message] = nil
        if openDigest?.message == message { openDigest = nil }
    }

    /// Takes the next action that may start at `moment`. The lane is busy until ``free()``.
    mutating func start(at moment: Moment, updatesFrom: Moment, policy: DispatchPolicy) -> LaneAction? {
        guard !isBusy, moment >= notBefore, let action = choose(at: moment, updatesFrom: updatesFrom, policy: policy) else { return nil }
        isBusy = true
        return action
    }

    /// New incidents come first, then edits, then threads; what has waited longer catches up.
    private func choose(at moment: Moment, updatesFrom: Moment, policy: DispatchPolicy) -> LaneAction? {
        var best: (action: LaneAction, rank: Moment)?
        func offer(_ rank: Moment, _ action: @autoclosure () -> LaneAction) {
            if let best, best.rank <= rank { return }
            best = (action(), rank)
        }
        if let oldest = waiting.elements.first?.value {
            let rank = oldest - policy.pace * 6
            if canUpdate, let digest = openDigest, moment < digest.until {
                let room = max(1, policy.mostInDigest - digest.count)
                if moment >= updatesFrom { offer(rank, .update(digest.message, adding: Array(waiting.keys.prefix(room)))) }
            } else if waiting.count > policy.mostSingleMessages {
                offer(rank, .post(Array(waiting.keys.prefix(policy.mostInDigest)), asDigest: true))
            } else if let first = waiting.keys.first {
                offer(rank, .post([first], asDigest: false))
            }
        }
        if moment >= updatesFrom, let (message, since) = updates.elements.first { offer(since - policy.pace * 3, .update(message, adding: [])) }
        if let (message, since) = replies.elements.first { offer(since, .reply(message)) }
        return best?.action
    }

    /// When there is something to do again, if ever.
    func due(updatesFrom: Moment) -> Moment? {
        guard hasWork, !isBusy else { return nil }
        var earliest: [Moment] = []
        if !waiting.isEmpty { earliest.append(openDigest.map { min($0.until, updatesFrom) } ?? notBefore) }
        if !updates.isEmpty { earliest.append(updatesFrom) }
        if !replies.isEmpty { earliest.append(notBefore) }
        return earliest.min().map { max($0, notBefore) }
    }

    enum Result: Sendable, Hashable {
        case done
        case rateLimited(Duration?)
        case failed
    }

    /// Takes in what came of a call. The lane stays busy until ``free()``.
    mutating func finish(_ result: Result, at moment: Moment, policy: DispatchPolicy) {
        switch result {
        case .done:
            failures = 0
            failingSince = nil
            notBefore = moment + policy.pace
        case .rateLimited(let wait):
            // Slack's word counts; a wait it does not tell is guessed, longer each time.
            failingSince = failingSince ?? moment
            if wait == nil { failures += 1 }
            notBefore = moment + max(wait ?? backoff(policy), policy.pace)
        case .failed:
            failingSince = failingSince ?? moment
            failures += 1
            notBefore = moment + backoff(policy)
        }
    }

    private func backoff(_ policy: DispatchPolicy) -> Duration {
        min(policy.firstBackoff * (1 << min(max(failures - 1, 0), 12)), policy.longestBackoff)
    }

    /// What came of the call is on disk: the next one may start.
    mutating func free() { isBusy = false }

    /// A digest of `count` incidents was posted: what comes soon joins it, unless it is full.
    mutating func open(digest message: String, count: Int, at moment: Moment, policy: DispatchPolicy) {
        openDigest = canUpdate && count < policy.mostInDigest ? (message, count, moment + policy.digestWindow) : nil
    }

    /// More incidents joined the open digest.
    mutating func extend(digest message: String, by count: Int, policy: DispatchPolicy) {
        guard let digest = openDigest, digest.message == message else { return }
        openDigest = digest.count + count < policy.mostInDigest ? (message, digest.count + count, digest.until) : nil
    }
}
