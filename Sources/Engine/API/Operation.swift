import ServiceModel

/// An ECS operation as the engine carries it out.
enum Operation: Sendable {
    /// Looks at the state and answers.
    case read(@Sendable (Transaction, JSON) throws(EngineError) -> JSON)
    /// Changes the state; the answer goes out once the change is stored.
    case write(@Sendable (inout Transaction, JSON) throws(EngineError) -> JSON)

    /// The operations of ECS that the engine has. All others answer that they are not supported.
    static let ecs: [String: Operation] = [
        "CreateCluster": .write { (change, input) throws(EngineError) in try change.createCluster(input) },
        "DeleteCluster": .write { (change, input) throws(EngineError) in try change.deleteCluster(input) },
        "UpdateCluster": .write { (change, input) throws(EngineError) in try change.updateCluster(input) },
        "UpdateClusterSettings": .write { (change, input) throws(EngineError) in try change.updateCluster(input) },
        "PutClusterCapacityProviders": .write { (change, input) throws(EngineError) in try change.putClusterCapacityProviders(input) },
        "DescribeClusters": .read { (state, input) throws(EngineError) in try state.describeClusters(input) },
        "ListClusters": .read { (state, input) throws(EngineError) in try state.listClusters(input) },
        "RegisterTaskDefinition": .write { (change, input) throws(EngineError) in try change.registerTaskDefinition(input) },
        "DeregisterTaskDefinition": .write { (change, input) throws(EngineError) in try change.deregisterTaskDefinition(input) },
        "DeleteTaskDefinitions": .write { (change, input) throws(EngineError) in try change.deleteTaskDefinitions(input) },
        "DescribeTaskDefinition": .read { (state, input) throws(EngineError) in try state.describeTaskDefinition(input) },
        "ListTaskDefinitions": .read { (state, input) throws(EngineError) in try state.listTaskDefinitions(input) },
        "ListTaskDefinitionFamilies": .read { (state, input) throws(EngineError) in try state.listTaskDefinitionFamilies(input) },
        "CreateService": .write { (change, input) throws(EngineError) in try change.createService(input) },
        "UpdateService": .write { (change, input) throws(EngineError) in try change.updateService(input) },
        "DeleteService": .write { (change, input) throws(EngineError) in try change.deleteService(input) },
        "DescribeServices": .read { (state, input) throws(EngineError) in try state.describeServices(input) },
        "ListServices": .read { (state, input) throws(EngineError) in try state.listServices(input) },
        "ListServiceDeployments": .read { (state, input) throws(EngineError) in try state.listServiceDeployments(input) },
        "DescribeServiceDeployments": .read { (state, input) throws(EngineError) in try state.describeServiceDeployments(input) },
        "DescribeServiceRevisions": .read { (state, input) throws(EngineError) in try state.describeServiceRevisions(input) },
        "StopServiceDeployment": .write { (change, input) throws(EngineError) in try change.stopServiceDeployment(input) },
        "RunTask": .write { (change, input) throws(EngineError) in try change.runTask(input) },
        "StopTask": .write { (change, input) throws(EngineError) in try change.stopTask(input) },
        "DescribeTasks": .read { (state, input) throws(EngineError) in try state.describeTasks(input) },
        "ListTasks": .read { (state, input) throws(EngineError) in try state.listTasks(input) },
        "TagResource": .write { (change, input) throws(EngineError) in try change.tagResource(input) },
        "UntagResource": .write { (change, input) throws(EngineError) in try change.untagResource(input) },
        "ListTagsForResource": .read { (state, input) throws(EngineError) in try state.listTagsForResource(input) },
        "ListContainerInstances": .read { (state, input) throws(EngineError) in try state.listContainerInstances(input) },
        "DescribeContainerInstances": .read { (state, input) throws(EngineError) in try state.describeContainerInstances(input) },
        "DescribeCapacityProviders": .read { (state, input) throws(EngineError) in try state.describeCapacityProviders(input) },
    ]

    /// The operations on drills, see ``Drill``.
    static let drills: [String: Operation] = [
        "StartDrill": .write { (change, input) throws(EngineError) in try change.startDrill(input) },
        "StopDrill": .write { (change, input) throws(EngineError) in try change.stopDrill(input) },
        "ListDrills": .read { (state, input) throws(EngineError) in try state.listDrills(input) },
    ]

    /// Checks a request against the service's model.
    ///
    /// - Throws: SerializationException for wrong types, InvalidParameterException for what is missing or not allowed.
    static func check(_ input: JSON, for operation: ServiceModel.Operation, of model: ServiceModel = .ecs) throws(EngineError) -> JSON {
        guard let type = operation.input else { return [:] }
        var checker = Checker(model: model, style: .request)
        let checked = checker.check(input, as: type)
        guard let problem = checker.problems.first else { return checked }
        if problem.message.hasPrefix("must be ") {
            throw EngineError(code: "SerializationException", message: problem.description)
        }
        throw .invalidParameter(problem.description)
    }
}
