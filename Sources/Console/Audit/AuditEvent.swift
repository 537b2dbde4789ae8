import Logging
import ServiceModel

/// Writes down what was done, tried and refused.
protocol AuditRecorder: Sendable {
    /// Notes what is about to be done, so that nothing is done of which no trace is left.
    ///
    /// - Throws: when it cannot be kept; then it must not be done.
    func begin(_ event: AuditEvent) async throws
    /// It was a question after all, and there is nothing to keep.
    func forget(_ event: AuditEvent) async
    /// Keeps what became of it. What cannot be written now is written later.
    func record(_ event: AuditEvent) async
}

/// One line of the audit log before it is written.
struct AuditEvent: Sendable {
    enum Result: String, Sendable, CaseIterable {
        case done
        /// The caller may not.
        case denied
        /// The input was wrong, or something in the way.
        case refused
        /// It broke off, and part of it may be done.
        case failed
        /// The server ended before it could write down what became of it.
        case unknown
    }

    /// Who, and how they proved it.
    var who: String
    let proof: Caller.Proof
    /// The endpoint's summary.
    let action: String
    var app: String?
    /// The path, without its query: there may be secrets in it.
    let object: String
    var result: Result
    var change: Answer.Change?
    /// Why it was not done.
    var detail: String?
    /// The caller's address.
    let from: String?
    let request: String
    /// Whether ``AuditRecorder/begin(_:)`` was called for it.
    var isBegun = false
}

/// Says what happened in the server's own log.
struct AuditToLog: AuditRecorder {
    let logger: Logger

    func begin(_ event: AuditEvent) async throws {}
    func forget(_ event: AuditEvent) async {}

    func record(_ event: AuditEvent) async {
        logger.info("\(event.action)", metadata: ["who": "\(event.who)", "object": "\(event.object)", "result": "\(event.result)"])
    }
}
