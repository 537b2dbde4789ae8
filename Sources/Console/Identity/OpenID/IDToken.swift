import Crypto
import Foundation
import ServiceModel

/// An ID token in its parts, before anything of it is believed.
struct IDToken: Sendable {
    let text: String
    let algorithm: String
    let keyID: String?
    let claims: JSON

    /// So far may two clocks be apart.
    static let leeway: TimeInterval = 60

    /// - Throws: ``SignInProblem/untrusted(_:)`` for what is no token, or signed in a way that is not accepted.
    init(_ text: String) throws(SignInProblem) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let header = Self.object(parts[0]), let claims = Self.object(parts[1]) else {
            throw .untrusted("the ID token is no signed JWT")
        }
        guard let algorithm = header["alg"].string, KeyRing.algorithms.contains(algorithm) else {
            throw .untrusted("the ID token is signed with \((header["alg"].string ?? "nothing").prefix(20)), and only RS256 and ES256 are accepted")
        }
        guard header["crit"].isNull else { throw .untrusted("the ID token asks for extensions that are not known here") }
        self.text = text
        self.algorithm = algorithm
        keyID = header["kid"].string
        self.claims = claims
    }

    private static func object(_ part: Substring) -> JSON? {
        guard let bytes = Base64URL.decode(part), let json = try? JSON(parsing: bytes), case .object = json else { return nil }
        return json
    }

    /// Whether its claims say what they have to (OpenID Connect Core, 3.1.3.7). The signature is checked before.
    ///
    /// - Parameter accessToken: what came with it.
    func check(issuer: String, clientID: String, nonce: String, accessToken: String?, now: Date) throws(SignInProblem) {
        guard claims["iss"].string == issuer else { throw .untrusted("the ID token is from another issuer") }
        let audience = claims["aud"].string.map { [$0] } ?? claims["aud"].strings
        guard audience.contains(clientID) else { throw .untrusted("the ID token is for another client") }
        let party = claims["azp"].string
        guard party == clientID || party == nil && claims["azp"].isNull && audience.count == 1 else {
            throw .untrusted("the ID token was issued to another client")
        }
        guard let said = claims["nonce"].string, Secret.areEqual(said, nonce) else { throw .untrusted("the ID token belongs to another sign-in") }
        guard let subject = claims["sub"].string, !subject.isEmpty, subject.utf8.count <= 255 else { throw .untrusted("the ID token names nobody") }
        guard let issued = claims["iat"].double, let expires = claims["exp"].double else { throw .untrusted("the ID token has no iat or exp") }
        let moment = now.timeIntervalSince1970
        guard issued < moment + Self.leeway, claims["nbf"].double ?? 0 < moment + Self.leeway else {
            throw .clock("the ID token is from the future: \(Int(issued - moment)) s ahead")
        }
        guard expires > moment - Self.leeway else { throw .untrusted("the ID token expired \(Int(moment - expires)) s ago") }
        guard issued > moment - LoginAttempt.lifetime - Self.leeway else { throw .clock("the ID token was issued \(Int(moment - issued)) s ago") }
        if let hash = claims["at_hash"].string {
            guard let accessToken, hash == Base64URL.encode(SHA256.hash(data: Data(accessToken.utf8)).prefix(16)) else {
                throw .untrusted("the access token is not the one that belongs to the ID token")
            }
        }
    }
}
