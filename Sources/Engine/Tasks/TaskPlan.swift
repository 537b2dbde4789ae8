import ServiceModel

/// A task in Docker's terms: the volumes to make, and for each container the body of its create request.
struct TaskPlan: Sendable, Hashable {
    struct Volume: Sendable, Hashable {
        /// The name in Docker.
        let name: String
        let driver: String
        let options: [String: String]
        let labels: [String: String]
        /// A shared volume that has to exist already.
        let isExpected: Bool
    }

    struct Container: Sendable, Hashable {
        let definition: TaskMachine.Definition
        /// The body of `POST /containers/create`.
        let body: JSON
        /// The image can only be fetched with credentials that this engine cannot get.
        let needsCredentials: Bool
        /// Known beforehand: with the host's own network nothing is mapped.
        let hostBindings: [TaskSnapshot.Binding]
    }

    let containers: [Container]
    let volumes: [Volume]

    /// A plan with nothing in it, for a task that cannot be planned.
    static let empty = TaskPlan(containers: [], volumes: [])

    private init(containers: [Container], volumes: [Volume]) {
        self.containers = containers
        self.volumes = volumes
    }

    /// - Parameters:
    ///   - engineID: the value of the label by which this engine finds its containers.
    ///   - hostIP: the address on which mapped ports listen.
    init(_ spec: TaskSpec, engineID: String, hostIP: String = "127.0.0.1") throws(TaskPlanError) {
        let definition = spec.taskDefinition
        try Self.refuseUnsupported(definition)
        var labels = [
            "com.amazonaws.ecs.task-arn": spec.arn,
            "com.amazonaws.ecs.task-definition-family": spec.family,
            "com.amazonaws.ecs.task-definition-version": String(spec.revision),
            "com.amazonaws.ecs.cluster": spec.cluster,
            TaskSpec.engineLabel: engineID,
            TaskSpec.taskLabel: spec.id,
        ]
        var sources: [String: String] = [:]
        var volumes: [Volume] = []
        for volume in definition["volumes"].array {
            let (source, plan) = try Self.volume(volume, spec, labels)
            sources[volume["name"].string ?? ""] = source
            if let plan { volumes.append(plan) }
        }
        let bounds = TaskBounds(spec)
        var containers: [Container] = []
        for container in definition["containerDefinitions"].array {
            labels[TaskSpec.containerLabel] = container["name"].string ?? ""
            let translation = ContainerTranslation(
                spec: spec, definition: container, labels: labels, sources: sources, bounds: bounds, hostIP: hostIP)
            containers.append(try translation.container())
        }
        self.containers = containers
        self.volumes = volumes
    }

    /// The name in Docker, as ECS's agent forms it. It is the same each time, so that a create request can be repeated.
    static func dockerName(_ spec: TaskSpec, _ container: String) -> String {
        "ecs-\(spec.family)-\(spec.revision)-\(container)-\(spec.id)"
    }

    private static func refuseUnsupported(_ definition: JSON) throws(TaskPlanError) {
        let mode = definition["networkMode"].string ?? "bridge"
        guard ["bridge", "host", "none"].contains(mode) else {
            throw TaskPlanError(message: "networkMode \(mode) is not supported by this engine yet; use bridge or host")
        }
        if definition["ipcMode"].string == "task" { throw .unsupported("ipcMode task") }
        if definition["pidMode"].string == "task" { throw .unsupported("pidMode task") }
        for key in ["proxyConfiguration", "inferenceAccelerators"] where !definition[key].object.isEmpty || !definition[key].array.isEmpty {
            throw .unsupported(key)
        }
    }

    private static func volume(
        _ volume: JSON, _ spec: TaskSpec, _ labels: [String: String]
    ) throws(TaskPlanError) -> (source: String, plan: Volume?) {
        let name = volume["name"].string ?? ""
        for key in ["efsVolumeConfiguration", "s3filesVolumeConfiguration", "fsxWindowsFileServerVolumeConfiguration"] where !volume[key].isNull {
            throw .unsupported("\(key) of volume '\(name)'")
        }
        if volume["configuredAtLaunch"].bool == true { throw .unsupported("configuredAtLaunch of volume '\(name)'") }
        if let path = volume["host"]["sourcePath"].string, !path.isEmpty { return (path, nil) }
        let docker = volume["dockerVolumeConfiguration"]
        let isShared = docker["scope"].string == "shared"
        let source = isShared ? name : dockerName(spec, name)
        let own = docker["labels"].object.reduce(into: [:]) { $0[$1.key] = $1.value.string }
        let plan = Volume(
            name: source, driver: docker["driver"].string ?? "local",
            options: docker["driverOpts"].object.reduce(into: [:]) { $0[$1.key] = $1.value.string },
            labels: isShared ? own : own.merging(labels) { _, ours in ours },  // what carries our labels goes with the task
            isExpected: isShared && docker["autoprovision"].bool != true)
        return (source, plan)
    }
}
