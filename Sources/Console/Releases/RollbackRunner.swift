import AWS
import Definitions
import Deployments
import Foundation
import HTTPTypes
import Logging
import Monitoring
import ServiceLifecycle
import ServiceModel

/// Carries rollbacks out, one at a time for each app: they belong to the server and not to the request that asked for them.
actor RollbackRunner: Service {
    /// A rollback that somebody asked for.
    struct Wish: Sendable {
        let app: String
        let environment: String
        let cluster: String
        let calls: any ClusterCalls
        let revision: Int?
        /// What the service ran when they looked: `recipes:4`.
        let seen: String?
        let by: String
        let reason: String
        let redaction: Redaction
    }

    private struct Job: Sendable {
        let release: Release
        let steps: [ReleaseStep]
        let cluster: String
        let calls: any ClusterCalls
        let redaction: Redaction
        /// Nil for one that an earlier process of the server began.
        let revision: Int?
        let isResumed: Bool
    }

    private let desk: ReleaseDesk
    private let clusters: [WatchedCluster]
    private let polling: Polling
    private let logger: Logger
    private let jobs: AsyncStream<Job>
    private let feed: AsyncStream<Job>.Continuation
    private let interruption = Interruption()
    private var busy: Set<String> = []

    private static let timeout: Duration = .seconds(1200)

    init(desk: ReleaseDesk, clusters: [WatchedCluster], polling: Polling, logger: Logger) {
        self.desk = desk
        self.clusters = clusters
        self.polling = polling
        self.logger = logger
        (jobs, feed) = AsyncStream<Job>.makeStream()
    }

    func run() async throws {
        await withDiscardingTaskGroup { group in
            group.addTask {
                try? await gracefulShutdown()
                await self.interruption.request()
                self.feed.finish()
            }
            await resume()
            for await job in jobs { group.addTask { await self.carryOut(job) } }
        }
    }

    /// What a rollback of an app would do.
    func proposal(
        app: String, cluster: String, calls: any ClusterCalls, revision: Int?
    ) async throws -> Rollback.Proposal {
        let known = try await desk.history(of: app)
        return try await rollback(app, cluster, calls) { _ in }.propose(revision: revision, known: known)
    }

    /// Begins a rollback.
    ///
    /// - Throws: ``ConsoleError`` when there is nowhere to go, another one goes on, or the service has changed since somebody looked.
    func begin(_ wish: Wish) async throws -> Release {
        guard busy.insert(wish.app).inserted else { throw Self.underWay(wish.app) }
        do {
            if try await desk.book.open().contains(where: { $0.app == wish.app && $0.follower == .server && $0.kind == .rollback }) {
                throw Self.underWay(wish.app)
            }
            let proposal = try await proposal(app: wish.app, cluster: wish.cluster, calls: wish.calls, revision: wish.revision)
            let current = Revision.name(of: proposal.current)
            if let seen = wish.seen, seen != current {
                throw ConsoleError(
                    status: .conflict, detail: "\(wish.app) runs \(current) now, and \(seen) no longer: look at what a rollback would do once more")
            }
            var draft = ReleaseDraft(kind: .rollback, by: wish.by, changes: Self.changes(proposal, wish.redaction))
            draft.reason = wish.reason
            draft.environment = wish.environment
            draft.from = current
            draft.to = Revision.name(of: proposal.target.taskDefinition)
            let release = try await desk.begin(draft, of: wish.app, follower: .server).release
            feed.yield(
                Job(
                    release: release, steps: [], cluster: wish.cluster, calls: wish.calls, redaction: wish.redaction,
                    revision: Self.number(proposal.target.taskDefinition), isResumed: false))
            return release
        } catch {
            busy.remove(wish.app)
            throw error
        }
    }

    private static func underWay(_ app: String) -> ConsoleError {
        ConsoleError(status: .conflict, detail: "a rollback of \(app) is under way: wait for its end")
    }

    static func changes(_ proposal: Rollback.Proposal, _ redaction: Redaction) -> JSON {
        [["action": "change", "what": "task definition", "fields": proposal.json(redaction)["changes"]]]
    }

    private static func number(_ revision: String) -> Int? { revision.split(separator: ":").last.flatMap { Int($0) } }

    private func rollback(
        _ app: String, _ cluster: String, _ calls: any ClusterCalls, report: @escaping @Sendable (Report) -> Void
    ) -> Rollback {
        Rollback(app: app, cluster: cluster, timeout: Self.timeout, isEmulated: false, session: session(calls, report))
    }

    private func session(_ calls: any ClusterCalls, _ report: @escaping @Sendable (Report) -> Void) -> Session {
        Session(calls: Calls(calls), polling: polling, interruption: interruption, report: report)
    }

    // MARK: Carrying out

    private func carryOut(_ job: Job) async {
        let release = job.release
        var record = ReleaseRecord(app: release.app, draft: ReleaseDraft(kind: .rollback, by: release.by, id: release.id))
        record.draft.deployment = release.deployment
        record.draft.to = release.to
        record.steps = job.steps
        let recorder = ReleaseRecorder(record, number: release.number, log: desk, redaction: job.redaction) { [logger] trouble in
            logger.error("a rollback is not written down", metadata: ["app": "\(release.app)", "trouble": "\(trouble)"])
        }
        async let writing: Void = recorder.run()
        var end: ReleaseEnd?
        do {
            let result = job.isResumed ? try await attach(job, recorder) : try await start(job, recorder)
            if let result, result.outcome != .interrupted {
                end = ReleaseEnd(await result.explained(by: Calls(job.calls)), redaction: job.redaction)
            }
        } catch let found as Unfollowable {
            end = found.end
        } catch {
            // What the end of the server cuts off is taken up again at its next start.
            if await !interruption.isRequested { end = ReleaseEnd(error, redaction: job.redaction) }
        }
        recorder.close()
        await writing
        if let end { _ = await recorder.finish(end) }
        busy.remove(release.app)
    }

    private func start(_ job: Job, _ recorder: ReleaseRecorder) async throws -> DeployResult? {
        let known = try await desk.history(of: job.release.app)
        let expected = job.release.from
        return try await rollback(job.release.app, job.cluster, job.calls) { recorder.report($0) }.run(revision: job.revision, known: known) {
            proposal in
            guard Revision.name(of: proposal.current) == expected else {
                throw DeployError("the service was changed by somebody else in this moment: look at it again")
            }
        }
    }

    // MARK: After a restart

    /// Takes up what an earlier process of the server left.
    private func resume() async {
        let open = (try? await desk.book.open()) ?? []
        for release in open where release.follower == .server {
            guard release.kind == .rollback else {
                try? await desk.end(ReleaseEnd(outcome: "set"), number: release.number, of: release.app)
                continue
            }
            guard let definition = await desk.catalog.catalog.apps[release.app]?.definition,
                let place = clusters.first(where: {
                    $0.cluster == definition.cluster && (release.environment == nil || $0.environment == release.environment)
                }), let details = try? await desk.book.release(release.number, of: release.app)?.details
            else {
                let reason = "the server was restarted meanwhile, and does not know the app any more"
                try? await desk.end(ReleaseEnd(outcome: "unknown", reason: reason), number: release.number, of: release.app)
                continue
            }
            busy.insert(release.app)
            feed.yield(
                Job(
                    release: release, steps: details.steps, cluster: place.cluster, calls: place.calls,
                    redaction: Redaction(unresolved: definition.taskDefinition), revision: nil, isResumed: true))
        }
    }

    /// What remains of a rollback that cannot be followed.
    private struct Unfollowable: Error {
        let end: ReleaseEnd
    }

    /// Follows the deployment that the earlier process made; nil when the server ends first.
    private func attach(_ job: Job, _ recorder: ReleaseRecorder) async throws -> DeployResult? {
        let release = job.release
        guard let snapshot = try await snapshot(job) else { return nil }
        let restarted = "the server was restarted meanwhile"
        guard let primary = snapshot.primary else {
            throw Unfollowable(end: .init(outcome: "unknown", reason: "\(restarted), and the service is gone"))
        }
        let isOwn =
            release.deployment.map { $0 == primary.id }
            ?? (primary.taskDefinition == release.to && (primary.createdAt ?? 0) >= release.startedAt.timeIntervalSince1970 - 1)
        guard isOwn else {
            if release.deployment == nil, primary.taskDefinition == release.from {
                throw Unfollowable(end: .init(outcome: "stopped", reason: "\(restarted), before it had changed the service"))
            }
            if let deployment = release.deployment, let end = ReleaseObserver.end(of: deployment, release, snapshot) { throw Unfollowable(end: end) }
            throw Unfollowable(end: .init(outcome: "unknown", reason: "\(restarted); the service runs \(primary.taskDefinition) now"))
        }
        recorder.report(.note("\(restarted), and goes on watching"))
        return try await Attachment(
            app: release.app, cluster: job.cluster, timeout: Self.timeout, isEmulated: false, session: session(job.calls) { recorder.report($0) }
        ).follow()
    }

    /// How the service stands; the cluster may still be starting itself. Nil when the server ends first.
    private func snapshot(_ job: Job) async throws -> ServiceSnapshot? {
        for attempt in 1... {
            do {
                let input: JSON = ["cluster": .string(job.cluster), "services": [.string(job.release.app)]]
                return ServiceSnapshot(try await job.calls.call(.ecs, "DescribeServices", input)["services"][0])
            } catch {
                guard attempt < 60 else { throw error }
                if await interruption.isRequested { return nil }
                await cancelWhenGracefulShutdown { try? await Task.sleep(for: .seconds(1)) }
            }
        }
        return nil
    }
}
