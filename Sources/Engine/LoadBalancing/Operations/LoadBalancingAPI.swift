import ServiceModel

/// The operations of Elastic Load Balancing by name.
enum LoadBalancingAPI {
    static let operations: [String: LoadBalancingOperation] = [
        "CreateLoadBalancer": LoadBalancerOperations.create,
        "DescribeLoadBalancers": LoadBalancerOperations.describe,
        "DeleteLoadBalancer": LoadBalancerOperations.delete,
        "DescribeLoadBalancerAttributes": LoadBalancerOperations.describeAttributes,
        "ModifyLoadBalancerAttributes": LoadBalancerOperations.modifyAttributes,
        "SetSubnets": LoadBalancerOperations.setSubnets,
        "SetSecurityGroups": LoadBalancerOperations.setSecurityGroups,
        "CreateTargetGroup": TargetGroupOperations.create,
        "DescribeTargetGroups": TargetGroupOperations.describe,
        "ModifyTargetGroup": TargetGroupOperations.modify,
        "DeleteTargetGroup": TargetGroupOperations.delete,
        "DescribeTargetGroupAttributes": TargetGroupOperations.describeAttributes,
        "ModifyTargetGroupAttributes": TargetGroupOperations.modifyAttributes,
        "CreateListener": ListenerOperations.create,
        "DescribeListeners": ListenerOperations.describe,
        "ModifyListener": ListenerOperations.modify,
        "DeleteListener": ListenerOperations.delete,
        "CreateRule": RuleOperations.create,
        "DescribeRules": RuleOperations.describe,
        "ModifyRule": RuleOperations.modify,
        "DeleteRule": RuleOperations.delete,
        "SetRulePriorities": RuleOperations.setPriorities,
        "RegisterTargets": TargetOperations.register,
        "DeregisterTargets": TargetOperations.deregister,
        "DescribeTargetHealth": TargetOperations.describeHealth,
        "AddTags": TagOperations.add,
        "RemoveTags": TagOperations.remove,
        "DescribeTags": TagOperations.describe,
    ]

    /// Runs the operation called `name`. The state is unchanged when it fails.
    ///
    /// - Throws: ``EngineError`` with the codes of Elastic Load Balancing.
    static func call(
        _ name: String, _ input: JSON, state: inout LoadBalancingState, context: LoadBalancingContext
    ) throws(EngineError) -> JSON {
        guard let operation = operations[name], let model = ServiceModel.elbv2.operations[name] else {
            throw EngineError(
                code: "InvalidAction", message: "The action \(name) is not valid for this web service or not supported by the local engine")
        }
        var checker = Checker(model: .elbv2, style: .request)
        let checked = model.input.map { checker.check(input, as: $0) } ?? [:]
        guard checker.problems.isEmpty else {
            throw .validation(checker.problems.map(\.description).joined(separator: "; "))
        }
        var changed = state
        let output = try operation(&changed, checked, context)
        changed.refreshUse()
        state = changed
        return output
    }
}

extension LoadBalancingState {
    /// Gives the targets of groups that no listener uses the state `unused`, and lets checks begin for those that came into use.
    mutating func refreshUse() {
        let used = uses()
        for group in targetGroups.values {
            var changed = group
            for index in changed.targets.indices where !changed.targets[index].isDraining {
                let isUnused = changed.targets[index].health.state == .unused
                if used[group.arn] == nil {
                    changed.targets[index].health = .notInUse
                } else if isUnused {
                    changed.targets[index].health = .registering
                }
            }
            targetGroups[group.arn] = changed
        }
    }
}
