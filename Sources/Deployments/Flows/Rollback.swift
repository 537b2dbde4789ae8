public import ECSModel
public import ServiceModel

/// Where a rollback can go, and why there.
public struct RollbackTarget: Hashable, Sendable {
    public let taskDefinition: String
    /// Where it is known from that this revision was up; nil when nothing proves it.
    public let proof: String?
}

/// What is known about a service's past.
public struct RollbackHistory: Sendable {
    /// A deployment of the past or present.
    public struct Entry: Hashable, Sendable {
        public let taskDefinition: String
        public let wasUp: Bool
        public let source: String

        public init(taskDefinition: String, wasUp: Bool, source: String) {
            self.taskDefinition = taskDefinition
            self.wasUp = wasUp
            self.source = source
        }
    }

    /// ARN of what the service is to run now.
    public var current: String
    /// ARNs of the family's active revisions.
    public var active: [String]
    public var entries: [Entry]

    public init(current: String, active: [String], entries: [Entry]) {
        self.current = current
        self.active = active
        self.entries = entries
    }

    /// A revision that somebody chose.
    ///
    /// - Throws: `DeployError` for one that is gone, runs already, or was never really up.
    func target(revision: Int) throws -> RollbackTarget {
        guard let arn = active.first(where: { Revision.parts(of: $0)?.number == revision }) else {
            let known = active.compactMap { Revision.parts(of: $0)?.number }.sorted().map(String.init).joined(separator: ", ")
            throw DeployError("there is no active revision \(revision) to go back to, only \(known)")
        }
        let name = Revision.name(of: arn)
        guard name != Revision.name(of: current) else { throw DeployError("\(name) is what the service runs now") }
        guard let entry = entries.first(where: { $0.wasUp && Revision.name(of: $0.taskDefinition) == name }) else {
            throw DeployError("nothing proves that \(name) was ever up, so it is no revision to go back to: deploy its definition instead")
        }
        return RollbackTarget(taskDefinition: arn, proof: entry.source)
    }

    /// The newest earlier revision that is still active and was really up; without any proof, the next earlier one.
    public var target: RollbackTarget? {
        let earlier = active.filter { Revision.isOlder($0, than: current) }.sorted { Revision.isOlder($1, than: $0) }
        for revision in earlier {
            if let entry = entries.first(where: { $0.wasUp && Revision.name(of: $0.taskDefinition) == Revision.name(of: revision) }) {
                return RollbackTarget(taskDefinition: revision, proof: entry.source)
            }
        }
        let neverUp = Set(entries.filter { !$0.wasUp }.map { Revision.name(of: $0.taskDefinition) })
        let best = earlier.first { !neverUp.contains(Revision.name(of: $0)) } ?? earlier.first
        return best.map { RollbackTarget(taskDefinition: $0, proof: nil) }
    }
}

/// Takes a service back to the last revision that was really up.
public struct Rollback: Sendable {
    /// What a rollback would do.
    public struct Proposal: Sendable {
        public let current: String
        public let target: RollbackTarget
        public let changes: [Difference]
        /// What comes back, as a request that registers it.
        public let taskDefinition: JSON
    }

    let session: Session
    let app: String
    let cluster: String
    let timeout: Duration
    let isEmulated: Bool

    public init(app: String, cluster: String, timeout: Duration, isEmulated: Bool, session: Session) {
        self.app = app
        self.cluster = cluster
        self.timeout = timeout
        self.isEmulated = isEmulated
        self.session = session
    }

    /// What a rollback would do. Only reads.
    ///
    /// - Parameters:
    ///   - revision: the number of the revision to go to; nil for the last one that was really up.
    ///   - known: what somebody else knows about the service's past.
    /// - Throws: `DeployError` when there is nowhere to go, `AWSError`.
    public func propose(revision: Int? = nil, known: [RollbackHistory.Entry] = []) async throws -> Proposal {
        let service = try await LiveState.service(app, cluster: cluster, session.calls)
        return try await propose(from: service, revision: revision, known: known)
    }

    private func propose(from service: JSON, revision: Int?, known: [RollbackHistory.Entry]) async throws -> Proposal {
        guard !service.isNull, let current = service["taskDefinition"].string else {
            throw DeployError("there is no service \(app) in cluster \(cluster), so nothing to roll back: jubako deploy creates it")
        }
        var history = try await HistoryReader(session: session, cluster: cluster).read(service, current: current)
        history.entries += known
        let target = try revision.map { try history.target(revision: $0) } ?? history.target
        guard let target else {
            throw DeployError("\(Revision.name(of: current)) is the first active revision of \(app): there is none to roll back to")
        }
        async let old = LiveState.taskDefinition(current, session.calls)
        async let new = LiveState.taskDefinition(target.taskDefinition, session.calls)
        let request = TaskDefinitionForm.request(describing: try await new)
        let changes = TaskDefinitionForm.differences(from: TaskDefinitionForm.request(describing: try await old), to: request)
        return Proposal(current: current, target: target, changes: changes, taskDefinition: request)
    }

    /// Chooses the target, lets `review` see it (what that throws stops the rollback), updates the service, follows it to its end.
    ///
    /// - Parameters: as for ``propose(revision:known:)``.
    public func run(
        revision: Int? = nil, known: [RollbackHistory.Entry] = [], review: (Proposal) async throws -> Void
    ) async throws -> DeployResult {
        let start = session.time.now()
        let service = try await LiveState.service(app, cluster: cluster, session.calls)
        let proposal = try await propose(from: service, revision: revision, known: known)
        let (current, target) = (proposal.current, proposal.target)
        try await review(proposal)
        if await session.interruption.isRequested { throw Stopped("stopped before the service was changed") }

        let updated = try await session.calls.ecs(
            "UpdateService", ["cluster": .string(cluster), "service": .string(app), "taskDefinition": .string(target.taskDefinition)])["service"]
        session.report(.step("updated service \(app) to \(Revision.name(of: target.taskDefinition))"))
        var result = DeployResult(
            app: app, cluster: cluster, outcome: .started, service: updated["serviceArn"].string, taskDefinition: target.taskDefinition,
            previousTaskDefinition: current)
        guard let primary = ServiceSnapshot(updated).primary else { throw DeployError("the service \(app) shows no deployment: see jubako status") }
        result.isRollback = true
        result.deployment = primary.id
        var subject = Follow.Subject(deployment: primary.id, taskDefinition: target.taskDefinition, timeout: timeout)
        let breaker = updated["deploymentConfiguration"]["deploymentCircuitBreaker"]
        subject.previousTaskDefinition = Revision.name(of: current)
        subject.hasCircuitBreaker = breaker["enable"].bool == true
        subject.rollsBack = subject.hasCircuitBreaker && breaker["rollback"].bool == true
        subject.isEmulated = isEmulated
        let follow = Follow(subject, known: ServiceSnapshot(service).events, at: session.time.now())
        let verdict = try await Follower(session: session, cluster: cluster, service: app).follow(follow, first: updated)
        result.outcome = Outcome(verdict)
        result.duration = session.time.now() - start
        return result
    }
}

extension Outcome {
    /// The outcome of a deployment that nobody takes back.
    init(_ verdict: Follow.Verdict?) {
        self =
            switch verdict {
            case nil: .interrupted
            case .completed: .deployed
            case .failed(let reason): .failed(reason)
            case .failing(let reason): .failed("\(reason); the service goes on trying")
            case .rolledBack(let revision, let reason): .rolledBack(to: revision, reason: reason)
            case .superseded(let other): .superseded(by: other)
            case .timedOut: .timedOut
            }
    }
}
