/// One of `objectives`: what an app promises, and how it is measured.
public struct Objective: Sendable, Hashable {
    public var name: String
    /// What it means to a user: "save a recipe".
    public var summary: String?
    public var indicator: Indicator
    /// The promised share of good events or minutes.
    public var target: Percent
    public var window: Window
    /// The IANA zone whose midnights and months count.
    public var timeZone: String
    /// Where it is measured; nil for everywhere that the server watches the app.
    public var environment: String?
    public var missingData: MissingData
    public var lowTraffic: LowTraffic
    public var alerts: [BurnAlert]
    public var cost: Cost?
    /// The file that has it: the definition or one that it includes.
    public var file: String
    /// Counted from 1.
    public var line: Int
    /// Counted from 1, in characters.
    public var column: Int

    public init(
        name: String, summary: String? = nil, indicator: Indicator, target: Percent, window: Window = .days(30), timeZone: String = "UTC",
        environment: String? = nil, missingData: MissingData? = nil, lowTraffic: LowTraffic? = nil, alerts: [BurnAlert] = BurnAlert.standard,
        cost: Cost? = nil,
        file: String = "",
        line: Int = 1, column: Int = 1
    ) {
        self.name = name
        self.summary = summary
        self.indicator = indicator
        self.target = target
        self.window = window
        self.timeZone = timeZone
        self.environment = environment
        self.missingData = missingData ?? indicator.standardMissingData
        self.lowTraffic = lowTraffic ?? indicator.standardLowTraffic
        self.alerts = alerts
        self.cost = cost
        self.file = file
        self.line = line
        self.column = column
    }

    /// The share that may fail.
    public var budget: Percent { target.rest }

    /// For how long the promise holds before it is counted anew.
    public enum Window: Sendable, Hashable {
        /// Always the last so many days.
        case days(Int)
        case month
        case quarter

        /// The days by which burn rates are reckoned: a month has 30, a quarter 90.
        public var nominalDays: Int {
            switch self {
            case .days(let days): days
            case .month: 30
            case .quarter: 90
            }
        }

        /// As a definition writes it.
        public var text: String {
            switch self {
            case .days(let days): "\(days)d"
            case .month: "month"
            case .quarter: "quarter"
            }
        }
    }

    /// What a time without measurements counts as.
    public enum MissingData: String, Sendable, Hashable, CaseIterable {
        /// Nothing.
        case ignore
        /// All failed.
        case bad
        /// What was measured last.
        case holdLast = "hold-last"
    }

    /// How much must have happened before an alert fires.
    public struct LowTraffic: Sendable, Hashable {
        /// Events within the alert's long window.
        public var events: Int
        /// Failures within it.
        public var failures: Int

        public init(events: Int = 0, failures: Int = 5) {
            self.events = events
            self.failures = failures
        }
    }

    /// What a minute of failure costs.
    public struct Cost: Sendable, Hashable {
        public var amount: Int
        /// Three capital letters.
        public var currency: String

        public init(amount: Int, currency: String) {
            self.amount = amount
            self.currency = currency
        }
    }
}
