import ServiceModel

/// A cluster: a name space for services and tasks.
struct Cluster: Record {
    static let kind = "cluster"
    var id: String { name }
    let name: String
    let arn: String
    var status = Status.active
    var settings: JSON = []
    var configuration: JSON = .null
    var capacityProviders: JSON = []
    var defaultCapacityProviderStrategy: JSON = []
    var tags: JSON = []

    enum Status: String, Codable {
        case active = "ACTIVE"
        case inactive = "INACTIVE"
    }
}
