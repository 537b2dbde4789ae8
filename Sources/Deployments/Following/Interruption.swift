/// That somebody asked to stop, by Ctrl-C or SIGTERM. What is under way decides by itself where it can stop.
public actor Interruption {
    public private(set) var isRequested = false
    private var waiters: [Int: AsyncStream<Void>.Continuation] = [:]
    private var nextWaiter = 0

    public init() {}

    /// Asks whatever runs to come to an end.
    public func request() {
        isRequested = true
        for waiter in waiters.values { waiter.finish() }
        waiters = [:]
    }

    /// Waits until somebody asks to stop, or until the caller's task is cancelled.
    public func wait() async {
        if isRequested { return }
        let (stream, continuation) = AsyncStream<Void>.makeStream()
        let waiter = nextWaiter
        nextWaiter += 1
        waiters[waiter] = continuation
        for await _ in stream {}
        waiters[waiter] = nil
    }
}
