import Foundation
import ServiceModel

/// What an operation needs besides the state and its input.
struct LoadBalancingContext: Sendable {
    var region: String
    var account: String
    var now: Date
    /// The port at which all load balancers answer for their listener on port 80.
    var entryPort: Int
    /// The network that everything of this engine is in.
    var vpcID = "vpc-00000000000000001"
    /// A new id of 16 hexadecimal digits.
    var makeID: @Sendable () -> String = { LoadBalancingContext.randomID() }

    /// 16 random hexadecimal digits.
    static func randomID() -> String {
        let digits = String(UInt64.random(in: .min ... .max), radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    /// The ARN of a resource of Elastic Load Balancing.
    func arn(_ tail: String) -> String { "arn:aws:elasticloadbalancing:\(region):\(account):\(tail)" }
}

/// An operation of Elastic Load Balancing: reads and changes the state, and gives the members of the answer.
typealias LoadBalancingOperation =
    @Sendable (inout LoadBalancingState, JSON, LoadBalancingContext) throws(EngineError) -> JSON

extension EngineError {
    static func validation(_ message: String) -> EngineError { EngineError(code: "ValidationError", message: message) }

    /// For what Elastic Load Balancing has and the local engine does not.
    static func unsupported(_ what: String, _ code: String = "InvalidConfigurationRequest") -> EngineError {
        EngineError(code: code, message: "\(what) not supported by the local engine")
    }

    static func notPermitted(_ message: String) -> EngineError { EngineError(code: "OperationNotPermitted", message: message) }
}
