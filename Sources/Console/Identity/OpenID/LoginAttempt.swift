import Foundation

/// One way to the provider and back, remembered by nobody but the browser: `state`, `nonce` and the code verifier all follow from its cookie.
///
/// So an attempt costs the server nothing until it comes back, and it counts once: ``LoginAttempts`` keeps those that did.
struct LoginAttempt: Sendable {
    /// `__Host-`: only this host over a safe connection sets it, and it is sent nowhere else.
    static let cookie = "__Host-login"
    static let lifetime: TimeInterval = 10 * 60

    /// The cookie's value: when it began, a secret, and where to go afterwards.
    let text: String
    private let startedAt: Date
    /// An address of this server.
    let back: String

    init(back: String, now: Date) {
        let seconds = Int(now.timeIntervalSince1970)
        // A cookie has room for 4096 bytes.
        let back = back.utf8.count <= 2000 ? back : "/"
        text = "\(seconds).\(Secret.make()).\(Base64URL.encode(back.utf8))"
        startedAt = Date(timeIntervalSince1970: Double(seconds))
        self.back = back
    }

    /// The attempt of a browser that comes back; nil when it shows none, or one that is too old.
    init?(cookie text: String?, now: Date) {
        guard let parts = text?.split(separator: ".", omittingEmptySubsequences: false), let text, parts.count == 3, text.utf8.count < 4096,
            let seconds = Int(parts[0]), parts[1].utf8.count == 43, let back = Base64URL.decode(parts[2])
        else { return nil }
        self.text = text
        startedAt = Date(timeIntervalSince1970: Double(seconds))
        self.back = Preferences.safe(String(decoding: back, as: UTF8.self))
        let age = now.timeIntervalSince(startedAt)
        guard age > -60, age < Self.lifetime else { return nil }
    }

    /// What comes back in the address, and cannot be made without the cookie.
    var state: String { Secret.derived(from: text, for: "state") }
    /// What comes back inside the ID token.
    var nonce: String { Secret.derived(from: text, for: "nonce") }
    /// What proves to the token endpoint that we asked for the code (PKCE, RFC 7636).
    var verifier: String { Secret.derived(from: text, for: "verifier") }
    var challenge: String { Secret.sha256(verifier) }

    var header: String { "\(Self.cookie)=\(text); Path=/; Max-Age=\(Int(Self.lifetime)); Secure; HttpOnly; SameSite=Lax" }
    static let clearing = "\(cookie)=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Lax"
}
