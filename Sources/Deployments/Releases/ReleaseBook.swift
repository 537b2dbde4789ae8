import Foundation
import ServiceModel
public import Store

/// All releases of all apps.
///
/// Items, where N is the number in eight digits: `releases/APP` N, its line in the list; `releases/details/APP` N, all else; `releases/feed`
/// TIME/APP/N, the lines of all apps by the time of their beginning; `releases/open` APP/N, those that have not ended; `releases/ids/APP` and
/// `releases/deployments/APP`, from a client's id and from a deployment's id to the number.
public struct ReleaseBook: Sendable {
    /// Bytes of a text; a longer step is cut.
    public static let longestText = 500
    public static let mostSteps = 300
    static let largestChanges = 64 << 10
    static let largestVerdict = 16 << 10
    /// How late a record may come, in seconds.
    static let longestDelay: TimeInterval = 30 * 86_400
    /// How long all apps' feed goes back, in seconds. The apps' own lists do not end.
    private static let feedLifetime: TimeInterval = 400 * 86_400

    let store: any Store

    public init(store: any Store) { self.store = store }

    /// A page of releases, newest first.
    public struct Page: Sendable, Hashable {
        public let releases: [Release]
        /// Ask with this for those before; nil when there are none.
        public let next: String?
    }

    // MARK: Reading

    public func release(_ number: Int, of app: String) async throws -> (release: Release, details: ReleaseDetails)? {
        guard let item = try await store.get(Self.head(app, number)), let release = Self.release(item) else { return nil }
        let details = try await store.get(Self.details(app, number))
        return (release, ReleaseDetails((details?.body).flatMap { try? JSON(parsing: $0) } ?? .null))
    }

    /// The releases of one app.
    ///
    /// - Parameter cursor: ``Page/next`` of the page after; also a number, whose predecessors are meant.
    public func releases(of app: String, before cursor: String? = nil, limit: Int = 50) async throws -> Page {
        let upTo = cursor.map { Int($0).map(Self.padded) ?? $0 }
        return try await page("releases/\(app)", before: upTo, limit: limit) { String(Int($0.sort) ?? 0) }
    }

    public func last(of app: String) async throws -> Release? { try await releases(of: app, limit: 1).releases.first }

    /// The releases of all apps.
    public func feed(before cursor: String? = nil, limit: Int = 50) async throws -> Page {
        try await page("releases/feed", before: cursor, limit: limit) { $0.sort }
    }

    private func page(_ partition: String, before: String?, limit: Int, cursor: (StoreKey) -> String) async throws -> Page {
        let limit = min(max(limit, 1), 500)
        let keys: StoreSortKeys = before.map { .range(from: "", upTo: $0) } ?? .all
        let items = try await store.query(partition: partition, sort: keys, limit: limit + 1, reversed: true)
        let page = items.prefix(limit)
        return Page(releases: page.compactMap(Self.release), next: items.count > limit ? page.last.map { cursor($0.key) } : nil)
    }

    /// Those that have not ended, by app and number.
    public func open() async throws -> [Release] {
        var found: [Release] = []
        for item in try await store.query(partition: "releases/open") {
            guard let json = try? JSON(parsing: item.body), let app = json["app"].string, let number = json["number"].int,
                let head = try await store.get(Self.head(app, number)), let release = Self.release(head)
            else { continue }
            found.append(release)
        }
        return found
    }

    /// The number of the release that made a deployment.
    public func number(ofDeployment deployment: String, of app: String) async throws -> Int? {
        try await number(at: StoreKey(partition: "releases/deployments/\(app)", sort: deployment))
    }

    private func number(at key: StoreKey) async throws -> Int? {
        try await store.get(key).flatMap { try? JSON(parsing: $0.body)["number"].int }
    }

    // MARK: Writing

    /// Gives a release its number. An id that is known already gives its release as it is.
    ///
    /// A deployment that was observed before its record came becomes that record's release, so that nothing is there twice.
    public func begin(_ draft: ReleaseDraft, of app: String, follower: Release.Follower = .client) async throws -> (release: Release, isNew: Bool) {
        let idKey = StoreKey(partition: "releases/ids/\(app)", sort: draft.id)
        for _ in 0..<Self.mostTries {
            if let known = try await number(at: idKey), let found = try await release(known, of: app) { return (found.release, false) }
            if let deployment = draft.deployment, let observed = try await number(ofDeployment: deployment, of: app),
                let adopted = try await adopt(draft, observed, of: app, idKey)
            {
                return (adopted, true)
            }
            let release = Release(
                app: app, number: (try await last(of: app)?.number ?? 0) + 1, id: draft.id, kind: draft.kind, by: String(draft.by.prefix(100)),
                reason: draft.reason, subject: draft.subject, environment: draft.environment, from: draft.from, to: draft.to,
                deployment: draft.deployment, startedAt: draft.startedAt, heardAt: Date(), follower: follower)
            var details = ReleaseDetails()
            details.changes = Self.bounded(changes: draft.changes)
            var writes: [StoreWrite] = [
                .put(Self.head(app, release.number), body: release.json.bytes, condition: .absent),
                .put(Self.details(app, release.number), body: details.json.bytes),
                .put(idKey, body: Self.pointer(release).bytes, condition: .absent),
            ]
            writes += Self.indexes(release)
            if try await succeeds(writes) { return (release, true) }
        }
        throw StoreError.unavailable("release of \(app) got no number: too many begin at the same time, try again")
    }

