import Foundation

/// An Application Load Balancer.
struct LoadBalancer: Record {
    static var kind: String { "loadBalancer" }

    let arn: String
    let name: String
    let scheme: String
    let createdAt: Date
    let vpcID: String
    var ipAddressType: String
    var subnets: [String]
    var securityGroups: [String]
    /// The attributes that were set; all others have their defaults.
    var attributes: [String: String] = [:]
    var tags: [ResourceTag] = []

    var id: String { arn }

    /// The name that its clients use. Browsers and most resolvers send every `*.localhost` name to the loopback address.
    var dnsName: String { "\(name).localhost" }

    /// How long a connection may be idle, in seconds.
    var idleTimeout: Int { LoadBalancerAttributes.integer("idle_timeout.timeout_seconds", in: attributes) }
}

/// A tag of a resource, in the order in which tags were added.
struct ResourceTag: Codable, Sendable, Equatable {
    let key: String
    let value: String
}
