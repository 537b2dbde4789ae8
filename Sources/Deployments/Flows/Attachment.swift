import ServiceModel

/// Watches the deployment that a service works on: for whoever stopped watching a deploy, or never started it.
public struct Attachment: Sendable {
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

    /// Follows the service's own deployment to its end; changes nothing.
    public func follow() async throws -> DeployResult {
        let start = session.time.now()
        let service = try await LiveState.service(app, cluster: cluster, session.calls)
        guard !service.isNull, let revision = service["taskDefinition"].string else {
            throw DeployError("there is no service \(app) in cluster \(cluster): jubako deploy creates it")
        }
        let snapshot = ServiceSnapshot(service)
        guard let primary = snapshot.primary else { throw DeployError("the service \(app) shows no deployment to follow") }
        var subject = Follow.Subject(deployment: primary.id, taskDefinition: revision, timeout: timeout)
        let breaker = service["deploymentConfiguration"]["deploymentCircuitBreaker"]
        subject.previousTaskDefinition = snapshot.deployments.first { $0.id != primary.id }?.taskDefinition
        subject.hasCircuitBreaker = breaker["enable"].bool == true
        subject.rollsBack = subject.hasCircuitBreaker && breaker["rollback"].bool == true
        subject.isEmulated = isEmulated
        let follow = Follow(subject, known: snapshot.events, at: start)
        let verdict = try await Follower(session: session, cluster: cluster, service: app).follow(follow, first: service)
        var result = DeployResult(
            app: app, cluster: cluster, outcome: Outcome(verdict), service: service["serviceArn"].string, deployment: primary.id,
            taskDefinition: revision)
        result.duration = session.time.now() - start
        return result
    }
}
