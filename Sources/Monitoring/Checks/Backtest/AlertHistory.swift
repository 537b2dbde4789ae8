/// When an alert would have fired.
public struct AlertHistory: Sendable, Hashable {
    public struct Firing: Sendable, Hashable {
        /// Unix seconds.
        public let start: Double
        /// Unix seconds; the end of the history when it still fires.
        public let end: Double
    }

    /// By the labels of the alert.
    public let series: [[String: String]: [Firing]]

    init(_ series: [[String: String]: [Firing]]) { self.series = series.filter { !$0.value.isEmpty } }

    /// How many times it would have fired.
    public var count: Int { series.values.reduce(0) { $0 + $1.count } }
    /// All firings together.
    public var seconds: Double { series.values.joined().reduce(0) { $0 + $1.end - $1.start } }
    public var longest: Double { series.values.joined().map { $0.end - $0.start }.max() ?? 0 }

    /// Prometheus' states: pending from the first sample, firing once that is `hold` ago, over when a sample is missing for longer than `keep`.
    ///
    /// - Parameter times: when the expression returned the series, in Unix seconds, rising by multiples of `step`.
    static func firings(at times: [Double], step: Double, hold: Double, keep: Double, end: Double) -> [Firing] {
        var firings: [Firing] = []
        var active: Double?
        var last: Double?
        func close(_ at: Double) {
            if let active, let last, last - active >= hold { firings.append(Firing(start: active + hold, end: max(active + hold, min(at, end)))) }
        }
        for time in times {
            if let previous = last, let begun = active, time - previous > step * 1.5 {
                let wasFiring = previous - begun >= hold
                if !wasFiring || time - previous - step > keep {
                    close(previous + step + (wasFiring ? keep : 0))
                    active = nil
                }
            }
            if active == nil { active = time }
            last = time
        }
        if let last { close(last + step + keep) }
        return firings
    }
}
