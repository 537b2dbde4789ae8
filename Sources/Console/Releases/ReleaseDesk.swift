import Definitions
import Deployments
import Foundation
import Monitoring
import ServiceModel

/// The releases as the server keeps them: what is written down is told to the pages at once.
struct ReleaseDesk: ReleaseLog {
    let book: ReleaseBook
    let hub: EventHub
    let catalog: LiveCatalog
    let clusters: [WatchedCluster]

    // MARK: Writing

    func begin(_ draft: ReleaseDraft, of app: String) async throws -> Int {
        try await begin(draft, of: app, follower: .client).release.number
    }

    func begin(_ draft: ReleaseDraft, of app: String, follower: Release.Follower) async throws -> (release: Release, isNew: Bool) {
        var draft = draft
        if draft.environment == nil { draft.environment = await environment(of: app) }
        let begun = try await book.begin(draft, of: app, follower: follower)
        if begun.isNew { await tell(app) }
        return begun
    }

    func add(_ steps: [ReleaseStep], deployment: String?, to revision: String?, number: Int, of app: String) async throws {
        try await book.add(steps, deployment: deployment, to: revision, number: number, of: app)
        await tell(app)
    }

    func end(_ end: ReleaseEnd, number: Int, of app: String) async throws {
        try await book.end(end, number: number, of: app)
        await tell(app)
    }

    func tell(_ app: String) async { await hub.publish(["app:\(app)", "events"]) }

    /// Where an app runs, when that is one place only.
    func environment(of app: String) async -> String? {
        guard let cluster = await catalog.catalog.apps[app]?.definition.cluster else { return nil }
        let places = clusters.filter { $0.cluster == cluster }
        return places.count == 1 ? places[0].environment : nil
    }

    // MARK: Reading

    /// What happened to an app between two times, for charts.
    func marks(of app: String, from: Date, to: Date) async -> [JSON] {
        guard let releases = try? await book.releases(of: app, limit: 100).releases else { return [] }
        return releases.filter { $0.kind != .setting && $0.startedAt >= from && $0.startedAt <= to }.map {
            [
                "at": ReleaseTime.json($0.startedAt), "label": .string("#\($0.number)"), "link": .string("/apps/\(app)/releases/\($0.number)"),
            ]
        }
    }

    /// What the releases tell about an app's past.
    func history(of app: String) async throws -> [RollbackHistory.Entry] {
        try await book.releases(of: app, limit: 200).releases.compactMap { release in
            guard release.kind != .setting, let to = release.to else { return nil }
            switch release.outcome {
            case "deployed": return .init(taskDefinition: to, wasUp: true, source: "release \(release.number) deployed it")
            case "failed", "rolled-back": return .init(taskDefinition: to, wasUp: false, source: "release \(release.number)")
            default: return nil
            }
        }
    }
}

extension Release {
    /// The row of a list: what the API says of it, and how pages show it.
    var row: JSON {
        var row = json
        row["what"] = .string("release_\(kind.rawValue)")
        row["state"] = .string(state)
        row["ended"] = .string(isOpen ? "outcome_open" : "outcome_\(outcome ?? "unknown")")
        return row
    }

    private var state: String {
        if isOpen { return "busy" }
        return switch outcome {
        case "deployed", "set", "nothing-to-do": "good"
        case "failed", "rolled-back", "error": "bad"
        case "stopped": "idle"
        default: "warn"
        }
    }
}
