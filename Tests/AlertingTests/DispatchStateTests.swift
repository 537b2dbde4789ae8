import Foundation
import OrderedCollections
import Testing

@testable import Alerting

private let faults: [(probability: Double, error: SlackError)] = [
    (0.1, SlackError(.rateLimited(.seconds(3)), code: "ratelimited", "")), (0.05, SlackError(.rateLimited(nil), code: "ratelimited", "")),
    (0.1, SlackError(.transient(mayHaveArrived: false), code: "http_500", "")),
    (0.1, SlackError(.transient(mayHaveArrived: true), code: "request_timeout", "")), (0.03, SlackError(.message, code: "message_not_found", "")),
    (0.03, SlackError(.content, code: "invalid_blocks", "")),
]

private func name(_ number: Int) -> String { "Alert-\(number)-" }

@Suite struct DispatchStateTests {
    @Test(arguments: 0..<60)
    func `whatever slack does, every alert is told in the end, at the channel's pace`(seed: Int) {
        var simulation = SlackSimulation(seed: UInt64(seed))
        var alerts: [Int: (group: String, channel: String, alert: Alert)] = [:]
        for number in 0..<80 {
            if simulation.random.chance(0.7) || alerts.isEmpty {
                let app = "app\(Int.random(in: 0..<4, using: &simulation.random))"
                alerts[number] = ("g\(Int.random(in: 0..<12, using: &simulation.random))", "#\(app)", alert(name(number), app: app, second: number))
            } else if let (key, entry) = alerts.randomElement(using: &simulation.random), entry.alert.status == .firing {
                alerts[key]?.alert.status = .resolved
                alerts[key]?.alert.endsAt = entry.alert.startsAt + 5
            }
            if let entry = alerts.values.randomElement(using: &simulation.random) {
                simulation.receive(webhook(entry.group, entry.alert), channel: entry.channel)
            }
            simulation.run(for: .milliseconds(Int.random(in: 0..<700, using: &simulation.random)), faults: faults)
        }
        for entry in alerts.values { simulation.receive(webhook(entry.group, entry.alert), channel: entry.channel) }
        simulation.run(for: .seconds(1_800), faults: faults)
        simulation.run(for: .seconds(1_800))

        let words = simulation.visible.values.joined(separator: "\n")
        for number in alerts.keys { #expect(words.contains(name(number)), "\(number)") }
        #expect(simulation.state.waitingCount == 0)
        for message in simulation.state.messages.values { #expect(simulation.state.owed(by: message).untold.isEmpty) }
        for message in simulation.state.messages.values { #expect(!simulation.state.owed(by: message).needsUpdate) }
        #expect(simulation.uselessCalls == 0)
        for (_, calls) in Dictionary(grouping: simulation.calls, by: \.channel) {
            for (earlier, later) in zip(calls, calls.dropFirst()) { #expect(later.at - earlier.at >= .milliseconds(500)) }
        }
        let open = simulation.state.incidents.values.filter { !$0.isClosed }
        #expect(open.allSatisfy { $0.firing > 0 })
    }

    @Test(arguments: [1, 2, 3, 60, 199, 1_000])
    func `a flood becomes few messages, and every alert is in sight`(count: Int) {
        var simulation = SlackSimulation(seed: 1)
        for number in 0..<count { simulation.receive(webhook("g\(number)", alert(name(number))), channel: "#recipes") }
        simulation.run(for: .seconds(600))
        let words = simulation.visible.values.joined(separator: "\n")
        #expect((0..<count).allSatisfy { words.contains(name($0)) })
        #expect(simulation.posts <= max(3, 2 + count / 200))
    }

    @Test func `a flood that trickles in joins the digest`() {
        var simulation = SlackSimulation(seed: 1)
        for number in 0..<60 {
            simulation.receive(webhook("g\(number)", alert(name(number))), channel: "#recipes")
            simulation.run(for: .milliseconds(100))
        }
        simulation.run(for: .seconds(4))
        let words = simulation.visible.values.joined(separator: "\n")
        #expect((0..<60).allSatisfy { words.contains(name($0)) })
        #expect(simulation.posts <= 3)
    }

    @Test func `a group of 60 alerts is one message, in whole`() {
        var simulation = SlackSimulation(seed: 1)
        simulation.receive(Webhook(groupKey: "g", alerts: (0..<60).map { alert(name($0)) }), channel: "#recipes")
        simulation.run(for: .seconds(9))
        let words = simulation.visible.values.joined(separator: "\n")
        #expect((0..<60).allSatisfy { words.contains(name($0)) })
        #expect(simulation.posts == 1)
    }

    @Test func `a finished incident that starts again is a new message, and a late repetition is none`() {
        var simulation = SlackSimulation(seed: 1)
        let (firing, over) = (alert(), alert("AppDown", .resolved))
        for each in [firing, over, over, firing, over] {
            simulation.receive(webhook("g", each), channel: "#recipes")
            simulation.run(for: .seconds(10))
        }
        #expect(simulation.posts == 2)
        #expect(simulation.state.messages.isEmpty)
    }

    @Test func `a group that never rests does not grow for ever`() {
        var simulation = SlackSimulation(seed: 1)
        for round in 0..<300 {
            simulation.receive(webhook("g", alert("Steady"), alert(name(round), second: round)), channel: "#recipes")
            simulation.run(for: .seconds(5))
            simulation.receive(webhook("g", alert("Steady"), alert(name(round), .resolved, second: round)), channel: "#recipes")
            simulation.run(for: .seconds(5))
        }
        #expect(simulation.posts == 1)
        #expect(simulation.state.incidents.values.allSatisfy { $0.alerts.count <= 101 })
        #expect(simulation.state.messages.values.allSatisfy { $0.tellings.count <= 101 })
        let words = simulation.visible.values.joined(separator: "\n")
        #expect((0..<300).allSatisfy { words.contains(name($0)) })
    }

    @Test func `an alert that starts anew without having ended has ended before`() {
        var incident = Incident(groupKey: "g", app: "recipes")
        let moment = Date()
        #expect(incident.absorb([alert()], at: moment).count == 1)
        #expect(incident.absorb([alert()], at: moment).isEmpty)
        #expect(incident.absorb([alert(second: 60)], at: moment).count == 2)
        #expect(incident.alerts.values.map(\.alert.status) == [.resolved, .firing])
        #expect(Incident(incident.json)?.alerts.count == 2)
    }

    @Test func `a channel that never works again hands its alerts over, and the SREs' own is tried for longer`() {
        let refused = SlackError(.channel, code: "is_archived", "archived")
        var simulation = SlackSimulation(seed: 1)
        for number in 0..<10 { simulation.receive(webhook("g\(number)", alert(name(number))), channel: "#recipes") }
        simulation.run(for: .seconds(3_600), faults: [(1, refused)])
        #expect(simulation.calls.filter { $0.channel == "#recipes" }.count == 1)
        let tries = simulation.calls.filter { $0.channel == "#sre" }.count
        #expect(tries > 10 && tries < 100)
        #expect(simulation.state.waitingCount == 10)
        simulation.run(for: .seconds(2 * 86_400), faults: [(1, refused)])
        #expect(simulation.state.waitingCount == 0)
    }

    @Test func `ten thousand channels are served in turn`() {
        var policy = DispatchPolicy()
        policy.pace = .milliseconds(1)
        var simulation = SlackSimulation(seed: 1, policy: policy)
        for number in 0..<10_000 { simulation.receive(webhook("g\(number)", alert(name(number), app: "app\(number)")), channel: "#app\(number)") }
        simulation.run(for: .seconds(1))
        #expect(simulation.posts == 10_000 && simulation.calls.count == 10_000)
        #expect(simulation.state.lanes.isEmpty)
    }

    @Test func `the agenda hands out each channel once, when it is due`() {
        var agenda = Agenda()
        let start = ContinuousClock.now
        for (channel, second) in [("a", 3), ("b", 1), ("c", 2), ("a", 1), ("b", 5)] { agenda.add(channel, due: start + .seconds(second)) }
        #expect(agenda.take(at: start) == nil)
        #expect(agenda.next == start + .seconds(1))
        var taken: [String] = []
        while let channel = agenda.take(at: start + .seconds(10)) { taken.append(channel) }
        #expect(Set(taken.prefix(2)) == ["a", "b"] && taken.last == "c" && taken.count == 3)
    }
}
