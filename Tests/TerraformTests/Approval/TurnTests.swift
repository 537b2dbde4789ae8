import Foundation
import Testing

@testable import Terraform

@Suite struct `The turn of a project` {
    private let noon = Proposals.noon

    @Test func `goes to one at a time, in the order in which they came`() {
        let turn = Turn()
        #expect(turn.ask(1, by: "sam", now: noon).answer == .taken)
        func position(_ plan: Int, _ by: String, _ now: Date) -> Int? {
            guard case .waiting(let position, let holder) = turn.ask(plan, by: by, now: now).answer else { return nil }
            #expect(holder.person == "sam" && holder.since == noon)
            return position
        }
        #expect(position(2, "tom", noon + 1) == 1)
        #expect(position(3, "ada", noon + 2) == 2)
        #expect(position(2, "tom", noon + 3) == 1, "who asks again keeps the place")
        turn.give(back: 1)
        guard case .waiting = turn.ask(3, by: "ada", now: noon + 4).answer else { return #expect(Bool(false), "tom is the first") }
        #expect(turn.ask(2, by: "tom", now: noon + 5).answer == .taken)
        turn.give(back: 2)
        #expect(turn.ask(3, by: "ada", now: noon + 6).answer == .taken)
    }

    @Test func `is lost by who is not heard of, and by nobody who is`() {
        let turn = Turn()
        _ = turn.ask(1, by: "sam", now: noon)
        let patience = ProjectTurn.patience
        #expect(turn.beat(1, now: noon + patience - 1))
        let early = turn.ask(2, by: "tom", now: noon + 2 * patience - 2)
        #expect(early.lost == nil && early.answer != .taken)
        let late = turn.ask(2, by: "tom", now: noon + 2 * patience + 1)
        #expect(late.lost == 1 && late.answer == .taken)
        #expect(!turn.beat(1, now: noon + 2 * patience + 2), "whoever comes back late has not got it any more")
    }

    @Test func `passes over who waited and went away`() {
        let turn = Turn()
        _ = turn.ask(1, by: "sam", now: noon)
        _ = turn.ask(2, by: "tom", now: noon)
        let later = noon + ProjectTurn.patience + 1
        _ = turn.beat(1, now: later)
        _ = turn.ask(3, by: "ada", now: later)
        turn.give(back: 1)
        #expect(turn.ask(3, by: "ada", now: later + 1).answer == .taken)
    }

    /// Whatever is asked, given back and forgotten: at most one has the turn, nobody waits twice, and whoever asks is told the truth.
    @Test(arguments: 0..<200) func `is never anybody's but one's`(seed: UInt64) {
        var random = Dice(seed: seed)
        let turn = Turn()
        var now = noon
        for _ in 0..<100 {
            now += Double(random.roll(40))
            let plan = random.roll(5)
            switch random.roll(4) {
            case 0: turn.give(back: plan)
            case 1:
                let isTheirs = turn.state.holder?.plan == plan
                #expect(turn.beat(plan, now: now) == isTheirs)
            default:
                let before = turn.state.holder
                let (answer, lost) = turn.ask(plan, by: "p\(plan)", now: now)
                if answer == .taken { #expect(turn.state.holder?.plan == plan) }
                if let lost {
                    #expect(before?.plan == lost && now.timeIntervalSince(before?.heard ?? now) > ProjectTurn.patience)
                } else if let before {
                    #expect(turn.state.holder == before)
                }
                if case .waiting(let position, _) = answer { #expect(turn.state.queue[position - 1].plan == plan) }
            }
            let waiting = turn.state.queue.map(\.plan)
            #expect(Set(waiting).count == waiting.count)
            #expect(ProjectTurn(turn.state.json) == turn.state)
        }
    }

    /// A turn that expectations can ask.
    private final class Turn {
        private(set) var state = ProjectTurn()

        func ask(_ plan: Int, by person: String, now: Date) -> (answer: ProjectTurn.Answer, lost: Int?) { state.ask(plan, by: person, now: now) }
        func beat(_ plan: Int, now: Date) -> Bool { state.beat(plan, now: now) }
        func give(back plan: Int) { state.give(back: plan) }
    }

    /// A generator whose rolls can be had again.
    private struct Dice {
        private var state: UInt64
        init(seed: UInt64) { state = seed &* 2_862_933_555_777_941_757 &+ 3_037_000_493 }

        mutating func roll(_ sides: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(sides))
        }
    }
}
