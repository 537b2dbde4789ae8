import Synchronization

/// Brings together those who wait for a test's message and those who see it arrive.
public final class ProofArrivals: Sendable {
    typealias Outcome = Result<SlackAddress?, SlackError>?

    private enum Entry {
        case expected
        case waiting(CheckedContinuation<Outcome, Never>)
        case over(Outcome)
    }

    private let entries = Mutex<[String: Entry]>([:])

    public init() {}

    /// Tells whoever waits what became of a test; nil for nothing in time. The first word counts.
    func finish(_ token: String, _ outcome: Outcome) {
        let waiting: CheckedContinuation<Outcome, Never>? = entries.withLock { entries in
            switch entries[token] {
            case .waiting(let continuation):
                entries[token] = .over(outcome)
                return continuation
            case .expected: entries[token] = .over(outcome)
            case .over, nil: break
            }
            return nil
        }
        waiting?.resume(returning: outcome)
    }

    /// What became of a test; nil when `deadline` passed or the task was cancelled first.
    ///
    /// - Parameter start: sends the test.
    func outcome(of token: String, within deadline: Duration, start: @escaping @Sendable () async throws -> Void) async throws -> Outcome {
        entries.withLock { $0[token] = .expected }
        defer { entries.withLock { $0[token] = nil } }
        return try await withThrowingTaskGroup(of: Void.self) { group in
            defer { group.cancelAll() }
            try await start()
            group.addTask {
                try await Task.sleep(for: deadline)
                self.finish(token, nil)
            }
            return await wait(for: token)
        }
    }

    private func wait(for token: String) async -> Outcome {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let over: Outcome? = entries.withLock { entries in
                    if case .over(let outcome) = entries[token] { return .some(outcome) }
                    entries[token] = .waiting(continuation)
                    return nil
                }
                if let over { continuation.resume(returning: over) } else if Task.isCancelled { finish(token, nil) }
            }
        } onCancel: {
            finish(token, nil)
        }
    }
}
