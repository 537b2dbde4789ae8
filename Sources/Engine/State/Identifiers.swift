import Foundation

/// Where the engine says it is: the region and account in its ARNs.
public struct Locality: Sendable, Hashable {
    public let region: String
    /// Twelve digits.
    public let account: String

    public init(region: String = "us-east-1", account: String = "123456789012") {
        self.region = region
        self.account = account
    }

    func arn(_ service: String, _ resource: String) -> String { "arn:aws:\(service):\(region):\(account):\(resource)" }
    func cluster(_ name: String) -> String { arn("ecs", "cluster/\(name)") }
    func service(_ cluster: String, _ name: String) -> String { arn("ecs", "service/\(cluster)/\(name)") }
    func task(_ cluster: String, _ id: String) -> String { arn("ecs", "task/\(cluster)/\(id)") }
    func taskDefinition(_ family: String, _ revision: Int) -> String { arn("ecs", "task-definition/\(family):\(revision)") }
    func containerInstance(_ cluster: String, _ id: String) -> String { arn("ecs", "container-instance/\(cluster)/\(id)") }
}

/// New identifiers in ECS's forms.
enum Identifier {
    /// 32 hexadecimal digits, as in a task's ARN.
    static func hex32() -> String { hex(UInt64.random(in: .min ... .max)) + hex(UInt64.random(in: .min ... .max)) }

    /// 19 digits, as in `ecs-svc/1234567890123456789`.
    static func digits19() -> String { String(UInt64.random(in: 1_000_000_000_000_000_000...9_223_372_036_854_775_807)) }

    static func uuid() -> String { UUID().uuidString.lowercased() }

    private static func hex(_ value: UInt64) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}

extension Date {
    /// Seconds since 1970 with milliseconds: how the API writes a time.
    var epoch: Double { (timeIntervalSince1970 * 1000).rounded() / 1000 }
}
