import Foundation
import Logging
import ServiceModel
import Store
import Synchronization

/// The browsers that are signed in. They are in the store, so that a restart signs nobody out.
///
/// Items: partition `identity/sessions`, sort key the hash of what the browser shows; partition `identity/links`, one-time links by their hash.
struct Sessions: Sendable {
    struct Session: Sendable, Hashable {
        /// Names the session in pages and logs; nobody can sign in with it.
        let id: String
        let person: Person
        let startedAt: Date
        /// When they last proved to the provider who they are.
        let signedInAt: Date
        var lastSeen: Date
        /// What the browser calls itself, and where it signed in from.
        let agent: String
        let address: String
    }

    static let idle: TimeInterval = 8 * 3600
    static let longest: TimeInterval = 24 * 3600
    static let linkLifetime: TimeInterval = 15 * 60
    /// So often at most it is written down that a session is in use.
    private static let writing: TimeInterval = 60
    /// What another replica ended is known after so long.
    private static let reading: TimeInterval = 5

    private static let partition = "identity/sessions"
    private static let links = "identity/links"
    private let store: any Store
    private let now: @Sendable () -> Date
    private let memory = SessionMemory()

    /// - Parameter now: the clock that sessions end by.
    init(store: any Store, now: @escaping @Sendable () -> Date = { Date() }) {
        self.store = store
        self.now = now
    }

    // MARK: One-time links

    /// A code that signs one browser in, once, within a quarter of an hour.
    func makeLink() async throws -> String {
        let code = Secret.make()
        try await store.write([
            .put(StoreKey(partition: Self.links, sort: Secret.hash(code)), body: [], expiry: now() + Self.linkLifetime)
        ])
        return code
    }

    /// Uses a code up.
    ///
    /// - Returns: false for a code that is unknown, used or too old.
    func redeem(_ code: String) async throws -> Bool {
        guard let item = try await store.get(StoreKey(partition: Self.links, sort: Secret.hash(code))) else { return false }
        return try await store.attempt([.delete(item.key, condition: .version(item.version))])
    }

    // MARK: Sessions

    /// Begins a session. The one that the browser had before, if any, ends.
    ///
    /// - Returns: what the browser is to show from now on.
    func begin(_ person: Person, signedInAt: Date? = nil, agent: String = "", address: String = "", replacing old: String? = nil) async throws
        -> String
    {
        let secret = Secret.make()
        let moment = now()
        let session = Session(
            id: Secret.hash(secret), person: person, startedAt: moment, signedInAt: min(signedInAt ?? moment, moment), lastSeen: moment,
            agent: String(agent.prefix(200)), address: String(address.prefix(100)))
        try await store.write([write(session, .absent)])
        if let old { try await end(old) }
        return secret
    }

    /// Who shows this secret.
    func caller(_ secret: String) async throws -> Caller? {
        let key = Secret.hash(secret)
        let moment = now()
        guard let (session, version) = try await read(key, moment), moment < Self.end(of: session) else { return nil }
        if moment.timeIntervalSince(session.lastSeen) >= Self.writing { try await touch(session, version, moment) }
        return Caller(
            proof: .session(id: String(key.prefix(12))), name: session.person.name, role: session.person.role, teams: session.person.teams,
            formToken: Secret.derived(from: secret, for: "form"), subject: session.person.subject, signedInAt: session.signedInAt,
            isBusiness: session.person.isBusiness)
    }

    func end(_ secret: String) async throws { try await remove(Secret.hash(secret)) }

    /// The sessions of somebody, those used last first.
    func list(of subject: String) async throws -> [Session] {
        try await store.query(partition: Self.partition).compactMap(Session.init)
            .filter { $0.person.subject == subject && now() < Self.end(of: $0) }.sorted { $0.lastSeen > $1.lastSeen }
    }

    /// Ends a session of somebody, by the beginning of its id.
    ///
    /// - Returns: false when they have no such session.
    func end(id: String, of subject: String) async throws -> Bool {
        guard id.count >= 12, let session = try await list(of: subject).first(where: { $0.id.hasPrefix(id) }) else { return false }
        try await remove(session.id)
        return true
    }

    // MARK: Keeping

    private func read(_ key: String, _ moment: Date) async throws -> (Session, version: Int)? {
        if let known = memory.session(key, since: moment - Self.reading) { return known }
        guard let item = try await store.get(StoreKey(partition: Self.partition, sort: key)), let session = Session(item) else {
            memory.forget(key)
            return nil
        }
        memory.keep(session, item.version, at: moment)
        return (session, item.version)
    }

    private func touch(_ session: Session, _ version: Int, _ moment: Date) async throws {
        var session = session
        session.lastSeen = moment
        memory.keep(session, version + 1, at: moment)
        // Ended meanwhile, or seen by another request: either way there is nothing to write.
        if try await !store.attempt([write(session, .version(version))]) { memory.forget(session.id) }
    }

    private func remove(_ key: String) async throws {
        memory.forget(key)
        try await store.write([.delete(StoreKey(partition: Self.partition, sort: key))])
        memory.forget(key)
    }

    private func write(_ session: Session, _ condition: StoreCondition) -> StoreWrite {
        .put(StoreKey(partition: Self.partition, sort: session.id), body: session.json.bytes, condition: condition, expiry: Self.end(of: session))
    }

    private static func end(of session: Session) -> Date { min(session.startedAt + longest, session.lastSeen + idle) }
}

extension Sessions.Session {
    fileprivate init?(_ item: StoreItem) {
        guard let json = try? JSON(parsing: item.body), let person = Person(json["person"]), let started = json["started_at"].time,
            let signedIn = json["signed_in_at"].time, let seen = json["last_seen"].time
        else { return nil }
        self.init(
            id: item.key.sort, person: person, startedAt: started, signedInAt: signedIn, lastSeen: seen, agent: json["agent"].string ?? "",
            address: json["address"].string ?? "")
    }

    fileprivate var json: JSON {
        [
            "person": person.json, "started_at": JSON(time: startedAt), "signed_in_at": JSON(time: signedInAt), "last_seen": JSON(time: lastSeen),
            "agent": .string(agent), "address": .string(address),
        ]
    }
}

/// Sessions as they were read last: a page and its pictures ask several times a second.
private final class SessionMemory: Sendable {
    private struct Entry {
        let session: Sessions.Session
        let version: Int
        let readAt: Date
    }

    private static let limit = 1000
    private let entries = Mutex<[String: Entry]>([:])

    func session(_ key: String, since: Date) -> (Sessions.Session, version: Int)? {
        entries.withLock { entries in
            guard let entry = entries[key], entry.readAt > since else { return nil }
            return (entry.session, entry.version)
        }
    }

    func keep(_ session: Sessions.Session, _ version: Int, at moment: Date) {
        entries.withLock { entries in
            if entries.count >= Self.limit { entries.removeAll(keepingCapacity: true) }
            entries[session.id] = Entry(session: session, version: version, readAt: moment)
        }
    }

    func forget(_ key: String) { entries.withLock { entries in _ = entries.removeValue(forKey: key) } }
}
