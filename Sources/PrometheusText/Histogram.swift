/// Counts of observed values by upper bound, as Prometheus's histograms have them.
public struct Histogram: Sendable, Equatable {
    /// Upper bounds in rising order, without the infinite one.
    public let bounds: [Double]
    /// Observations per bucket, not cumulated; the last one is that without a bound.
    private var counts: [Int]
    private var sum = 0.0

    public init(bounds: [Double]) {
        self.bounds = bounds
        counts = Array(repeating: 0, count: bounds.count + 1)
    }

    /// Bounds in seconds that suit HTTP requests.
    public static let requestSeconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

    public var count: Int { counts.reduce(0, +) }

    public mutating func observe(_ value: Double) {
        counts[bounds.firstIndex { value <= $0 } ?? bounds.count] += 1
        sum += value
    }

    /// Writes the samples of a histogram of this name: cumulated buckets, sum and count.
    public func write(_ name: String, _ labels: [(String, String)], to exposition: inout Exposition) {
        var total = 0
        for (bound, count) in zip(bounds.map(Exposition.number) + ["+Inf"], counts) {
            total += count
            exposition.sample("\(name)_bucket", labels + [("le", bound)], Double(total))
        }
        exposition.sample("\(name)_sum", labels, sum)
        exposition.sample("\(name)_count", labels, Double(total))
    }
}
