import ServiceModel

/// `AddTags`, `RemoveTags` and `DescribeTags`, for every kind of resource.
enum TagOperations {
    static func add(_ state: inout LoadBalancingState, _ input: JSON, _ context: LoadBalancingContext) throws(EngineError) -> JSON {
        let added = try read(input["Tags"])
        for arn in input["ResourceArns"].strings {
            try change(arn, in: &state) { (tags) throws(EngineError) in
                for tag in added {
                    if let index = tags.firstIndex(where: { $0.key == tag.key }) { tags[index] = tag } else { tags.append(tag) }
                }
                try checkCount(tags)
            }
        }
        return [:]
    }

    static func remove(_ state: inout LoadBalancingState, _ input: JSON, _ context: LoadBalancingContext) throws(EngineError) -> JSON {
        let keys = Set(input["TagKeys"].strings)
        for arn in input["ResourceArns"].strings {
            try change(arn, in: &state) { (tags) throws(EngineError) in tags.removeAll { keys.contains($0.key) } }
        }
        return [:]
    }

    static func describe(_ state: inout LoadBalancingState, _ input: JSON, _ context: LoadBalancingContext) throws(EngineError) -> JSON {
        var descriptions: [JSON] = []
        for arn in input["ResourceArns"].strings {
            var found: [ResourceTag] = []
            try change(arn, in: &state) { (tags) throws(EngineError) in found = tags }
            descriptions.append(["ResourceArn": .string(arn), "Tags": .array(found.map { ["Key": .string($0.key), "Value": .string($0.value)] })])
        }
        return ["TagDescriptions": .array(descriptions)]
    }

    /// The tags of a request's list.
    static func read(_ list: JSON) throws(EngineError) -> [ResourceTag] {
        var tags: [ResourceTag] = []
        for each in list.array {
            let key = each["Key"].string ?? ""
            guard (1...128).contains(key.count) else { throw .validation("Tag key '\(key)' must be between 1 and 128 characters") }
            guard !tags.contains(where: { $0.key == key }) else {
                throw EngineError(code: "DuplicateTagKeys", message: "A tag key was specified more than once")
            }
            tags.append(ResourceTag(key: key, value: each["Value"].string ?? ""))
        }
        try checkCount(tags)
        return tags
    }

    private static func checkCount(_ tags: [ResourceTag]) throws(EngineError) {
        guard tags.count <= 50 else {
            throw EngineError(code: "TooManyTags", message: "The maximum number of tags for this resource has been reached")
        }
    }

    private static func change(
        _ arn: String, in state: inout LoadBalancingState, _ body: (inout [ResourceTag]) throws(EngineError) -> Void
    ) throws(EngineError) {
        if var row = state.loadBalancers[arn] {
            try body(&row.tags)
            state.loadBalancers[arn] = row
        } else if var row = state.targetGroups[arn] {
            try body(&row.tags)
            state.targetGroups[arn] = row
        } else if var row = state.listeners[arn] {
            try body(&row.tags)
            state.listeners[arn] = row
        } else if var row = state.rules[arn] {
            try body(&row.tags)
            state.rules[arn] = row
        } else if arn.contains(":targetgroup/") {
            throw .targetGroupsNotFound(arn)
        } else if arn.contains(":listener/") {
            throw .listenersNotFound
        } else if arn.contains(":listener-rule/") {
            throw .rulesNotFound
        } else if arn.contains(":loadbalancer/") {
            throw .loadBalancersNotFound(arn)
        } else {
            throw .validation("'\(arn)' is not a valid load balancer ARN")
        }
    }
}

extension EngineError {
    /// - Parameter names: the names or ARNs that do not exist; nil for the message that names none.
    static func loadBalancersNotFound(_ names: String?) -> EngineError {
        EngineError(
            code: "LoadBalancerNotFound", message: names.map { "Load balancers '[\($0)]' not found" } ?? "One or more load balancers not found")
    }

    /// - Parameter names: the names or ARNs that do not exist; nil for the message that names none.
    static func targetGroupsNotFound(_ names: String?) -> EngineError {
        EngineError(code: "TargetGroupNotFound", message: names.map { "Target groups '[\($0)]' not found" } ?? "One or more target groups not found")
    }

    static let listenersNotFound = EngineError(code: "ListenerNotFound", message: "One or more listeners not found")
    static let rulesNotFound = EngineError(code: "RuleNotFound", message: "One or more rules not found")
}
