import Foundation
import ServiceModel

extension Transaction {
    /// Settings of a service that callers may change in place.
    private static let updatable = [
        "deploymentConfiguration", "networkConfiguration", "placementConstraints", "placementStrategy", "platformVersion",
        "healthCheckGracePeriodSeconds",
        "enableExecuteCommand", "enableECSManagedTags", "loadBalancers", "propagateTags", "serviceRegistries", "capacityProviderStrategy",
        "availabilityZoneRebalancing", "deploymentController",
    ]
    /// Changes of these start a new deployment; of the others they do not.
    private static let deploying: Set = [
        "networkConfiguration", "platformVersion", "loadBalancers", "propagateTags", "serviceRegistries", "capacityProviderStrategy",
        "enableECSManagedTags",
        "enableExecuteCommand",
    ]
    private static let atCreation = ["launchType", "schedulingStrategy", "role"]

    mutating func createService(_ input: JSON) throws(EngineError) -> JSON {
        let cluster = try cluster(input)
        let name = input["serviceName"].string ?? ""
        guard Self.isName(name, limit: 255) else {
            throw .invalidParameter("The service name \"\(name)\" has up to 255 letters, numbers, hyphens and underscores.")
        }
        if let existing = service(name, in: cluster.name), existing.status != .inactive {
            if let token = existing.clientToken, token == input["clientToken"].string { return ["service": describe(existing, include: ["TAGS"])] }
            throw .invalidParameter("Creation of service was not idempotent.")
        }
        try refuseUnsupported(input)
        let definition = try runnableTaskDefinition(input["taskDefinition"].string ?? "")
        let isDaemon = input["schedulingStrategy"].string == "DAEMON"
        let desired = input["desiredCount"].int ?? (isDaemon ? 1 : 0)
        guard (0...10_000).contains(desired) else { throw .invalidParameter("desiredCount must be between 0 and 10000, not \(desired).") }

        var settings: JSON = [
            "launchType": "EC2", "schedulingStrategy": "REPLICA", "loadBalancers": [], "serviceRegistries": [], "placementConstraints": [],
            "placementStrategy": [], "propagateTags": "NONE", "enableECSManagedTags": false, "enableExecuteCommand": false,
            "healthCheckGracePeriodSeconds": 0, "availabilityZoneRebalancing": "DISABLED", "deploymentController": ["type": "ECS"],
        ]
        for key in Self.updatable + Self.atCreation where !input[key].isNull { settings[key] = input[key] }
        settings["deploymentConfiguration"] = try deploymentConfiguration(input["deploymentConfiguration"], isDaemon: isDaemon, desired: desired)
        try checkLoadBalancers(settings["loadBalancers"].array, definition)
        var service = ECSService(
            arn: context.locality.service(cluster.name, name), name: name, cluster: cluster.name, desiredCount: desired, settings: settings,
            tags: .array(input["tags"].array), createdAt: context.now, clientToken: input["clientToken"].string)
        service.deployments = [Deployment(taskDefinition: definition.arn, desiredCount: desired, now: context.now)]
        state.services[service.arn] = service
        touchedServices.insert(service.arn)
        return ["service": describe(service, include: ["TAGS"])]
    }

    mutating func updateService(_ input: JSON) throws(EngineError) -> JSON {
        var service = try activeService(input)
        try refuseUnsupported(input)
        var definition = state.taskDefinitions[service.primary?.taskDefinition ?? ""]
        if let reference = input["taskDefinition"].string { definition = try runnableTaskDefinition(reference) }
        guard let definition else { throw .client("TaskDefinition not found.") }
        let desired = input["desiredCount"].int ?? service.desiredCount
        guard (0...10_000).contains(desired) else { throw .invalidParameter("desiredCount must be between 0 and 10000, not \(desired).") }

        var settings = service.settings
        for key in Self.updatable where !input[key].isNull { settings[key] = input[key] }
        if !input["deploymentConfiguration"].isNull {
            let merged = service.settings["deploymentConfiguration"].merging(input["deploymentConfiguration"])
            settings["deploymentConfiguration"] = try deploymentConfiguration(merged, isDaemon: service.isDaemon, desired: desired)
        }
        try checkLoadBalancers(settings["loadBalancers"].array, definition)
        let isDeployment =
            input["forceNewDeployment"].bool == true || definition.arn != service.primary?.taskDefinition
            || Self.deploying.contains { settings[$0] != service.settings[$0] }
        service.settings = settings
        service.desiredCount = desired
        if isDeployment {
            for deployment in service.deployments where deployment.status == .primary {
                service.updateDeployment(deployment.id, at: context.now) {
                    $0.status = .active
                    if $0.rolloutState == .inProgress { $0.finishedAt = context.now }
                }
            }
            service.deployments.insert(Deployment(taskDefinition: definition.arn, desiredCount: desired, now: context.now), at: 0)
        } else if let primary = service.primary {
            service.updateDeployment(primary.id, at: context.now) { $0.desiredCount = desired }
        }
        service.announcedSteady = false
        state.services[service.arn] = service
        touchedServices.insert(service.arn)
        return ["service": describe(service, include: [])]
    }

