import Foundation
import ServiceModel
import Store
import Testing

@testable import Alerting

@Suite struct RoutingTests {
    @Test(arguments: [
        (
            RoutingFacts(
                app: "a", setChannel: "#set", owner: AppOwner(team: "t", definitionChannel: "#def", teamChannel: "#team"), sreChannel: "#sre"), "#set"
        ),
        (RoutingFacts(app: "a", owner: AppOwner(team: "t", definitionChannel: "#def", teamChannel: "#team"), sreChannel: "#sre"), "#def"),
        (RoutingFacts(app: "a", owner: AppOwner(team: "t", teamChannel: "#team"), sreChannel: "#sre"), "#team"),
        (RoutingFacts(app: "a", owner: AppOwner(team: "t"), sreChannel: "#sre"), "#sre"),
        (RoutingFacts(app: "a", sreChannel: "#sre"), "#sre"), (RoutingFacts(sreChannel: "#sre"), "#sre"), (RoutingFacts(app: "a"), nil),
        (RoutingFacts(app: "a", setChannel: "#set", sreChannel: "#sre", diversion: Diversion(channel: "#set", reason: "is_archived")), "#sre"),
    ])
    func `the first channel that is there wins`(facts: RoutingFacts, channel: String?) {
        let route = Route(facts)
        #expect(route.channel == channel)
        #expect(!route.reasons.isEmpty)
        #expect((route.note != nil) == (channel == "#sre" || channel == nil))
    }

    @Test func `a simulation names the channel, the reasons, the message and the silences`() async throws {
        let store = try SQLiteStore.inMemory()
        let router = AlertRouter(
            settings: ChannelSettings(store: store), owners: Owners(["recipes": AppOwner(team: "kitchen", teamChannel: "#kitchen")]),
            proofs: ProofRecords(store: store))
        let silence = try #require(
            Silence(
                try JSON(
                    parsing:
                        #"{"id":"s1","status":{"state":"active"},"matchers":[{"name":"app","value":"rec.*","isRegex":true}],"startsAt":"2026-01-01T00:00:00Z","endsAt":"2027-01-01T00:00:00Z","createdBy":"ann","comment":"c"}"#
                )))
        let simulation = AlertSimulation(router: router, links: AlertLinks(console: nil)) { [silence] }
        let result = try await simulation.simulate(alert())
        #expect(result.route.channel == "#kitchen")
        #expect(
            result.route.reasons == [
                "set in the console for recipes: none", "monitoring.channel in the definition of recipes: none",
                "channel of the team kitchen: #kitchen",
            ])
        #expect(result.message.text == "[FIRING:1] AppDown (recipes)" && result.silences.map(\.id) == ["s1"])
        #expect(result.json["channel"].string == "#kitchen")
    }

    @Test(arguments: [
        ("app=x", ["app": "x"], true), (#"app="x y""#, ["app": "x y"], true), ("app!=x", ["app": "x"], false),
        ("app=~re.*", ["app": "recipes"], true),
        ("app=~rec", ["app": "recipes"], false), ("app!~a|b", ["app": "c"], true), ("none=", [:], true), ("none=x", [:], false),
        ("app=~(", ["app": "("], false),
    ])
    func `matchers match as Alertmanager's do`(text: String, labels: [String: String], isMatch: Bool) throws {
        let matcher = try #require(Matcher(parsing: text))
        #expect(matcher.matches(labels) == isMatch)
        #expect(Matcher(parsing: matcher.description) == matcher)
    }

    @Test func `what is no matcher is none`() {
        for text in ["", "app", "=x", "1a=x", "a b=c"] { #expect(Matcher(parsing: text) == nil, "\(text)") }
    }

    @Test(arguments: [
        ([] as [Matcher], "ann", "why", "at least one"), ([Matcher(name: "app", value: ".*", isRegex: true)], "ann", "why", "every alert"),
        ([Matcher(name: "app", value: "x")], "", "why", "creator"), ([Matcher(name: "app", value: "x")], "ann", " ", "reason"),
        ([Matcher(name: "app", value: "x"), Matcher(name: "b", value: "(", isRegex: true)], "ann", "why", "regular expression"),
    ])
    func `a silence that makes no sense says why`(matchers: [Matcher], person: String, comment: String, problem: String) {
        let request = SilenceRequest(matchers: matchers, startsAt: Date(), endsAt: Date() + 60, createdBy: person, comment: comment)
        #expect(request.problem?.contains(problem) == true)
    }

    @Test(arguments: [
        ("ratelimited", SlackError.Kind.rateLimited(nil)), ("internal_error", .transient(mayHaveArrived: false)), ("is_archived", .channel),
        ("not_in_channel", .channel), ("invalid_auth", .channel), ("msg_too_long", .content), ("message_not_found", .message),
        ("brand_new_error", .channel),
    ])
    func `slack's errors are sorted by what helps`(code: String, kind: SlackError.Kind) {
        #expect(SlackError(code: code, retryAfter: nil).kind == kind)
    }

    @Test(arguments: [
        (500, "", SlackError.Kind.transient(mayHaveArrived: false)), (429, "", .rateLimited(.seconds(7))), (404, "no_service", .channel),
        (410, "channel_is_archived", .channel), (400, "invalid_payload", .content), (403, "", .channel), (302, "", .channel),
    ])
    func `statuses are sorted by what helps`(status: UInt, body: String, kind: SlackError.Kind) {
        #expect(SlackError(status: status, body: body, retryAfter: .seconds(7)).kind == kind)
    }

    @Test func `what comes from labels means nothing to slack`() throws {
        let evil = alert(
            labels: ["task": "<!channel> & <http://evil|click>"],
            annotations: ["summary": "<!here> *bold* & more", "runbook_url": "javascript:alert(1)"])
        var incident = Incident(groupKey: "g", app: "recipes")
        _ = incident.absorb([evil], at: Date())
        let message = MessageRenderer(links: AlertLinks(console: nil), template: StandardTemplate()).incident(.init(incident: incident)).message
        let text = message.json.text
        #expect(!text.contains("<!here>") && !text.contains("<!channel>") && !text.contains("javascript:") && text.contains("&lt;!here&gt;"))
    }

    @Test func `messages are bounded, however much is to be said`() {
        let long = String(repeating: "<&long>", count: 3_000)
        let renderer = MessageRenderer(links: AlertLinks(console: "http://console.test"), template: StandardTemplate())
        var subjects: [MessageRenderer.Subject] = []
        for number in 0..<300 {
            var incident = Incident(groupKey: "g\(number)", app: "recipes")
            _ = incident.absorb(
                (0..<20).map { alert("A\($0)", labels: ["task": long], annotations: ["summary": long, "description": long]) }, at: Date())
            subjects.append(.init(incident: incident, notes: [long]))
        }
        let messages = [
            renderer.digest(subjects, pastLines: [long], tellsDetails: true), renderer.incident(subjects[0]),
            renderer.reply(subjects.map { ($0, Array($0.incident.alerts.keys)) }, notes: [long]),
        ]
        for message in messages {
            let size =
                message.message.text.count
                + message.message.attachments.reduce(0) { $0 + $1.text.count + ($1.title?.count ?? 0) + ($1.footer?.count ?? 0) }
            #expect(size <= 13_200)
            #expect(message.message.attachments.count <= 50)
        }
    }
}
