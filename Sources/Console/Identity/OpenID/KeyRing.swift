import Foundation
import JWTKit
import ServiceModel

/// A provider's public keys, those of them that may sign an ID token.
struct KeyRing: Sendable {
    /// Nothing else is accepted: neither `none`, nor a shared secret, for which the public key could be taken.
    static let algorithms = ["RS256", "ES256"]

    private struct Key: Sendable {
        let id: String?
        let algorithm: String
        let keys: JWTKeyCollection
    }

    private let keys: [Key]

    /// Leaves out keys of other kinds and uses, and those that cannot be read: one of them would spoil the whole set.
    ///
    /// - Parameter algorithm: that of RSA keys that name none.
    init(_ json: JSON, algorithm: String) async {
        var keys: [Key] = []
        for candidate in json["keys"].array.prefix(100) {
            guard let key = await Self.key(candidate, algorithm) else { continue }
            keys.append(key)
        }
        self.keys = keys
    }

    var isEmpty: Bool { keys.isEmpty }

    private static func key(_ json: JSON, _ standard: String) async -> Key? {
        guard json["use"].isNull || json["use"].string == "sig" else { return nil }
        let kind = json["kty"].string
        let natural = kind == "EC" ? "ES256" : "RS256"
        let algorithm = json["alg"].string ?? (kind == "RSA" ? standard : natural)
        guard algorithm == natural, kind == "RSA" || kind == "EC" && json["crv"].string == "P-256" else { return nil }
        // Private parts, should a provider serve them, are not taken over.
        var bare: JSON = ["kty": JSON(kind), "alg": .string(algorithm), "kid": .string(json["kid"].string ?? "only")]
        for part in kind == "RSA" ? ["n", "e"] : ["crv", "x", "y"] { bare[part] = json[part] }
        guard let jwk = try? JSONDecoder().decode(JWK.self, from: Data(bare.bytes)) else { return nil }
        let collection = JWTKeyCollection()
        guard (try? await collection.add(jwk: jwk)) != nil else { return nil }
        return Key(id: json["kid"].string, algorithm: algorithm, keys: collection)
    }

    /// What a signature came to.
    enum Verdict: Sendable {
        case valid
        /// No key has this name: the provider may have new ones.
        case unknownKey
        case invalid(String)
    }

    /// Checks the signature of a token, and nothing else.
    func check(_ token: String, algorithm: String, keyID: String?) async -> Verdict {
        let key: Key
        if let keyID {
            guard let found = keys.first(where: { $0.id == keyID }) else { return .unknownKey }
            key = found
        } else {
            // A provider with one key need not name it.
            guard keys.count == 1 else { return .invalid("the token names no key, and the provider has \(keys.count)") }
            key = keys[0]
        }
        guard key.algorithm == algorithm else { return .invalid("the key is for \(key.algorithm), and the token says \(algorithm)") }
        do {
            _ = try await key.keys.verify(token, as: Anything.self)
            return .valid
        } catch {
            return .invalid("the signature is wrong")
        }
    }

    /// The claims are checked by ``IDToken``.
    private struct Anything: JWTPayload {
        init(from decoder: any Decoder) throws {}
        func encode(to encoder: any Encoder) throws {}
        func verify(using algorithm: some JWTAlgorithm) async throws {}
    }
}
