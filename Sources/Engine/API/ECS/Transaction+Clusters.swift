import ServiceModel

extension Transaction {
    mutating func createCluster(_ input: JSON) throws(EngineError) -> JSON {
        let name = input["clusterName"].string ?? "default"
        guard Self.isName(name, limit: 255) else {
            throw .invalidParameter("Identifier is for \(name). Cluster names have up to 255 letters, numbers, hyphens and underscores.")
        }
        var cluster = state.clusters[name] ?? Cluster(name: name, arn: context.locality.cluster(name))
        if cluster.status == .inactive || state.clusters[name] == nil {
            cluster.status = .active
            cluster.settings = input["settings"].isNull ? [["name": "containerInsights", "value": "disabled"]] : input["settings"]
            cluster.configuration = input["configuration"]
            cluster.capacityProviders = .array(input["capacityProviders"].array)
            cluster.defaultCapacityProviderStrategy = .array(input["defaultCapacityProviderStrategy"].array)
            cluster.tags = .array(input["tags"].array)
            state.clusters[name] = cluster
        }
        return ["cluster": describe(cluster, include: ["TAGS", "SETTINGS", "CONFIGURATIONS"])]
    }

    mutating func deleteCluster(_ input: JSON) throws(EngineError) -> JSON {
        guard input["cluster"].string?.isEmpty == false else { throw .invalidParameter("Cluster cannot be empty.") }
        let cluster = try cluster(input)
        if state.services.values.contains(where: { $0.cluster == cluster.name && $0.status != .inactive }) {
            throw EngineError(code: "ClusterContainsServicesException", message: "The Cluster cannot be deleted while Services are active.")
        }
        if state.tasks.values.contains(where: { $0.cluster == cluster.name && !$0.isStopped }) {
            throw EngineError(code: "ClusterContainsTasksException", message: "The Cluster cannot be deleted while Tasks are active.")
        }
        state.clusters.update(cluster.name) { $0.status = .inactive }
        return ["cluster": describe(state.clusters[cluster.name] ?? cluster, include: [])]
    }

    func describeClusters(_ input: JSON) throws(EngineError) -> JSON {
        let references = input["clusters"].isNull ? ["default"] : input["clusters"].strings
        let include = Set(input["include"].strings)
        var clusters: [JSON] = []
        var failures: [JSON] = []
        for reference in references {
            if let cluster = state.clusters[Self.shortName(reference)] {
                clusters.append(describe(cluster, include: include))
            } else {
                failures.append(missing(reference.hasPrefix("arn:") ? reference : context.locality.cluster(reference)))
            }
        }
        return ["clusters": .array(clusters), "failures": .array(failures)]
    }

    func listClusters(_ input: JSON) throws(EngineError) -> JSON {
        try ListingPage(of: state.clusters.values.filter { $0.status == .active }.map(\.arn).sorted(), input).answer("clusterArns")
    }

    mutating func updateCluster(_ input: JSON) throws(EngineError) -> JSON {
        let cluster = try cluster(input)
        state.clusters.update(cluster.name) {
            if !input["settings"].isNull { $0.settings = input["settings"] }
            if !input["configuration"].isNull { $0.configuration = input["configuration"] }
        }
        return ["cluster": describe(state.clusters[cluster.name] ?? cluster, include: ["SETTINGS", "CONFIGURATIONS"])]
    }

    mutating func putClusterCapacityProviders(_ input: JSON) throws(EngineError) -> JSON {
        let cluster = try cluster(input)
        state.clusters.update(cluster.name) {
            $0.capacityProviders = .array(input["capacityProviders"].array)
            $0.defaultCapacityProviderStrategy = .array(input["defaultCapacityProviderStrategy"].array)
        }
        return ["cluster": describe(state.clusters[cluster.name] ?? cluster, include: [])]
    }

    private func describe(_ cluster: Cluster, include: Set<String>) -> JSON {
        let tasks = state.tasks.values.filter { $0.cluster == cluster.name && !$0.isStopped }
        let services = state.services.values.filter { $0.cluster == cluster.name && $0.status == .active }
        return .compact([
            "clusterArn": .string(cluster.arn), "clusterName": .string(cluster.name), "status": .string(cluster.status.rawValue),
            "registeredContainerInstancesCount": cluster.status == .active ? 1 : 0,
            "runningTasksCount": .integer(tasks.count { $0.lastStatus == .running }),
            "pendingTasksCount": .integer(tasks.count { $0.lastStatus == .pending || $0.lastStatus == .activating }),
            "activeServicesCount": .integer(services.count), "statistics": [], "tags": include.contains("TAGS") ? cluster.tags : [],
            "settings": include.contains("SETTINGS") ? cluster.settings : [], "capacityProviders": cluster.capacityProviders,
            "defaultCapacityProviderStrategy": cluster.defaultCapacityProviderStrategy,
            "configuration": include.contains("CONFIGURATIONS") ? cluster.configuration : .null,
        ])
    }

    /// Letters, digits, hyphens and underscores.
    static func isName(_ name: String, limit: Int) -> Bool {
        (1...limit).contains(name.utf8.count)
            && name.utf8.allSatisfy { byte in
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
            }
    }
}
