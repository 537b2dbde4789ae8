import ServiceModel

/// The operations on listeners.
enum ListenerOperations {
    static func create(_ state: inout LoadBalancingState, _ input: JSON, _ context: LoadBalancingContext) throws(EngineError) -> JSON {
        let loadBalancer = try LoadBalancerOperations.find(input, in: state)
        guard let port = input["Port"].int else { throw .validation("A listener port must be specified") }
        guard input["Protocol"].string != nil else { throw .validation("A listener protocol must be specified") }
        try check(port, input, context)
        let action = try RuleAction(input["DefaultActions"], in: state)
        let existing = state.listeners(of: loadBalancer.arn)
        guard !existing.contains(where: { $0.port == port }) else { throw duplicate(loadBalancer.arn) }
        guard existing.count < 50 else {
            throw EngineError(
                code: "TooManyListeners", message: "The maximum number of listeners has been reached on load balancer '\(loadBalancer.arn)'")
        }
        let tail = "\(loadBalancer.arn.split(separator: "/").suffix(3).joined(separator: "/"))/\(context.makeID())"
        let listener = Listener(
            arn: context.arn("listener/\(tail)"), loadBalancerARN: loadBalancer.arn,
            defaultRuleARN: context.arn("listener-rule/\(tail)/\(context.makeID())"), port: port, defaultAction: action,
            tags: try TagOperations.read(input["Tags"]))
        state.listeners[listener.arn] = listener
        return ["Listeners": [show(listener)]]
    }

    static func describe(_ state: inout LoadBalancingState, _ input: JSON, _ context: LoadBalancingContext) throws(EngineError) -> JSON {
        var rows: [Listener] = []
        if case let arns = input["ListenerArns"].strings, !arns.isEmpty {
            for arn in arns { rows.append(try find(arn, in: state)) }
        } else if input["LoadBalancerArn"].string != nil {
            rows = state.listeners(of: try LoadBalancerOperations.find(input, in: state).arn)
        } else {
            throw .validation("You must specify either listener ARNs or a load balancer ARN")
        }
        return try Page.cut(rows, "Listeners", input, key: { Page.sortable($0.port) + $0.arn }, describe: show)
    }

    static func modify(_ state: inout LoadBalancingState, _ input: JSON, _ context: LoadBalancingContext) throws(EngineError) -> JSON {
        var listener = try find(input["ListenerArn"].string ?? "", in: state)
        let port = input["Port"].int ?? listener.port
        try check(port, input, context)
        let others = state.listeners(of: listener.loadBalancerARN).filter { $0.arn != listener.arn }
        guard !others.contains(where: { $0.port == port }) else { throw duplicate(listener.loadBalancerARN) }
        listener.port = port
        if !input["DefaultActions"].isNull { listener.defaultAction = try RuleAction(input["DefaultActions"], in: state) }
        state.listeners[listener.arn] = listener
        return ["Listeners": [show(listener)]]
    }

    static func delete(_ state: inout LoadBalancingState, _ input: JSON, _ context: LoadBalancingContext) throws(EngineError) -> JSON {
        remove(try find(input["ListenerArn"].string ?? "", in: state), from: &state)
        return [:]
    }

    /// Removes a listener and its rules.
    static func remove(_ listener: Listener, from state: inout LoadBalancingState) {
        for rule in state.rules(of: listener.arn) { state.rules[rule.arn] = nil }
        state.listeners[listener.arn] = nil
    }

    static func find(_ arn: String, in state: LoadBalancingState) throws(EngineError) -> Listener {
        guard arn.contains(":listener/") else { throw .validation("'\(arn)' is not a valid listener ARN") }
        guard let listener = state.listeners[arn] else { throw .listenersNotFound }
        return listener
    }

    private static func check(_ port: Int, _ input: JSON, _ context: LoadBalancingContext) throws(EngineError) {
        try Ports.check(port)
        let transport = input["Protocol"].string ?? "HTTP"
        guard transport == "HTTP" else {
            let hint = transport == "HTTPS" ? "; use HTTP, the local load balancer has no certificates" : ""
            throw EngineError(
                code: "UnsupportedProtocol", message: "Listeners with protocol '\(transport)' are not supported by the local engine\(hint)")
        }
        guard port != context.entryPort else {
            throw .validation(
                "Port '\(port)' is the local engine's entry, at which every load balancer answers for its listener on port 80; choose another port")
        }
    }

    private static func duplicate(_ loadBalancerARN: String) -> EngineError {
        EngineError(code: "DuplicateListener", message: "A listener already exists on this port for this load balancer '\(loadBalancerARN)'")
    }

    private static func show(_ listener: Listener) -> JSON {
        [
            "ListenerArn": .string(listener.arn),
            "LoadBalancerArn": .string(listener.loadBalancerARN),
            "Port": .integer(listener.port),
            "Protocol": "HTTP",
            "DefaultActions": listener.defaultAction.list,
        ]
    }
}
