public import Definitions
public import Foundation

/// Whether a deploy may go on, and why.
public struct GateDecision: Sendable, Hashable {
    public enum Light: String, Sendable, Hashable, Comparable {
        case green, amber, red

        public static func < (left: Light, right: Light) -> Bool { left.rank < right.rank }
        private var rank: Int { [.green, .amber, .red].firstIndex(of: self) ?? 0 }
    }

    /// What stood against a refusal and let it pass.
    public enum Exception: Sendable, Hashable {
        /// The release makes the app more reliable.
        case fix(label: String)
        case override(GateOverride)
        /// The policy only watches so far.
        case dryRun
        /// The server could not be asked, and the policy says to go on.
        case unreachable(String)
    }

    public let light: Light
    /// The deploy goes on.
    public let isAllowed: Bool
    public let sentence: String
    /// What the deploy could cost at worst; nil where it cannot be told.
    public let quote: Quote?
    public let exception: Exception?
    /// What the worst budget was spent on, the most first; empty while nothing speaks against the deploy.
    public let spent: [String]
    /// What to do now, when it is refused or a warning.
    public let wayOut: [String]

    /// Decides by the worst standing.
    ///
    /// - Parameters:
    ///   - labels: of the release.
    ///   - overrides: those on the books; the first that is complete and in force counts.
    public init(
        policy: GatePolicy, standings: [Standing], labels: Set<String> = [], overrides: [GateOverride] = [], quote: Quote? = nil, now: Date
    ) {
        let judged = standings.map { ($0, Self.light($0, policy)) }
        self.quote = quote
        guard let worst = judged.max(by: { ($0.1, -($0.0.budget.remaining ?? 1)) < ($1.1, -($1.0.budget.remaining ?? 1)) }) else {
            (light, isAllowed, sentence) = (.green, true, "there is no objective, so nothing speaks against the deploy")
            (exception, spent, wayOut) = (nil, [], [])
            return
        }
        let figures = Figures(worst.0)
        let name = "\(worst.0.app)/\(worst.0.objective.name)"
        var light = worst.1
        var sentence = "\(name): \(figures.remaining) of the budget for \(figures.period) is left, \(figures.minutes) spent; \(figures.forecast)"
        if worst.0.state == .unknown { sentence = "\(name): nothing was counted yet, so nothing speaks against the deploy" }
        if light == .green, let quote, quote.isUnaffordable {
            light = .amber
            sentence += ". At worst this deploy would spend what is left: \(quote.sentence)"
        }
        self.light = light
        spent = light == .green ? [] : Self.spent(worst.0.statement)
        guard light == .red else {
            (isAllowed, self.sentence, exception) = (true, sentence, nil)
            wayOut = light == .amber ? ["deploy a small change, and watch it: jubako slo status apps/\(worst.0.app).yml"] : []
            return
        }
        let fix = labels.sorted().first { policy.fixes.contains($0) }
        let valid = overrides.first { $0.isInForce(at: now) }
        if let fix {
            exception = .fix(label: fix)
        } else if let valid {
            exception = .override(valid)
        } else {
            exception = policy.isDryRun ? .dryRun : nil
        }
        isAllowed = exception != nil
        self.sentence = sentence
        wayOut = exception == nil ? Self.waysOut(worst.0, policy) : []
    }

    /// The server could not be asked.
    public init(policy: GatePolicy, unreachable reason: String) {
        light = policy.unreachable == .refuse ? .red : .amber
        isAllowed = policy.unreachable != .refuse || policy.isDryRun
        sentence = "nobody knows how much of the budget is left: \(reason)"
        (quote, spent) = (nil, [])
        exception = isAllowed ? .unreachable(reason) : nil
        wayOut = ["see to it that the server answers, then deploy again"]
    }

    private static func light(_ standing: Standing, _ policy: GatePolicy) -> Light {
        guard let remaining = standing.budget.remaining else { return .green }
        let percent = remaining * 100
        return percent <= policy.red ? .red : percent <= policy.amber ? .amber : .green
    }

    private static func spent(_ statement: Statement) -> [String] {
        statement.lines.sorted { $0.centiminutes > $1.centiminutes }.prefix(5).map { line in
            "\(Figures.number(line.minutes, 2)) minutes, \(Figures.grouped(line.events)) failures: \(line.title)"
                + (line.link.map { " (\($0))" } ?? "")
        }
    }

    private static func waysOut(_ standing: Standing, _ policy: GatePolicy) -> [String] {
        var ways = ["see what spent it: jubako slo explain apps/\(standing.app).yml --objective \(standing.objective.name)"]
        if !policy.fixes.isEmpty { ways.append("deploy what makes it more reliable, labelled \(policy.fixes.sorted().joined(separator: " or "))") }
        ways.append("have the business and an SRE sign an override: jubako gate override \(standing.app) --reason … --for 4h")
        if case .days = standing.objective.window {
            ways.append("wait until the failures are older than the window")
        } else {
            ways.append("wait for the next budget on \(Figures.day(standing.budget.period.end, standing.budget.period.timeZone))")
        }
        return ways
    }
}
