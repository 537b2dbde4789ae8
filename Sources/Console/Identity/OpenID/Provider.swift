import Foundation
import Logging
import ServiceLifecycle
import ServiceModel

/// An OpenID Connect provider: what it says about itself, its keys, and the exchange of a code for somebody's claims.
///
/// Run it as a service: it closes its connections at the end.
actor Provider: Service {
    struct Settings: Sendable {
        let issuer: String
        let clientID: String
        /// Nil for a public client.
        var secret: String?
        var groupsClaim = "groups"
        /// For each call.
        var timeout: Duration = .seconds(10)
        /// What it says of itself, and its keys, are read again after so many seconds.
        var freshness: TimeInterval = 3600
        /// So many seconds at least between two readings of the keys for a name that is not among them.
        var refreshPause: TimeInterval = 30
        /// So long a failure to read what it says of itself is remembered: who signs in meanwhile does not wait for nothing.
        var failurePause: TimeInterval = 5
    }

    /// What a code brought.
    struct Identity: Sendable {
        let claims: JSON
        let groups: Set<String>
    }

    nonisolated let settings: Settings
    private let connection: ProviderConnection
    private let now: @Sendable () -> Date
    private var metadata: (value: ProviderMetadata, readAt: Date)?
    private var ring: (value: KeyRing, readAt: Date)?
    private var failure: (problem: SignInProblem, at: Date)?
    private var refreshedAt = Date.distantPast

    init(_ settings: Settings, now: @escaping @Sendable () -> Date = { Date() }) {
        self.settings = settings
        self.now = now
        connection = ProviderConnection(timeout: settings.timeout)
    }

    func run() async throws {
        try? await gracefulShutdown()
        try? await close()
    }

    /// Closes its connections; no call may follow.
    func close() async throws { try await connection.shutdown() }

    /// What the provider says about itself. What it said before counts on while it does not answer.
    func discover() async throws(SignInProblem) -> ProviderMetadata {
        let moment = now()
        if let metadata, moment.timeIntervalSince(metadata.readAt) < settings.freshness { return metadata.value }
        if let failure, moment.timeIntervalSince(failure.at) < settings.failurePause {
            guard let metadata else { throw failure.problem }
            return metadata.value
        }
        do throws(SignInProblem) {
            let base = settings.issuer.hasSuffix("/") ? String(settings.issuer.dropLast()) : settings.issuer
            let found = try ProviderMetadata(try await connection.get(base + "/.well-known/openid-configuration"), issuer: settings.issuer)
            metadata = (found, moment)
            failure = nil
            return found
        } catch {
            failure = (error, now())
            guard let metadata, case .unreachable = error else { throw error }
            return metadata.value
        }
    }

    /// Where a browser goes to sign in.
    ///
    /// - Parameter isAgain: the provider is to ask for the password even if it knows the browser.
    func address(for attempt: LoginAttempt, scopes: [String], redirect: String, isAgain: Bool) async throws(SignInProblem) -> String {
        let endpoint = try await discover().authorizationEndpoint
        var fields = [
            ("response_type", "code"), ("client_id", settings.clientID), ("redirect_uri", redirect), ("scope", scopes.joined(separator: " ")),
            ("state", attempt.state), ("nonce", attempt.nonce), ("code_challenge", attempt.challenge), ("code_challenge_method", "S256"),
        ]
        if isAgain { fields += [("prompt", "login"), ("max_age", "0")] }
        return endpoint + (endpoint.contains("?") ? "&" : "?") + ProviderConnection.form(fields)
    }

    /// Exchanges a code, and checks everything that comes of it.
    func identity(code: String, attempt: LoginAttempt, redirect: String) async throws(SignInProblem) -> Identity {
        let metadata = try await discover()
        let answer = try await connection.post(
            metadata.tokenEndpoint,
            [("grant_type", "authorization_code"), ("code", code), ("redirect_uri", redirect), ("code_verifier", attempt.verifier)],
            clientID: settings.clientID, secret: settings.secret, inBody: metadata.wantsSecretInBody)
        guard let text = answer["id_token"].string else { throw .misconfigured("the token endpoint sent no ID token") }
        let accessToken = answer["access_token"].string
        let token = try IDToken(text)
        try await checkSignature(token, metadata)
        try token.check(
            issuer: settings.issuer, clientID: settings.clientID, nonce: attempt.nonce, accessToken: accessToken, now: now())
        var claims = token.claims
        if claims[settings.groupsClaim].isNull, let url = metadata.userInfoEndpoint, let accessToken {
            // Some keep their tokens small.
            let more = try await connection.get(url, bearer: accessToken)
            guard more["sub"] == claims["sub"] else { throw .untrusted("the user info is about somebody else") }
            for (name, value) in more.object where claims[name].isNull { claims[name] = value }
        }
        let groups = claims[settings.groupsClaim]
        return Identity(claims: claims, groups: Set(groups.string.map { [$0] } ?? groups.strings))
    }

    private func checkSignature(_ token: IDToken, _ metadata: ProviderMetadata) async throws(SignInProblem) {
        var verdict = try await keys(metadata).check(token.text, algorithm: token.algorithm, keyID: token.keyID)
        let moment = now()
        if case .unknownKey = verdict, moment.timeIntervalSince(refreshedAt) >= settings.refreshPause {
            refreshedAt = moment
            verdict = try await read(metadata).check(token.text, algorithm: token.algorithm, keyID: token.keyID)
        }
        switch verdict {
        case .valid: return
        case .unknownKey: throw .untrusted("the ID token is signed with a key that the provider does not publish")
        case .invalid(let why): throw .untrusted("\(why) (ID token)")
        }
    }

    private func keys(_ metadata: ProviderMetadata) async throws(SignInProblem) -> KeyRing {
        guard let ring else { return try await read(metadata) }
        if now().timeIntervalSince(ring.readAt) < settings.freshness { return ring.value }
        do throws(SignInProblem) { return try await read(metadata) } catch {
            guard case .unreachable = error, now().timeIntervalSince(ring.readAt) < 24 * settings.freshness else { throw error }
            return ring.value
        }
    }

    private func read(_ metadata: ProviderMetadata) async throws(SignInProblem) -> KeyRing {
        let ring = await KeyRing(try await connection.get(metadata.keysURL), algorithm: metadata.algorithm)
        guard !ring.isEmpty else { throw .misconfigured("the provider publishes no key for RS256 or ES256") }
        self.ring = (ring, now())
        return ring
    }
}
