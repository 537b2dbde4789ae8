import Alerting
import Definitions
import Foundation
import HTTPTypes
import Logging

/// Knows browsers by their session, and programs by their token or the server's.
struct SessionGatekeeper: Gatekeeper {
    let token: AccessToken
    let sessions: Sessions
    let tokens: APITokens
    /// With it nobody may read who has not signed in; without it everybody on this machine may.
    let signIn: Organization.SignIn?
    let logger: Logger

    var signInPath: String? { "/login" }

    /// Pages of strangers reach a loopback address by a name of their own (DNS rebinding): only ours count.
    var hosts: Set<String>? {
        let own: Set<String> = ["127.0.0.1", "localhost", "[::1]"]
        guard let host = signIn?.url.firstMatch(of: /:\/\/(\[[^\]]*\]|[^\/:]+)/)?.1 else { return own }
        return own.union([host.lowercased()])
    }

    func caller(_ headers: HTTPFields) async -> Caller {
        do {
            if let shown = Self.bearer(headers[.authorization]) {
                if token.bearer.matches(authorization: headers[.authorization]) { return .machine }
                // Who shows a token that is none is told so, and does not go on as somebody else.
                return try await tokens.caller(shown) ?? .anonymous(mayRead: false)
            }
            if let secret = Cookies(headers)[SignIn.cookie], let caller = try await sessions.caller(secret) { return caller }
        } catch {
            logger.error("the store does not say who asks", metadata: ["error": "\(error)"])
        }
        return .anonymous(mayRead: signIn == nil)
    }

    private static func bearer(_ header: String?) -> String? {
        guard let words = header?.split(separator: " ", maxSplits: 1), words.count == 2, words[0].lowercased() == "bearer" else { return nil }
        return String(words[1])
    }
}
