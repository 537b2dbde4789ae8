import ServiceModel

/// The operations on listener rules.
enum RuleOperations {
    private static let priorities = 1...50_000

    static func create(_ state: inout LoadBalancingState, _ input: JSON, _ context: LoadBalancingContext) throws(EngineError) -> JSON {
        let listener = try ListenerOperations.find(input["ListenerArn"].string ?? "", in: state)
        let priority = input["Priority"].int ?? 0
        try check(priority)
        try checkTransforms(input)
        let existing = state.rules(of: listener.arn)
        guard !existing.contains(where: { $0.priority == priority }) else { throw inUse(priority) }
        guard existing.count < 100 else {
            throw EngineError(code: "TooManyRules", message: "The maximum number of rules has been reached on listener '\(listener.arn)'")
        }
        let tail = "\(listener.arn.split(separator: "/").suffix(4).joined(separator: "/"))/\(context.makeID())"
        let rule = ListenerRule(
            arn: context.arn("listener-rule/\(tail)"), listenerARN: listener.arn, priority: priority,
            conditions: try RuleCondition.read(input["Conditions"]), action: try RuleAction(input["Actions"], in: state),
            tags: try TagOperations.read(input["Tags"]))
        state.rules[rule.arn] = rule
        return ["Rules": [show(rule)]]
    }

    static func describe(_ state: inout LoadBalancingState, _ input: JSON, _ context: LoadBalancingContext) throws(EngineError) -> JSON {
        var rows: [(key: String, shown: JSON)] = []
        func add(_ rule: ListenerRule) { rows.append((Page.sortable(rule.priority) + rule.arn, show(rule))) }
        func addDefault(_ listener: Listener) { rows.append(("default" + listener.arn, showDefault(listener))) }
        if case let arns = input["RuleArns"].strings, !arns.isEmpty {
            for arn in arns {
                if let listener = state.listeners.values.first(where: { $0.defaultRuleARN == arn }) {
                    addDefault(listener)
                } else {
                    add(try find(arn, in: state))
                }
            }
        } else if let arn = input["ListenerArn"].string {
            let listener = try ListenerOperations.find(arn, in: state)
            for rule in state.rules(of: arn) { add(rule) }
            addDefault(listener)
        } else {
            throw .validation("You must specify either listener rule ARNs or a listener ARN")
        }
        return try Page.cut(rows, "Rules", input, key: \.key, describe: \.shown)
    }

    static func modify(_ state: inout LoadBalancingState, _ input: JSON, _ context: LoadBalancingContext) throws(EngineError) -> JSON {
        let arn = input["RuleArn"].string ?? ""
        try checkTransforms(input)
        try refuseDefault(arn, in: state, "modified; use ModifyListener")
        var rule = try find(arn, in: state)
        if !input["Conditions"].isNull { rule.conditions = try RuleCondition.read(input["Conditions"]) }
        if !input["Actions"].isNull { rule.action = try RuleAction(input["Actions"], in: state) }
        state.rules[arn] = rule
        return ["Rules": [show(rule)]]
    }

    static func delete(_ state: inout LoadBalancingState, _ input: JSON, _ context: LoadBalancingContext) throws(EngineError) -> JSON {
        let arn = input["RuleArn"].string ?? ""
        try refuseDefault(arn, in: state, "deleted")
        state.rules[try find(arn, in: state).arn] = nil
        return [:]
    }

    static func setPriorities(_ state: inout LoadBalancingState, _ input: JSON, _ context: LoadBalancingContext) throws(EngineError) -> JSON {
        var changed: [ListenerRule] = []
        for pair in input["RulePriorities"].array {
            let arn = pair["RuleArn"].string ?? ""
            try refuseDefault(arn, in: state, "given a priority")
            var rule = try find(arn, in: state)
            rule.priority = pair["Priority"].int ?? 0
            try check(rule.priority)
            changed.append(rule)
        }
        for rule in changed { state.rules[rule.arn] = rule }
        for listener in Set(changed.map(\.listenerARN)) {
            var seen: Set<Int> = []
            for rule in state.rules(of: listener) {
                guard seen.insert(rule.priority).inserted else { throw inUse(rule.priority) }
            }
        }
        return ["Rules": .array(changed.sorted { $0.priority < $1.priority }.map(show))]
    }

    private static func find(_ arn: String, in state: LoadBalancingState) throws(EngineError) -> ListenerRule {
        guard arn.contains(":listener-rule/") else { throw .validation("'\(arn)' is not a valid listener rule ARN") }
        guard let rule = state.rules[arn] else { throw .rulesNotFound }
        return rule
    }

    private static func refuseDefault(_ arn: String, in state: LoadBalancingState, _ what: String) throws(EngineError) {
        guard !state.listeners.values.contains(where: { $0.defaultRuleARN == arn }) else {
            throw .notPermitted("Default rule '\(arn)' cannot be \(what)")
        }
    }

    private static func check(_ priority: Int) throws(EngineError) {
        guard priorities.contains(priority) else {
            throw .validation("Rule priority '\(priority)' must be between \(priorities.lowerBound) and \(priorities.upperBound)")
        }
    }

    private static func checkTransforms(_ input: JSON) throws(EngineError) {
        guard input["Transforms"].array.isEmpty else { throw .unsupported("Rule transforms are") }
    }

    private static func inUse(_ priority: Int) -> EngineError {
        EngineError(code: "PriorityInUse", message: "Priority '\(priority)' is currently in use")
    }

    private static func show(_ rule: ListenerRule) -> JSON {
        [
            "RuleArn": .string(rule.arn), "Priority": .string(String(rule.priority)), "Conditions": .array(rule.conditions.map(\.shown)),
            "Actions": rule.action.list, "IsDefault": false,
        ]
    }

    private static func showDefault(_ listener: Listener) -> JSON {
        [
            "RuleArn": .string(listener.defaultRuleARN), "Priority": "default", "Conditions": [], "Actions": listener.defaultAction.list,
            "IsDefault": true,
        ]
    }
}
