import Foundation

/// When credentials are used, refreshed early, or waited for: decisions only, over a clock that is passed in.
struct ExpiringCredentials: Sendable {
    enum Step: Sendable, Hashable {
        case use(Credentials)
        /// Use them, and begin a refresh beside it.
        case useAndRefresh(Credentials)
        /// Wait for the refresh that is under way.
        case wait
        /// Begin a refresh and wait for it.
        case waitForRefresh
    }

    /// Seconds before the expiry from which on new credentials are asked for.
    static let earlyRefresh: TimeInterval = 300
    /// Seconds before the expiry from which on they are not used any more: a request is on its way for a while.
    static let margin: TimeInterval = 10
    /// Seconds between two early refreshes, when one failed or brought nothing newer.
    static let pause: TimeInterval = 10

    private(set) var value: Credentials?
    private(set) var isRefreshing = false
    private var notBefore = Date.distantPast

    mutating func step(at now: Date) -> Step {
        guard let value, (value.expiry ?? .distantFuture) > now + Self.margin else {
            if isRefreshing { return .wait }
            isRefreshing = true
            return .waitForRefresh
        }
        guard let expiry = value.expiry, expiry <= now + Self.earlyRefresh, !isRefreshing, now >= notBefore else { return .use(value) }
        isRefreshing = true
        return .useAndRefresh(value)
    }

    /// A failed refresh leaves the old value, and is not remembered: the next call tries again.
    mutating func refreshed(_ result: Result<Credentials, CredentialFailure>, at now: Date) {
        isRefreshing = false
        notBefore = now + Self.pause
        if case .success(let credentials) = result { value = credentials }
    }

    /// Gives up credentials that the service called expired, unless newer ones are there already. Keys without an expiry stay.
    mutating func discard(_ credentials: Credentials) {
        if value == credentials, credentials.expiry != nil { value = nil }
    }
}
