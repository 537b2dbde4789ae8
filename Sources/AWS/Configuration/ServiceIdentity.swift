import ServiceModel

/// The names that a service goes by, apart from botocore's.
struct ServiceIdentity: Sendable {
    /// The first part of the host name, and the service's name in a signature.
    let endpointPrefix: String
    /// In settings of one service: `AWS_ENDPOINT_URL_<ID>`, and in lower case in a `services` section.
    let settingID: String
    /// Members that make a repeated request safe, by operation: the service answers a second one with the first one's result.
    var idempotencyMembers: [String: String] = [:]

    init(_ model: ServiceModel) {
        switch model.name {
        case "elbv2": (endpointPrefix, settingID) = ("elasticloadbalancing", "ELASTIC_LOAD_BALANCING_V2")
        case "logs": (endpointPrefix, settingID) = ("logs", "CLOUDWATCH_LOGS")
        default: (endpointPrefix, settingID) = (model.name, model.name.uppercased())
        }
        if model.name == "ecs" { idempotencyMembers = ["RunTask": "clientToken"] }
    }
}
