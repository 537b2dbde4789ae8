extension Objective {
    /// What is counted.
    public enum Indicator: Sendable, Hashable {
        /// Requests that were not answered with 5xx.
        case availability(Requests)
        /// Requests that were answered within so many milliseconds.
        case latency(Requests, milliseconds: Int)
        /// Any two counters.
        case ratio(Ratio)
        /// Minutes in which the series was at least 1; nil for `up`.
        case uptime(SeriesSelector?)
        /// Other objectives of the app together.
        case composite(Composite)

        /// The key that a definition has for it.
        public var kind: String {
            switch self {
            case .availability: "availability"
            case .latency: "latency"
            case .ratio: "ratio"
            case .uptime: "uptime"
            case .composite: "composite"
            }
        }

        /// The unit is a minute, not an event.
        public var countsMinutes: Bool { if case .uptime = self { true } else { false } }

        /// An app whose tasks are all gone is not measured: of uptime that is a failure.
        public var standardMissingData: MissingData { countsMinutes ? .bad : .ignore }

        public var standardLowTraffic: LowTraffic { countsMinutes ? LowTraffic(failures: 1) : LowTraffic() }
    }

    /// Which requests.
    public struct Requests: Sendable, Hashable {
        /// Who counts.
        public enum Source: String, Sendable, Hashable {
            /// The load balancer, which also sees what no task could answer.
            case haproxy
            /// An application load balancer of AWS, through an exporter of CloudWatch's metrics.
            case alb
            /// The app itself, in `http_requests_total` and `http_request_duration_seconds`.
            case app
        }

        public var source: Source
        /// Labels that the series must have, such as `route`; of `alb`, which load balancer it is.
        public var match: [String: String]

        public init(source: Source, match: [String: String] = [:]) {
            self.source = source
            self.match = match
        }
    }

    /// Two counters: of all events, and of the good or the bad ones among them.
    public struct Ratio: Sendable, Hashable {
        public var part: SeriesSelector
        /// `part` counts the good events.
        public var isGood: Bool
        public var total: SeriesSelector

        public init(part: SeriesSelector, isGood: Bool, total: SeriesSelector) {
            self.part = part
            self.isGood = isGood
            self.total = total
        }
    }

    /// How other objectives make one.
    public enum Composite: Sendable, Hashable {
        /// All have to be good: their shares multiply.
        case product([String])
        /// The mean of their shares, by weight.
        case weights([String: Int])

        /// In their order, or by name.
        public var components: [String] {
            switch self {
            case .product(let names): names
            case .weights(let weights): weights.keys.sorted()
            }
        }
    }
}
