public import ServiceModel

/// A task definition as data: what ECS answers, and what a request to register it says.
public enum TaskDefinitionForm {
    /// The shape of the request in the field tables.
    public static let shape = "RegisterTaskDefinitionRequest"

    /// Labels that deploy tools stamp with their own version. A new version of a tool is no change of the app.
    static let toolLabels: Set<String> = ["cc.wanko.hako.version"]

    /// The request that would register what DescribeTaskDefinition answered; what only the server writes (ARN, revision, status,
    /// compatibilities, dates) is left out.
    ///
    /// - Parameter answer: the whole answer: `{taskDefinition, tags}`.
    public static func request(describing answer: JSON) -> JSON {
        let known = ServiceModel.ecs.structure(shape).members
        var request = answer["taskDefinition"].object.filter { known[$0.key] != nil }
        request["tags"] = answer["tags"].array.isEmpty ? nil : answer["tags"]
        return .object(request)
    }

    /// Where the desired request differs from the live one. Both sides may leave out defaults, use units, or name host ports that follow
    /// from the network mode.
    public static func differences(from live: JSON, to desired: JSON) -> [Difference] {
        Comparison().differences(from: comparable(live), to: comparable(desired), as: shape)
    }

    /// The request without the several spellings that ECS accepts for one thing.
    static func comparable(_ request: JSON) -> JSON {
        var result = request
        result["cpu"] = quantity(request["cpu"], unit: "vcpu")
        result["memory"] = quantity(request["memory"], unit: "gb")
        let sharesPorts = ["awsvpc", "host"].contains(request["networkMode"].string)
        result["containerDefinitions"] = .array(request["containerDefinitions"].array.map { comparable(container: $0, sharesPorts: sharesPorts) })
        return result
    }

    private static func comparable(container: JSON, sharesPorts: Bool) -> JSON {
        var result = container
        let labels = container["dockerLabels"].object.filter { !toolLabels.contains($0.key) }
        result["dockerLabels"] = labels.isEmpty ? .null : .object(labels)
        if sharesPorts {
            // The container's port is the host's, whether the request says so or not.
            result["portMappings"] = .array(
                container["portMappings"].array.map { mapping in
                    var mapping = mapping
                    mapping["hostPort"] = nil
                    return mapping
                })
        }
        return result
    }

    /// `1 vCPU` is 1024 units, `0.5 GB` is 512 MiB; a number without a unit is one already.
    private static func quantity(_ value: JSON, unit: String) -> JSON {
        guard let text = value.scalarText else { return value }
        let compact = text.lowercased().filter { !$0.isWhitespace }
        guard compact.hasSuffix(unit), let number = Double(compact.dropLast(unit.count)) else { return .string(compact) }
        return .string(String(Int((number * 1024).rounded())))
    }
}
