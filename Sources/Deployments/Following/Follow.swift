/// Follows one deployment by its id to its end: a state machine over what the service shows, without network or clock.
///
/// A deployment has succeeded only when itself is COMPLETED. That the service is stable proves nothing: it is so after a rollback, too.
public struct Follow: Sendable {
    /// Which deployment, and what to expect of it.
    public struct Subject: Sendable {
        public var deployment: String
        /// `family:revision`.
        public var taskDefinition: String
        /// What the service ran before; nil for its first deployment.
        public var previousTaskDefinition: String?
        /// ECS watches over the deployment and marks it FAILED.
        public var hasCircuitBreaker = false
        /// ECS goes back to the previous deployment by itself.
        public var rollsBack = false
        /// The deployment was there before, and completed, perhaps: only its number of tasks changes.
        public var isScaling = false
        /// The endpoint may be an emulator whose deployments never leave IN_PROGRESS.
        public var isEmulated = false
        public var timeout: Duration

        public init(deployment: String, taskDefinition: String, timeout: Duration) {
            self.deployment = deployment
            self.taskDefinition = Revision.name(of: taskDefinition)
            self.timeout = timeout
        }
    }

    public enum Verdict: Hashable, Sendable {
        case completed
        /// ECS gave the deployment up.
        case failed(String)
        /// The tasks keep failing, and nobody but us will end it.
        case failing(String)
        /// ECS went back to `to`, and that is up again.
        case rolledBack(to: String, reason: String)
        case superseded(by: String)
        case timedOut
    }

    /// What one look brought.
    public struct Observation: Sendable {
        public var events: [ServiceSnapshot.Event] = []
        public var verdict: Verdict?
        /// ECS started to go back to this revision.
        public var rollsBackTo: String?
    }

    /// How long a running emulated deployment must hold before it counts.
    static let settling = Duration.seconds(3)
    /// How long after FAILED ECS may take to show its own rollback.
    static let rollbackGrace = Duration.seconds(30)

    public let subject: Subject
    let start: Duration
    private var seen: Set<String>
    private var hasEvents = false
    private var started: Set<Substring> = []
    private var failure: (reason: String, at: Duration)?
    /// What an event said of the failure of our deployment.
    private var toldFailure: String?
    private var rollback: (deployment: String, reason: String)?
    private var holdsSince: Duration?

    /// - Parameters:
    ///   - known: events that are there already; they tell of earlier deployments.
    ///   - now: when the deployment started.
    public init(_ subject: Subject, known: [ServiceSnapshot.Event], at now: Duration) {
        self.subject = subject
        start = now
        seen = Set(known.map(\.id))
    }

