/// Everything the engine knows of load balancing: what the Elastic Load Balancing operations read and change.
struct LoadBalancingState: Sendable {
    var loadBalancers = Table<LoadBalancer>()
    var listeners = Table<Listener>()
    var rules = Table<ListenerRule>()
    var targetGroups = Table<TargetGroup>()
    var drills = Table<Drill>()

    init() {}

    /// The listeners of a load balancer by rising port.
    func listeners(of loadBalancerARN: String) -> [Listener] {
        listeners.values.filter { $0.loadBalancerARN == loadBalancerARN }.sorted { $0.port < $1.port }
    }

    /// The rules of a listener by rising priority, the default rule not among them.
    func rules(of listenerARN: String) -> [ListenerRule] {
        rules.values.filter { $0.listenerARN == listenerARN }.sorted { $0.priority < $1.priority }
    }

    /// Every target group that a listener or rule forwards to, with the ARNs of the load balancers that do.
    func uses() -> [String: Set<String>] {
        var uses: [String: Set<String>] = [:]
        for listener in listeners.values {
            for group in listener.defaultAction.targetGroups { uses[group, default: []].insert(listener.loadBalancerARN) }
        }
        for rule in rules.values {
            guard let listener = listeners[rule.listenerARN] else { continue }
            for group in rule.action.targetGroups { uses[group, default: []].insert(listener.loadBalancerARN) }
        }
        return uses
    }
}
