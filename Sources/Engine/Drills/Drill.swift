import Foundation
import ServiceModel

/// A fault that is put into a service on purpose, for a while: to see who notices, and how soon.
///
/// It ends by itself, also when the engine was restarted meanwhile, and a service has one at a time.
struct Drill: Record {
    static let kind = "drill"

    enum Fault: String, Codable, Sendable {
        /// A task dies every `amount` seconds.
        case killTask = "kill-task"
        /// Every request is held back for `amount` milliseconds.
        case latency
        /// `amount` of a hundred requests are answered with 503.
        case errors
    }

    /// The ARN of the service.
    let id: String
    let cluster: String
    let service: String
    let fault: Fault
    let amount: Int
    /// The ARNs of the service's target groups.
    let targetGroups: [String]
    let startedBy: String?
    let startedAt: Date
    let endsAt: Date
    /// When the next task dies.
    var nextKill: Date?
    var killedTasks = 0

    /// A drill that lasts longer than this is an outage.
    static let longest = 3600

    var json: JSON {
        .compact([
            "cluster": .string(cluster), "service": .string(service), "fault": .string(fault.rawValue), "amount": .integer(amount),
            "startedBy": JSON(startedBy), "startedAt": .number(startedAt.epoch), "endsAt": .number(endsAt.epoch),
            "killedTasks": .integer(killedTasks),
        ])
    }
}

extension Drill.Fault {
    /// What `amount` may be, and what it is when nobody says.
    var amounts: (allowed: ClosedRange<Int>, standard: Int, unit: String) {
        switch self {
        case .killTask: (1...600, 30, "seconds between two tasks that die")
        case .latency: (1...30_000, 500, "milliseconds")
        case .errors: (1...100, 20, "of a hundred requests")
        }
    }
}

extension LoadBalancingState {
    /// What a drill does to the requests to a target group.
    func fault(of targetGroup: String) -> DataPlane.Fault? {
        guard let drill = drills.values.first(where: { $0.targetGroups.contains(targetGroup) }) else { return nil }
        return switch drill.fault {
        case .killTask: nil
        case .latency: .delay(milliseconds: drill.amount)
        case .errors: .errors(percent: drill.amount)
        }
    }
}