    /// Takes one look at the service.
    public mutating func observe(_ snapshot: ServiceSnapshot, at now: Duration) -> Observation {
        var observation = Observation()
        observation.events = snapshot.events.filter { seen.insert($0.id).inserted }
        hasEvents = hasEvents || !observation.events.isEmpty
        for event in observation.events where event.message.contains(" has started ") {
            started.formUnion(event.message.matches(of: /\(task ([^)]+)\)/).map(\.1))
        }
        let failed = "(deployment \(subject.deployment)) deployment failed"
        if let event = observation.events.first(where: { $0.message.contains(failed) }) {
            toldFailure = event.message.split(separator: ": ").last.map { String($0) }
        }
        let wasRollingBack = rollback != nil
        observation.verdict = verdict(snapshot, observation.events, at: now)
        if !wasRollingBack, rollback != nil { observation.rollsBackTo = snapshot.primary?.taskDefinition }
        if observation.verdict == nil, now - start >= subject.timeout { observation.verdict = .timedOut }
        return observation
    }

    private mutating func verdict(_ snapshot: ServiceSnapshot, _ events: [ServiceSnapshot.Event], at now: Duration) -> Verdict? {
        guard snapshot.status == "ACTIVE" else { return .failed("the service is being removed, it is \(snapshot.status)") }
        let ours = snapshot.deployments.first { $0.id == subject.deployment }
        if rollback == nil {
            let completion = "(deployment \(subject.deployment)) deployment completed"
            let isCompleted = ours?.rolloutState == "COMPLETED" || events.contains { $0.message.contains(completion) }
            if isCompleted, !subject.isScaling || ours.map({ $0.running == $0.desired && $0.pending == 0 }) ?? true { return .completed }
        }
        guard let primary = snapshot.primary else { return nil }
        return primary.id == subject.deployment ? own(primary, in: snapshot, at: now) : other(primary, ours: ours, in: snapshot)
    }

    /// The verdict while our deployment is the service's own.
    private mutating func own(_ ours: DeploymentCounts, in snapshot: ServiceSnapshot, at now: Duration) -> Verdict? {
        if ours.rolloutState == "FAILED" {
            let reason = ours.rolloutStateReason ?? "the deployment failed"
            let failure = self.failure ?? (reason, now)
            self.failure = failure
            guard subject.rollsBack, subject.previousTaskDefinition != nil, now - failure.at < Self.rollbackGrace else { return .failed(reason) }
            return nil
        }
        if isUp(ours, in: snapshot, at: now) { return .completed }
        if subject.hasCircuitBreaker { return nil }
        return keepsFailing(ours).map { .failing($0) }
    }

    /// Whether the deployment has reached its end without saying so.
    private mutating func isUp(_ ours: DeploymentCounts, in snapshot: ServiceSnapshot, at now: Duration) -> Bool {
        let isComplete = snapshot.deployments.count == 1 && ours.running == ours.desired && ours.pending == 0
        guard isComplete else {
            holdsSince = nil
            return false
        }
        if ours.desired == 0 && snapshot.desired == 0 || ours.rolloutState == nil { return true }
        guard subject.isEmulated, !hasEvents else { return false }
        let since = holdsSince ?? now
        holdsSince = since
        return now - since >= Self.settling
    }

    /// The verdict once the service works towards another deployment: ECS went back, or somebody else deployed.
    private mutating func other(_ primary: DeploymentCounts, ours: DeploymentCounts?, in snapshot: ServiceSnapshot) -> Verdict? {
        let isRollback =
            ours?.rolloutState == "FAILED" || failure != nil || toldFailure != nil || primary.rolloutStateReason?.contains("rolling back") == true
            || Revision.isOlder(primary.taskDefinition, than: subject.taskDefinition)
        if let rollback, rollback.deployment != primary.id { return .superseded(by: "\(primary.id) (\(primary.taskDefinition))") }
        guard rollback != nil || isRollback else { return .superseded(by: "\(primary.id) (\(primary.taskDefinition))") }
        let said = failure?.reason ?? (ours?.rolloutState == "FAILED" ? ours?.rolloutStateReason : nil) ?? toldFailure
        let reason = rollback?.reason ?? said ?? "ECS gave it up"
        rollback = (primary.id, reason)
        switch primary.rolloutState {
        case "COMPLETED": return .rolledBack(to: primary.taskDefinition, reason: reason)
        case "FAILED": return .failed("\(reason); going back to \(primary.taskDefinition) failed too")
        case nil where snapshot.deployments.count == 1 && primary.running == primary.desired:
            return .rolledBack(to: primary.taskDefinition, reason: reason)
        default: return nil
        }
    }

    /// hako's rule: more than twice as many tasks started as are wanted; ECS's own rule for a circuit breaker: that many failures in a row.
    private func keepsFailing(_ ours: DeploymentCounts) -> String? {
        guard ours.desired > 0, ours.running < ours.desired || ours.failed > 0 else { return nil }
        let threshold = min(max((ours.desired + 1) / 2, 3), 200)
        if ours.failed >= threshold { return "\(ours.failed) tasks failed one after the other" }
        if started.count > 2 * ours.desired {
            return "\(started.count) tasks were started for \(ours.desired), some of them have stopped again"
        }
        return nil
    }
}
