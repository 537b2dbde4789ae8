import Definitions
import ECSModel
import ServiceModel

/// Deploys one definition: reads what is live, plans, changes what differs, and follows the deployment to its end.
public struct Deployer: Sendable {
    public struct Options: Sendable {
        /// How long to follow the deployment.
        public var timeout: Duration = .seconds(1200)
        /// Return as soon as the deployment has started.
        public var waits = true
        /// A new revision and new tasks even when nothing differs.
        public var isForced = false
        /// The endpoint is not AWS; its deployments may never end by themselves.
        public var isEmulated = false
        /// The port at which the local engine's load balancers answer.
        public var entryPort = Address.entryPort

        public init() {}
    }

    let session: Session
    let desired: DesiredState
    let options: Options

    public init(_ desired: DesiredState, options: Options = Options(), session: Session) {
        self.desired = desired
        self.options = options
        self.session = session
    }

    /// What a deploy would change. Only reads.
    public func plan() async throws -> Plan {
        Plan(desired, try await LiveState.read(desired, session.calls), isForced: options.isForced)
    }

    /// Deploys.
    ///
    /// - Parameter review: sees the plan before anything changes; what it throws stops the deploy.
    public func deploy(review: (Plan) async throws -> Void = { _ in }) async throws -> DeployResult {
        let start = session.time.now()
        var live = try await LiveState.read(desired, session.calls)
        if live.service["status"].string == "DRAINING" { live.service = try await waitForRemoval(start) }
        let plan = Plan(desired, live, isForced: options.isForced)
        try await review(plan)
        if let error = plan.errors.first { throw DeployError(error.message) }
        var result = DeployResult(
            app: desired.app, cluster: desired.cluster, outcome: .nothingToDo, service: live.service["serviceArn"].string,
            taskDefinition: live.service["taskDefinition"].string, previousTaskDefinition: live.service["taskDefinition"].string)
        result.addresses = addresses(live.loadBalancing.loadBalancer)
        guard plan.hasChanges else {
            noteUnfinished(live.service)
            result.duration = session.time.now() - start
            return result
        }
        try await stopIfAsked()
        let applied = try await LoadBalancingApplier(session: session).apply(plan.loadBalancing, desired.loadBalancing, live.loadBalancing)
        if !applied.loadBalancer.isNull { result.addresses = addresses(applied.loadBalancer) }
        let revision = try await register(plan)
        result.taskDefinition = revision
        try await stopIfAsked()
        let started = try await change(plan, revision, attachment: applied.attachment)
        guard let service = started else {
            result.outcome = .deployed
            result.duration = session.time.now() - start
            return result
        }
        result.service = service["serviceArn"].string ?? result.service
        let primary = ServiceSnapshot(service).primary
        result.deployment = primary?.id
        guard options.waits else {
            result.outcome = .started
            result.duration = session.time.now() - start
            return result
        }
        result.outcome = try await end(of: service, plan: plan, live: live, revision: revision)
        result.duration = session.time.now() - start
        return result
    }

    /// Registers the new revision, unless the latest one says the same. ECS refuses registrations of a family at the same time.
    private func register(_ plan: Plan) async throws -> String {
        if case .keep(let arn) = plan.taskDefinition { return arn }
        let arn = try await TaskDefinitionRegistrar(session: session).register(desired.taskDefinition)
        session.report(.step("registered \(Revision.name(of: arn))"))
        return arn
    }

    /// Creates or updates the service. Returns nil when the service itself needs no change.
    private func change(_ plan: Plan, _ revision: String, attachment: JSON?) async throws -> JSON? {
        switch plan.service {
        case .keep: return nil
        case .create(var request):
            request["cluster"] = .string(desired.cluster)
            request["taskDefinition"] = .string(revision)
            if let attachment { request["loadBalancers"] = [attachment] }
            // A repeated request, after a broken connection, finds the service that the first one made.
            request["clientToken"] = .string(Token.make())
            let service = try await session.calls.ecs("CreateService", request)["service"]
            session.report(.step("created service \(desired.serviceName) with \(request["desiredCount"].int ?? 0) tasks"))
            return service
        case .update(let update):
            var request = JSON.object(update.fields)
            if case .null = request { request = [:] }
            if request["loadBalancers"].array.count == 1, let attachment { request["loadBalancers"] = [attachment] }
            request["cluster"] = .string(desired.cluster)
            request["service"] = .string(desired.serviceName)
            if update.changesTaskDefinition { request["taskDefinition"] = .string(revision) }
            if update.forced != nil, !update.changesTaskDefinition || update.fields["capacityProviderStrategy"] != nil {
                request["forceNewDeployment"] = true
            }
            let service = try await session.calls.ecs("UpdateService", request)["service"]
            session.report(.step("updated service \(desired.serviceName) to \(Revision.name(of: revision))"))
            return service
        }
    }

