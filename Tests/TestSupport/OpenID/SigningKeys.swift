import Crypto
import CryptoExtras
import Foundation
import ServiceModel

/// The keys of an ``OpenIDProvider``, and what it signs with them.
struct SigningKeys: Sendable {
    private let curve = P256.Signing.PrivateKey()
    private let name = UUID().uuidString

    /// Making one takes longer than a test; it is never rotated.
    private static let rsa = Result { try _RSA.Signing.PrivateKey(keySize: .bits2048) }

    /// The public keys as a JWK set.
    func published(_ faults: Set<OpenIDProvider.Fault>) -> JSON {
        var own = publicCurve
        if faults.contains(.namelessKey) {
            own["kid"] = .null
            return ["keys": [own]]
        }
        var keys = [own]
        if let rsa = try? Self.rsa.get().publicKey.getKeyPrimitives() {
            // Some providers leave the algorithm out.
            keys.append([
                "kty": "RSA", "use": "sig", "kid": .string("rsa-\(name)"), "n": .string(Base64.url(rsa.modulus)),
                "e": .string(Base64.url(rsa.publicExponent)),
            ])
        }
        if faults.contains(.strangeKeys) {
            var encrypting = publicCurve
            encrypting["use"] = "enc"
            keys.insert(encrypting, at: 0)
            keys.insert(["kty": "OKP", "crv": "X448", "kid": "strange", "x": "AAAA"], at: 0)
            keys.insert(["kty": "RSA", "alg": "RSA-OAEP-256", "kid": "oaep", "n": "AQAB", "e": "AQAB"], at: 0)
            keys.insert(["kty": "RSA", "n": "AQAB"], at: 0)
        }
        return ["keys": .array(keys)]
    }

    private var publicCurve: JSON {
        let raw = curve.publicKey.rawRepresentation
        return [
            "kty": "EC", "crv": "P-256", "alg": "ES256", "use": "sig", "kid": .string("ec-\(name)"), "x": .string(Base64.url(raw.prefix(32))),
            "y": .string(Base64.url(raw.suffix(32))),
        ]
    }

    func idToken(_ claims: JSON, _ settings: OpenIDProvider.Settings) throws -> String {
        let faults = settings.faults
        var header: JSON = ["typ": "JWT", "alg": settings.usesRSA ? "RS256" : "ES256", "kid": .string((settings.usesRSA ? "rsa-" : "ec-") + name)]
        if faults.contains(.namelessKey) { header["kid"] = .null }
        if faults.contains(.unknownKey) { header["kid"] = "another" }
        if faults.contains(.algorithmNone) { header["alg"] = "none" }
        if faults.contains(.signedWithPublicKey) { header["alg"] = "HS256" }
        let signed = "\(Base64.url(header.bytes)).\(Base64.url(claims.bytes))"
        let input = Data(signed.utf8)
        let signature: Data
        if faults.contains(.algorithmNone) {
            signature = Data()
        } else if faults.contains(.signedWithPublicKey) {
            let secret = SymmetricKey(data: Data(curve.publicKey.pemRepresentation.utf8))
            signature = Data(HMAC<SHA256>.authenticationCode(for: input, using: secret))
        } else if faults.contains(.wrongSignature) {
            signature = try P256.Signing.PrivateKey().signature(for: input).rawRepresentation
        } else if settings.usesRSA {
            signature = try Self.rsa.get().signature(for: SHA256.hash(data: input), padding: .insecurePKCS1v1_5).rawRepresentation
        } else {
            signature = try curve.signature(for: input).rawRepresentation
        }
        return "\(signed).\(Base64.url(signature))"
    }
}

/// What an ID token says, with the rule broken that is to be broken.
struct IDTokenClaims {
    let json: JSON

    init(issuer: String, nonce: String, accessToken: String, isFresh: Bool, settings: OpenIDProvider.Settings) {
        let faults = settings.faults
        let now = Int(Date().timeIntervalSince1970)
        var issued = now
        if faults.contains(.expired) || faults.contains(.old) { issued -= 3600 }
        if faults.contains(.fromTheFuture) { issued += 3600 }
        let hash = SHA256.hash(data: Data((faults.contains(.wrongAccessTokenHash) ? "another" : accessToken).utf8)).prefix(16)
        var claims: JSON = [
            "iss": .string(faults.contains(.wrongIssuer) ? "https://attacker.example" : issuer),
            "aud": faults.contains(.wrongAudience) ? "another" : .string(settings.clientID), "iat": .integer(issued),
            "exp": .integer(issued + (faults.contains(.old) ? 7200 : 300)), "at_hash": .string(Base64.url(hash)),
            "nonce": .string(faults.contains(.wrongNonce) ? "another" : nonce), "auth_time": .integer(isFresh ? now : now - 7200),
        ]
        if faults.contains(.noNonce) { claims["nonce"] = .null }
        if faults.contains(.wrongAuthorizedParty) {
            claims["aud"] = [.string(settings.clientID), "another"]
            claims["azp"] = "another"
        }
        for (name, value) in settings.user.object where name != "groups" || !faults.contains(.groupsElsewhere) { claims[name] = value }
        json = claims
    }
}

/// Base64 for addresses, written again here: the program's own is what is tested.
enum Base64 {
    static func url(_ bytes: some Sequence<UInt8>) -> String {
        Data(bytes).base64EncodedString().map { $0 == "+" ? "-" : $0 == "/" ? "_" : $0 }.filter { $0 != "=" }.map(String.init).joined()
    }
}
