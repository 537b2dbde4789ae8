import Foundation
import ServiceModel

/// A revision of a task definition.
struct TaskDefinition: Record {
    static let kind = "taskDefinition"
    var id: String { arn }
    var group: String? { family }
    let arn: String
    let family: String
    let revision: Int
    /// The request with ECS's defaults filled in, without its tags.
    let body: JSON
    var status = Status.active
    let registeredAt: Date
    var deregisteredAt: Date?
    var tags: JSON = []

    enum Status: String, Codable {
        case active = "ACTIVE"
        case inactive = "INACTIVE"
        case deleting = "DELETE_IN_PROGRESS"
    }

    var containers: [JSON] { body["containerDefinitions"].array }

    func container(_ name: String) -> JSON? { containers.first { $0["name"].string == name } }
}
