import Foundation
import HTTPTypes
import ServiceModel

/// What must not be done with a browser that was left open, or a token that was found, needs a sign-in of the last minutes.
enum Freshness {
    static let limit: TimeInterval = 5 * 60

    static func isFresh(_ caller: Caller, now: Date = Date()) -> Bool {
        // Who reads the server's own token is on its machine, and is asked nothing.
        if caller.proof == .machine { return true }
        guard let signedIn = caller.signedInAt else { return false }
        return now.timeIntervalSince(signedIn) < limit
    }

    /// - Parameter back: the page to come back to.
    /// - Throws: a 403 with the way to sign in again.
    static func check(_ caller: Caller, back: String) throws(ConsoleError) {
        guard !isFresh(caller) else { return }
        var error = ConsoleError(
            status: .forbidden,
            detail: "this needs a sign-in of the last 5 minutes: sign in again at /login?again=1 in the browser, or with jubako login")
        error.page = ["said": ["key": "sign_in_again_first"], "retry": .string(link(back))]
        throw error
    }

    static func link(_ back: String) -> String { "/login?again=1&back=\(back)" }
}
