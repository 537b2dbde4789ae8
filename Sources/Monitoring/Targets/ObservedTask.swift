public import ServiceModel

/// What is needed of a task that runs, out of the many members that DescribeTasks has.
public struct ObservedTask: Sendable, Hashable {
    /// A port of a container as it is reached on its host.
    public struct Binding: Sendable, Hashable {
        public let containerPort: Int
        public let hostPort: Int
        /// The address that the port is bound to, nil for all.
        public let address: String?
    }

    public struct Container: Sendable, Hashable {
        public let name: String
        public let isRunning: Bool
        /// TCP only.
        public let bindings: [Binding]
        /// Of the task's own network interface, which all its containers share.
        public let address: String?
    }

    /// The last part of the ARN.
    public let id: String
    /// The ARN.
    public let taskDefinition: String
    public let family: String
    public let revision: String
    public let containers: [Container]

    /// - Parameter task: one of `tasks` in DescribeTasks's answer.
    /// - Returns: nil for a task that does not run.
    public init?(_ task: JSON) {
        guard task["lastStatus"].string == "RUNNING", let arn = task["taskArn"].string, let definition = task["taskDefinitionArn"].string else {
            return nil
        }
        id = Self.lastPart(arn)
        taskDefinition = definition
        let name = Self.lastPart(definition).split(separator: ":", maxSplits: 1)
        family = name.first.map(String.init) ?? ""
        revision = name.count > 1 ? String(name[1]) : ""
        let shared = Self.interfaceAddress(task["attachments"])
        containers = task["containers"].array.map { container in
            Container(
                name: container["name"].string ?? "", isRunning: container["lastStatus"].string == "RUNNING",
                bindings: container["networkBindings"].array.compactMap(Self.binding),
                address: container["networkInterfaces"][0]["privateIpv4Address"].string ?? container["networkInterfaces"][0]["ipv6Address"].string
                    ?? shared)
        }
    }

    private static func lastPart(_ arn: String) -> String { arn.split(separator: "/").last.map(String.init) ?? arn }

    private static func binding(_ value: JSON) -> Binding? {
        guard let container = value["containerPort"].int, let host = value["hostPort"].int, value["protocol"].string ?? "tcp" == "tcp" else {
            return nil
        }
        let address = value["bindIP"].string.flatMap { ["", "0.0.0.0", "::"].contains($0) ? nil : $0 }
        return Binding(containerPort: container, hostPort: host, address: address)
    }

    private static func interfaceAddress(_ attachments: JSON) -> String? {
        let interface = attachments.array.first { $0["type"].string == "ElasticNetworkInterface" && $0["status"].string != "DELETED" }
        return interface?["details"].array.first { $0["name"].string == "privateIPv4Address" }?["value"].string
    }

    /// The task has an address of its own, so its container ports are reached as they are.
    public var hasOwnAddress: Bool { containers.contains { $0.address != nil } }
}

/// The tasks of one cluster as they were seen last.
public struct ObservedCluster: Sendable, Hashable {
    public let environment: String
    public let cluster: String
    /// Where host ports are reached; nil where that is not known.
    public let host: String?
    public let tasks: [ObservedTask]

    public init(environment: String, cluster: String, host: String?, tasks: [ObservedTask]) {
        self.environment = environment
        self.cluster = cluster
        self.host = host
        self.tasks = tasks
    }
}
