import Definitions

/// How much counters grew within five minutes, exactly.
enum CounterIncrease {
    /// The minutes of one recorded step.
    static let minutes = 5

    /// The growth of all series of `selector`, summed; nothing where there is no series.
    ///
    /// Prometheus's own `increase` loses what happens between the last sample of one window and the first of the next, and scales the rest up: a
    /// burst of failures within one scrape is dropped or counted 1.25 times. The difference between the last sample of this window and the last one
    /// before it telescopes: added up, nothing is lost and nothing is counted twice, also across a scrape that failed. `increase` stands in only
    /// where a counter began anew.
    static func sum(of selector: SeriesSelector) -> String {
        let x = selector.description
        return "sum((last_over_time(\(x)[5m]) - (last_over_time(\(x)[10m] offset 5m) or min_over_time(\(x)[5m])) >= 0"
            + " unless resets(\(x)[6m]) > 0) or increase(\(x)[5m]))"
    }
}
