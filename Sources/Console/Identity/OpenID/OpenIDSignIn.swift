import Definitions
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import ServiceModel
import Store

/// The way of a browser to the provider and back: OpenID Connect's code flow with PKCE.
struct OpenIDSignIn: Sendable {
    let provider: Provider
    let settings: Organization.SignIn
    let catalog: LiveCatalog
    let sessions: Sessions
    let store: any Store
    let audit: any AuditRecorder
    let logger: Logger
    var now: @Sendable () -> Date = { Date() }

    static let callback = "/login/callback"
    private static let partition = "identity/attempts"

    private var redirect: String { settings.url + Self.callback }

    /// Leads to the provider. A link, and no form: a form that leads to another host is stopped by our own content security policy.
    func begin(_ visit: Visit) async throws -> Answer {
        let attempt = LoginAttempt(back: Preferences.safe(visit.query["back"]), now: now())
        do throws(SignInProblem) {
            let address = try await provider.address(
                for: attempt, scopes: settings.scopes, redirect: redirect, isAgain: visit.query["again"] != nil)
            return .response(
                Response(status: .found, headers: [.location: address, .setCookie: attempt.header, .cacheControl: "no-store"]))
        } catch {
            throw failed(error, visit, back: attempt.back)
        }
    }

    /// Comes back from the provider.
    func finish(_ visit: Visit) async throws -> Answer {
        let attempt = LoginAttempt(cookie: Cookies(visit.headers)[LoginAttempt.cookie], now: now())
        do {
            guard let attempt else { throw SignInProblem.noAttempt }
            try await claim(attempt, state: visit.query["state"])
            let code = try await code(visit)
            let identity = try await provider.identity(code: code, attempt: attempt, redirect: redirect)
            let person = try await person(identity)
            let secret = try await sessions.begin(
                person, signedInAt: identity.claims["auth_time"].double.map { Date(timeIntervalSince1970: $0) },
                agent: visit.headers[.userAgent] ?? "", address: visit.address ?? "", replacing: Cookies(visit.headers)[SignIn.cookie])
            await SignIn.record(visit, person, secret, to: audit)
            var response = Response(status: .seeOther, headers: [.location: attempt.back, .cacheControl: "no-store"])
            response.headers.append(HTTPField(name: .setCookie, value: SignIn.header(secret)))
            response.headers.append(HTTPField(name: .setCookie, value: LoginAttempt.clearing))
            return .response(response)
        } catch let problem as SignInProblem {
            throw failed(problem, visit, back: attempt?.back ?? "/")
        }
    }

    /// Uses the attempt up, whatever comes of it.
    private func claim(_ attempt: LoginAttempt, state: String?) async throws {
        guard let state, Secret.areEqual(state, attempt.state) else {
            throw SignInProblem.notThisOne("state is not the one that this browser was sent off with")
        }
        let key = StoreKey(partition: Self.partition, sort: Secret.hash(attempt.text))
        // Longer than an attempt lives: it cannot come back after it was forgotten.
        guard try await store.attempt([.put(key, body: [], condition: .absent, expiry: now() + 2 * LoginAttempt.lifetime)])
        else { throw SignInProblem.notThisOne("state was used already") }
    }

    private func code(_ visit: Visit) async throws -> String {
        let metadata = try await provider.discover()
        // Another provider's answer, which an attacker made the browser bring to us, is not to reach our provider (RFC 9207).
        if let issuer = visit.query["iss"] {
            guard issuer == settings.issuer else { throw SignInProblem.untrusted("the answer is from another provider: \(issuer.prefix(200))") }
        } else if metadata.namesItself {
            throw SignInProblem.untrusted("the answer does not say which provider it is from")
        }
        if let error = visit.query["error"] {
            if error == "access_denied" { throw SignInProblem.denied }
            let words = visit.query["error_description"].map { ": \($0)" } ?? ""
            throw SignInProblem.providerSays("the provider says \((error + words).prefix(300))")
        }
        guard let code = visit.query["code"], !code.isEmpty else { throw SignInProblem.providerSays("the provider sent neither a code nor an error") }
        return code
    }

    private func person(_ identity: Provider.Identity) async throws -> Person {
        let claims = identity.claims
        // An address that nobody has confirmed may be somebody else's.
        let isConfirmed = claims["email_verified"].bool != false && claims["email_verified"].string != "false"
        let subject = claims["sub"].string ?? ""
        let name = (isConfirmed ? claims["email"].string : nil) ?? claims["preferred_username"].string ?? subject
        let shown = String(name.filter { !$0.isNewline }.prefix(200))
        guard
            let person = Person(
                subject: "\(settings.issuer)#\(subject)", name: shown, groups: identity.groups, in: await catalog.catalog.organization)
        else {
            throw SignInProblem.noRole(name: shown)
        }
        return person
    }

    private func failed(_ problem: SignInProblem, _ visit: Visit, back: String) -> ConsoleError {
        let again = back.addingPercentEncoding(withAllowedCharacters: .urlQueryAllowed.subtracting(["&", "+", "="])) ?? "/"
        let error = problem.error(retry: "/login?again=1&back=\(again)")
        logger.warning("a sign-in failed", metadata: ["why": "\(error.detail)", "from": "\(visit.address ?? "")", "request": "\(visit.id)"])
        return error
    }
}
