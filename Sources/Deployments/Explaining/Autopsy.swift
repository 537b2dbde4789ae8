public import ServiceModel

/// Says why an app does not run as it should: one verdict, from what ECS, the load balancer and the app itself have said.
public enum Autopsy {
    /// What was found out. Reading it is somebody else's work.
    public struct Facts: Sendable {
        public var app: String
        public var cluster: String
        /// The service; null when there is none.
        public var service: JSON = .null
        /// Tasks that have stopped, as DescribeTasks shows them.
        public var stoppedTasks: [JSON] = []
        /// Tasks that run or are about to.
        public var liveTasks: [JSON] = []
        /// Descriptions of the targets that are not healthy.
        public var unhealthyTargets: [JSON] = []
        /// The last lines of the container that failed first.
        public var lastLines: [LogLine] = []
        /// A deployment has just failed; the service may be up again since.
        public var isAfterFailure = false

        public init(app: String, cluster: String) {
            self.app = app
            self.cluster = cluster
        }
    }

    /// What is wrong, in one word. Open: a new cause is a new word.
    public struct Cause: Hashable, Sendable, RawRepresentable {
        public let rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }

        public static let none = Cause(rawValue: "none")
        public static let noService = Cause(rawValue: "no-service")
        public static let stopped = Cause(rawValue: "stopped")
        public static let inProgress = Cause(rawValue: "in-progress")
        public static let image = Cause(rawValue: "image")
        public static let secrets = Cause(rawValue: "secrets")
        public static let start = Cause(rawValue: "start")
        public static let outOfMemory = Cause(rawValue: "out-of-memory")
        public static let exit = Cause(rawValue: "exit")
        public static let containerHealth = Cause(rawValue: "container-health")
        public static let targetHealth = Cause(rawValue: "target-health")
        public static let placement = Cause(rawValue: "placement")
        public static let unknown = Cause(rawValue: "unknown")
    }

    public struct Verdict: Hashable, Sendable {
        public let cause: Cause
        /// One sentence.
        public let summary: String
        /// What it rests on, the most telling first.
        public let evidence: [String]
        public let nextSteps: [String]

        public init(_ cause: Cause, _ summary: String, evidence: [String] = [], nextSteps: [String] = []) {
            self.cause = cause
            self.summary = summary
            self.evidence = evidence
            self.nextSteps = nextSteps
        }

        public var json: JSON {
            ["cause": .string(cause.rawValue), "summary": .string(summary), "evidence": JSON(evidence), "nextSteps": JSON(nextSteps)]
        }
    }

    /// The first cause: what the earliest failed task of the newest failing revision says, then what the events, the load balancer and the
    /// deployment say.
    public static func verdict(_ facts: Facts) -> Verdict {
        guard !facts.service.isNull else {
            return Verdict(
                .noService, "there is no service \(facts.app) in cluster \(facts.cluster)",
                nextSteps: ["jubako deploy creates it; check the cluster, the region and the endpoint if it should be there"])
        }
        let snapshot = ServiceSnapshot(facts.service)
        let evidence = Evidence(facts, snapshot)
        // A service that is up has survived its past failures.
        let isUp =
            !facts.isAfterFailure && snapshot.deployments.count == 1 && snapshot.running == snapshot.desired
            && snapshot.primary?.rolloutState != "FAILED"
        if isUp, snapshot.desired == 0 {
            return Verdict(
                .stopped, "\(facts.app) is stopped: its desired count is 0", nextSteps: ["jubako deploy starts it if the definition asks for tasks"])
        }
        if isUp, facts.unhealthyTargets.isEmpty {
            return facts.stoppedTasks.isEmpty || evidence.task == nil
                ? Verdict(.none, "nothing is wrong: \(snapshot.running) of \(snapshot.desired) tasks run \(snapshot.primary?.taskDefinition ?? "")")
                : evidence.taskVerdict.map { verdict in
                    Verdict(
                        .none,
                        "\(facts.app) runs now (\(snapshot.running) of \(snapshot.desired) tasks); a task of it failed before: \(verdict.summary)",
                        evidence: verdict.evidence, nextSteps: verdict.nextSteps)
                } ?? Verdict(.none, "nothing is wrong: \(snapshot.running) of \(snapshot.desired) tasks run")
        }
        if let verdict = evidence.taskVerdict ?? evidence.placement ?? evidence.targets ?? evidence.events { return verdict }
        if let primary = snapshot.primary, let reason = primary.rolloutStateReason, primary.rolloutState == "FAILED" {
            return Verdict(.unknown, reason, evidence: evidence.lastEvents, nextSteps: ["jubako logs \(facts.app) shows what the app wrote"])
        }
        if snapshot.primary?.rolloutState == "IN_PROGRESS" || snapshot.running < snapshot.desired {
            return Verdict(
                .inProgress, "a deployment is in progress, and nothing has failed so far: \(snapshot.running) of \(snapshot.desired) tasks run",
                evidence: evidence.lastEvents, nextSteps: ["jubako status --follow watches it to its end"])
        }
        return Verdict(
            .unknown, "\(snapshot.running) of \(snapshot.desired) tasks run, and nothing says why", evidence: evidence.lastEvents,
            nextSteps: ["jubako logs \(facts.app)", "jubako status shows the tasks and events"])
    }
}
