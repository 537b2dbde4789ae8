/// Spreads calls over time: a burst at once, then so many a second.
public actor CallPace {
    private let interval: Duration
    private let slack: Duration
    private let now: @Sendable () -> Duration
    private let sleep: @Sendable (Duration) async throws -> Void
    /// When the next call may go out.
    private var next: Duration?

    /// - Parameters:
    ///   - rate: calls a second.
    ///   - burst: calls that may go out at once after a pause.
    public init(rate: Double, burst: Int) {
        let start = ContinuousClock.now
        self.init(rate: rate, burst: burst, now: { ContinuousClock.now - start }, sleep: { try await Task.sleep(for: $0) })
    }

    init(rate: Double, burst: Int, now: @escaping @Sendable () -> Duration, sleep: @escaping @Sendable (Duration) async throws -> Void) {
        interval = .seconds(1 / max(rate, 0.001))
        slack = interval * max(burst - 1, 0)
        self.now = now
        self.sleep = sleep
    }

    /// Waits for the turn of one call.
    public func turn() async throws {
        let time = now()
        let turn = max(next ?? time - slack, time - slack)
        next = turn + interval
        if turn > time { try await sleep(turn - time) }
    }
}
