import ServiceModel

/// How a definition's author calls a field of a request: `containerDefinitions.app.environment.PORT.value` is `app.env.PORT`.
enum FieldName {
    static func text(_ path: DocumentPath, in shape: String) -> String {
        var words: [String] = []
        var type = shape
        for component in path {
            guard case .key(let key) = component else {
                words.append(component.description)
                continue
            }
            switch ServiceModel.ecs.shape(type) {
            case .structure(let structure):
                words.append(structure.members[key] == nil ? key : Naming.snakeCase(key))
                type = structure.members[key]?.type ?? "document"
            case .list(let element), .map(let element):
                words.append(key)
                type = element
            default: words.append(key)
            }
        }
        return inDefinition(words)
    }

    private static func inDefinition(_ words: [String]) -> String {
        var words = words
        if words.first == "container_definitions", words.count > 1 {
            words.removeFirst()
            let isApp = words[0] == "app"
            if words.count > 1, words[1] == "environment" { words[1] = "env" }
            if words.count == 2, words[1] == "image", !isApp { words[1] = "image_tag" }
            if !isApp { words.insert("sidecars", at: 0) }
        } else if words.first != "volumes" {
            words.insert("scheduler", at: 0)
        }
        let isPair = words.last == "value" && words.count > 2 && ["env", "tags"].contains(words[words.count - 3])
        if isPair { words.removeLast() }
        return words.joined(separator: ".")
    }
}
