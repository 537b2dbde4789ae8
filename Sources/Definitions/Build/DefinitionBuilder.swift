import ServiceModel

/// Checks a document and makes requests of it. All that is wrong ends up in ``problems``.
struct DefinitionBuilder {
    let appID: String
    let source: LoadedDocument
    let tag: String?
    /// The names that `monitoring.thresholds` may have; nil for those of the organization that the definition belongs to.
    let thresholds: Set<String>?
    private(set) var problems: [Problem] = []

    init(appID: String, source: LoadedDocument, tag: String?, thresholds: Set<String>?) {
        self.appID = appID
        self.source = source
        self.tag = tag
        self.thresholds = thresholds
    }

    /// - Parameter isExpanding: whether `#{name}` in `env` gives way to the providers' values.
    mutating func build(file: String, document: JSON, isExpanding: Bool) -> Definition {
        let checked = check(source.value)
        let containers = environments(of: containers(checked), isExpanding: isExpanding)
        let definitions = containers.map { container in
            ContainerBuilder.definition(container, image: ImageReference.image(of: container, tag: tag, problems: &problems))
        }
        let scheduler = checked["scheduler"]
        let volumes = checked["volumes"].object.map { name, spec in Self.volume(name, spec) }
        let taskDefinition = taskDefinition(scheduler, definitions, volumes)
        var loadBalancing: LoadBalancing?
        if !scheduler["elb_v2"].isNull {
            loadBalancing = LoadBalancing(scheduler["elb_v2"], appID: appID, networkMode: scheduler["networkMode"].string)
        }
        var checks = SemanticChecks(
            document: source.value, checked: checked, containers: containers, definitions: definitions, loadBalancing: loadBalancing, appID: appID)
        checks.run()
        problems += checks.problems
        var monitoring = MonitoringBuilder(containers: containers, loadBalancing: loadBalancing, directory: source.directory, thresholds: thresholds)
        let monitored = monitoring.build(source.value["monitoring"], checked["monitoring"])
        var alerts = AlertRulesBuilder(appID: appID)
        let rules = alerts.build(checked["alerts"]) { source.mark(of: $0, isAboutKey: false) }
        var objectives = ObjectivesBuilder(appID: appID, isBalanced: loadBalancing != nil, isScraped: monitored?.port != nil)
        let promises = objectives.build(checked["objectives"]) { source.mark(of: $0, isAboutKey: false) }
        problems += monitoring.problems + alerts.problems + objectives.problems
        return Definition(
            appID: appID, file: file, document: document, cluster: scheduler["cluster"].string ?? "default", region: scheduler["region"].string,
            owner: checked["owner"].string, project: checked["project"].string, taskDefinition: taskDefinition,
            service: ServiceBuilder.service(scheduler, appID: appID, isBalanced: loadBalancing != nil),
            runTask: ServiceBuilder.runTask(scheduler), loadBalancing: loadBalancing, monitoring: monitored, alerts: rules, objectives: promises,
            sources: source.files)
    }

    /// The document with ECS's names and types, without what hako has and jubako does not yet.
    private mutating func check(_ document: JSON) -> JSON {
        var document = document
        refuse(DefinitionModel.unsupported, in: &document, at: [])
        var scheduler = document["scheduler"]
        refuse(DefinitionModel.unsupportedInScheduler, in: &scheduler, at: [.key("scheduler")])
        if scheduler["dynamic_port_mapping"].bool == false {
            problems.append(
                Problem("dynamic_port_mapping: false is not supported yet", at: [.key("scheduler"), .key("dynamic_port_mapping")], isAboutKey: true))
        }
        for (key, reason) in DefinitionModel.decidedElsewhere where scheduler.object[key] != nil {
            problems.append(Problem("\(key) cannot be set here: \(reason)", at: [.key("scheduler"), .key(key)], isAboutKey: true))
            scheduler[key] = .null
        }
        if case .object = scheduler { document["scheduler"] = scheduler }
        if document["monitoring"].bool != nil { document["monitoring"] = .null }  // a short form, read by MonitoringBuilder
        document = ObjectivesBuilder.expanded(document)
        // env has rules of its own: $providers, and no value but text
        if case .object = document["app"] { document["app"]["env"] = .null }
        for group in ["sidecars", "additional_containers"] {
            for (name, container) in document[group].object {
                if case .object = container { document[group][name]["env"] = .null }
            }
        }
        let source = source
        var checker = Checker(model: DefinitionModel.model, style: .definition) { source.spelling(of: $0) }
        let checked = checker.check(document, as: "Definition")
        problems += checker.problems
        return checked
    }

    private mutating func refuse(_ keys: [String], in value: inout JSON, at path: DocumentPath) {
        guard case .object(var members) = value else { return }
        for key in keys where members[key] != nil {
            problems.append(Problem("\(key) is not supported yet", at: path + [.key(key)], isAboutKey: true))
            members[key] = nil
        }
        value = .object(members)
    }

    /// `app`, then the sidecars in the order of the file.
    private mutating func containers(_ checked: JSON) -> [SourceContainer] {
        let document = source.value
        let old: PathComponent = .key("additional_containers")
        let group = document["sidecars"].isNull ? "additional_containers" : "sidecars"
        if group == "sidecars", !document["additional_containers"].isNull {
            problems.append(Problem("additional_containers is the old name of sidecars: keep one of them", at: [old], isAboutKey: true))
        }
        var containers = [SourceContainer(name: "app", path: [.key("app")], written: document["app"], checked: checked["app"])]
        for (name, written) in document[group].object {
            if name == "app" { problems.append(Problem("a sidecar cannot be called app", at: [.key(group), .key(name)], isAboutKey: true)) }
            containers.append(
                SourceContainer(name: name, path: [.key(group), .key(name)], written: written, checked: checked[group][name]))
        }
        return containers
    }

    private mutating func environments(of containers: [SourceContainer], isExpanding: Bool) -> [SourceContainer] {
        let source = source
        var resolver = EnvironmentResolver(directory: source.directory) { source.spelling(of: $0) }
        let resolved = containers.map { container in
            var container = container
            container.environment = resolver.resolve(container.written["env"], at: container.path(.key("env")), isExpanding: isExpanding)
            return container
        }
        problems += resolver.problems
        return resolved
    }

    /// hako writes a host volume's path straight under its name.
    private static func volume(_ name: String, _ spec: JSON) -> JSON {
        var volume = spec
        volume["name"] = .string(name)
        let path = volume["source_path"]
        volume["source_path"] = .null
        let isElsewhere = volume.object.contains { $0.key.hasSuffix("VolumeConfiguration") || $0.key == "configuredAtLaunch" }
        if !isElsewhere, volume["host"].isNull { volume["host"] = .compact(["sourcePath": path]) }
        return ContainerBuilder.picked(volume, "Volume")
    }

    private func taskDefinition(_ scheduler: JSON, _ containers: [JSON], _ volumes: [JSON]) -> JSON {
        var request = scheduler
        request["family"] = .string(appID)
        request["containerDefinitions"] = .array(containers)
        request["volumes"] = .array(volumes)
        request["placementConstraints"] = scheduler["task_placement_constraints"]
        request["tags"] = ServiceBuilder.tags(scheduler["tags"])
        return ContainerBuilder.picked(request, "RegisterTaskDefinitionRequest")
    }
}
