public import Definitions

/// What Prometheus is to scrape.
public struct TargetList: Sendable, Hashable {
    /// In the order of app, environment, cluster and task.
    public let groups: [TargetGroup]
    /// Tasks that should be scraped and cannot be, by app: their port is not mapped, or nobody knows where their host is.
    public let unreachable: [String: Int]

    /// The container ports of task definitions, by ARN and container.
    public typealias Ports = [String: [String: [Int]]]

    /// Decides what is scraped: every running task of every app whose definition has `monitoring`.
    ///
    /// - Parameters:
    ///   - ports: of revisions whose tasks have an address of their own. What runs may be older than the definition and map another port.
    ///   - fixed: groups that are there in any case.
    public init(_ clusters: [ObservedCluster], ports: Ports = [:], catalog: Catalog, fixed: [TargetGroup] = []) {
        var found: [(key: [String], group: TargetGroup)] = []
        var unreachable: [String: Int] = [:]
        for cluster in clusters {
            for task in cluster.tasks {
                guard let app = catalog.apps[task.family], let monitoring = app.monitoring, let port = monitoring.port else { continue }
                guard let container = task.containers.first(where: { $0.name == monitoring.container }) else {
                    unreachable[app.name, default: 0] += 1
                    continue
                }
                guard container.isRunning else { continue }
                let mapped = ports[task.taskDefinition]?[container.name] ?? []
                guard let address = Self.address(of: container, port: port, mapped: mapped, host: cluster.host) else {
                    unreachable[app.name, default: 0] += 1
                    continue
                }
                var group = TargetGroup(targets: [address], labels: ["app": app.name])
                group.labels["team"] = app.team
                group.labels["environment"] = cluster.environment
                group.labels["cluster"] = cluster.cluster
                group.labels["task"] = task.id
                group.labels["revision"] = task.revision
                group.labels["container"] = container.name
                if monitoring.path != "/metrics" { group.labels["__metrics_path__"] = monitoring.path }
                found.append(([app.name, cluster.environment, cluster.cluster, task.id], group))
            }
        }
        found.sort { $0.key.lexicographicallyPrecedes($1.key) }
        groups = fixed + found.map(\.group)
        self.unreachable = unreachable
    }

    private static func address(of container: ObservedTask.Container, port: Int, mapped: [Int], host: String?) -> String? {
        if let address = container.address {
            let open = mapped.isEmpty || mapped.contains(port) ? port : mapped.count == 1 ? mapped[0] : nil
            return open.map { joined(address, $0) }
        }
        let exact = container.bindings.first { $0.containerPort == port }
        // a revision from before the port was changed maps one port only: it is that
        let others = Set(container.bindings.map(\.containerPort))
        guard let binding = exact ?? (others.count == 1 ? container.bindings.first : nil), let place = binding.address ?? host else { return nil }
        return joined(place, binding.hostPort)
    }

    private static func joined(_ host: String, _ port: Int) -> String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
