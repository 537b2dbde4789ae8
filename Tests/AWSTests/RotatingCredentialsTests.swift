import Foundation
import Testing

@testable import AWS

private let start = Date(timeIntervalSince1970: 1_000_000)

private func credentials(_ id: String, expiresIn seconds: Double?) -> Credentials {
    Credentials(accessKeyID: id, secretAccessKey: "s", expiry: seconds.map { start + $0 })
}

@Suite struct ExpiringCredentialsTests {
    @Test(
        arguments: [
            (nil, ExpiringCredentials.Step.use(credentials("a", expiresIn: nil))), (301, .use(credentials("a", expiresIn: 301))),
            (299, .useAndRefresh(credentials("a", expiresIn: 299))), (11, .useAndRefresh(credentials("a", expiresIn: 11))), (10, .waitForRefresh),
            (-1, .waitForRefresh),
        ] as [(Double?, ExpiringCredentials.Step)])
    func `they are renewed before they expire`(expiresIn: Double?, expected: ExpiringCredentials.Step) {
        var expiring = ExpiringCredentials()
        #expect(expiring.step(at: start - 100) == .waitForRefresh)
        #expect(expiring.step(at: start - 100) == .wait)
        expiring.refreshed(.success(credentials("a", expiresIn: expiresIn)), at: start - 100)
        #expect(expiring.step(at: start) == expected)
    }

    @Test func `a failed early refresh keeps the old ones and pauses`() {
        let old = credentials("a", expiresIn: 200)
        var expiring = ExpiringCredentials()
        expiring.refreshed(.success(old), at: start - 100)
        #expect(expiring.step(at: start) == .useAndRefresh(old))
        #expect(expiring.step(at: start) == .use(old), "one refresh at a time")
        expiring.refreshed(.failure(.refused("no")), at: start)
        #expect(expiring.step(at: start + 9) == .use(old))
        #expect(expiring.step(at: start + 10) == .useAndRefresh(old))
    }

    @Test func `only the credentials that were refused are given up, and only if there can be others`() {
        var expiring = ExpiringCredentials()
        expiring.refreshed(.success(credentials("b", expiresIn: 1_000)), at: start)
        expiring.discard(credentials("a", expiresIn: 1_000))
        #expect(expiring.value?.accessKeyID == "b")
        expiring.discard(credentials("b", expiresIn: 1_000))
        #expect(expiring.value == nil)
        expiring.refreshed(.success(credentials("c", expiresIn: nil)), at: start)
        expiring.discard(credentials("c", expiresIn: nil))
        #expect(expiring.value?.accessKeyID == "c")
    }
}

@Suite struct RotatingCredentialsTests {
    /// A source that answers when it is told to.
    private actor Source {
        private(set) var asked = 0
        private var waiting: [CheckedContinuation<Result<Credentials, CredentialFailure>, Never>] = []

        func ask() async throws(CredentialFailure) -> Credentials {
            asked += 1
            return try await withCheckedContinuation { waiting.append($0) }.get()
        }

        func answer(_ result: Result<Credentials, CredentialFailure>) async {
            while waiting.isEmpty { await Task.yield() }
            waiting.removeFirst().resume(returning: result)
        }
    }

    @Test func `many callers share one refresh, and cancelling one does not disturb the others`() async throws {
        let source = Source()
        let rotating = RotatingCredentials(now: { start }) { () async throws(CredentialFailure) in try await source.ask() }
        try await withThrowingTaskGroup(of: String.self) { group in
            let cancelled = await withTaskGroup(of: CredentialFailure?.self) { inner in
                inner.addTask {
                    do throws(CredentialFailure) { _ = try await rotating.credentials() } catch { return error }
                    return nil
                }
                while await source.asked == 0 { await Task.yield() }  // the first caller's task began the refresh
                inner.cancelAll()
                return await inner.next() ?? nil
            }
            #expect(cancelled == .cancelled)
            for _ in 0..<10 { group.addTask { try await rotating.credentials().accessKeyID } }
            await source.answer(.success(credentials("a", expiresIn: nil)))
            var keys: [String] = []
            for try await key in group { keys.append(key) }
            #expect(keys == Array(repeating: "a", count: 10))
        }
        #expect(await source.asked == 1)
    }

    @Test func `a failure reaches those who wait, and the next call tries again`() async throws {
        let source = Source()
        let rotating = RotatingCredentials(now: { start }) { () async throws(CredentialFailure) in try await source.ask() }
        async let answered: Void = source.answer(.failure(.refused("no")))
        await #expect(throws: CredentialFailure.refused("no")) { _ = try await rotating.credentials() }
        await answered
        async let answeredAgain: Void = source.answer(.success(credentials("a", expiresIn: nil)))
        #expect(try await rotating.credentials().accessKeyID == "a")
        await answeredAgain
    }

    @Test func `after the shutdown nobody waits`() async throws {
        let rotating = RotatingCredentials(now: { start }) { () async throws(CredentialFailure) in
            while !Task.isCancelled { await Task.yield() }
            throw .cancelled
        }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await #expect(throws: CredentialFailure.cancelled) { _ = try await rotating.credentials() } }
            await rotating.shutdown()
        }
        await #expect(throws: CredentialFailure.cancelled) { _ = try await rotating.credentials() }
    }
}
