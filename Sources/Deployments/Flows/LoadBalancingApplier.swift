import Definitions
import ServiceModel

/// Carries out the load balancer's part of a plan.
struct LoadBalancingApplier: Sendable {
    /// What the service needs of it.
    struct Applied: Sendable {
        var loadBalancer: JSON = .null
        /// The entry of the service's `loadBalancers`, with the target group's ARN.
        var attachment: JSON?
    }

    let session: Session

    /// The steps go in order: load balancer, target group, listeners. A second run finds what a broken one made, by name.
    func apply(_ steps: [LoadBalancingStep], _ desired: LoadBalancing?, _ live: LiveLoadBalancing) async throws -> Applied {
        guard let desired else { return Applied() }
        var (balancer, group) = (live.loadBalancer, live.targetGroup)
        for step in steps {
            var input = step.input
            if step.operation == "CreateListener" {
                input["LoadBalancerArn"] = balancer["LoadBalancerArn"]
                input["DefaultActions"] = [.compact(["Type": "forward", "TargetGroupArn": group["TargetGroupArn"]])]
            } else if step.operation == "ModifyLoadBalancerAttributes" {
                input["LoadBalancerArn"] = balancer["LoadBalancerArn"]
            } else if step.operation == "ModifyTargetGroupAttributes" {
                input["TargetGroupArn"] = group["TargetGroupArn"]
            }
            let answer = try await session.calls.elb(step.operation, input)
            if step.operation == "CreateLoadBalancer" { balancer = answer["LoadBalancers"][0] }
            if step.operation == "CreateTargetGroup" { group = answer["TargetGroups"][0] }
            session.report(.step(step.done))
        }
        let attachment = JSON.compact([
            "targetGroupArn": group["TargetGroupArn"], "containerName": .string(desired.containerName),
            "containerPort": .integer(desired.containerPort),
        ])
        return Applied(loadBalancer: balancer, attachment: attachment)
    }
}
