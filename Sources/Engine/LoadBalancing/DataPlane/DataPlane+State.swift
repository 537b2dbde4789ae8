extension DataPlane {
    /// The data plane that a state asks for.
    ///
    /// - Parameter entryPort: where every load balancer answers for its listener on port 80, or else for its lowest one.
    init(_ state: LoadBalancingState, entryPort: Int) {
        var entry = Frontend(port: entryPort, isEntry: true, sites: [])
        var others: [Int: Frontend] = [:]
        var idleTimeouts: [String: Int] = [:]
        for loadBalancer in state.loadBalancers.values.sorted(by: { $0.name < $1.name }) {
            let listeners = state.listeners(of: loadBalancer.arn)
            let main = listeners.first { $0.port == 80 } ?? listeners.first
            let sites = listeners.map { (listener: $0, site: Site($0, of: loadBalancer, in: state)) }
            entry.sites.append(
                sites.first { $0.listener == main }?.site ?? Site(host: loadBalancer.host, routes: [], fallback: nil))
            for (listener, site) in sites {
                for group in site.groups { idleTimeouts[group] = max(idleTimeouts[group] ?? 0, loadBalancer.idleTimeout) }
                guard listener.port >= 1024, listener.port != entryPort else { continue }
                others[listener.port, default: Frontend(port: listener.port, isEntry: false, sites: [])].sites.append(site)
            }
        }
        frontends = [entry] + others.values.sorted { $0.port < $1.port }
        pools = idleTimeouts.compactMap { group, timeout in
            state.targetGroups[group].map { Pool($0, idleTimeout: timeout, fault: state.fault(of: group)) }
        }
        .sorted { $0.name < $1.name }
    }
}

extension LoadBalancer {
    fileprivate var host: String { dnsName.lowercased() }
}

extension DataPlane.Site {
    fileprivate init(_ listener: Listener, of loadBalancer: LoadBalancer, in state: LoadBalancingState) {
        host = loadBalancer.host
        routes = state.rules(of: listener.arn).map { .init(priority: $0.priority, conditions: $0.conditions, action: $0.action) }
        fallback = listener.defaultAction
    }

    /// The target groups that requests may go to.
    fileprivate var groups: [String] { routes.flatMap(\.action.targetGroups) + (fallback?.targetGroups ?? []) }
}

extension DataPlane.Pool {
    fileprivate init(_ targetGroup: TargetGroup, idleTimeout: Int, fault: DataPlane.Fault?) {
        group = targetGroup.arn
        name = targetGroup.name
        stickiness = targetGroup.stickiness
        slowStart = TargetGroupAttributes.integer("slow_start.duration_seconds", in: targetGroup.attributes)
        algorithm =
            switch TargetGroupAttributes.text("load_balancing.algorithm.type", in: targetGroup.attributes) {
            case "least_outstanding_requests": .leastConnections
            case "weighted_random": .random
            default: .roundRobin
            }
        self.idleTimeout = idleTimeout
        self.fault = fault
        servers = Self.servers(targetGroup.targets)
    }

    /// All targets; the healthy ones take requests, or those that do not drain when none of them is healthy.
    private static func servers(_ targets: [RegisteredTarget]) -> [DataPlane.Server] {
        let registered = targets.filter { !$0.isDraining }
        let isHopeless = registered.allSatisfy { $0.health.state == .unhealthy }
        return targets.map { target in
            let takesRequests = !target.isDraining && (isHopeless || target.health.state == .healthy)
            return DataPlane.Server(name: target.key.serverName, address: target.address, takesRequests: takesRequests)
        }
        .sorted { $0.name < $1.name }
    }
}
