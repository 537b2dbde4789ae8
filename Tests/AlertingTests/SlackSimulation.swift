import Foundation

@testable import Alerting

/// The dispatcher's decisions against a Slack that exists only as numbers: time passes when the simulation says so.
struct SlackSimulation {
    var state: DispatchState
    var now = ContinuousClock.Instant.now
    var random: SplitMix
    /// Texts of messages and answers by the place they stand in, as a reader sees them.
    private(set) var visible: [String: String] = [:]
    private(set) var posts = 0
    private(set) var calls: [(channel: String, at: ContinuousClock.Instant)] = []
    private(set) var uselessCalls = 0
    private var limitedUntil: [String: ContinuousClock.Instant] = [:]

    init(seed: UInt64, policy: DispatchPolicy = DispatchPolicy()) {
        random = SplitMix(state: seed)
        let renderer = MessageRenderer(links: AlertLinks(console: "http://console.test"), template: StandardTemplate())
        state = DispatchState(policy: policy, renderer: renderer, at: now)
        state.sreChannel = "#sre"
    }

    private var date: Date { Date(timeIntervalSince1970: 1_790_000_000 + Double(visible.count + calls.count)) }

    mutating func receive(_ webhook: Webhook, channel: String) {
        for (id, changed) in state.absorb(webhook, at: date, now) where !changed.isEmpty {
            state.place(id, Route(channel: channel, reasons: []), at: now)
        }
    }

    /// Makes every call that may start now; each meets `fault` with its probability.
    mutating func step(faults: [(probability: Double, error: SlackError)]) {
        while let order = state.next(at: now) {
            guard let draft = state.draft(order) else {
                state.release(order, at: now)
                continue
            }
            calls.append((order.channel, now))
            if let until = limitedUntil[order.channel], now < until { uselessCalls += 1 }
            let outcome = state.finish(draft, answer(draft, faults), date: date, at: now)
            state.free(draft.channel, at: now)
            for id in outcome.unplaced { state.place(id, Route(channel: "#sre", reasons: []), at: now) }
        }
    }

    private mutating func answer(
        _ draft: Draft, _ faults: [(probability: Double, error: SlackError)]
    ) -> Result<SlackAddress?, SlackError> {
        for fault in faults where random.chance(fault.probability) {
            if case .rateLimited(let wait?) = fault.error.kind { limitedUntil[draft.channel] = now + wait }
            if case .transient(mayHaveArrived: true) = fault.error.kind, random.chance(0.5) { keep(draft) }
            return .failure(fault.error)
        }
        return .success(keep(draft))
    }

    @discardableResult
    private mutating func keep(_ draft: Draft) -> SlackAddress {
        let words = ([draft.message.text] + draft.message.attachments.map(\.text)).joined(separator: "\n")
        if case .edit(let address) = draft.target {
            visible[address.ts] = words
            return address
        }
        if case .channel = draft.target { posts += 1 }
        let address = SlackAddress(channel: draft.channel, ts: "\(visible.count)")
        visible[address.ts] = words
        return address
    }

    /// Lets time pass until nothing is to be done, or `limit` has passed.
    mutating func run(for limit: Duration, faults: [(probability: Double, error: SlackError)] = []) {
        let end = now + limit
        step(faults: faults)
        while let due = state.agenda.next, due <= end {
            now = max(due, now)
            step(faults: faults)
        }
        now = end
        step(faults: faults)
    }
}

/// Numbers that look random and are the same for the same seed (Steele, Lea, Flood: "Fast splittable pseudorandom number generators").
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }

    mutating func chance(_ probability: Double) -> Bool { Double.random(in: 0..<1, using: &self) < probability }
}
