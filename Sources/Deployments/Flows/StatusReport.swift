import AWS
public import ServiceModel

/// How a service stands: what `jubako status` shows.
public struct StatusReport: Sendable {
    public struct Task: Hashable, Sendable {
        public let id: String
        public let lastStatus: String
        public let desiredStatus: String
        public let health: String?
        public let taskDefinition: String
        public let startedAt: Double?
        /// Where its containers answer: `app 127.0.0.1:32768 → 8000`.
        public let ports: [String]
    }

    public let service: JSON
    public let tasks: [Task]
    /// `URL → CONTAINER:PORT` for each listener.
    public let addresses: [(url: String, target: String)]
    /// Target health by state: healthy 2, draining 1.
    public let targetHealth: [(state: String, count: Int)]

    public var snapshot: ServiceSnapshot { ServiceSnapshot(service) }

    /// Reads the status; nil when there is no such service.
    public static func read(
        app: String, cluster: String, entryPort: Int = Address.entryPort, _ calls: any ServiceCalls
    ) async throws -> StatusReport? {
        async let tasks = tasks(app: app, cluster: cluster, calls)
        let service = try await LiveState.service(app, cluster: cluster, calls)
        guard !service.isNull else {
            _ = try? await tasks
            return nil
        }
        async let balancing = balancing(service, entryPort, calls)
        let (addresses, health) = try await balancing
        return StatusReport(service: service, tasks: try await tasks, addresses: addresses, targetHealth: health)
    }

    private static func tasks(app: String, cluster: String, _ calls: any ServiceCalls) async throws -> [Task] {
        let arns: [JSON]
        do {
            arns = try await calls.pages(.ecs, "ListTasks", ["cluster": .string(cluster), "serviceName": .string(app)], items: "taskArns")
        } catch {
            // Without the service there are no tasks of it.
            if ["ServiceNotFoundException", "ServiceNotActiveException", "ClusterNotFoundException"].contains(error.code) { return [] }
            throw error
        }
        var tasks: [JSON] = []
        for start in stride(from: 0, to: arns.count, by: 100) {
            let chunk = Array(arns[start..<min(start + 100, arns.count)])
            tasks += try await calls.ecs("DescribeTasks", ["cluster": .string(cluster), "tasks": .array(chunk)])["tasks"].array
        }
        return tasks.map(Task.init).sorted { ($0.startedAt ?? .infinity, $0.id) < ($1.startedAt ?? .infinity, $1.id) }
    }

    private static func balancing(_ service: JSON, _ entryPort: Int, _ calls: any ServiceCalls) async throws -> (
        [(url: String, target: String)], [(state: String, count: Int)]
    ) {
        var addresses: [(url: String, target: String)] = []
        var health: [String: Int] = [:]
        for attachment in service["loadBalancers"].array {
            guard let arn = attachment["targetGroupArn"].string else { continue }
            let target = "\(attachment["containerName"].string ?? ""):\(attachment["containerPort"].int ?? 0)"
            async let states = calls.find(.elbv2, "DescribeTargetHealth", ["TargetGroupArn": .string(arn)], absent: "TargetGroupNotFound")
            let groups = try await calls.find(.elbv2, "DescribeTargetGroups", ["TargetGroupArns": [.string(arn)]], absent: "TargetGroupNotFound")
            for balancer in groups["TargetGroups"][0]["LoadBalancerArns"].strings {
                let found = try await calls.find(
                    .elbv2, "DescribeLoadBalancers", ["LoadBalancerArns": [.string(balancer)]], absent: "LoadBalancerNotFound")
                guard let host = found["LoadBalancers"][0]["DNSName"].string else { continue }
                let listeners = try await calls.pages(.elbv2, "DescribeListeners", ["LoadBalancerArn": .string(balancer)], items: "Listeners")
                addresses += listeners.map {
                    (Address.url(protocol: $0["Protocol"].string ?? "HTTP", host: host, port: $0["Port"].int ?? 80, entryPort: entryPort), target)
                }
            }
            for state in try await states["TargetHealthDescriptions"].array {
                health[state["TargetHealth"]["State"].string ?? "unknown", default: 0] += 1
            }
        }
        return (addresses, health.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
    }

    /// The status for programs.
    public var json: JSON {
        let snapshot = snapshot
        return .compact([
            "service": service["serviceName"], "arn": service["serviceArn"], "status": .string(snapshot.status),
            "taskDefinition": service["taskDefinition"], "desired": .integer(snapshot.desired), "running": .integer(snapshot.running),
            "pending": .integer(snapshot.pending),
            "addresses": .array(addresses.map { ["url": .string($0.url), "target": .string($0.target)] }),
            "targetHealth": .object(JSONObject(uniqueKeysWithValues: targetHealth.map { ($0.state, JSON.integer($0.count)) })),
            "deployments": .array(
                snapshot.deployments.map {
                    .compact([
                        "id": .string($0.id), "status": .string($0.status), "taskDefinition": .string($0.taskDefinition),
                        "desired": .integer($0.desired), "pending": .integer($0.pending), "running": .integer($0.running),
                        "failed": .integer($0.failed), "rolloutState": JSON($0.rolloutState), "rolloutStateReason": JSON($0.rolloutStateReason),
                        "createdAt": JSON($0.createdAt),
                    ])
                }),
            "tasks": .array(
                tasks.map {
                    .compact([
                        "id": .string($0.id), "lastStatus": .string($0.lastStatus), "desiredStatus": .string($0.desiredStatus),
                        "health": JSON($0.health), "taskDefinition": .string($0.taskDefinition), "startedAt": JSON($0.startedAt),
                        "ports": JSON($0.ports),
                    ])
                }),
            "events": .array(
                snapshot.events.suffix(10).reversed().map { .compact(["time": JSON($0.time), "message": .string($0.message)]) }),
        ])
    }
}

extension StatusReport.Task {
    init(_ task: JSON) {
        id = task["taskArn"].string?.split(separator: "/").last.map(String.init) ?? ""
        lastStatus = task["lastStatus"].string ?? ""
        desiredStatus = task["desiredStatus"].string ?? ""
        health = task["healthStatus"].string == "UNKNOWN" ? nil : task["healthStatus"].string
        taskDefinition = Revision.name(of: task["taskDefinitionArn"].string ?? "")
        startedAt = task["startedAt"].double
        ports = task["containers"].array.flatMap { container in
            container["networkBindings"].array.map {
                "\(container["name"].string ?? "") \($0["hostPort"].int ?? 0) → \($0["containerPort"].int ?? 0)"
            }
        }
    }
}
