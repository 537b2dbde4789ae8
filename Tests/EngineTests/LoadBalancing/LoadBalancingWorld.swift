import Foundation
import ServiceModel
import Synchronization

@testable import Engine

/// A state to call operations on, with predictable ids and a clock that stands still.
struct LoadBalancingWorld {
    var state = LoadBalancingState()
    var context: LoadBalancingContext

    init(entryPort: Int = 7780) {
        let ids = Counter()
        context = LoadBalancingContext(
            region: "eu-west-1", account: "000000000000", now: Date(timeIntervalSince1970: 1_700_000_000), entryPort: entryPort,
            makeID: { ids.next() })
    }

    @discardableResult
    mutating func call(_ operation: String, _ input: JSON) throws(EngineError) -> JSON {
        try LoadBalancingAPI.call(operation, input, state: &state, context: context)
    }

    /// The code and message that an operation fails with, "no error" when it succeeds.
    mutating func failure(_ operation: String, _ input: JSON) -> String {
        do {
            try call(operation, input)
            return "no error"
        } catch {
            return "\(error.code): \(error.message)"
        }
    }

    mutating func loadBalancer(_ name: String) throws -> JSON {
        try call("CreateLoadBalancer", ["Name": .string(name)])["LoadBalancers"][0]["LoadBalancerArn"]
    }

    mutating func targetGroup(_ name: String, _ more: JSON = [:]) throws -> JSON {
        var input: JSON = ["Name": .string(name), "Protocol": "HTTP", "Port": 80]
        for (key, value) in more.object { input[key] = value }
        return try call("CreateTargetGroup", input)["TargetGroups"][0]["TargetGroupArn"]
    }

    mutating func listener(_ loadBalancer: JSON, port: Int = 80, _ action: JSON) throws -> JSON {
        try call(
            "CreateListener", ["LoadBalancerArn": loadBalancer, "Protocol": "HTTP", "Port": .integer(port), "DefaultActions": [action]])[
                "Listeners"][0]["ListenerArn"]
    }

    @discardableResult
    mutating func rule(_ listener: JSON, priority: Int, _ conditions: JSON, _ action: JSON) throws -> JSON {
        try call("CreateRule", ["ListenerArn": listener, "Priority": .integer(priority), "Conditions": conditions, "Actions": [action]])["Rules"][
            0]["RuleArn"]
    }

    /// Registers a target on a host port and makes it healthy.
    mutating func healthyTarget(_ group: JSON, port: Int) throws {
        try call("RegisterTargets", ["TargetGroupArn": group, "Targets": [["Id": "i-0a", "Port": .integer(port)]]])
        for target in state.checkedTargets() where target.id.target.port == port { state.record(.healthy, of: target) }
    }

    static func forward(_ group: JSON) -> JSON { ["Type": "forward", "TargetGroupArn": group] }

    static func fixed(_ status: Int, _ body: String) -> JSON {
        ["Type": "fixed-response", "FixedResponseConfig": ["StatusCode": .string(String(status)), "MessageBody": .string(body)]]
    }
}

/// Ids that count up.
private final class Counter: Sendable {
    private let count = Mutex(0)

    func next() -> String {
        let number = count.withLock { count in
            count += 1
            return count
        }
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
