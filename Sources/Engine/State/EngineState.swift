import Foundation
import ServiceModel

/// Everything the engine knows: what callers asked for and what was observed. A value: decisions are functions over it.
struct EngineState: Sendable {
    var clusters = Table<Cluster>()
    var taskDefinitions = Table<TaskDefinition>()
    var services = Table<ECSService>()
    var tasks = Table<ECSTask>()
    var requestTokens = Table<RequestToken>()
    var logGroups = Table<LogGroup>()
    var loadBalancing = LoadBalancingState()
    /// The highest revision that each family ever had: a number is never used again.
    var revisions: [String: Int] = [:]
}

/// A caller's token that makes a repeated request harmless, and what it answered.
struct RequestToken: Record {
    static let kind = "requestToken"
    let id: String
    let request: JSON
    let tasks: [String]
    let createdAt: Date
}

/// A group of log streams that a caller created. Groups of running containers exist without being created.
struct LogGroup: Record {
    static let kind = "logGroup"
    var id: String { name }
    let name: String
    let createdAt: Date
    var retentionInDays: Int?
}
