import Foundation
import ServiceModel

/// A container's output as a log stream of CloudWatch Logs.
struct LogStream: Sendable, Equatable {
    let group: String
    /// `PREFIX/CONTAINER/TASK`, as the awslogs driver names it.
    let name: String
    /// The container in Docker, which keeps the lines.
    let dockerID: String
    let createdAt: Date

    /// The group and stream that a container of a task writes to: those of its awslogs options, else `/jubako/FAMILY` and the prefix `ecs`.
    init?(_ container: ECSTask.Container, of task: ECSTask, _ definition: TaskDefinition) {
        guard let dockerID = container.runtimeID else { return nil }
        let configuration = definition.container(container.name)?["logConfiguration"] ?? .null
        let options: JSON = configuration["logDriver"].string == "awslogs" ? configuration["options"] : .null
        group = options["awslogs-group"].string ?? "/jubako/\(definition.family)"
        name = "\(options["awslogs-stream-prefix"].string ?? "ecs")/\(container.name)/\(task.id)"
        self.dockerID = dockerID
        createdAt = task.createdAt
    }
}

extension Transaction {
    /// All streams that can be read, oldest first.
    func logStreams(group: String?) -> [LogStream] {
        state.tasks.values.flatMap { task -> [LogStream] in
            guard let definition = state.taskDefinitions[task.taskDefinition] else { return [] }
            return task.containers.compactMap { LogStream($0, of: task, definition) }
        }
        .filter { group == nil || $0.group == group }
        .sorted { ($0.createdAt, $0.name) < ($1.createdAt, $1.name) }
    }

    mutating func createLogGroup(_ input: JSON) throws(EngineError) -> JSON {
        let name = input["logGroupName"].string ?? ""
        guard (1...512).contains(name.utf8.count), name.utf8.allSatisfy({ Self.logGroupCharacters.contains($0) }) else {
            throw .invalidParameter("The log group name \"\(name)\" has 1 to 512 letters, digits and the characters _ - / . #.")
        }
        guard state.logGroups[name] == nil else {
            throw EngineError(code: "ResourceAlreadyExistsException", message: "The specified log group already exists")
        }
        state.logGroups[name] = LogGroup(name: name, createdAt: context.now)
        return [:]
    }

    mutating func deleteLogGroup(_ input: JSON) throws(EngineError) -> JSON {
        let name = input["logGroupName"].string ?? ""
        guard state.logGroups[name] != nil else { throw .noSuchLogGroup }
        state.logGroups[name] = nil
        return [:]
    }

    mutating func putRetentionPolicy(_ input: JSON) throws(EngineError) -> JSON {
        let name = input["logGroupName"].string ?? ""
        guard state.logGroups[name] != nil else { throw .noSuchLogGroup }
        state.logGroups.update(name) { $0.retentionInDays = input["retentionInDays"].int }
        return [:]
    }

    private static let logGroupCharacters = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-/.#".utf8)
}

extension EngineError {
    static let noSuchLogGroup = EngineError(code: "ResourceNotFoundException", message: "The specified log group does not exist.")
    static let noSuchLogStream = EngineError(code: "ResourceNotFoundException", message: "The specified log stream does not exist.")
}
