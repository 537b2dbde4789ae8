import Definitions
import Foundation
import ServiceModel
import Testing

@testable import Objectives

private let now = Date(timeIntervalSince1970: 1_790_000_000)

func standing(
    bad: Int, total: Int, _ promise: Objective = objective("a", summary: "save a recipe", window: .month, zone: "Asia/Tokyo"), burns: [Burn] = []
) -> Standing {
    let days = Period(of: promise, at: now).days
    let entries = [DayEntry(day: days[2], version: "v", budget: promise.budget, bad: bad, total: total, failures: bad > 0 ? [3: bad] : [:])]
    let budget = Budget(promise, entries: entries, now: now)
    let statement = Statement(budget, failures: entries.flatMap(\.timedFailures), causes: [])
    return Standing(app: "recipes", objective: promise, budget: budget, burns: burns, statement: statement)
}

@Test func `the three voices and the JSON agree on what is left, whatever the figures`() {
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<500 {
        let total = Int.random(in: 0...10_000_000, using: &generator)
        let bad = Int.random(in: 0...max(1, total / Int.random(in: 1...5_000, using: &generator)), using: &generator)
        var promise = objective("a", summary: "save", window: [.month, .days(30), .quarter].randomElement(using: &generator) ?? .month)
        promise.cost = .init(amount: 1_200, currency: "JPY")
        let standing = standing(bad: min(bad, total), total: total, promise, burns: [Burn(hours: 24, bad: 1, total: 100)])
        let voices = Voices(standing)
        let all = [voices.business, voices.developers.joined(), voices.sre.joined()]
        let figures = Figures(standing)
        let isUnknown = standing.state == .unknown
        let say = all.filter { $0.contains("\(figures.remaining) of the budget is left") && $0.contains(figures.minutes) }
        #expect(isUnknown ? voices.business.contains("nobody can say") : say.count == 3, "\(all)")
        #expect(standing.json["remaining"].double == standing.budget.remaining && standing.json["state"].string == standing.state.rawValue)
        // what developers read line by line is what is spent
        let sum = standing.json["statement"].array.reduce(0) { $0 + ($1["events"].int ?? 0) }
        #expect(sum == standing.json["events"]["spent"].int)
        #expect((standing.state == .exhausted) == ((standing.budget.remaining ?? 1) <= 0) && voices.sre[0].contains(standing.state.rawValue))
        #expect((standing.state == .exhausted) == voices.business.contains("broken"))
    }
}

@Test func `the business reads a sentence with the price`() {
    var promise = objective("a", summary: "Save a recipe", window: .days(30))
    promise.cost = .init(amount: 1_200, currency: "JPY")
    let voices = Voices(standing(bad: 50, total: 100_000, promise))
    #expect(
        voices.business
            == "Save a recipe: 99.9 % promised for the last 30 days, 99.95 % kept. The promise holds: 50 % of the budget is left"
            + " (21.6 of 43.2 minutes spent). That is 25,920 JPY.")
    #expect(voices.sre.contains { $0.hasPrefix("window 30d in UTC, 43200 minutes") })
    let few = Voices(standing(bad: 0, total: 400, objective("a", .availability(.init(source: .app)), "99.95")))
    #expect(few.sre.contains("400 events cannot show 99.95 % yet: it takes 7,680 without a failure"))
}

@Test(arguments: [
    (1.005, 2, "1"), (0.005, 2, "0.01"), (-0.004, 2, "0"), (1234567.891, 1, "1,234,567.9"), (-37.89, 1, "-37.9"), (99.9986, 4, "99.9986"),
])
func `numbers are rounded and grouped`(value: Double, digits: Int, text: String) {
    #expect(Figures.number(value, digits) == text)
}

@Test func `the report is one page that stands alone, with everything escaped`() {
    let page = ReportPage.html([standing(bad: 50, total: 100_000, objective("a", summary: "<script>&\"", window: .month))])
    #expect(page.contains("&lt;script&gt;&amp;&quot;") && !page.contains("<script") && !page.contains("src=") && page.contains("size: A4"))
}

@Suite struct GateTests {
    private let healthy = standing(bad: 1, total: 1_000_000)
    private let low = standing(bad: 900, total: 1_000_000, objective("a", window: .days(30)))
    private let gone = standing(bad: 5_000, total: 1_000_000, objective("b", window: .days(30)))

