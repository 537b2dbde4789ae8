import Deployments
import Foundation
import Logging
import ServiceModel
import Store

/// A service as the fleet has just seen it.
struct Sighting: Sendable {
    let app: String
    let environment: String
    /// As ECS describes it.
    let service: JSON
}

/// Sees what nobody tells: deployments of other tools become releases, and releases that nobody looks after any longer come to their end.
actor ReleaseObserver {
    private let desk: ReleaseDesk
    private let store: any Store
    private let logger: Logger
    private let startedAt: Date
    private let patience: TimeInterval
    /// The deployment that each app was last seen with, by environment and app.
    private var seen: [String: JSON]?

    private static let partition = "releases/seen"
    /// A program tells of its deployment a moment after it made it.
    private static let grace: TimeInterval = 3
    /// After an hour without a word or a deployment nothing will come any more.
    private static let longestSilence: TimeInterval = 3600

    /// - Parameter patience: how long a client may be silent, in seconds, before what the service shows counts.
    init(desk: ReleaseDesk, store: any Store, patience: TimeInterval = 120, startedAt: Date = Date(), logger: Logger) {
        self.desk = desk
        self.store = store
        self.patience = patience
        self.startedAt = startedAt
        self.logger = logger
    }

    func look(_ sightings: [Sighting], now: Date = Date()) async {
        do {
            var known = try await knownDeployments()
            let open = Dictionary(grouping: try await desk.book.open(), by: \.app)
            var writes: [StoreWrite] = []
            for sighting in sightings {
                guard let primary = ServiceSnapshot(sighting.service).primary, !primary.id.isEmpty else { continue }
                let own = (open[sighting.app] ?? []).filter { $0.environment == nil || $0.environment == sighting.environment }
                for release in own { try await close(release, ServiceSnapshot(sighting.service), now) }
                let key = "\(sighting.environment)/\(sighting.app)"
                guard known[key]?["deployment"].string != primary.id else { continue }
                guard try await isSettled(sighting, primary, own, before: known[key] ?? .null, now) else { continue }
                let state: JSON = ["deployment": .string(primary.id), "revision": .string(primary.taskDefinition)]
                known[key] = state
                writes.append(.put(StoreKey(partition: Self.partition, sort: key), body: state.bytes))
            }
            for start in stride(from: 0, to: writes.count, by: 20) { try await store.write(Array(writes[start..<min(start + 20, writes.count)])) }
            seen = known
        } catch {
            logger.warning("releases cannot be compared with what runs", metadata: ["error": "\(error)"])
        }
    }

    private func knownDeployments() async throws -> [String: JSON] {
        if let seen { return seen }
        let items = try await store.query(partition: Self.partition)
        return Dictionary(items.map { ($0.key.sort, (try? JSON(parsing: $0.body)) ?? .null) }) { first, _ in first }
    }

    // MARK: Deployments that nobody announced

    /// Whether a new deployment is accounted for; makes a release of it when nobody else does.
    private func isSettled(
        _ sighting: Sighting, _ primary: DeploymentCounts, _ open: [Release], before: JSON, _ now: Date
    ) async throws -> Bool {
        let created = primary.createdAt.map { Date(timeIntervalSince1970: $0) } ?? now
        if before.isNull, created < startedAt { return true }
        if try await desk.book.number(ofDeployment: primary.id, of: sighting.app) != nil { return true }
        // Whoever is about to change the service will say which deployment is theirs.
        if open.contains(where: { $0.kind != .observed && $0.deployment == nil }) { return false }
        guard now.timeIntervalSince(created) > Self.grace else { return false }
        let last = try await desk.book.releases(of: sighting.app, limit: 5).releases.filter { $0.kind != .setting }
        let isWayBack = last.contains { release in
            release.from == primary.taskDefinition && release.to != primary.taskDefinition && created >= release.startedAt - Self.grace
                && created <= (release.endedAt ?? now) + Self.grace
        }
        if isWayBack { return true }
        var draft = ReleaseDraft(kind: .observed, by: "", id: "seen-\(primary.id.suffix(50))", startedAt: min(created, now))
        draft.environment = sighting.environment
        draft.deployment = primary.id
        draft.to = primary.taskDefinition
        draft.from = before["revision"].string
        _ = try await desk.begin(draft, of: sighting.app, follower: .fleet)
        return true
    }

    // MARK: Ends that nobody tells

    private func close(_ release: Release, _ snapshot: ServiceSnapshot, _ now: Date) async throws {
        guard release.follower != .server else { return }
        let silence = now.timeIntervalSince(release.heardAt)
        guard release.follower == .fleet || silence > patience else { return }
        guard let deployment = release.deployment else {
            guard silence > Self.longestSilence else { return }
            let reason = "whoever began it has said nothing for an hour, and the service shows no deployment of it"
            return try await end(release, ReleaseEnd(outcome: "unknown", reason: reason))
        }
        if let end = Self.end(of: deployment, release, snapshot) { try await self.end(release, end) }
    }

    private func end(_ release: Release, _ end: ReleaseEnd) async throws {
        try await desk.book.end(end, isSeen: true, number: release.number, of: release.app)
        await desk.tell(release.app)
    }

    /// How a deployment ended, as far as the service shows it; nil while it goes on.
    static func end(of deployment: String, _ release: Release, _ snapshot: ServiceSnapshot) -> ReleaseEnd? {
        guard let primary = snapshot.primary else { return nil }
        let own = snapshot.deployments.first { $0.id == deployment }
        guard primary.id != deployment else {
            switch primary.rolloutState {
            case "COMPLETED": return ReleaseEnd(outcome: "deployed")
            case "FAILED": return ReleaseEnd(outcome: "failed", reason: primary.rolloutStateReason)
            case nil where snapshot.deployments.count == 1 && primary.running == primary.desired: return ReleaseEnd(outcome: "deployed")
            default: return nil
            }
        }
        if primary.taskDefinition == release.from, primary.taskDefinition != release.to {
            guard primary.rolloutState != "IN_PROGRESS" else { return nil }
            return ReleaseEnd(outcome: "rolled-back", reason: own?.rolloutStateReason ?? "the service runs \(primary.taskDefinition) again")
        }
        return ReleaseEnd(outcome: "superseded", reason: "superseded by \(primary.id)")
    }
}
