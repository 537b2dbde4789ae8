import ServiceModel

/// What makes a task definition valid, and how ECS completes it.
enum TaskDefinitionRules {
    /// The request as ECS keeps it: defaults filled in, tags left out.
    ///
    /// - Throws: ClientException for the first rule that it breaks.
    static func normalize(_ input: JSON) throws(EngineError) -> JSON {
        let family = input["family"].string ?? ""
        guard Transaction.isName(family, limit: 255) else {
            throw .client("Family \"\(family)\" should match the pattern ^[a-zA-Z0-9-_]{1,255}$ (letters, numbers, hyphens and underscores).")
        }
        let containers = input["containerDefinitions"].array
        guard !containers.isEmpty else { throw .client("Task definition must have at least one container definition.") }
        try checkNames(containers)
        for container in containers { try check(container, in: input) }
        guard containers.contains(where: { $0["essential"].bool ?? true }) else {
            throw .client("Invalid 'essential' setting for containers. At least one container must be essential.")
        }
        try checkDependencies(containers)
        if input["requiresCompatibilities"].strings.contains("FARGATE") {
            guard input["networkMode"].string == "awsvpc" else { throw .client("Fargate only supports network mode ‘awsvpc’.") }
            guard !input["cpu"].isNull, !input["memory"].isNull else {
                throw .client("Fargate requires task definition to have cpu and memory at the task level.")
            }
        }
        return complete(input)
    }

    private static func checkNames(_ containers: [JSON]) throws(EngineError) {
        var seen: Set<String> = []
        for container in containers {
            let name = container["name"].string ?? ""
            guard Transaction.isName(name, limit: 255) else { throw .client("Container.name should match the pattern ^[a-zA-Z0-9-_]{1,255}$.") }
            guard seen.insert(name).inserted else { throw .client("Container.name must be unique; \"\(name)\" is used more than once.") }
        }
    }

    private static func check(_ container: JSON, in input: JSON) throws(EngineError) {
        let name = container["name"].string ?? ""
        guard container["image"].string?.isEmpty == false else { throw .client("Container.image should not be null or empty.") }
        let memory = container["memory"].int
        let reservation = container["memoryReservation"].int
        if memory == nil, reservation == nil, input["memory"].isNull {
            throw .client("Invalid setting for container '\(name)'. At least one of 'memory' or 'memoryReservation' must be specified.")
        }
        if let memory, memory < 6 { throw .client("Invalid setting for container '\(name)'. 'memory' must be at least 6 MiB.") }
        if let memory, let reservation, reservation > memory {
            throw .client("Invalid setting for container '\(name)'. 'memory' must be greater than or equal to 'memoryReservation'.")
        }
        let volumes = Set(input["volumes"].array.compactMap { $0["name"].string })
        for mount in container["mountPoints"].array {
            guard let volume = mount["sourceVolume"].string, volumes.contains(volume) else {
                throw .client("Unknown volume '\(mount["sourceVolume"].string ?? "")' in mount point of container '\(name)'.")
            }
        }
        for mapping in container["portMappings"].array {
            for port in [mapping["containerPort"].int, mapping["hostPort"].int].compactMap(\.self) where !(0...65535).contains(port) {
                throw .client("Invalid port \(port) in container '\(name)': ports are numbers from 0 to 65535.")
            }
            if input["networkMode"].string == "awsvpc", let host = mapping["hostPort"].int, host != 0, host != mapping["containerPort"].int {
                throw .client("When networkMode=awsvpc, the host ports and container ports in port mappings must match.")
            }
        }
    }

    private static func checkDependencies(_ containers: [JSON]) throws(EngineError) {
        let byName = Dictionary(containers.map { ($0["name"].string ?? "", $0) }, uniquingKeysWith: { first, _ in first })
        for container in containers {
            let name = container["name"].string ?? ""
            for dependency in container["dependsOn"].array {
                let target = dependency["containerName"].string ?? ""
                guard let other = byName[target], target != name else {
                    throw .client("Container '\(name)' depends on '\(target)', which is not another container of the task definition.")
                }
                let condition = dependency["condition"].string ?? ""
                if condition == "HEALTHY", other["healthCheck"].isNull {
                    throw .client("Container '\(name)' depends on '\(target)' being HEALTHY, but '\(target)' has no health check.")
                }
                if condition == "COMPLETE" || condition == "SUCCESS", other["essential"].bool ?? true {
                    throw .client("Container '\(name)' waits for '\(target)' to end (\(condition)), but '\(target)' is essential.")
                }
            }
        }
        var done: Set<String> = []
        var rest = containers
        while !rest.isEmpty {
            let ready = rest.filter { $0["dependsOn"].array.allSatisfy { done.contains($0["containerName"].string ?? "") } }
            guard !ready.isEmpty else { throw .client("There is a circular dependency between the containers.") }
            done.formUnion(ready.compactMap { $0["name"].string })
            rest.removeAll { done.contains($0["name"].string ?? "") }
        }
    }

    private static func complete(_ input: JSON) -> JSON {
        var body = input
        body["tags"] = .null
        body["containerDefinitions"] = .array(
            input["containerDefinitions"].array.map { container in
                var container = container
                for (key, value): (String, JSON) in [("cpu", 0), ("essential", true)] where container[key].isNull { container[key] = value }
                for key in ["portMappings", "environment", "mountPoints", "volumesFrom", "systemControls"] where container[key].isNull {
                    container[key] = []
                }
                container["portMappings"] = .array(
                    container["portMappings"].array.map { mapping in
                        var mapping = mapping
                        if mapping["hostPort"].isNull {
                            mapping["hostPort"] =
                                input["networkMode"].string == "awsvpc" || input["networkMode"].string == "host" ? mapping["containerPort"] : 0
                        }
                        if mapping["protocol"].isNull { mapping["protocol"] = "tcp" }
                        return mapping
                    })
                if var check = Optional(container["healthCheck"]), !check.isNull {
                    for (key, value): (String, JSON) in [("interval", 30), ("timeout", 5), ("retries", 3)] where check[key].isNull {
                        check[key] = value
                    }
                    container["healthCheck"] = check
                }
                return container
            })
        for key in ["volumes", "placementConstraints"] where body[key].isNull { body[key] = [] }
        return body
    }
}
