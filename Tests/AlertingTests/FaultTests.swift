import Foundation
import Store
import TestSupport
import Testing

@testable import Alerting

private let owners = Owners(["recipes": AppOwner(definitionChannel: "#recipes")])

private func named(_ number: Int) -> String { "Alert-\(number)-" }

@Suite(.serialized) struct FaultTests {
    @Test func `60 alerts at once are all to be seen in three messages, without a useless call`() async throws {
        var faults = StandInFaults()
        faults.pace = .seconds(1)
        try await Desk.run(standIn: SlackStandIn(token: Desk.token, faults: faults), owners: owners) { desk in
            for number in 0..<60 { _ = try await desk.dispatcher.accept(webhook("g\(number)", alert(named(number)))) }
            try await eventually("all 60 in sight") {
                let words = await desk.words("recipes")
                return (0..<60).allSatisfy { words.contains(named($0)) }
            }
            #expect(await desk.posted("recipes").count <= 3)
            // The stand-in counts from when a call reaches it: a busy machine may bring one a moment too soon.
            #expect(await desk.standIn.calls.filter { $0.result == "429" }.count <= 3)
        }
    }

    @Test func `20 alerts that live two seconds are told although slack says 429`() async throws {
        var faults = StandInFaults()
        faults.pace = .seconds(1)
        try await Desk.run(standIn: SlackStandIn(token: Desk.token, faults: faults), owners: owners) { desk in
            for number in 0..<20 { _ = try await desk.dispatcher.accept(webhook("g\(number)", alert(named(number)))) }
            for number in 0..<20 { _ = try await desk.dispatcher.accept(webhook("g\(number)", alert(named(number), .resolved))) }
            try await eventually("all told") { await desk.dispatcher.waitingCount == 0 }
            try await eventually("and closed") { try await Outbox(store: desk.store).load().messages.isEmpty }
            let words = await desk.words("recipes")
            #expect((0..<20).allSatisfy { words.contains("[RESOLVED] " + named($0)) })
        }
    }

    enum Fault: String, CaseIterable, Sendable {
        case failure, hang, reset, refusal, slow
    }

    @Test(arguments: Fault.allCases)
    func `nothing is lost when slack misbehaves every second time`(_ fault: Fault) async throws {
        var faults = StandInFaults()
        switch fault {
        case .failure: faults.failEvery = 2
        case .hang: faults.hangEvery = 2
        case .reset: faults.resetEvery = 2
        case .refusal: faults.refuseEvery = 2
        case .slow: faults.delay = .milliseconds(100)
        }
        var policy = DispatchPolicy()
        policy.pace = .milliseconds(10)
        policy.firstBackoff = .milliseconds(10)
        try await Desk.run(
            standIn: SlackStandIn(token: Desk.token, faults: faults), owners: Owners([:], sre: nil), policy: policy,
            timeout: fault == .hang ? .milliseconds(500) : .seconds(10)
        ) { desk in
            for number in 0..<40 {
                desk.owners.set("app\(number)", AppOwner(definitionChannel: "#app\(number)"))
                _ = try await desk.dispatcher.accept(webhook("g\(number)", alert(named(number), app: "app\(number)")))
            }
            try await eventually("all told") { await desk.dispatcher.waitingCount == 0 }
            for number in 0..<40 {
                let posted = await desk.posted("app\(number)")
                // On a busy machine an answer may come too late; what is sent again then says so.
                #expect(!posted.isEmpty && posted.dropFirst().allSatisfy { $0.words.contains("possible duplicate") })
            }
        }
    }

    @Test(arguments: [true, false])
    func `a call whose answer never came is repeated and marked`(isCrash: Bool) async throws {
        var faults = StandInFaults()
        faults.hangEvery = 1
        faults.keepsUnanswered = true
        let standIn = SlackStandIn(token: Desk.token, faults: faults)
        let store = try SQLiteStore.inMemory()
        var policy = DispatchPolicy()
        policy.pace = .milliseconds(50)
        try await Desk.run(store: store, standIn: standIn, owners: owners, policy: policy, timeout: isCrash ? .seconds(60) : .milliseconds(200)) {
            desk in
            _ = try await desk.dispatcher.accept(webhook("g", alert()))
            try await eventually("arrived unanswered") { await desk.posted("recipes").count >= 1 }
            if isCrash { return }
            await standIn.set(StandInFaults())
            try await eventually("repeated") { await desk.dispatcher.waitingCount == 0 }
        }
        await standIn.set(StandInFaults())
        try await Desk.run(store: store, standIn: standIn, owners: owners, policy: policy) { desk in
            try await eventually("told") {
                let posted = await desk.posted("recipes").count
                return await desk.dispatcher.waitingCount == 0 ? posted >= 2 : false
            }
            #expect(await desk.posted("recipes").first?.words.contains("possible duplicate") == false)
            #expect(await desk.posted("recipes").last?.words.contains("possible duplicate") == true)
        }
    }

    @Test func `a dispatcher that ends in the middle of 300 loses none, and repeats one at most`() async throws {
        let standIn = SlackStandIn(token: Desk.token)
        try await withTemporaryDirectory { directory in
            let path = directory.appending(path: "store.sqlite").path
            var policy = DispatchPolicy()
            policy.pace = .milliseconds(30)
            try await Desk.run(store: SQLiteStore(path: path), standIn: standIn, owners: owners, policy: policy) { desk in
                for number in 0..<300 { _ = try await desk.dispatcher.accept(webhook("g\(number)", alert(named(number)))) }
                try await eventually("some told") { await desk.messages("recipes").count >= 3 }
            }
            try await Desk.run(store: SQLiteStore(path: path), standIn: standIn, owners: owners, policy: policy) { desk in
                try await eventually("all told") {
                    let words = await desk.words("recipes")
                    return (0..<300).allSatisfy { words.contains(named($0)) }
                }
                let marked = await desk.messages("recipes").filter { $0.words.contains("possible duplicate") }
                #expect(marked.count <= 1)
            }
        }
    }
}
