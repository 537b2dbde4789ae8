import Foundation
import ServiceModel

/// `RegisterTargets`, `DeregisterTargets` and `DescribeTargetHealth`.
enum TargetOperations {
    static func register(_ state: inout LoadBalancingState, _ input: JSON, _ context: LoadBalancingContext) throws(EngineError) -> JSON {
        var group = try TargetGroupOperations.find(input, in: state)
        guard !input["Targets"].array.isEmpty else { throw .validation("At least one target must be specified") }
        for target in input["Targets"].array {
            let key = try key(target, in: group)
            guard group.targets.count < 1000 else {
                throw EngineError(code: "TooManyTargets", message: "The maximum number of targets of target group '\(group.arn)' has been reached")
            }
            group.register(key, at: try address(key, in: group), now: context.now)
        }
        state.targetGroups[group.arn] = group
        return [:]
    }

    static func deregister(_ state: inout LoadBalancingState, _ input: JSON, _ context: LoadBalancingContext) throws(EngineError) -> JSON {
        var group = try TargetGroupOperations.find(input, in: state)
        guard !input["Targets"].array.isEmpty else { throw .validation("At least one target must be specified") }
        let isUsed = state.uses()[group.arn] != nil
        for target in input["Targets"].array {
            let id = target["Id"].string ?? ""
            let keys = group.targets.map(\.key).filter { $0.id == id && $0.port == target["Port"].int ?? $0.port }
            guard !keys.isEmpty else {
                throw EngineError(code: "InvalidTarget", message: "The following targets are not registered to target group '\(group.arn)': '\(id)'")
            }
            for key in keys { group.deregister(key, now: context.now, isUsed: isUsed) }
        }
        state.targetGroups[group.arn] = group
        return [:]
    }

    static func describeHealth(
        _ state: inout LoadBalancingState, _ input: JSON, _ context: LoadBalancingContext
    ) throws(EngineError) -> JSON {
        let group = try TargetGroupOperations.find(input, in: state)
        let asked = input["Targets"].array
        var descriptions: [JSON] = []
        if asked.isEmpty {
            descriptions = group.targets.map { show($0.key, $0.health, in: group) }
        }
        for target in asked {
            let id = target["Id"].string ?? ""
            let found = group.targets.filter { $0.key.id == id && $0.key.port == target["Port"].int ?? $0.key.port }
            descriptions += found.map { show($0.key, $0.health, in: group) }
            if found.isEmpty { descriptions.append(show(TargetKey(id: id, port: target["Port"].int ?? group.port), .notRegistered, in: group)) }
        }
        return ["TargetHealthDescriptions": .array(descriptions)]
    }

    private static func key(_ target: JSON, in group: TargetGroup) throws(EngineError) -> TargetKey {
        let id = target["Id"].string ?? ""
        let port = target["Port"].int ?? group.port
        try Ports.check(port)
        return TargetKey(id: id, port: port)
    }

    /// Every instance is this machine: its host ports are published on the loopback address.
    private static func address(_ key: TargetKey, in group: TargetGroup) throws(EngineError) -> TargetAddress {
        switch group.targetType {
        case .instance:
            guard key.id.hasPrefix("i-"), key.id.utf8.dropFirst(2).allSatisfy(\.isLetterOrDigit), key.id.utf8.count <= 40 else {
                throw EngineError(code: "InvalidTarget", message: "Instance ID '\(key.id)' is not valid")
            }
            return TargetAddress(host: "127.0.0.1", port: key.port)
        case .ip:
            guard IPv4.parse(key.id) != nil else {
                throw EngineError(code: "InvalidTarget", message: "The IP address '\(key.id)' is not a valid IPv4 address")
            }
            return TargetAddress(host: key.id, port: key.port)
        }
    }

    private static func show(_ key: TargetKey, _ health: TargetHealth, in group: TargetGroup) -> JSON {
        [
            "Target": ["Id": .string(key.id), "Port": .integer(key.port)],
            "HealthCheckPort": .string(String(group.healthCheck.port ?? key.port)),
            "TargetHealth": .compact([
                "State": .string(health.state.rawValue), "Reason": JSON(health.reason), "Description": JSON(health.description),
            ]),
        ]
    }
}

extension TargetGroup {
    /// Adds a target. One that is registered stays as it is; one that drains comes back.
    mutating func register(_ key: TargetKey, at address: TargetAddress, now: Date) {
        let target = RegisteredTarget(key: key, address: address, health: .registering, registeredAt: now, drainingSince: nil)
        guard let index = index(of: key) else { return targets.append(target) }
        if targets[index].isDraining || targets[index].address != address { targets[index] = target }
    }

    /// Lets a target finish its requests; in a group that no listener uses there are none, and it goes at once.
    mutating func deregister(_ key: TargetKey, now: Date, isUsed: Bool) {
        guard let index = index(of: key), !targets[index].isDraining else { return }
        guard isUsed else {
            targets.remove(at: index)
            return
        }
        targets[index].health = .draining
        targets[index].drainingSince = now
    }
}

/// IPv4 addresses and networks as text.
enum IPv4 {
    /// The address as a number.
    static func parse(_ text: some StringProtocol) -> UInt32? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        return parts.reduce(UInt32?(0)) { sum, part in
            guard let sum, part.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = UInt8(part) else { return nil }
            return sum << 8 | UInt32(number)
        }
    }

    /// Whether the text is a network such as `10.0.0.0/8`.
    static func isNetwork(_ text: String) -> Bool {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, parse(parts[0]) != nil, let length = Int(parts[1]) else { return false }
        return (0...32).contains(length)
    }
}
