import ServiceModel

/// Finds out which revisions of a service were really up: from its service deployments where the API has them, else from its events.
struct HistoryReader: Sendable {
    let session: Session
    let cluster: String

    func read(_ service: JSON, current: String) async throws -> RollbackHistory {
        let family = Revision.parts(of: current)?.family ?? Revision.name(of: current)
        async let revisions = session.calls.pages(
            .ecs, "ListTaskDefinitions", ["familyPrefix": .string(family), "status": "ACTIVE", "sort": "DESC"], items: "taskDefinitionArns")
        async let deployments = serviceDeployments(service)
        let active = try await revisions.compactMap(\.string).filter { Revision.parts(of: $0)?.family == family }
        var entries = service["deployments"].array.compactMap { deployment in
            deployment["taskDefinition"].string.map {
                RollbackHistory.Entry(
                    taskDefinition: $0, wasUp: deployment["rolloutState"].string == "COMPLETED", source: "its deployment is shown as COMPLETED")
            }
        }.filter(\.wasUp)
        entries += try await deployments
        let history = RollbackHistory(current: current, active: active, entries: entries)
        if history.target?.proof != nil || history.target == nil { return history }
        let told = try await events(service, active: active, current: current)
        return RollbackHistory(current: current, active: active, entries: entries + told)
    }

    /// The service's deployments that ECS keeps (90 days), newest first.
    private func serviceDeployments(_ service: JSON) async throws -> [RollbackHistory.Entry] {
        // An API that does not have them does not name the current one either.
        guard !service["currentServiceDeployment"].isNull, let name = service["serviceArn"].string else { return [] }
        let answer = try await session.calls.find(
            .ecs, "ListServiceDeployments", ["service": .string(name), "cluster": .string(cluster), "maxResults": 100],
            absent: "UnknownOperationException", "UnsupportedFeatureException", "InvalidAction", "AccessDeniedException")
        let briefs = answer["serviceDeployments"].array
        let arns = Array(OrderedSet(briefs.compactMap(\.["targetServiceRevisionArn"].string)).prefix(20))
        if arns.isEmpty { return [] }
        let described = try await session.calls.find(
            .ecs, "DescribeServiceRevisions", ["serviceRevisionArns": JSON(arns)], absent: "UnknownOperationException", "AccessDeniedException",
            "UnsupportedFeatureException")
        let definitions = Dictionary(
            described["serviceRevisions"].array.map { ($0["serviceRevisionArn"].string ?? "", $0["taskDefinition"].string ?? "") },
            uniquingKeysWith: { $1 })
        return briefs.compactMap { brief in
            guard let revision = brief["targetServiceRevisionArn"].string, let definition = definitions[revision] else { return nil }
            return RollbackHistory.Entry(
                taskDefinition: definition, wasUp: brief["status"].string == "SUCCESSFUL", source: "its service deployment was SUCCESSFUL")
        }
    }

    /// A revision was up when a deployment completed after it was registered and before the next one was.
    private func events(_ service: JSON, active: [String], current: String) async throws -> [RollbackHistory.Entry] {
        let completions = service["events"].array.filter { $0["message"].string?.hasSuffix("deployment completed.") == true }
            .compactMap(\.["createdAt"].double)
        if completions.isEmpty { return [] }
        let candidates = active.filter { $0 == current || Revision.isOlder($0, than: current) }.prefix(6)
        let calls = session.calls
        let registered = try await withThrowingTaskGroup(of: (String, Double?).self) { group in
            for arn in candidates {
                group.addTask { (arn, try await LiveState.taskDefinition(arn, calls)["taskDefinition"]["registeredAt"].double) }
            }
            return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
        return zip(candidates.dropFirst(), candidates).compactMap { revision, next in
            guard let from = registered[revision], let to = registered[next] else { return nil }
            guard completions.contains(where: { $0 > from && $0 <= to }) else { return nil }
            return RollbackHistory.Entry(taskDefinition: revision, wasUp: true, source: "a deployment completed while it was the latest")
        }
    }
}
