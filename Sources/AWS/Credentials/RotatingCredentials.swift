import Foundation
import Synchronization

/// Hands out credentials and renews them in time, for all calls of a client.
///
/// One refresh runs at a time. It is nobody's call: who waits for it may be cancelled without harm to the others.
final class RotatingCredentials: Sendable {
    private typealias Answer = Result<Credentials, CredentialFailure>

    private struct State {
        var credentials = ExpiringCredentials()
        var waiters: [Int: CheckedContinuation<Answer, Never>] = [:]
        var nextWaiter = 0
        var refresh: Task<Void, Never>?
        var isShutDown = false
    }

    private let state = Mutex(State())
    private let now: @Sendable () -> Date
    private let fetch: @Sendable () async throws(CredentialFailure) -> Credentials

    init(now: @escaping @Sendable () -> Date, fetch: @escaping @Sendable () async throws(CredentialFailure) -> Credentials) {
        self.now = now
        self.fetch = fetch
    }

    func credentials() async throws(CredentialFailure) -> Credentials {
        let step: ExpiringCredentials.Step? = state.withLock { state in
            guard !state.isShutDown else { return nil }
            let step = state.credentials.step(at: now())
            if step.beginsRefresh { begin(&state) }
            return step
        }
        switch step {
        case nil: throw .cancelled
        case .use(let credentials), .useAndRefresh(let credentials): return credentials
        case .wait, .waitForRefresh: return try await wait()
        }
    }

    func discard(_ credentials: Credentials) {
        state.withLock { $0.credentials.discard(credentials) }
    }

    /// Ends a refresh that is under way, and with it all waiting.
    func shutdown() async {
        let refresh = state.withLock { state in
            state.isShutDown = true
            return state.refresh
        }
        refresh?.cancel()
        await refresh?.value
    }

    private func begin(_ state: inout State) {
        // Unstructured, since it must outlive a cancelled caller; it is bounded by its sources' timeouts, and awaited by shutdown().
        state.refresh = Task {
            let result: Answer
            do throws(CredentialFailure) { result = .success(try await fetch()) } catch { result = .failure(error) }
            let waiters = self.state.withLock { state in
                state.credentials.refreshed(result, at: now())
                state.refresh = nil
                defer { state.waiters = [:] }
                return state.waiters.values
            }
            for waiter in waiters { waiter.resume(returning: result) }
        }
    }

    private func wait() async throws(CredentialFailure) -> Credentials {
        let number = state.withLock { state in
            state.nextWaiter += 1
            return state.nextWaiter
        }
        let answer: Answer = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let ready: Answer? = state.withLock { state in
                    if Task.isCancelled || state.isShutDown { return .failure(.cancelled) }
                    if !state.credentials.isRefreshing {
                        // It ended between the decision to wait and this line.
                        if let value = state.credentials.value { return .success(value) }
                        _ = state.credentials.step(at: now())
                        begin(&state)
                    }
                    state.waiters[number] = continuation
                    return nil
                }
                if let ready { continuation.resume(returning: ready) }
            }
        } onCancel: {
            state.withLock { $0.waiters.removeValue(forKey: number) }?.resume(returning: .failure(.cancelled))
        }
        return try answer.get()
    }
}

extension ExpiringCredentials.Step {
    fileprivate var beginsRefresh: Bool {
        switch self {
        case .useAndRefresh, .waitForRefresh: true
        case .use, .wait: false
        }
    }
}
