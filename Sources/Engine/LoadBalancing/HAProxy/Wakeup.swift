import Synchronization

/// Wakes the one task that waits. A wake while nobody waits ends the next wait at once; several are one.
final class Wakeup: Sendable {
    private struct State {
        var isPending = false
        var waiter: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    func wake() {
        let waiter = state.withLock { state in
            let waiter = state.waiter.take()
            state.isPending = waiter == nil
            return waiter
        }
        waiter?.resume()
    }

    /// Returns when woken, when `duration` is over, or when the task is cancelled.
    func wait(atMost duration: Duration?) async {
        guard let duration else { return await park() }
        guard duration > .zero else { return }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { try? await Task.sleep(for: duration) }
            group.addTask { await self.park() }
            await group.next()
            group.cancelAll()
        }
    }

    private func park() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isDone = state.withLock { state in
                    if state.isPending || Task.isCancelled {
                        state.isPending = false
                        return true
                    }
                    state.waiter = continuation
                    return false
                }
                if isDone { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.waiter.take() }?.resume()
        }
    }
}