    @Test func `the worst objective decides`() {
        let policy = GatePolicy()
        #expect(GateDecision(policy: policy, standings: [], now: now).light == .green)
        #expect(GateDecision(policy: policy, standings: [healthy], now: now).light == .green)
        let amber = GateDecision(policy: policy, standings: [healthy, low], now: now)
        #expect(amber.light == .amber && amber.isAllowed && amber.sentence.hasPrefix("recipes/a: 10 % of the budget for the last 30 days is left"))
        let red = GateDecision(policy: policy, standings: [low, gone, healthy], now: now)
        #expect(red.light == .red && !red.isAllowed && red.exception == nil && red.sentence.contains("recipes/b: -400 %"))
        #expect(red.wayOut.first == "see what spent it: jubako slo explain apps/recipes.yml --objective b" && red.wayOut.count == 4)
        let strict = GateDecision(policy: GatePolicy(amber: 50, red: 20), standings: [low], now: now)
        #expect(strict.light == .red)
        #expect(GateDecision(policy: policy, standings: [standing(bad: 0, total: 0)], now: now).isAllowed)
    }

    @Test func `what passes although the budget is gone`() throws {
        let fix = GateDecision(policy: GatePolicy(), standings: [gone], labels: ["reliability", "x"], now: now)
        #expect(fix.light == .red && fix.isAllowed && fix.exception == .fix(label: "reliability"))
        #expect(GateDecision(policy: GatePolicy(isDryRun: true), standings: [gone], now: now).exception == .dryRun)
        var leave = try GateOverride(id: "o", reason: "Christmas", until: now + 3_600, now: now)
        func decision(_ at: Date = now) -> Bool { GateDecision(policy: GatePolicy(), standings: [gone], overrides: [leave], now: at).isAllowed }
        #expect(!decision())
        try leave.sign(.init(person: "bea", role: .business, at: now))
        #expect(!decision())
        #expect(throws: BookError.self) { try leave.sign(.init(person: "bea", role: .sre, at: now)) }
        #expect(throws: BookError.self) { try leave.sign(.init(person: "bob", role: .business, at: now)) }
        try leave.sign(.init(person: "sam", role: .sre, at: now))
        #expect(decision() && !decision(now + 3_600))
        leave.use(by: "deploy-1")
        #expect(!decision())
        #expect(throws: BookError.self) { try GateOverride(id: "o", reason: "", until: now + 60, now: now) }
        #expect(throws: BookError.self) { try GateOverride(id: "o", reason: "x", until: now + 8 * 86_400, now: now) }
    }

    @Test func `a server that cannot be asked stops deploys only where the policy says so`() {
        let open = GateDecision(policy: GatePolicy(), unreachable: "timed out")
        #expect(open.isAllowed && open.light == .amber && open.sentence == "nobody knows how much of the budget is left: timed out")
        #expect(!GateDecision(policy: GatePolicy(unreachable: .refuse), unreachable: "timed out").isAllowed)
    }

    @Test func `a deploy that could cost more than is left is warned of`() {
        let quote = Quote(traffic: 100, share: 0.5, minutes: 10, budget: low.budget)  // 500 of 100 left
        let decision = GateDecision(policy: GatePolicy(amber: 0), standings: [low], quote: quote, now: now)
        #expect(quote.worstEvents == 500 && quote.isUnaffordable && decision.light == .amber && decision.isAllowed)
        #expect(decision.sentence.contains("500 failures of 100 left"))
        #expect(!Quote(traffic: 10, share: 0.5, minutes: 10, budget: low.budget).isUnaffordable)
    }

    @Test func `less left is never a better light`() {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<300 {
            let amber = Double.random(in: 0...100, using: &generator)
            let policy = GatePolicy(amber: amber, red: Double.random(in: -100...amber, using: &generator))
            let counts = (0..<6).map { _ in Int.random(in: 0...3_000, using: &generator) }.sorted()
            let lights = counts.map { GateDecision(policy: policy, standings: [standing(bad: $0, total: 1_000_000)], now: now).light }
            #expect(lights == lights.sorted())
        }
    }
}
