public import ServiceModel

/// A service as data: what ECS answers, and what a request to create it says.
public enum ServiceForm {
    /// The shape of the request in the field tables.
    public static let shape = "CreateServiceRequest"

    /// The request that would create the service that DescribeServices answered.
    public static func request(describing service: JSON) -> JSON {
        let known = ServiceModel.ecs.structure(shape).members
        var request = service.object.filter { known[$0.key] != nil }
        request["role"] = service["roleArn"].isNull ? nil : service["roleArn"]
        request["cluster"] = service["clusterArn"].isNull ? nil : service["clusterArn"]
        // These belong to a deployment in ECS's answers, to the service in its requests.
        let primary = service["deployments"].array.first { $0["status"].string == "PRIMARY" } ?? .null
        for field in ["serviceConnectConfiguration", "volumeConfigurations", "vpcLatticeConfigurations"] where !primary[field].isNull {
            request[field] = primary[field]
        }
        return .object(request)
    }

    /// Where the field `name` of a service differs.
    public static func differences(in name: String, from live: JSON, to desired: JSON) -> [Difference] {
        let member = ServiceModel.ecs.structure(shape).members[name]
        guard member != nil else { return [] }
        return Comparison().differences(from: .compact([name: comparable(name, live)]), to: .compact([name: comparable(name, desired)]), as: shape)
    }

    private static func comparable(_ name: String, _ value: JSON) -> JSON {
        guard name == "deploymentConfiguration" else { return value }
        var result = value
        // What is switched off has no settings that matter.
        for part in ["deploymentCircuitBreaker", "alarms"] where result[part]["enable"].bool != true { result[part] = nil }
        return result
    }
}
