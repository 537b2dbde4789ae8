import Alerting
import HTTPTypes

/// Finds out who asks.
protocol Gatekeeper: Sendable {
    /// Who sent a request with `headers`; somebody without a role when it shows nothing that is valid.
    func caller(_ headers: HTTPFields) async -> Caller
    /// Where a browser signs in; nil where there is no such page.
    var signInPath: String? { get }
    /// The names under which browsers reach the server, without a port; nil for any. A name that is not among them is a trick (DNS rebinding).
    var hosts: Set<String>? { get }
}

/// The server's token, and nothing else: everybody on this machine may read.
struct TokenGatekeeper: Gatekeeper {
    let token: AccessToken
    let mayAnonymousRead: Bool

    var signInPath: String? { nil }
    var hosts: Set<String>? { nil }

    func caller(_ headers: HTTPFields) async -> Caller {
        token.bearer.matches(authorization: headers[.authorization]) ? .machine : .anonymous(mayRead: mayAnonymousRead)
    }
}
