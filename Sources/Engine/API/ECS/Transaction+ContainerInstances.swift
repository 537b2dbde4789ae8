import ServiceModel

/// The machine as ECS's one container instance: deploy tools ask for it.
extension Transaction {
    func listContainerInstances(_ input: JSON) throws(EngineError) -> JSON {
        let cluster = try cluster(input)
        return try ListingPage(of: [context.locality.containerInstance(cluster.name, context.machine.id)], input).answer("containerInstanceArns")
    }

    func describeContainerInstances(_ input: JSON) throws(EngineError) -> JSON {
        let cluster = try cluster(input)
        var instances: [JSON] = []
        var failures: [JSON] = []
        for reference in input["containerInstances"].strings {
            if Self.shortName(reference) == context.machine.id {
                instances.append(describeInstance(cluster))
            } else {
                failures.append(missing(reference))
            }
        }
        return ["containerInstances": .array(instances), "failures": .array(failures)]
    }

    func describeCapacityProviders(_ input: JSON) throws(EngineError) -> JSON {
        let wanted = input["capacityProviders"].strings
        let providers = ["FARGATE", "FARGATE_SPOT"].filter { wanted.isEmpty || wanted.contains($0) }
        return [
            "capacityProviders": .array(
                providers.map {
                    ["capacityProviderArn": .string(context.locality.arn("ecs", "capacity-provider/\($0)")), "name": .string($0), "status": "ACTIVE"]
                }),
            "failures": .array(wanted.filter { !providers.contains($0) }.map(missing)),
        ]
    }

    private func describeInstance(_ cluster: Cluster) -> JSON {
        let left = remainingResources()
        let live = state.tasks.values.filter { $0.cluster == cluster.name && !$0.isStopped }
        func amount(_ name: String, _ value: Int) -> JSON {
            ["name": .string(name), "type": "INTEGER", "doubleValue": 0, "longValue": 0, "integerValue": .integer(value)]
        }
        func ports(_ transport: String, _ used: Set<String>) -> JSON {
            let numbers = used.filter { $0.hasSuffix("/\(transport)") }.compactMap { $0.split(separator: "/").first.map(String.init) }.sorted()
            return ["name": transport == "tcp" ? "PORTS" : "PORTS_UDP", "type": "STRINGSET", "stringSetValue": JSON(numbers)]
        }
        let reserved = Set(Machine.reservedPorts.map { "\($0)/tcp" })
        return [
            "containerInstanceArn": .string(context.locality.containerInstance(cluster.name, context.machine.id)),
            "ec2InstanceId": .string(context.machine.instanceID), "version": 1, "status": "ACTIVE", "agentConnected": true,
            "versionInfo": ["agentVersion": "1.100.0", "dockerVersion": .string("DockerVersion: \(context.machine.dockerVersion)")],
            "remainingResources": [amount("CPU", left.cpu), amount("MEMORY", left.memory), ports("tcp", left.ports), ports("udp", left.ports)],
            "registeredResources": [
                amount("CPU", context.machine.cpu), amount("MEMORY", context.machine.memory), ports("tcp", reserved), ports("udp", []),
            ],
            "runningTasksCount": .integer(live.count { $0.lastStatus == .running }),
            "pendingTasksCount": .integer(live.count { $0.lastStatus == .pending }),
            "attributes": [
                ["name": "ecs.os-type", "value": "linux"], ["name": "ecs.cpu-architecture", "value": "x86_64"],
                ["name": "ecs.availability-zone", "value": .string("\(context.locality.region)a")],
            ],
            "attachments": [], "tags": [],
        ]
    }
}
