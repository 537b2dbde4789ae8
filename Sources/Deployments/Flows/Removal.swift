import AWS
public import Definitions
import ServiceModel

/// Takes a service down: to no tasks, or away altogether with the load balancer that belongs to it.
public struct Removal: Sendable {
    /// What a removal would do, in words.
    public struct Proposal: Sendable {
        public let steps: [String]
    }

    let session: Session
    let app: String
    let cluster: String
    let loadBalancing: LoadBalancing?

    public init(app: String, cluster: String, loadBalancing: LoadBalancing?, session: Session) {
        self.app = app
        self.cluster = cluster
        self.loadBalancing = loadBalancing
        self.session = session
    }

    /// Sets the desired count to 0. Returns false when there is no service.
    public func stop(isDryRun: Bool) async throws -> Bool {
        let service = try await LiveState.service(app, cluster: cluster, session.calls)
        guard !service.isNull else { return false }
        if service["schedulingStrategy"].string == "DAEMON" {
            throw DeployError("\(app) is a daemon: ECS runs one task on every instance, so there is no count to set to 0; use jubako remove")
        }
        if isDryRun { return true }
        _ = try await session.calls.ecs("UpdateService", ["cluster": .string(cluster), "service": .string(app), "desiredCount": 0])
        return true
    }

    /// Removes the service, then what was created for it: the load balancer with its listeners, and the target group. What the definition
    /// names as somebody else's stays.
    ///
    /// - Parameter review: sees what would be done; what it throws stops the removal.
    /// - Returns: what was done, in words; nothing when there was nothing to remove.
    public func remove(review: (Proposal) async throws -> Void) async throws -> [String] {
        let service = try await LiveState.service(app, cluster: cluster, session.calls)
        var live = LiveLoadBalancing()
        if let loadBalancing { live = try await LiveLoadBalancing.read(loadBalancing, app: app, session.calls) }
        let hasService = !service.isNull && service["status"].string != "DRAINING"
        let balancer = loadBalancing?.ownsLoadBalancer == true ? live.loadBalancer["LoadBalancerArn"].string : nil
        let group = loadBalancing?.ownsTargetGroup == true ? live.targetGroup["TargetGroupArn"].string : nil
        var steps: [String] = []
        if hasService { steps.append("service \(app) in cluster \(cluster) with \(service["runningCount"].int ?? 0) running tasks") }
        if balancer != nil { steps.append("load balancer \(loadBalancing?.loadBalancerName ?? "")") }
        if group != nil { steps.append("target group \(loadBalancing?.targetGroupName ?? "")") }
        if steps.isEmpty { return [] }
        try await review(Proposal(steps: steps))

        if hasService {
            if service["schedulingStrategy"].string != "DAEMON", service["desiredCount"].int != 0 {
                _ = try await session.calls.ecs("UpdateService", ["cluster": .string(cluster), "service": .string(app), "desiredCount": 0])
            }
            _ = try await session.calls.find(
                .ecs, "DeleteService", ["cluster": .string(cluster), "service": .string(app)], absent: "ServiceNotFound", "ServiceNotActive")
            session.report(.step("removed service \(app)"))
        }
        if let balancer {
            _ = try await session.calls.find(.elbv2, "DeleteLoadBalancer", ["LoadBalancerArn": .string(balancer)], absent: "LoadBalancerNotFound")
            session.report(.step("removed load balancer \(loadBalancing?.loadBalancerName ?? "")"))
        }
        if let group {
            try await deleteTargetGroup(group)
            session.report(.step("removed target group \(loadBalancing?.targetGroupName ?? "")"))
        }
        return steps
    }

    /// A target group stays in use for a while after its load balancer is gone.
    private func deleteTargetGroup(_ arn: String) async throws {
        var wait: Duration?
        let end = session.time.now() + .seconds(60)
        while true {
            do {
                _ = try await session.calls.find(.elbv2, "DeleteTargetGroup", ["TargetGroupArn": .string(arn)], absent: "TargetGroupNotFound")
                return
            } catch {
                guard error.code.hasPrefix("ResourceInUse") else { throw error }
                guard session.time.now() < end else {
                    throw DeployError("the target group \(arn) is still in use after 60 s: run jubako remove again later")
                }
                let next = session.polling.next(after: wait)
                wait = next
                if try await session.pause(next) { throw Stopped("stopped; the target group \(arn) is left: run jubako remove again") }
            }
        }
    }
}