    /// Follows the deployment that `service` shows as its own, and goes back when it fails and ECS does not.
    private func end(of service: JSON, plan: Plan, live: LiveState, revision: String) async throws -> Outcome {
        guard let primary = ServiceSnapshot(service).primary else {
            throw DeployError("the service \(desired.serviceName) shows no deployment; look at it with jubako status")
        }
        var subject = Follow.Subject(deployment: primary.id, taskDefinition: revision, timeout: options.timeout)
        let breaker = service["deploymentConfiguration"]["deploymentCircuitBreaker"]
        subject.previousTaskDefinition = live.service["taskDefinition"].string.map(Revision.name)
        subject.hasCircuitBreaker = breaker["enable"].bool == true
        subject.rollsBack = subject.hasCircuitBreaker && breaker["rollback"].bool == true
        subject.isEmulated = options.isEmulated
        let before = ServiceSnapshot(live.service)
        subject.isScaling = before.deployments.contains { $0.id == primary.id } && Revision.name(of: revision) == subject.previousTaskDefinition
        let follower = Follower(session: session, cluster: desired.cluster, service: desired.serviceName)
        let verdict = try await follower.follow(Follow(subject, known: before.events, at: session.time.now()), first: service)
        switch verdict {
        case nil: return .interrupted
        case .completed: return .deployed
        case .timedOut: return .timedOut
        case .superseded(let other): return .superseded(by: other)
        case .rolledBack(let revision, let reason): return .rolledBack(to: revision, reason: reason)
        case .failed(let reason):
            return subject.rollsBack ? .failed(reason) : try await goBack(from: revision, plan, live, reason)
        case .failing(let reason): return try await goBack(from: revision, plan, live, reason)
        }
    }

    /// Puts the service back to what it was, and follows that to its end.
    private func goBack(from revision: String, _ plan: Plan, _ live: LiveState, _ reason: String) async throws -> Outcome {
        guard case .update(let update) = plan.service, let previous = live.service["taskDefinition"].string else {
            return .failed("\(reason); there is no earlier revision to go back to, and the service goes on trying: jubako stop ends that")
        }
        guard previous != revision || !update.previous.isEmpty else { return .failed("\(reason); the service ran the same revision before") }
        session.report(.warning("\(reason): going back to \(Revision.name(of: previous))"))
        var request = JSON.object(update.previous)
        request["cluster"] = .string(desired.cluster)
        request["service"] = .string(desired.serviceName)
        request["taskDefinition"] = .string(previous)
        let service = try await session.calls.ecs("UpdateService", request)["service"]
        guard let primary = ServiceSnapshot(service).primary else { return .failed(reason) }
        var subject = Follow.Subject(deployment: primary.id, taskDefinition: previous, timeout: options.timeout)
        subject.isEmulated = options.isEmulated
        let follow = Follow(subject, known: ServiceSnapshot(service).events, at: session.time.now())
        let follower = Follower(session: session, cluster: desired.cluster, service: desired.serviceName)
        let name = Revision.name(of: previous)
        switch try await follower.follow(follow, first: service) {
        case .completed: return .rolledBack(to: name, reason: reason)
        case nil: return .interrupted
        case .timedOut: return .failed("\(reason); going back to \(name) has not ended in time and goes on")
        case .superseded(let other): return .superseded(by: other)
        case .failed(let other), .failing(let other), .rolledBack(_, let other): return .failed("\(reason); going back to \(name) failed: \(other)")
        }
    }

    private func noteUnfinished(_ service: JSON) {
        let primary = ServiceSnapshot(service).primary
        if primary?.rolloutState == "IN_PROGRESS" {
            session.report(.note("its last deployment is still in progress: jubako status --follow shows it"))
        }
    }

    private func stopIfAsked() async throws {
        if await session.interruption.isRequested { throw Stopped("stopped before the service was changed") }
    }

    /// A service of this name is being removed; its name is free once it is gone.
    private func waitForRemoval(_ start: Duration) async throws -> JSON {
        session.report(.note("the service \(desired.serviceName) is still being removed, waiting for its end"))
        var wait: Duration?
        while session.time.now() - start < options.timeout {
            let next = session.polling.next(after: wait)
            wait = next
            if try await session.pause(next) { throw Stopped("stopped before anything was changed") }
            let service = try await LiveState.service(desired.serviceName, cluster: desired.cluster, session.calls)
            if service.isNull { return .null }
        }
        throw DeployError("the service \(desired.serviceName) is still being removed: deploy again once it is gone (jubako status shows it)")
    }

    private func addresses(_ loadBalancer: JSON) -> [String] {
        guard let desired = desired.loadBalancing, let name = loadBalancer["DNSName"].string else { return [] }
        return desired.listeners.map { Address.url(protocol: $0.protocol, host: name, port: $0.port, entryPort: options.entryPort) }
    }
}
