import Alerting
import HTTPTypes
import Logging
import ServiceModel

/// Finds out who asks.
protocol Gatekeeper: Sendable {
    /// Who sent a request with `headers`; somebody without a role when it shows nothing that is valid.
    func caller(_ headers: HTTPFields) async -> Caller
    /// Where a browser signs in; nil where there is no such page.
    var signInPath: String? { get }
    /// The names under which browsers reach the server, without a port; nil for any. A name that is not among them is a trick (DNS rebinding).
    var hosts: Set<String>? { get }
}

/// Writes down what was done, tried and refused.
protocol AuditRecorder: Sendable {
    func record(_ event: AuditEvent) async
}

/// One line of the audit log before it is written.
struct AuditEvent: Sendable {
    enum Result: String, Sendable {
        case done
        /// The caller may not.
        case denied
        /// The input was wrong, or something in the way.
        case refused
    }

    /// The caller's name, and how they proved it.
    let who: String
    let proof: Caller.Proof
    /// The endpoint's summary.
    let action: String
    /// The app, or the path.
    let object: String
    let result: Result
    let change: Answer.Change?
    /// The caller's address.
    let from: String?
    let request: String
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

/// Says what happened in the server's own log.
struct AuditToLog: AuditRecorder {
    let logger: Logger

    func record(_ event: AuditEvent) async {
        logger.info("\(event.action)", metadata: ["who": "\(event.who)", "object": "\(event.object)", "result": "\(event.result)"])
    }
}
