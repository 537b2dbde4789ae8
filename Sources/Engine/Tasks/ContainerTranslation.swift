import ServiceModel

/// One container definition on its way to Docker.
struct ContainerTranslation: Sendable {
    let spec: TaskSpec
    let definition: JSON
    let labels: [String: String]
    /// By volume name: the host path or the name of the Docker volume.
    let sources: [String: String]
    let bounds: TaskBounds
    let hostIP: String

    var name: String { definition["name"].string ?? "" }
    var networkMode: String { spec.taskDefinition["networkMode"].string ?? "bridge" }
    var override: JSON { Self.override(spec, name) }

    static func override(_ spec: TaskSpec, _ container: String) -> JSON {
        spec.overrides["containerOverrides"].array.first { $0["name"].string == container } ?? .null
    }

    func container() throws(TaskPlanError) -> TaskPlan.Container {
        try refuseUnsupported()
        return TaskPlan.Container(
            definition: lifeCycle, body: body, needsCredentials: !definition["repositoryCredentials"].isNull,
            hostBindings: networkMode == "host" ? hostBindings : [])
    }

    private func refuseUnsupported() throws(TaskPlanError) {
        if !definition["secrets"].array.isEmpty { throw .resources("secrets of container '\(name)' are") }
        if !definition["environmentFiles"].array.isEmpty || !override["environmentFiles"].array.isEmpty {
            throw .resources("environmentFiles of container '\(name)' are")
        }
        for key in ["firelensConfiguration", "credentialSpecs", "resourceRequirements"] {
            guard definition[key].object.isEmpty, definition[key].array.isEmpty else { throw .unsupported("\(key) of container '\(name)'") }
        }
        if definition["portMappings"].array.contains(where: { !$0["containerPortRange"].isNull }) {
            throw .unsupported("containerPortRange of container '\(name)'")
        }
        for volume in definition["mountPoints"].array.compactMap({ $0["sourceVolume"].string }) where sources[volume] == nil {
            throw TaskPlanError(message: "mount point of container '\(name)' names the volume '\(volume)', which the task definition does not have")
        }
    }

    private var hostBindings: [TaskSnapshot.Binding] {
        definition["portMappings"].array.compactMap { mapping in
            mapping["containerPort"].int.map {
                TaskSnapshot.Binding(bindIP: "0.0.0.0", containerPort: $0, hostPort: $0, transport: mapping["protocol"].string ?? "tcp")
            }
        }
    }

    // MARK: Order and life

    private var lifeCycle: TaskMachine.Definition {
        let policy = definition["restartPolicy"]
        return TaskMachine.Definition(
            name: name, dockerName: TaskPlan.dockerName(spec, name), image: definition["image"].string ?? "",
            isEssential: definition["essential"].bool ?? true, dependencies: dependencies,
            hasHealthCheck: (healthCheck["Test"][0].string ?? "NONE") != "NONE", startTimeout: definition["startTimeout"].int,
            stopTimeout: definition["stopTimeout"].int ?? TaskMachine.defaultStopTimeout,
            restartPolicy: policy["enabled"].bool != true
                ? nil
                : TaskMachine.Definition.RestartPolicy(
                    ignoredExitCodes: Set(policy["ignoredExitCodes"].array.compactMap(\.int)),
                    attemptPeriod: policy["restartAttemptPeriod"].int ?? 300))
    }

    private var dependencies: [TaskMachine.Definition.Dependency] {
        let explicit = definition["dependsOn"].array.map {
            TaskMachine.Definition.Dependency(
                container: $0["containerName"].string ?? "", condition: $0["condition"].string.flatMap { .init(rawValue: $0) } ?? .start)
        }
        let links = definition["links"].strings.map { String($0.prefix { $0 != ":" }) }
        let volumes = definition["volumesFrom"].array.compactMap { $0["sourceContainer"].string }
        let implicit = Set(links + volumes).sorted().map {
            TaskMachine.Definition.Dependency(container: $0, condition: .start, isNeededToCreate: true)
        }
        return explicit + implicit
    }

    // MARK: The create request

    private var body: JSON {
        .compact([
            "Image": definition["image"],
            "Cmd": override["command"].isNull ? Self.list(definition["command"]) : override["command"],
            "Entrypoint": Self.list(definition["entryPoint"]),
            "Env": JSON(environment),
            "Labels": Self.object(definition["dockerLabels"].object.compactMapValues(\.string).merging(labels) { _, ours in ours }.map { ($0, $1) }),
            "Healthcheck": healthCheck,
            "StopTimeout": .integer(definition["stopTimeout"].int ?? TaskMachine.defaultStopTimeout),
            "User": definition["user"],
            "WorkingDir": definition["workingDirectory"],
            "Hostname": definition["hostname"],
            "OpenStdin": definition["interactive"],
            "Tty": definition["pseudoTerminal"],
            "ExposedPorts": exposedPorts,
            "HostConfig": hostConfig,
        ])
    }

    private var environment: [String] {
        var variables = JSONObject()
        for variable in definition["environment"].array + override["environment"].array {
            if let name = variable["name"].string { variables[name] = variable["value"] }
        }
        return variables.map { "\($0.key)=\($0.value.string ?? "")" }
    }

    /// Only the task definition's check counts, not the image's.
    private var healthCheck: JSON {
        let check = definition["healthCheck"]
        guard !check["command"].array.isEmpty else { return ["Test": ["NONE"]] }
        func nanoseconds(_ key: String, _ standard: Int) -> JSON { .integer((check[key].int ?? standard) * 1_000_000_000) }
        return [
            "Test": check["command"], "Interval": nanoseconds("interval", 30), "Timeout": nanoseconds("timeout", 5),
            "Retries": .integer(check["retries"].int ?? 3), "StartPeriod": nanoseconds("startPeriod", 0),
        ]
    }

    private var exposedPorts: JSON {
        guard networkMode == "bridge", !ports.isEmpty else { return .null }
        return Self.object(ports.map { ($0.key, [:]) })
    }

    /// `port/protocol` and the host port, empty for one that Docker chooses.
    var ports: [(key: String, hostPort: String)] {
        definition["portMappings"].array.compactMap { mapping in
            guard let port = mapping["containerPort"].int else { return nil }
            let hostPort = mapping["hostPort"].int ?? 0
            return ("\(port)/\(mapping["protocol"].string ?? "tcp")", hostPort == 0 ? "" : String(hostPort))
        }
    }

    /// An empty list means "what the image says", as an absent one does.
    private static func list(_ json: JSON) -> JSON { json.array.isEmpty ? .null : json }

    static func object(_ members: [(String, JSON)]) -> JSON {
        .object(JSONObject(members.sorted { $0.0 < $1.0 }, uniquingKeysWith: { _, last in last }))
    }

    private static func object(_ members: [(String, String)]) -> JSON {
        object(members.map { ($0, JSON.string($1)) })
    }
}
