/// What the ledger asks a Prometheus.
public protocol SeriesSource: Sendable {
    /// The values of an expression of one series by Unix second; missing where it has none.
    func range(_ expression: String, start: Int, end: Int, step: Int) async throws -> [Int: Double]
    /// The value of an expression of one series; nil where it has none.
    func value(_ expression: String, at time: Int) async throws -> Double?
}
