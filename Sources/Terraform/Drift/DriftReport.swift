public import ServiceModel

/// What somebody changed past Terraform in one project. It names attributes, never their values.
public struct DriftReport: Sendable {
    public struct Resource: Sendable, Hashable {
        public let address: String
        public let type: String
        /// It is gone from the provider.
        public let isDeleted: Bool
        /// The names of the attributes that differ.
        public let attributes: [String]
        /// The project's tag is not what it was: the resource is in other hands.
        public let hasLostItsTag: Bool
    }

    public let project: String
    /// A lost tag first, then what is gone.
    public let resources: [Resource]

    /// - Parameter plan: what `show -json` says of a plan that only refreshes.
    init(project: String, plan: JSON, rule: TagRule) {
        self.project = project
        let found = plan["resource_drift"].array.compactMap { entry -> Resource? in
            guard let address = entry["address"].string else { return nil }
            let (before, after) = (entry["change"]["before"], entry["change"]["after"])
            let isDeleted = entry["change"]["actions"].strings == ["delete"]
            let names = isDeleted ? [] : Set(before.object.keys).union(after.object.keys).filter { before[$0] != after[$0] }.sorted()
            return Resource(
                address: address, type: entry["type"].string ?? "", isDeleted: isDeleted, attributes: names,
                hasLostItsTag: !isDeleted && TagRecheck.isTagged(before, rule) && !TagRecheck.isTagged(after, rule))
        }
        func rank(_ resource: Resource) -> Int { resource.hasLostItsTag ? 0 : resource.isDeleted ? 1 : 2 }
        resources = found.filter { $0.isDeleted || !$0.attributes.isEmpty }.sorted { (rank($0), $0.address) < (rank($1), $1.address) }
    }

    /// For people.
    public var text: String {
        guard !resources.isEmpty else { return "\(project): no drift" }
        let lines = resources.map { resource in
            if resource.isDeleted { return "  - \(resource.address): it is gone" }
            let tag = resource.hasLostItsTag ? " (it lost its project's tag: somebody else may have it now)" : ""
            return "  \(resource.hasLostItsTag ? "!" : "~") \(resource.address): \(resource.attributes.joined(separator: ", "))\(tag)"
        }
        return ([line] + lines).joined(separator: "\n")
    }

    /// One line.
    public var line: String {
        let (gone, lost) = (resources.count { $0.isDeleted }, resources.count { $0.hasLostItsTag })
        let parts = [
            lost > 0 ? "\(lost) lost the tag" : nil, gone > 0 ? "\(gone) gone" : nil,
            resources.count > gone + lost ? "\(resources.count - gone - lost) changed" : nil,
        ].compactMap { $0 }
        return "\(project): " + (parts.isEmpty ? "no drift" : parts.joined(separator: ", ") + ", past Terraform")
    }

    public var json: JSON {
        .object([
            "project": .string(project), "drift": .bool(!resources.isEmpty),
            "resources": .array(
                resources.map { resource in
                    .object([
                        "address": .string(resource.address), "type": .string(resource.type), "gone": .bool(resource.isDeleted),
                        "attributes": JSON(resource.attributes), "lost_tag": .bool(resource.hasLostItsTag),
                    ])
                }),
        ])
    }
}
