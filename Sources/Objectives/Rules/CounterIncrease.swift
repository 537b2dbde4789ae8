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
    ///
    /// - Parameter seconds: the window; less than five minutes for what has not become a whole step.
    static func sum(of selector: SeriesSelector, seconds: Int) -> String {
        let x = selector.description
        let (window, longer) = seconds == minutes * 60 ? ("5m", "6m") : ("\(seconds)s", "\(seconds + 60)s")
        return "sum((last_over_time(\(x)[\(window)]) - (last_over_time(\(x)[10m] offset \(window)) or min_over_time(\(x)[\(window)])) >= 0"
            + " unless resets(\(x)[\(longer)]) > 0) or increase(\(x)[\(window)]))"
    }
}
