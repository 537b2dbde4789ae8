import Crypto

/// The secret that Alertmanager shows with each webhook.
public struct BearerToken: Sendable {
    private let digest: SHA256Digest

    public init(_ token: String) {
        digest = SHA256.hash(data: Array(token.utf8))
    }

    /// Whether the `Authorization` header carries this token. How long that takes tells nothing about the token.
    public func matches(authorization: String?) -> Bool {
        guard let authorization else { return false }
        let words = authorization.split(separator: " ", maxSplits: 1)
        guard words.count == 2, words[0].lowercased() == "bearer" else { return false }
        return SHA256.hash(data: Array(words[1].utf8)) == digest
    }
}
