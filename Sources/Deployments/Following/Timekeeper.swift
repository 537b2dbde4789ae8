/// The time that a flow sees: monotonic, from some start. Tests bring their own, which does not take any.
public struct Timekeeper: Sendable {
    public let now: @Sendable () -> Duration
    public let sleep: @Sendable (Duration) async throws -> Void

    public init(now: @escaping @Sendable () -> Duration, sleep: @escaping @Sendable (Duration) async throws -> Void) {
        self.now = now
        self.sleep = sleep
    }

    /// The machine's clock, from now.
    public static var system: Timekeeper {
        let start = ContinuousClock.now
        return Timekeeper(now: { ContinuousClock.now - start }, sleep: { try await Task.sleep(for: $0) })
    }
}

/// How often to look: quickly at first, and more slowly the longer it takes.
public struct Polling: Hashable, Sendable {
    public let first: Duration
    public let longest: Duration
    /// The wait after a service asked for fewer calls is never longer than this.
    public let longestWhenThrottled: Duration

    public init(first: Duration, longest: Duration, longestWhenThrottled: Duration = .seconds(30)) {
        self.first = first
        self.longest = longest
        self.longestWhenThrottled = longestWhenThrottled
    }

    /// For an endpoint on this machine: looking costs nothing.
    public static let local = Polling(first: .milliseconds(100), longest: .milliseconds(250))
    /// For AWS, which counts calls.
    public static let aws = Polling(first: .seconds(1), longest: .seconds(5))

    /// The wait after one of length `previous`.
    public func next(after previous: Duration?, isThrottled: Bool = false) -> Duration {
        guard let previous else { return isThrottled ? first * 2 : first }
        if isThrottled { return min(previous * 2, longestWhenThrottled) }
        return min(max(previous, first) * 5 / 4, longest)
    }
}
