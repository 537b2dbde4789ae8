/// How much a finding weighs.
public enum CheckSeverity: String, Sendable, Hashable, CaseIterable, Comparable {
    case info, warning, error

    public static func < (left: Self, right: Self) -> Bool { left.weight < right.weight }

    private var weight: Int {
        switch self {
        case .info: 0
        case .warning: 1
        case .error: 2
        }
    }
}

/// Something that rules are held to. Its page is the heading of the same name in docs/checks.md.
public protocol Check: Sendable {
    /// In kebab-case; what a silence and a report name it by.
    var id: String { get }
    var severity: CheckSeverity { get }
    /// One line: what it finds.
    var summary: String { get }
}

/// A check that looks at one rule, without asking anybody.
protocol RuleCheck: Check {
    func examine(_ rule: CheckedRule, _ report: inout CheckReport)
}

/// A check of which only the name is needed here: something else finds it.
struct NamedCheck: Check {
    let id: String
    let severity: CheckSeverity
    let summary: String
}

/// Something found in a rule file.
public struct Finding: Sendable, Hashable, Error {
    public let check: String
    public let severity: CheckSeverity
    /// What is wrong and what to do.
    public let message: String
    public let file: String
    public let start: SourcePosition
    /// Where the text that is meant ends, in the same line or a later one.
    public let end: SourcePosition
    /// The rule's name, if it is about one.
    public let rule: String?

    /// Says the same of another message.
    func saying(_ message: String) -> Finding {
        Finding(check: check, severity: severity, message: message, file: file, start: start, end: end, rule: rule)
    }
}

/// What one check finds in one rule.
struct CheckReport {
    struct Entry {
        let message: String
        let place: Range<SourcePosition>
    }

    private(set) var entries: [Entry] = []

    mutating func add(_ message: String, at place: Range<SourcePosition>) { entries.append(Entry(message: message, place: place)) }
}

/// What the checks take for given about the company's Prometheus.
public struct CheckSettings: Sendable, Hashable {
    /// Seconds between two samples of a series.
    public var scrapeInterval = 15.0
    /// Seconds between two evaluations of a group that says nothing else.
    public var evaluationInterval = 15.0
    public var severities = ["page", "ticket", "info"]
    public var annotations = ["summary", "description", "runbook_url"]
    /// The label that leads an alert to its channel, and the one that says whose it is.
    public var routingLabels = ["app", "team"]
    /// The app that these rules belong to: they may not speak for another one.
    public var app: String?

    public init() {}
}
