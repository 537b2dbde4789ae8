/// A port on which a load balancer answers.
struct Listener: Record {
    static var kind: String { "listener" }

    let arn: String
    let loadBalancerARN: String
    /// The ARN of the rule that holds the default action; it is no row of its own.
    let defaultRuleARN: String
    var port: Int
    var defaultAction: RuleAction
    var tags: [ResourceTag] = []

    var id: String { arn }
}

/// What a listener does with requests that meet all of some conditions.
struct ListenerRule: Record {
    static var kind: String { "listenerRule" }

    let arn: String
    let listenerARN: String
    /// Lower priorities are tried first; unique within the listener.
    var priority: Int
    var conditions: [RuleCondition]
    var action: RuleAction
    var tags: [ResourceTag] = []

    var id: String { arn }
}
