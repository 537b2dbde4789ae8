/// Which failures are tried again, and when: botocore's "standard" mode with full jitter.
public struct RetryPolicy: Sendable, Hashable {
    /// How often a request is sent at most, the first time included.
    public var attempts = 4
    /// The longest wait before the second attempt; it doubles with each one after.
    public var base: Duration = .milliseconds(100)
    /// The same after the service said that it is asked too often.
    public var throttlingBase: Duration = .seconds(1)
    /// No wait of our own choice is longer.
    public var cap: Duration = .seconds(20)
    /// A service that wants a longer pause than this (Retry-After) gets no further attempt.
    public var longestRetryAfter: Duration = .seconds(120)

    public init() {}

    /// How long to wait before the next attempt; nil when there should be none.
    ///
    /// - Parameters:
    ///   - attempt: the number of the attempt that failed, from 1.
    ///   - random: in 0...1.
    func wait(after failure: AttemptFailure, attempt: Int, random: Double) -> Duration? {
        guard attempt < attempts else { return nil }
        switch failure.cause {
        case .final: return nil
        case .wrongClock, .expiredCredentials: return attempt == 1 ? .zero : jitter(base, attempt, random)
        case .transient, .throttling:
            if let pause = failure.retryAfter { return pause <= longestRetryAfter ? pause : nil }
            return jitter(failure.cause == .throttling ? throttlingBase : base, attempt, random)
        }
    }

    private func jitter(_ base: Duration, _ attempt: Int, _ random: Double) -> Duration {
        min(base * (1 << min(attempt - 1, 20)), cap) * random
    }
}

/// One attempt that failed, with what a decision about the next one needs.
struct AttemptFailure: Error, Sendable {
    enum Cause: Sendable, Hashable {
        /// Trying again would not help.
        case final
        case transient
        case throttling
        /// The service does not accept the date of the signature.
        case wrongClock
        case expiredCredentials
    }

    let error: AWSError
    var cause = Cause.final
    var retryAfter: Duration?
}

extension AttemptFailure.Cause {
    /// What an answer of the service calls for.
    init(code: String, status: Int, clockDifference: Double?) {
        if Self.throttlingCodes.contains(code) || status == 429 {
            self = .throttling
        } else if Self.clockCodes.contains(code), let clockDifference, clockDifference.magnitude > 240 {
            self = .wrongClock
        } else if Self.expiryCodes.contains(code) {
            self = .expiredCredentials
        } else if Self.transientCodes.contains(code) || (500...599).contains(status) && status != 501 && status != 505 {
            self = .transient
        } else {
            self = .final
        }
    }

    /// As botocore lists them (retries/standard.py), and `Throttled`'s spellings of other SDKs.
    static let throttlingCodes: Set<String> = [
        "BandwidthLimitExceeded", "EC2ThrottledException", "LimitExceededException", "PriorRequestNotComplete",
        "ProvisionedThroughputExceededException", "RequestLimitExceeded", "RequestThrottled", "RequestThrottledException", "SlowDown", "Throttled",
        "ThrottledException", "Throttling", "ThrottlingException", "TooManyRequestsException", "TransactionInProgressException",
    ]
    static let transientCodes: Set<String> = ["RequestTimeout", "RequestTimeoutException", "InternalFailure", "InternalError", "ServiceUnavailable"]
    static let clockCodes: Set<String> = [
        "AuthFailure", "InvalidSignatureException", "RequestExpired", "RequestInTheFuture", "RequestTimeTooSkewed", "SignatureDoesNotMatch",
    ]
    static let expiryCodes: Set<String> = ["ExpiredToken", "ExpiredTokenException", "RequestExpired"]
}
