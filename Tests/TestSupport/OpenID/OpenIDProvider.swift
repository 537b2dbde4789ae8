import Crypto
import CryptoExtras
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import ServiceLifecycle
public import ServiceModel
import Synchronization

/// An OpenID Connect provider on the loopback address that takes every rule literally, and breaks one when it is told to.
///
/// Nobody types a password: whoever comes is ``Settings/user``.
public final class OpenIDProvider: Sendable {
    public struct Settings: Sendable {
        public var clientID = "jubako"
        /// Nil for a public client.
        public var clientSecret: String? = "the client's secret/+"
        /// The only address that a browser is sent back to.
        public var redirectURI = ""
        public var user: JSON = ["sub": "u1", "email": "ann@example.com", "groups": ["readers"]]
        public var faults: Set<Fault> = []
        /// Signs with RSA instead of an elliptic curve.
        public var usesRSA = false

        public init() {}
    }

    /// One rule broken.
    public enum Fault: Sendable, Hashable {
        case wrongIssuer, wrongAudience, wrongAuthorizedParty, wrongNonce, noNonce, wrongAccessTokenHash
        case expired, fromTheFuture, old
        case algorithmNone, signedWithPublicKey, wrongSignature
        /// The token names a key that is not published.
        case unknownKey
        /// Neither the token nor the key has a name.
        case namelessKey
        /// The set of keys has others that nobody knows, one for encryption, and one without a name.
        case strangeKeys
        /// The answer says that it is from somebody else (mix-up), or does not say from whom.
        case otherIssuerInAnswer, noIssuerInAnswer
        case deny
        /// The endpoint fails.
        case tokenFails, keysFail, discoveryFails
        /// The endpoint does not answer within the client's time.
        case tokenSlow, discoverySlow
        /// The groups are at the user-info endpoint only; and there they are somebody else's.
        case groupsElsewhere, otherUserInfo
        case noPKCE
    }

    fileprivate struct Grant {
        let redirectURI: String
        let challenge: String
        let nonce: String
        let expiry: Date
        let isFresh: Bool
    }

    struct State {
        var settings = Settings()
        fileprivate var grants: [String: Grant] = [:]
        var accessTokens: Set<String> = []
        var ring = SigningKeys()
        var counts: [String: Int] = [:]
    }

    public let issuer: String
    let state = Mutex(State())

    private init(port: Int) { issuer = "http://127.0.0.1:\(port)" }

    /// Changes how it behaves from now on.
    public func set(_ change: @Sendable (inout Settings) -> Void) { state.withLock { change(&$0.settings) } }

    /// Signs with other keys from now on, under other names.
    public func rotateKeys() { state.withLock { $0.ring = SigningKeys() } }

    /// How often a path was asked for.
    public func count(_ path: String) -> Int { state.withLock { $0.counts[path] ?? 0 } }

