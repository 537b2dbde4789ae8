import Foundation
import Store
import TestSupport
import Testing

@testable import Alerting

@Suite struct `An acknowledgement` {
    private static let owners = ["recipes": AppOwner(team: "kitchen", definitionChannel: "#recipes", teamChannel: nil)]
    private static var quick: DispatchPolicy {
        var policy = DispatchPolicy()
        policy.pace = .milliseconds(20)
        return policy
    }

    private let mine = Acknowledgement(by: "yuki", reason: "the <database> moves", at: Date(timeIntervalSince1970: 1_790_000_100))

    @Test func `is said in the message and in its thread once, keeps nothing back, and outlives a restart`() async throws {
        let store = try SQLiteStore.inMemory()
        let standIn = SlackStandIn(token: Desk.token)
        try await Desk.run(store: store, standIn: standIn, owners: Owners(Self.owners), policy: Self.quick) { desk in
            _ = try await desk.dispatcher.accept(webhook("g", alert()))
            try await eventually("posted") { await desk.posted("recipes").count == 1 }
            #expect(try await desk.dispatcher.acknowledge(mine, app: "recipes", name: "Other").isEmpty)
            #expect(try await desk.dispatcher.acknowledge(mine, app: "recipes").count == 1)
            try await eventually("in the message") { await desk.posted("recipes").first?.words.contains("acknowledged by yuki") == true }
            try await eventually("in the thread") { await desk.answers("recipes").count == 1 }
            #expect(await desk.answers("recipes").first?.contains("the &lt;database&gt; moves") == true)
            #expect(try await desk.dispatcher.acknowledge(mine, app: "recipes").count == 1, "the same words again change nothing")
        }
        try await Desk.run(store: store, standIn: standIn, owners: Owners(Self.owners), policy: Self.quick) { desk in
            #expect(await desk.dispatcher.firing(of: "recipes").first?.acknowledgement?.by == "yuki")
            _ = try await desk.dispatcher.accept(webhook("g", alert(), alert("AppSlow", second: 5)))
            try await eventually("what fires later is told") { await desk.words("recipes").contains("AppSlow of recipes") }
            try await eventually("told once") { await desk.answers("recipes").count == 2 }
            let firing = await desk.dispatcher.firing(of: "recipes")
            #expect(firing.map { $0.acknowledgement?.by } == [nil, "yuki"], "and is not acknowledged")
            #expect(await desk.dispatcher.firingCounts == ["recipes": 2])
        }
    }
}

extension Desk {
    fileprivate func answers(_ channel: String) async -> [String] { await messages(channel).filter { $0.threadTS != nil }.map(\.words) }
}
