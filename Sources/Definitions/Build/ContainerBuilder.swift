import ServiceModel

/// One container of the file: where it stands, what it says, and what is left of that after the check.
struct SourceContainer {
    let name: String
    let path: DocumentPath
    let written: JSON
    /// ECS's own names and types.
    let checked: JSON
    var environment: JSONObject = [:]

    var isApp: Bool { path.count == 1 }

    func path(_ keys: PathComponent...) -> DocumentPath { path + keys }
}

/// Makes ECS's container definition of a container of the file.
enum ContainerBuilder {
    /// - Parameter image: with its tag or digest.
    static func definition(_ container: SourceContainer, image: String) -> JSON {
        var values = container.checked
        values["name"] = .string(container.name)
        values["image"] = .string(image)
        let variables = container.environment.map { name, value in JSON.object(["name": .string(name), "value": value]) }
        values["environment"] = .array(variables + values["environment"].array)
        for (key, value) in defaults where values[key].isNull { values[key] = value }
        fill(&values, "portMappings", ["protocol": "tcp"])
        fill(&values, "mountPoints", ["readOnly": false])
        fill(&values, "volumesFrom", ["readOnly": false])
        if !values["healthCheck"].isNull { fill(&values["healthCheck"], ["interval": 30, "retries": 3, "timeout": 5]) }
        if !values["linuxParameters"].isNull {
            if !values["linuxParameters"]["capabilities"].isNull { fill(&values["linuxParameters"]["capabilities"], ["add": [], "drop": []]) }
            fill(&values["linuxParameters"], "devices", ["permissions": []])
            fill(&values["linuxParameters"], "tmpfs", ["mountOptions": []])
        }
        return picked(values, "ContainerDefinition")
    }

    /// What hako sends where a definition says nothing.
    private static let defaults: KeyValuePairs<String, JSON> = [
        "cpu": 0, "links": [], "portMappings": [], "essential": true, "dockerLabels": .object([:]), "mountPoints": [], "volumesFrom": [],
        "privileged": false,
    ]

    private static func fill(_ value: inout JSON, _ list: String, _ defaults: KeyValuePairs<String, JSON>) {
        guard case .array(let elements) = value[list] else { return }
        value[list] = .array(
            elements.map { element in
                var element = element
                fill(&element, defaults)
                return element
            })
    }

    private static func fill(_ value: inout JSON, _ defaults: KeyValuePairs<String, JSON>) {
        for (key, fallback) in defaults where value[key].isNull { value[key] = fallback }
    }

    /// The members that `structure` of ECS has, in its order.
    static func picked(_ values: JSON, _ structure: String) -> JSON {
        var result = JSONObject()
        for name in ServiceModel.ecs.structure(structure).members.keys where !values[name].isNull { result[name] = values[name] }
        return .object(result)
    }
}
