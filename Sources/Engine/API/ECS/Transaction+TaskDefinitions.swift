import ServiceModel

extension Transaction {
    mutating func registerTaskDefinition(_ input: JSON) throws(EngineError) -> JSON {
        let body = try TaskDefinitionRules.normalize(input)
        let family = body["family"].string ?? ""
        let revision = state.revisions[family, default: 0] + 1
        let definition = TaskDefinition(
            arn: context.locality.taskDefinition(family, revision), family: family, revision: revision, body: body, registeredAt: context.now,
            tags: .array(input["tags"].array))
        state.revisions[family] = revision
        state.taskDefinitions[definition.arn] = definition
        return answer(definition, withTags: true)
    }

    func describeTaskDefinition(_ input: JSON) throws(EngineError) -> JSON {
        guard let definition = taskDefinition(input["taskDefinition"].string ?? "") else { throw .client("Unable to describe task definition.") }
        return answer(definition, withTags: input["include"].strings.contains("TAGS"))
    }

    mutating func deregisterTaskDefinition(_ input: JSON) throws(EngineError) -> JSON {
        let reference = input["taskDefinition"].string ?? ""
        guard Self.shortName(reference).contains(":") else {
            throw .invalidParameter("Task definition must be specified with a revision: family:revision.")
        }
        guard let definition = taskDefinition(reference) else { throw .client("Unable to describe task definition.") }
        state.taskDefinitions.update(definition.arn) {
            guard $0.status == .active else { return }
            $0.status = .inactive
            $0.deregisteredAt = context.now
        }
        return answer(state.taskDefinitions[definition.arn] ?? definition, withTags: false).adding("tags", .null)
    }

    mutating func deleteTaskDefinitions(_ input: JSON) throws(EngineError) -> JSON {
        var deleted: [JSON] = []
        var failures: [JSON] = []
        for reference in input["taskDefinitions"].strings {
            guard let definition = taskDefinition(reference), Self.shortName(reference).contains(":") else {
                failures.append(["arn": .string(reference), "reason": "MISSING"])
                continue
            }
            guard definition.status != .active else {
                failures.append([
                    "arn": .string(definition.arn), "reason": "TASK_DEFINITION_ACTIVE", "detail": "The task definition must be deregistered first.",
                ])
                continue
            }
            state.taskDefinitions.update(definition.arn) { $0.status = .deleting }
            deleted.append(describe(state.taskDefinitions[definition.arn] ?? definition))
        }
        return ["taskDefinitions": .array(deleted), "failures": .array(failures)]
    }

    func listTaskDefinitions(_ input: JSON) throws(EngineError) -> JSON {
        let status = input["status"].string ?? "ACTIVE"
        let all = input["familyPrefix"].string.map { state.taskDefinitions.group($0) } ?? Array(state.taskDefinitions.values)
        let sorted = all.filter { $0.status.rawValue == status }.sorted { ($0.family, $0.revision) < ($1.family, $1.revision) }.map(\.arn)
        return try ListingPage(of: input["sort"].string == "DESC" ? sorted.reversed() : sorted, input).answer("taskDefinitionArns")
    }

    func listTaskDefinitionFamilies(_ input: JSON) throws(EngineError) -> JSON {
        let status = input["status"].string ?? "ACTIVE"
        let prefix = input["familyPrefix"].string ?? ""
        let families = state.revisions.keys.filter { family in
            guard family.hasPrefix(prefix) else { return false }
            let isActive = taskDefinition(family) != nil
            return status == "ALL" || isActive == (status == "ACTIVE")
        }
        return try ListingPage(of: families.sorted(), input).answer("families")
    }

    private func answer(_ definition: TaskDefinition, withTags: Bool) -> JSON {
        let answer: JSON = ["taskDefinition": describe(definition)]
        return withTags ? answer.adding("tags", definition.tags) : answer
    }

    private func describe(_ definition: TaskDefinition) -> JSON {
        JSON.compact([
            "taskDefinitionArn": .string(definition.arn), "revision": .integer(definition.revision), "status": .string(definition.status.rawValue),
            "registeredAt": .number(definition.registeredAt.epoch), "registeredBy": .string(context.locality.arn("iam", "root")),
            "deregisteredAt": JSON(definition.deregisteredAt?.epoch), "requiresAttributes": [],
            "compatibilities": definition.body["requiresCompatibilities"].isNull
                ? ["EC2"] : JSON(["EC2"] + definition.body["requiresCompatibilities"].strings.filter { $0 != "EC2" }),
        ]).merging(definition.body)
    }
}