    mutating func deleteService(_ input: JSON) throws(EngineError) -> JSON {
        let cluster = try cluster(input)
        guard var service = service(input["service"].string ?? "", in: cluster.name) else { throw .serviceNotFound }
        if service.status == .active {
            let isScaledUp = service.desiredCount > 0 && !service.isDaemon
            if isScaledUp, input["force"].bool != true { throw .invalidParameter("The service cannot be stopped while it is scaled above 0.") }
            service.status = .draining
            service.desiredCount = 0
            for deployment in service.deployments where deployment.status == .primary {
                service.updateDeployment(deployment.id, at: context.now) { $0.desiredCount = 0 }
            }
            state.services[service.arn] = service
            touchedServices.insert(service.arn)
        }
        return ["service": describe(service, include: [])]
    }

    func describeServices(_ input: JSON) throws(EngineError) -> JSON {
        let cluster = try cluster(input)
        let references = input["services"].strings
        guard !references.isEmpty else { throw .invalidParameter("Services cannot be empty.") }
        guard references.count <= 10 else { throw .invalidParameter("DescribeServices takes at most 10 services, not \(references.count).") }
        let include = Set(input["include"].strings)
        var services: [JSON] = []
        var failures: [JSON] = []
        for reference in references {
            if let service = service(reference, in: cluster.name) {
                services.append(describe(service, include: include))
            } else {
                failures.append(missing(reference.hasPrefix("arn:") ? reference : context.locality.service(cluster.name, reference)))
            }
        }
        return ["services": .array(services), "failures": .array(failures)]
    }

    func listServices(_ input: JSON) throws(EngineError) -> JSON {
        let cluster = try cluster(input)
        let services = state.services.values.filter { service in
            service.cluster == cluster.name && service.status == .active
                && (input["launchType"].isNull || input["launchType"] == service.settings["launchType"])
                && (input["schedulingStrategy"].isNull || input["schedulingStrategy"] == service.settings["schedulingStrategy"])
        }
        return try ListingPage(of: services.map(\.arn).sorted(), input, standard: 10).answer("serviceArns")
    }

    // MARK: Rules

    /// Refuses what the engine cannot do, rather than accept it without effect.
    private func refuseUnsupported(_ input: JSON) throws(EngineError) {
        func unsupported(_ what: String) -> EngineError {
            EngineError(code: "UnsupportedFeatureException", message: "\(what) is not supported by this engine yet.")
        }
        if let type = input["deploymentController"]["type"].string, type != "ECS" { throw unsupported("deploymentController \(type)") }
        if let strategy = input["deploymentConfiguration"]["strategy"].string, strategy != "ROLLING" {
            throw unsupported("deployment strategy \(strategy)")
        }
        for key in ["serviceConnectConfiguration", "volumeConfigurations", "vpcLatticeConfigurations"]
        where !input[key].isNull && input[key].array.count + input[key].object.count > 0 {
            if key == "serviceConnectConfiguration", input[key]["enabled"].bool == false { continue }
            throw unsupported(key)
        }
        if !input["serviceRegistries"].array.isEmpty { throw unsupported("serviceRegistries") }
        if !input["deploymentConfiguration"]["alarms"].isNull, input["deploymentConfiguration"]["alarms"]["enable"].bool == true {
            throw unsupported("deploymentConfiguration.alarms")
        }
        for balancer in input["loadBalancers"].array where balancer["targetGroupArn"].isNull {
            throw unsupported("A load balancer without targetGroupArn (a Classic Load Balancer)")
        }
    }

    /// The deployment configuration with its defaults.
    private func deploymentConfiguration(_ given: JSON, isDaemon: Bool, desired: Int) throws(EngineError) -> JSON {
        var configuration = given.isNull ? [:] : given
        if configuration["maximumPercent"].isNull { configuration["maximumPercent"] = isDaemon ? 100 : 200 }
        if configuration["minimumHealthyPercent"].isNull { configuration["minimumHealthyPercent"] = isDaemon ? 0 : 100 }
        if configuration["deploymentCircuitBreaker"].isNull { configuration["deploymentCircuitBreaker"] = ["enable": false, "rollback": false] }
        if configuration["strategy"].isNull { configuration["strategy"] = "ROLLING" }
        let maximum = configuration["maximumPercent"].int ?? 0
        let minimum = configuration["minimumHealthyPercent"].int ?? 0
        guard maximum >= 100 || isDaemon, (0...100).contains(minimum), maximum <= 10_000 else {
            throw .invalidParameter("maximumPercent must be at least 100 and minimumHealthyPercent from 0 to 100, not \(maximum) and \(minimum).")
        }
        guard maximum > minimum else {
            throw .invalidParameter("Both maximumPercent and minimumHealthyPercent cannot be \(minimum) as this will block deployments")
        }
        return configuration
    }

    private func checkLoadBalancers(_ balancers: [JSON], _ definition: TaskDefinition) throws(EngineError) {
        for balancer in balancers {
            let name = balancer["containerName"].string ?? ""
            guard let container = definition.container(name) else {
                throw .invalidParameter("The container \(name) does not exist in the task definition.")
            }
            guard let port = balancer["containerPort"].int, container["portMappings"].array.contains(where: { $0["containerPort"].int == port })
            else {
                throw .invalidParameter("The container \(name) did not have a container port \(balancer["containerPort"].int ?? 0) defined.")
            }
            let group = balancer["targetGroupArn"].string ?? ""
            guard state.loadBalancing.hasTargetGroup(group) else {
                throw .invalidParameter("The specified target group does not exist. (target-group \(group))")
            }
            guard state.loadBalancing.isAttached(targetGroup: group) else {
                throw .invalidParameter("The target group with targetGroupArn \(group) does not have an associated load balancer.")
            }
        }
    }
}
