import ServiceModel

/// Makes the service's and the one-off task's requests of the scheduler's keys.
enum ServiceBuilder {
    /// A CreateService request without task definition and the load balancer of `elb_v2`.
    static func service(_ scheduler: JSON, appID: String, isBalanced: Bool) -> JSON {
        var request = scheduler
        request["serviceName"] = .string(appID)
        request["tags"] = tags(scheduler["service_tags"])
        fillCommon(&request)
        if isBalanced, request["healthCheckGracePeriodSeconds"].isNull { request["healthCheckGracePeriodSeconds"] = 0 }
        return ContainerBuilder.picked(request, "CreateServiceRequest")
    }

    /// A RunTask request without task definition, count and overrides.
    static func runTask(_ scheduler: JSON) -> JSON {
        var request = scheduler
        request["tags"] = .null
        fillCommon(&request)
        if request["propagateTags"] == "SERVICE" { request["propagateTags"] = "TASK_DEFINITION" }
        if case .array(let volumes) = scheduler["volumeConfigurations"] {
            // the same volume for a task without a service: RunTask has its own, narrower shape for it
            var checker = Checker(model: .ecs, style: .request)
            request["volumeConfigurations"] = checker.check(.array(volumes), as: "TaskVolumeConfigurations")
        }
        return ContainerBuilder.picked(request, "RunTaskRequest")
    }

    private static func fillCommon(_ request: inout JSON) {
        let defaults: KeyValuePairs<String, JSON> = [
            "cluster": "default", "placementConstraints": [], "placementStrategy": [], "propagateTags": "TASK_DEFINITION",
            "enableExecuteCommand": false,
        ]
        for (key, value) in defaults where request[key].isNull { request[key] = value }
    }

    /// A map of tags as ECS's list; null when there are none.
    static func tags(_ tags: JSON) -> JSON {
        let members = tags.object
        if members.isEmpty { return .null }
        return .array(members.map { key, value in .object(["key": .string(key), "value": .string(value.scalarText ?? "")]) })
    }
}
