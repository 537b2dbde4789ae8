import Foundation
import ServiceModel
import Store

/// A token for programs: who made it, and what it may do.
struct APIToken: Sendable, Hashable {
    /// Names it in pages, logs and the audit log. It is the hash of the secret.
    let key: String
    let name: String
    /// Whoever made it, with the role and the teams that the token has.
    let owner: Person
    /// The only apps that it may change; nil for no limit.
    let apps: Set<String>?
    let createdAt: Date
    let expiresAt: Date
    /// When its maker had signed in; nil for tokens that make no others.
    let signedInAt: Date?
    var usedAt: Date?

    var id: String { String(key.prefix(12)) }

    /// For the API, without the secret, which nobody has.
    var json: JSON {
        .compact([
            "id": .string(id), "name": .string(name), "role": .string(owner.role.rawValue), "teams": JSON(owner.teams.sorted()),
            "apps": apps.map { JSON($0.sorted()) } ?? .null, "created_by": .string(owner.name), "created_at": JSON(time: createdAt),
            "expires_at": JSON(time: expiresAt), "used_at": JSON(time: usedAt),
        ])
    }
}

extension APIToken {
    /// The text itself, `token`, comes once: when it is made.
    static let schema = Schema.object([
        "id": Schema.text, "name": Schema.text, "role": Schema.text, "teams": Schema.texts, "apps?": Schema.texts, "created_by": Schema.text,
        "created_at": Schema.time, "expires_at": Schema.time, "used_at?": Schema.time, "token?": Schema.text,
    ])
}

/// The tokens for programs.
///
/// Items: partition `identity/tokens`, sort key the SHA-256 of the token.
struct APITokens: Sendable {
    /// So many of one person.
    static let limit = 100
    static let longestDays = 365
    private static let partition = "identity/tokens"
    /// So often at most it is written down that a token is in use.
    private static let writing: TimeInterval = 60
    private let store: any Store
    private let now: @Sendable () -> Date

    init(store: any Store, now: @escaping @Sendable () -> Date = { Date() }) {
        self.store = store
        self.now = now
    }

    /// Makes a token.
    ///
    /// - Returns: its text, which is kept nowhere.
    func make(name: String, owner: Person, apps: Set<String>? = nil, days: Int, signedInAt: Date? = nil) async throws -> (
        text: String, token: APIToken
    ) {
        let text = TokenText.make()
        let moment = now()
        let token = APIToken(
            key: Secret.hash(text), name: name, owner: owner, apps: apps, createdAt: moment, expiresAt: moment + Double(days) * 86_400,
            signedInAt: signedInAt)
        try await store.write([write(token, .absent)])
        return (text, token)
    }

    /// Who shows this token; nil when it is none of ours, has expired or was revoked.
    func caller(_ text: String) async throws -> Caller? {
        guard TokenText.isWellFormed(text), let item = try await store.get(Self.key(Secret.hash(text))) else { return nil }
        guard var token = APIToken(item) else { return nil }
        let moment = now()
        guard token.expiresAt > moment else { return nil }
        if moment.timeIntervalSince(token.usedAt ?? .distantPast) >= Self.writing {
            token.usedAt = moment
            // Revoked meanwhile, or used by another request: either way there is nothing to write.
            _ = try await store.attempt([write(token, .version(item.version))])
        }
        return Caller(
            proof: .token(id: token.id), name: "\(token.owner.name) (\(token.name))", person: token.owner.name, role: token.owner.role,
            teams: token.owner.teams, apps: token.apps, subject: token.owner.subject, signedInAt: token.signedInAt, isBusiness: token.owner.isBusiness
        )
    }

    /// The tokens of somebody, or all, the newest first.
    func list(of subject: String? = nil) async throws -> [APIToken] {
        try await store.query(partition: Self.partition).compactMap(APIToken.init)
            .filter { (subject == nil || $0.owner.subject == subject) && $0.expiresAt > now() }.sorted { $0.createdAt > $1.createdAt }
    }

    /// Takes a token back, from now on.
    func revoke(_ token: APIToken) async throws {
        try await store.write([.delete(Self.key(token.key))])
    }

    private static func key(_ hash: String) -> StoreKey { StoreKey(partition: partition, sort: hash) }

    private func write(_ token: APIToken, _ condition: StoreCondition) -> StoreWrite {
        let body: JSON = .compact([
            "name": .string(token.name), "owner": token.owner.json, "apps": token.apps.map { JSON($0.sorted()) } ?? .null,
            "created_at": JSON(time: token.createdAt), "expires_at": JSON(time: token.expiresAt), "signed_in_at": JSON(time: token.signedInAt),
            "used_at": JSON(time: token.usedAt),
        ])
        return .put(Self.key(token.key), body: body.bytes, condition: condition, expiry: token.expiresAt)
    }
}

extension APIToken {
    fileprivate init?(_ item: StoreItem) {
        guard let json = try? JSON(parsing: item.body), let name = json["name"].string, let owner = Person(json["owner"]),
            let created = json["created_at"].time, let expires = json["expires_at"].time
        else { return nil }
        self.init(
            key: item.key.sort, name: name, owner: owner, apps: json["apps"].isNull ? nil : Set(json["apps"].strings), createdAt: created,
            expiresAt: expires, signedInAt: json["signed_in_at"].time, usedAt: json["used_at"].time)
    }
}
