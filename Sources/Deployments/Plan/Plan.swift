public import ECSModel
public import ServiceModel

/// What a deploy would change: the difference between a definition and what is live, as data. Making one changes nothing.
public struct Plan: Sendable {
    public enum TaskDefinitionStep: Sendable {
        /// The latest revision says what the definition says.
        case keep(arn: String)
        /// A new revision; the changes are those against what the service runs (or against the latest revision, without a service).
        case register(changes: [Difference], from: String?)
    }

    public enum ServiceStep: Sendable {
        case keep
        case create(JSON)
        case update(ServiceUpdate)
    }

    /// An UpdateService: only the fields that change.
    public struct ServiceUpdate: Sendable {
        /// The fields to send, without `service`, `cluster` and `taskDefinition`.
        public var fields: JSONObject = [:]
        /// The same fields as they are now: what a way back sends.
        public var previous: JSONObject = [:]
        public var changes: [Difference] = []
        /// The service shall run another revision.
        public var changesTaskDefinition = false
        /// Why tasks are replaced although no field asks for it; nil when they are not.
        public var forced: String?
    }

    /// Something that a deploy cannot do.
    public struct Issue: Hashable, Sendable {
        /// A deploy refuses to start.
        public let isError: Bool
        public let message: String
    }

    public let app: String
    public let cluster: String
    /// The ARN of what the service runs now.
    public let running: String?
    public let taskDefinition: TaskDefinitionStep
    public let service: ServiceStep
    public let loadBalancing: [LoadBalancingStep]
    public let issues: [Issue]

    public var hasChanges: Bool {
        if case .register = taskDefinition { return true }
        if case .keep = service { return !loadBalancing.isEmpty }
        return true
    }

    public var errors: [Issue] { issues.filter(\.isError) }
}

extension Plan {
    /// Compares what shall be with what is.
    ///
    /// - Parameter isForced: register a new revision and replace all tasks even when nothing differs.
    public init(_ desired: DesiredState, _ live: LiveState, isForced: Bool = false) {
        app = desired.app
        cluster = desired.cluster
        self.running = live.service["taskDefinition"].string
        let balancing = LoadBalancingPlan(desired.loadBalancing, app: desired.app, live: live.loadBalancing)
        loadBalancing = balancing.steps

        // What runs comes first: after a rollback the latest revision is the one that failed.
        let latest = live.latestTaskDefinition
        let running = live.runningTaskDefinition
        let fitting = [running, latest].first {
            !$0.isNull && TaskDefinitionForm.differences(from: TaskDefinitionForm.request(describing: $0), to: desired.taskDefinition).isEmpty
        }
        if let arn = fitting?["taskDefinition"]["taskDefinitionArn"].string, !isForced {
            taskDefinition = .keep(arn: arn)
        } else {
            let base = running.isNull ? latest : running
            let request = base.isNull ? .null : TaskDefinitionForm.request(describing: base)
            taskDefinition = .register(
                changes: TaskDefinitionForm.differences(from: request, to: desired.taskDefinition),
                from: base["taskDefinition"]["taskDefinitionArn"].string)
        }

        var issues = balancing.issues
        if live.service.isNull {
            var request = desired.service
            if let attachment = balancing.attachment { request["loadBalancers"] = [attachment] }
            service = .create(request)
            if request["desiredCount"].isNull, request["schedulingStrategy"].string != "DAEMON" {
                issues.append(.init(isError: true, message: "desired_count must be set under scheduler"))
            }
        } else {
            var update = ServicePlan.update(of: live.service, to: desired.service, attachment: balancing.attachment, issues: &issues)
            switch taskDefinition {
            case .register: update.changesTaskDefinition = true
            case .keep(let arn): update.changesTaskDefinition = arn != live.service["taskDefinition"].string
            }
            let primary = ServiceSnapshot(live.service).primary
            if isForced {
                update.forced = "you asked for it (--force)"
            } else if update.forced == nil, primary?.rolloutState == "FAILED", !update.changesTaskDefinition {
                update.forced = "the last deployment failed"
            }
            let isNeeded = !update.changes.isEmpty || update.changesTaskDefinition || update.forced != nil
            service = isNeeded ? .update(update) : .keep
        }
        self.issues = issues
    }
}