    private func adopt(_ draft: ReleaseDraft, _ number: Int, of app: String, _ idKey: StoreKey) async throws -> Release? {
        var isObserved = false
        let release = try await change(number, of: app, also: [.put(idKey, body: Self.pointer(app, number).bytes, condition: .absent)]) {
            release, details in
            isObserved = release.kind == .observed
            guard isObserved else { return }
            release.kind = draft.kind
            release.by = String(draft.by.prefix(100))
            release.reason = draft.reason
            release.from = draft.from ?? release.from
            details.changes = Self.bounded(changes: draft.changes)
        }
        return isObserved ? release : nil
    }

    /// Adds what happened. Steps that are known already are left out.
    ///
    /// - Returns: the release; nil when there is none.
    @discardableResult
    public func add(
        _ steps: [ReleaseStep], deployment: String? = nil, to revision: String? = nil, from previous: String? = nil, number: Int, of app: String
    ) async throws -> Release? {
        try await change(number, of: app) { release, details in
            release.deployment = release.deployment ?? deployment
            release.to = revision ?? release.to
            release.from = release.from ?? previous
            release.heardAt = Date()
            let known = Set(details.steps.map(\.number))
            for step in steps.sorted(by: { $0.number < $1.number }) where !known.contains(step.number) {
                if details.steps.count < Self.mostSteps { details.steps.append(step) } else { details.leftOut += 1 }
            }
        }
    }

    /// Writes down how it ended. What whoever carried it out says replaces what was only seen from outside.
    ///
    /// - Parameter isSeen: it is what the service shows; somebody who knows better may still come.
    @discardableResult
    public func end(_ end: ReleaseEnd, isSeen: Bool = false, number: Int, of app: String) async throws -> Release? {
        try await change(number, of: app) { release, details in
            // The end of a release is told once.
            if release.endedAt != nil, isSeen || end.goesOn || release.follower != .fleet { return }
            release.outcome = end.outcome
            release.outcomeReason = end.reason
            release.to = end.to ?? release.to
            release.deployment = release.deployment ?? end.deployment
            if !end.verdict.isNull { details.verdict = end.verdict }
            let isWatched = end.goesOn && release.deployment != nil && release.endedAt == nil
            if !isWatched { release.endedAt = max(end.endedAt, release.startedAt) }
            if isSeen || end.goesOn { release.follower = .fleet } else if release.follower == .fleet { release.follower = .client }
            if !isSeen { release.heardAt = Date() }
        }
    }

    /// Leaves a release to what the service shows.
    public func leave(_ number: Int, of app: String) async throws {
        _ = try await change(number, of: app) { release, _ in release.follower = .fleet }
    }

    private func change(
        _ number: Int, of app: String, also: [StoreWrite] = [], _ body: (inout Release, inout ReleaseDetails) -> Void
    ) async throws -> Release? {
        for _ in 0..<Self.mostTries {
            guard let item = try await store.get(Self.head(app, number)), var release = Self.release(item) else { return nil }
            let old = try await store.get(Self.details(app, number))
            let before = (release, ReleaseDetails((old?.body).flatMap { try? JSON(parsing: $0) } ?? .null))
            var details = before.1
            body(&release, &details)
            if (release, details) == before { return release }
            var writes: [StoreWrite] = [.put(item.key, body: release.json.bytes, condition: .version(item.version))]
            if details != before.1 { writes.append(.put(Self.details(app, number), body: details.json.bytes)) }
            writes += Self.indexes(release) + also
            if try await succeeds(writes) { return release }
        }
        throw StoreError.unavailable("release \(number) of \(app) is being changed by others all the time, try again")
    }

    private func succeeds(_ writes: [StoreWrite]) async throws -> Bool {
        do {
            try await store.write(writes)
            return true
        } catch StoreError.conditionFailed {
            return false
        }
    }

    // MARK: Items

    private static let mostTries = 50

    private static func head(_ app: String, _ number: Int) -> StoreKey { StoreKey(partition: "releases/\(app)", sort: padded(number)) }
    private static func details(_ app: String, _ number: Int) -> StoreKey { StoreKey(partition: "releases/details/\(app)", sort: padded(number)) }
    private static func release(_ item: StoreItem) -> Release? { (try? JSON(parsing: item.body)).flatMap(Release.init) }
    private static func pointer(_ release: Release) -> JSON { pointer(release.app, release.number) }
    private static func pointer(_ app: String, _ number: Int) -> JSON { ["app": .string(app), "number": .integer(number)] }

    private static func indexes(_ release: Release) -> [StoreWrite] {
        let number = padded(release.number)
        let open = StoreKey(partition: "releases/open", sort: "\(release.app)/\(number)")
        var writes: [StoreWrite] = [
            .put(
                StoreKey(partition: "releases/feed", sort: place(release)),
                body: release.json.bytes, expiry: release.startedAt + feedLifetime),
            release.isOpen ? .put(open, body: pointer(release).bytes) : .delete(open),
        ]
        if let deployment = release.deployment {
            writes.append(.put(StoreKey(partition: "releases/deployments/\(release.app)", sort: deployment), body: pointer(release).bytes))
        }
        return writes
    }

    /// Where a release stands among those of all apps.
    public static func place(_ release: Release) -> String { "\(ReleaseTime.text(release.startedAt))/\(release.app)/\(padded(release.number))" }

    private static func padded(_ number: Int) -> String {
        let digits = String(max(number, 0))
        return String(repeating: "0", count: max(0, 8 - digits.count)) + digits
    }

    /// As many groups of changes as fit.
    static func bounded(changes: JSON) -> JSON {
        var size = 0
        return .array(
            Array(
                changes.array.prefix {
                    size += $0.text.utf8.count
                    return size <= largestChanges
                }))
    }
}