    /// Runs a provider for the length of `body`.
    public static func run<Result: Sendable>(_ body: @Sendable (OpenIDProvider) async throws -> Result) async throws -> Result {
        let port = try await PortReservation.free()
        let provider = OpenIDProvider(port: port)
        let responder = CallbackResponder<BasicRequestContext> { request, _ in try await provider.answer(request) }
        var logger = Logger(label: "provider")
        logger.logLevel = .critical
        let (started, announce) = AsyncStream<Void>.makeStream()
        let application = Application(
            responder: responder, configuration: .init(address: .hostname("127.0.0.1", port: port)),
            onServerRunning: { _ in announce.yield() }, logger: logger)
        var configuration = ServiceGroupConfiguration(services: [.init(service: application)], logger: logger)
        configuration.maximumGracefulShutdownDuration = .seconds(10)
        let services = ServiceGroup(configuration: configuration)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                defer { announce.finish() }
                try await services.run()
            }
            guard await started.first(where: { _ in true }) != nil else { throw ConditionNotMet(description: "the provider did not start") }
            let outcome: Swift.Result<Result, any Error>
            do { outcome = .success(try await body(provider)) } catch { outcome = .failure(error) }
            await services.triggerGracefulShutdown()
            try await group.waitForAll()
            return try outcome.get()
        }
    }

    // MARK: Endpoints

    private func answer(_ request: Request) async throws -> Response {
        let path = request.uri.path
        let settings = state.withLock { state in
            state.counts[path, default: 0] += 1
            return state.settings
        }
        switch (request.method, path) {
        case (.get, "/.well-known/openid-configuration"):
            if settings.faults.contains(.discoverySlow) { try await pause() }
            if settings.faults.contains(.discoveryFails) { return Response(status: .internalServerError) }
            return json(discovery(settings))
        case (.get, "/jwks"):
            if settings.faults.contains(.keysFail) { return Response(status: .internalServerError) }
            return json(state.withLock { $0.ring.published($0.settings.faults) })
        case (.get, "/authorize"): return authorize(request, settings)
        case (.post, "/token"):
            if settings.faults.contains(.tokenSlow) { try await pause() }
            if settings.faults.contains(.tokenFails) { return Response(status: .internalServerError) }
            return try await token(request, settings)
        case (.get, "/userinfo"):
            let shown = request.headers[.authorization]?.dropFirst("Bearer ".count) ?? ""
            guard state.withLock({ $0.accessTokens.contains(String(shown)) }) else { return Response(status: .unauthorized) }
            var user = settings.user
            if settings.faults.contains(.otherUserInfo) { user["sub"] = "u2" }
            return json(user)
        default: return Response(status: .notFound)
        }
    }

    private func discovery(_ settings: Settings) -> JSON {
        var document: JSON = [
            "issuer": .string(issuer), "authorization_endpoint": .string(issuer + "/authorize"), "token_endpoint": .string(issuer + "/token"),
            "jwks_uri": .string(issuer + "/jwks"), "userinfo_endpoint": .string(issuer + "/userinfo"), "response_types_supported": ["code"],
            "code_challenge_methods_supported": ["S256"], "id_token_signing_alg_values_supported": ["RS256", "ES256"],
            "authorization_response_iss_parameter_supported": true, "subject_types_supported": ["public"],
        ]
        if settings.faults.contains(.noPKCE) { document["code_challenge_methods_supported"] = ["plain"] }
        return document
    }

    private func authorize(_ request: Request, _ settings: Settings) -> Response {
        let query = Self.fields(request.uri.query ?? "")
        // Whoever is not known is not sent anywhere.
        guard query["client_id"] == settings.clientID, let redirect = query["redirect_uri"], redirect == settings.redirectURI else {
            return json(["error": "invalid_request"], status: .badRequest)
        }
        var answer: [(String, String)] = [("state", query["state"] ?? "")]
        if settings.faults.contains(.otherIssuerInAnswer) {
            answer.append(("iss", "https://attacker.example"))
        } else if !settings.faults.contains(.noIssuerInAnswer) {
            answer.append(("iss", issuer))
        }
        if settings.faults.contains(.deny) { return Self.redirect(redirect, answer + [("error", "access_denied")]) }
        let isComplete = ["state", "nonce", "code_challenge"].allSatisfy { !(query[$0] ?? "").isEmpty }
        guard isComplete, query["code_challenge_method"] == "S256", query["response_type"] == "code",
            query["scope"]?.split(separator: " ").contains("openid") ?? false
        else { return Self.redirect(redirect, answer + [("error", "invalid_request")]) }
        let code = UUID().uuidString
        state.withLock { state in
            state.grants[code] = Grant(
                redirectURI: redirect, challenge: query["code_challenge"] ?? "", nonce: query["nonce"] ?? "", expiry: Date() + 60,
                isFresh: query["max_age"] == "0")
        }
        return Self.redirect(redirect, answer + [("code", code)])
    }

    private func token(_ request: Request, _ settings: Settings) async throws -> Response {
        let form = Self.fields(String(buffer: try await request.body.collect(upTo: 1 << 16)))
        if let secret = settings.clientSecret {
            let pair = "\(Self.encoded(settings.clientID)):\(Self.encoded(secret))"
            guard request.headers[.authorization] == "Basic \(Data(pair.utf8).base64EncodedString())" else {
                return json(["error": "invalid_client"], status: .unauthorized)
            }
        } else if form["client_id"] != settings.clientID {
            return json(["error": "invalid_client"], status: .unauthorized)
        }
        let code = form["code"] ?? ""
        // Gone at its first use, whatever comes of it.
        let grant = state.withLock { state in state.grants.removeValue(forKey: code) }
        guard form["grant_type"] == "authorization_code", let grant, grant.expiry > Date(), form["redirect_uri"] == grant.redirectURI,
            Base64.url(SHA256.hash(data: Data((form["code_verifier"] ?? "").utf8))) == grant.challenge
        else { return json(["error": "invalid_grant"], status: .badRequest) }
        let accessToken = UUID().uuidString
        let token = try state.withLock { state in
            state.accessTokens.insert(accessToken)
            return try state.ring.idToken(
                IDTokenClaims(issuer: issuer, nonce: grant.nonce, accessToken: accessToken, isFresh: grant.isFresh, settings: settings).json,
                settings)
        }
        return json(["token_type": "Bearer", "access_token": .string(accessToken), "expires_in": 300, "id_token": .string(token)])
    }

    // MARK: Parts

    private func pause() async throws { try await cancelWhenGracefulShutdown { try await Task.sleep(for: .seconds(30)) } }

    private func json(_ value: JSON, status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status, headers: [.contentType: "application/json", .cacheControl: "no-store"],
            body: .init(byteBuffer: ByteBuffer(bytes: value.bytes)))
    }

    private static func redirect(_ url: String, _ fields: [(String, String)]) -> Response {
        let query = fields.map { "\($0.0)=\(encoded($0.1))" }.joined(separator: "&")
        return Response(status: .found, headers: [.location: "\(url)?\(query)", .cacheControl: "no-store"])
    }

    private static func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics.union(["-", ".", "_", "~"])) ?? ""
    }

    private static func fields(_ text: String) -> [String: String] {
        text.split(separator: "&").reduce(into: [:]) { fields, pair in
            let parts = pair.split(separator: "=", maxSplits: 1).map { $0.replacing("+", with: " ").removingPercentEncoding ?? "" }
            if parts.count == 2 { fields[parts[0]] = parts[1] }
        }
    }
}
