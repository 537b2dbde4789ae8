import Synchronization

/// What was read from the store last: in a storm of alerts each of them asks, and so does every page.
///
/// What was changed here is known at once, what another replica changed within a second.
final class KeptReading<Value: Sendable>: Sendable {
    private let state = Mutex<(value: Value?, readAt: ContinuousClock.Instant, turn: Int)>((nil, .now, 0))

    func known() -> (value: Value?, turn: Int) {
        state.withLock { state in
            (ContinuousClock.now - state.readAt < .seconds(1) ? state.value : nil, state.turn)
        }
    }

    /// - Parameter turn: that of ``known()`` before the reading; what was changed since is not forgotten.
    func keep(_ value: Value, _ turn: Int) {
        state.withLock { state in if state.turn == turn { state = (value, .now, turn) } }
    }

    func forget() { state.withLock { state in state = (nil, .now, state.turn + 1) } }
}
