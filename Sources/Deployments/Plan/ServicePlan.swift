import ECSModel
import ServiceModel

/// Which fields of a service an UpdateService has to change.
enum ServicePlan {
    /// What a definition means that does not say the field.
    private enum Silence {
        /// Nothing: the service keeps what it has.
        case keeps
        /// The default of ECS, or none at all.
        case resets(JSON)
    }

    private static let fields: KeyValuePairs<String, Silence> = [
        "desiredCount": .keeps,
        "deploymentConfiguration": .resets(["maximumPercent": 200, "minimumHealthyPercent": 100]),
        "capacityProviderStrategy": .keeps,
        "networkConfiguration": .keeps,
        "placementConstraints": .resets([]),
        "placementStrategy": .resets([]),
        "platformVersion": .resets("LATEST"),
        "healthCheckGracePeriodSeconds": .resets(0),
        "enableExecuteCommand": .resets(false),
        "serviceRegistries": .resets([]),
        "enableECSManagedTags": .keeps,
        "propagateTags": .keeps,
        "availabilityZoneRebalancing": .keeps,
        "deploymentController": .keeps,
        "serviceConnectConfiguration": .keeps,
        "volumeConfigurations": .keeps,
        "vpcLatticeConfigurations": .keeps,
    ]

    /// Fields that only CreateService takes, with whether a mismatch makes a deploy pointless.
    private static let fixed: KeyValuePairs<String, Bool> = ["launchType": true, "schedulingStrategy": true, "role": false]

    static func update(of service: JSON, to desired: JSON, attachment: JSON?, issues: inout [Plan.Issue]) -> Plan.ServiceUpdate {
        let live = ServiceForm.request(describing: service)
        let isDaemon = live["schedulingStrategy"].string == "DAEMON"
        var update = Plan.ServiceUpdate()
        for (name, silence) in fields {
            var target = desired[name]
            if target.isNull {
                guard case .resets(let value) = silence, !(isDaemon && name == "deploymentConfiguration") else { continue }
                // An old service, or an emulator, does not report a field that it does not know.
                if live[name].isNull { continue }
                target = value
            }
            // Emulators leave these out of their answers: what cannot be seen cannot differ.
            if live[name].isNull, ["propagateTags", "enableECSManagedTags", "availabilityZoneRebalancing"].contains(name) { continue }
            if isDaemon, name == "desiredCount" { continue }
            note(name, live[name], target, in: &update)
        }
        let balancers: JSON = attachment.map { [$0] } ?? []
        note("loadBalancers", live["loadBalancers"], balancers, in: &update)
        if update.fields["capacityProviderStrategy"] != nil { update.forced = "the capacity provider strategy changes" }
        checkFixed(live, service, desired, issues: &issues)
        return update
    }

    private static func note(_ name: String, _ live: JSON, _ target: JSON, in update: inout Plan.ServiceUpdate) {
        let changes = ServiceForm.differences(in: name, from: live, to: target)
        if changes.isEmpty { return }
        update.changes += changes
        update.fields[name] = name == "deploymentConfiguration" ? completed(target, live) : target
        update.previous[name] = live.isNull ? previousDefault(name) : live
    }

    /// UpdateService keeps each part of the deployment configuration that a request leaves out, so a part to switch off must be there.
    private static func completed(_ target: JSON, _ live: JSON) -> JSON {
        var result = target
        if result["maximumPercent"].isNull { result["maximumPercent"] = 200 }
        if result["minimumHealthyPercent"].isNull { result["minimumHealthyPercent"] = 100 }
        if result["deploymentCircuitBreaker"].isNull, live["deploymentCircuitBreaker"]["enable"].bool == true {
            result["deploymentCircuitBreaker"] = ["enable": false, "rollback": false]
        }
        if result["alarms"].isNull, live["alarms"]["enable"].bool == true {
            result["alarms"] = ["alarmNames": [], "enable": false, "rollback": false]
        }
        return result
    }

    private static func previousDefault(_ name: String) -> JSON? {
        for (field, silence) in fields where field == name {
            if case .resets(let value) = silence { return value }
        }
        return name == "loadBalancers" ? [] : nil
    }

    private static func checkFixed(_ live: JSON, _ service: JSON, _ desired: JSON, issues: inout [Plan.Issue]) {
        for (name, isError) in fixed where !desired[name].isNull {
            // A service with a capacity provider strategy has no launch type.
            if name == "launchType", live[name].isNull { continue }
            let found = live[name].string ?? "none"
            if found == desired[name].string || found.hasSuffix("/" + (desired[name].string ?? "")) { continue }
            let key = Naming.snakeCase(name)
            issues.append(
                .init(
                    isError: isError,
                    message: "\(key) is \(found) and the definition says \(desired[name].scalarText ?? ""): ECS cannot change it in place; "
                        + (isError ? "run jubako remove and deploy again, or put the old value back" : "it stays as it is")))
        }
        if !desired["tags"].isNull, !ServiceForm.differences(in: "tags", from: service["tags"], to: desired["tags"]).isEmpty {
            issues.append(
                .init(isError: false, message: "the service's own tags differ; they are set when a service is created and stay as they are"))
        }
    }
}
