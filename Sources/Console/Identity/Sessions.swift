import Crypto
import Foundation
import Synchronization

/// Who is signed in, and the one-time links by which they do. It forgets all at the end of the process.
final class Sessions: Sendable {
    private struct Session {
        let name: String
        let role: Role
        let formToken: String
        let startedAt: ContinuousClock.Instant
        var lastSeen: ContinuousClock.Instant
    }

    private struct State {
        /// By the hash of what the browser shows: whoever reads our memory cannot sign in with it.
        var sessions: [String: Session] = [:]
        var links: [String: ContinuousClock.Instant] = [:]
    }

    private let state = Mutex(State())
    private static let idle: Duration = .seconds(8 * 3600)
    private static let longest: Duration = .seconds(24 * 3600)
    private static let linkLifetime: Duration = .seconds(15 * 60)

    /// A code that signs one browser in, once, within a quarter of an hour.
    func makeLink() -> String {
        let code = Self.random()
        state.withLock { state in
            state.links = state.links.filter { $0.value > .now }
            state.links[Self.hash(code)] = .now + Self.linkLifetime
        }
        return code
    }

    /// Uses a code up.
    ///
    /// - Returns: the new session's secret; nil for a code that is unknown, used or too old.
    func redeem(_ code: String) -> String? {
        state.withLock { state in
            guard let until = state.links.removeValue(forKey: Self.hash(code)), until > .now else { return nil }
            state.sessions = state.sessions.filter { Self.isAlive($0.value) }
            let secret = Self.random()
            state.sessions[Self.hash(secret)] = Session(
                name: "whoever started jubako", role: .admin, formToken: Self.random(), startedAt: .now, lastSeen: .now)
            return secret
        }
    }

    /// Who shows this secret.
    func caller(_ secret: String) -> Caller? {
        state.withLock { state in
            let key = Self.hash(secret)
            guard let session = state.sessions[key], Self.isAlive(session) else { return nil }
            state.sessions[key]?.lastSeen = .now
            return Caller(proof: .session(id: String(key.prefix(12))), name: session.name, role: session.role, formToken: session.formToken)
        }
    }

    func end(_ secret: String) {
        state.withLock { state in _ = state.sessions.removeValue(forKey: Self.hash(secret)) }
    }

    private static func isAlive(_ session: Session) -> Bool { session.startedAt > .now - longest && session.lastSeen > .now - idle }

    private static func random() -> String {
        var generator = SystemRandomNumberGenerator()
        return (0..<4).map { _ in String(generator.next() as UInt64, radix: 36) }.joined()
    }

    private static func hash(_ text: String) -> String {
        SHA256.hash(data: Data(text.utf8)).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }
}
