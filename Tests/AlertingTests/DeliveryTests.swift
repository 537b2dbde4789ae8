import Foundation
import Store
import TestSupport
import Testing

@testable import Alerting

private let owners = ["recipes": AppOwner(team: "kitchen", definitionChannel: "#recipes", teamChannel: "#kitchen")]

/// Quick enough for tests, in the proportions of real life.
private var quick: DispatchPolicy {
    var policy = DispatchPolicy()
    policy.pace = .milliseconds(20)
    policy.firstBackoff = .milliseconds(20)
    policy.longestBackoff = .milliseconds(100)
    return policy
}

@Suite struct DeliveryTests {
    @Test func `an incident is one message, edited and answered in its thread as it goes on, and ends green`() async throws {
        try await Desk.run(owners: Owners(owners), policy: quick) { desk in
            #expect(try await desk.dispatcher.accept(webhook("g", alert())))
            try await eventually("posted") { await desk.posted("recipes").count == 1 }
            let first = try #require(await desk.posted("recipes").first)
            #expect(first.text == "[FIRING:1] AppDown (recipes)")
            #expect(first.attachments.first?.titleLink == "http://console.test/apps/recipes")
            for words in [
                "AppDown of recipes", "<http://console.test/silences/new?matcher=", "<http://runbooks.test/AppDown|Runbook>",
                "<http://console.test/rules/AppDown|Rule>", "<http://prometheus.test/graph?g0.expr=up|Graph>",
            ] { #expect(first.words.contains(words), "\(words)") }

            _ = try await desk.dispatcher.accept(webhook("g", alert(), alert("AppSlow", second: 5)))
            try await eventually("answered") { await desk.messages("recipes").contains { $0.threadTS == first.ts && $0.words.contains("AppSlow") } }
            try await eventually("edited") { await desk.posted("recipes").first?.text.hasPrefix("[FIRING:2]") == true }

            _ = try await desk.dispatcher.accept(webhook("g", alert("AppDown", .resolved), alert("AppSlow", .resolved, second: 5)))
            try await eventually("green") { await desk.posted("recipes").first?.attachments.first?.color == "good" }
            try await eventually("told in the thread") { await desk.messages("recipes").contains { $0.text == "2 resolved" } }
            #expect(await desk.posted("recipes").count == 1)

            let page = try await AlertLedger(store: desk.store).entries(of: "recipes", limit: 1)
            let newest = try #require(page.entries.first)
            #expect(newest.labels["alertname"] == "AppSlow" && newest.address?.ts == first.ts && newest.sentAt != nil && newest.resolvedSentAt != nil)
            let rest = try await AlertLedger(store: desk.store).entries(of: "recipes", before: page.next)
            #expect(rest.entries.map { $0.labels["alertname"] } == ["AppDown"] && rest.next == nil)
            #expect(rest.entries.first?.reasons.last == "monitoring.channel in the definition of recipes: #recipes")
        }
    }

    @Test func `each alert of a group goes by its own app, and what nobody owns to the SREs`() async throws {
        try await Desk.run(owners: Owners(owners), policy: quick) { desk in
            _ = try await desk.dispatcher.accept(webhook("g", alert(), alert(app: "ghost"), alert(app: nil)))
            try await eventually("all told") { await desk.words("sre").contains("ghost") }
            try await eventually("also the one without an app") { await desk.words("sre").contains("the alert has no label app") }
            try await eventually("the owner as well") { await desk.posted("recipes").count == 1 }
            #expect(await desk.words("sre").contains("no owner: no definition is called ghost"))
            #expect(await !desk.words("sre").contains("(recipes)"))
        }
    }

    @Test func `a channel set in the console counts from the next alert on, and an open incident goes on there`() async throws {
        try await Desk.run(owners: Owners(owners), policy: quick) { desk in
            _ = try await desk.dispatcher.accept(webhook("g", alert()))
            try await eventually("posted") { await desk.posted("recipes").count == 1 }
            try await desk.settings.put(ChannelSetting(app: "recipes", channel: "#new", setBy: "ann", setAt: Date()))
            _ = try await desk.dispatcher.accept(webhook("g", alert(), alert("AppSlow", second: 5)))
            try await eventually("posted there") { await desk.words("new").contains("AppSlow") }
            try await eventually("said here") { await desk.words("recipes").contains("goes on in #new") }
        }
    }

    @Test func `a template that fails and a text that slack refuses are sent as the raw alert`() async throws {
        struct Broken: AlertTemplate {
            func text(for alert: Alert) throws -> String { throw CocoaError(.formatting) }
        }
        try await Desk.run(owners: Owners(owners), policy: quick, template: Broken()) { desk in
            _ = try await desk.dispatcher.accept(webhook("g", alert()))
            try await eventually("posted") { await desk.words("recipes").contains("alertname=AppDown") }
            try await eventually("counted") { desk.metrics.value(.notifications, .rawText) >= 1 }
        }
        var faults = StandInFaults()
        faults.refuseEvery = 2
        faults.refusal = "invalid_blocks"
        try await Desk.run(standIn: SlackStandIn(token: Desk.token, faults: faults), owners: Owners(owners), policy: quick) { desk in
            for number in 1...2 { _ = try await desk.dispatcher.accept(webhook("g\(number)", alert("Number\(number)"))) }
            try await eventually("both told") { await desk.words("recipes").contains("alertname=Number") }
        }
    }

    @Test func `an archived channel's alerts go to the SREs with the reason, which is kept until the channel works`() async throws {
        var faults = StandInFaults()
        faults.archived = ["recipes"]
        try await Desk.run(standIn: SlackStandIn(token: Desk.token, faults: faults), owners: Owners(owners), policy: quick) { desk in
            _ = try await desk.dispatcher.accept(webhook("g", alert()))
            try await eventually("told the SREs") { await desk.words("sre").contains("could not be delivered to #recipes: is_archived") }
            let troubles = ChannelTroubles(store: desk.store)
            try await eventually("kept") { try await troubles.troubles(of: "recipes").first?.code == "is_archived" }
            #expect(await desk.standIn.calls.filter { $0.channel == "#recipes" }.count == 1)

            await desk.standIn.set(StandInFaults())
            _ = try await desk.dispatcher.accept(webhook("h", alert("AppSlow")))
            try await eventually("cleared") { try await troubles.all().isEmpty }
        }
    }

    @Test func `incoming webhooks get every change as a message`() async throws {
        let directory = Owners([:])
        try await Desk.run(owners: directory, policy: quick) { desk in
            directory.set("recipes", AppOwner(definitionChannel: "\(desk.url)/slack/hooks/hooked"))
            _ = try await desk.dispatcher.accept(webhook("g", alert()))
            try await eventually("posted") { await desk.posted("hooked").count == 1 }
            _ = try await desk.dispatcher.accept(webhook("g", alert("AppDown", .resolved)))
            try await eventually("resolved") { await desk.posted("hooked").contains { $0.text == "1 resolved" } }
            try await eventually("closed") { try await Outbox(store: desk.store).load().messages.isEmpty }
        }
    }

    @Test func `what cannot be told in time is left with Alertmanager`() async throws {
        var full = quick
        full.mostWaiting = 0
        try await Desk.run(policy: full) { (desk: Desk) async throws in
            await #expect(throws: DispatcherOverloaded.self) { try await desk.dispatcher.accept(webhook("g", alert())) }
            #expect(try await Outbox(store: desk.store).load().incidents.isEmpty)
        }
    }

    @Test func `a message that is gone is posted anew`() async throws {
        let store = try SQLiteStore.inMemory()
        try await Desk.run(store: store, owners: Owners(owners), policy: quick) { desk in
            _ = try await desk.dispatcher.accept(webhook("g", alert()))
            try await eventually("posted") { try await Outbox(store: store).load().messages.count == 1 }
        }
        try await Desk.run(store: store, owners: Owners(owners), policy: quick) { desk in  // another stand-in, which knows nothing
            _ = try await desk.dispatcher.accept(webhook("g", alert("AppDown", .resolved)))
            try await eventually("posted anew") { await desk.posted("recipes").first?.text == "[RESOLVED] AppDown (recipes)" }
        }
    }

    @Test func `the same alerts in the same states change nothing, before and after a restart`() async throws {
        let store = try SQLiteStore.inMemory()
        let standIn = SlackStandIn(token: Desk.token)
        let news = webhook("g", alert(), alert("AppSlow"))
        for round in 0..<3 {
            try await Desk.run(store: store, standIn: standIn, owners: Owners(owners), policy: quick) { desk in
                #expect(try await desk.dispatcher.accept(news) == (round == 0))
                #expect(try await desk.dispatcher.accept(news) == false)
                try await eventually("posted") { try await Outbox(store: store).load().messages.count == 1 }
            }
        }
        #expect(await standIn.channel("recipes")?.messages.count == 1)
    }
}
