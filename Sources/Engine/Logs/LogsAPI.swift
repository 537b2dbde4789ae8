import Foundation
import ServiceModel

/// The operations of CloudWatch Logs that read what containers wrote. Docker keeps the lines; nothing is copied.
struct LogsAPI: Sendable {
    let core: EngineCore
    let docker: DockerClient
    let locality: Locality

    /// - Throws: ResourceNotFoundException, InvalidParameterException, UnknownOperationException.
    func call(_ name: String, _ input: JSON) async throws(EngineError) -> JSON {
        guard let description = ServiceModel.logs.operations[name] else {
            throw EngineError(
                code: "UnknownOperationException", message: "\(name) is not an operation of CloudWatch Logs, or not supported by this engine yet.")
        }
        var checker = Checker(model: .logs, style: .request)
        let checked = description.input.map { checker.check(input, as: $0) } ?? [:]
        if let problem = checker.problems.first { throw .invalidParameter(problem.description) }
        switch name {
        case "CreateLogGroup": return try await core.change { (change) throws(EngineError) in try change.createLogGroup(checked) }
        case "DeleteLogGroup": return try await core.change { (change) throws(EngineError) in try change.deleteLogGroup(checked) }
        case "PutRetentionPolicy": return try await core.change { (change) throws(EngineError) in try change.putRetentionPolicy(checked) }
        case "DescribeLogGroups": return try await describeGroups(checked)
        case "DescribeLogStreams": return try await describeStreams(checked)
        case "GetLogEvents": return try await getEvents(checked)
        case "FilterLogEvents": return try await filterEvents(checked)
        default: throw EngineError(code: "UnknownOperationException", message: "\(name) is not supported by this engine yet.")
        }
    }

    private func describeGroups(_ input: JSON) async throws(EngineError) -> JSON {
        let prefix = input["logGroupNamePrefix"].string ?? ""
        let pattern = input["logGroupNamePattern"].string ?? ""
        let groups: [String: LogGroup] = try await core.read { (state) throws(EngineError) in
            var groups = Dictionary(state.state.logGroups.values.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
            for stream in state.logStreams(group: nil) where groups[stream.group] == nil {
                groups[stream.group] = LogGroup(name: stream.group, createdAt: stream.createdAt)
            }
            return groups
        }
        let names = groups.keys.filter { $0.hasPrefix(prefix) && (pattern.isEmpty || $0.contains(pattern)) }.sorted()
        let page = try ListingPage(of: names, input.adding("maxResults", input["limit"]), standard: 50, limit: 50)
        return JSON.compact([
            "logGroups": .array(
                page.items.compactMap { groups[$0] }.map {
                    JSON.compact([
                        "logGroupName": .string($0.name), "creationTime": .integer($0.createdAt.milliseconds),
                        "retentionInDays": JSON($0.retentionInDays),
                        "arn": .string(locality.arn("logs", "log-group:\($0.name):*")), "storedBytes": 0, "metricFilterCount": 0,
                    ])
                }), "nextToken": JSON(page.nextToken),
        ])
    }

    private func describeStreams(_ input: JSON) async throws(EngineError) -> JSON {
        let group = try await existingGroup(input)
        let prefix = input["logStreamNamePrefix"].string ?? ""
        var streams = try await streams(of: group).filter { $0.name.hasPrefix(prefix) }
        if input["orderBy"].string != "LastEventTime" { streams.sort { $0.name < $1.name } }
        if input["descending"].bool == true { streams.reverse() }
        let byName = Dictionary(streams.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        let page = try ListingPage(of: streams.map(\.name), input.adding("maxResults", input["limit"]), standard: 50, limit: 50)
        return JSON.compact([
            "logStreams": .array(
                page.items.compactMap { byName[$0] }.map {
                    [
                        "logStreamName": .string($0.name), "creationTime": .integer($0.createdAt.milliseconds),
                        "arn": .string(locality.arn("logs", "log-group:\(group):log-stream:\($0.name)")), "storedBytes": 0,
                    ]
                }), "nextToken": JSON(page.nextToken),
        ])
    }

    /// Tokens hold the time of the last event that was given, in nanoseconds: `f/NANOSECONDS`.
    private func getEvents(_ input: JSON) async throws(EngineError) -> JSON {
        let group = try await existingGroup(input)
        guard let stream = try await streams(of: group).first(where: { $0.name == input["logStreamName"].string }) else { throw .noSuchLogStream }
        let limit = try limit(input)
        let after = try input["nextToken"].string.map { (token) throws(EngineError) in try Self.position(token) }
        let fromHead = after != nil || input["startFromHead"].bool == true
        let lines = try await lines(of: stream, input, after: after, tail: fromHead ? nil : limit)
        let chosen = fromHead ? lines.prefix(limit) : lines.suffix(limit)
        let last = chosen.last?.timestamp ?? after ?? 0
        return [
            "events": .array(
                chosen.map {
                    [
                        "timestamp": .integer($0.timestamp / 1_000_000), "message": .string($0.text),
                        "ingestionTime": .integer($0.timestamp / 1_000_000),
                    ]
                }),
            "nextForwardToken": .string("f/\(last)"), "nextBackwardToken": .string("b/\(chosen.first?.timestamp ?? last)"),
        ]
    }

    private func filterEvents(_ input: JSON) async throws(EngineError) -> JSON {
        let group = try await existingGroup(input)
        let names = Set(input["logStreamNames"].strings)
        let prefix = input["logStreamNamePrefix"].string ?? ""
        let pattern = (input["filterPattern"].string ?? "").trimmingCharacters(in: CharacterSet(charactersIn: "\" "))
        let after = try input["nextToken"].string.map { (token) throws(EngineError) in try Self.position(token) }
        var found: [(stream: LogStream, line: LogLine)] = []
        for stream in try await streams(of: group) where (names.isEmpty || names.contains(stream.name)) && stream.name.hasPrefix(prefix) {
            let lines = try await lines(of: stream, input, after: after, tail: nil)
            found += lines.filter { pattern.isEmpty || $0.text.contains(pattern) }.map { (stream, $0) }
        }
        found.sort { $0.line.timestamp < $1.line.timestamp }
        let limit = try limit(input)
        let chosen = found.prefix(limit)
        return JSON.compact([
            "events": .array(
                chosen.map {
                    [
                        "logStreamName": .string($0.stream.name), "timestamp": .integer($0.line.timestamp / 1_000_000),
                        "message": .string($0.line.text),
                        "ingestionTime": .integer($0.line.timestamp / 1_000_000),
                        "eventId": .string("\($0.line.timestamp)-\($0.stream.dockerID.prefix(12))"),
                    ]
                }), "searchedLogStreams": [], "nextToken": found.count > limit ? JSON(chosen.last.map { "f/\($0.line.timestamp)" }) : .null,
        ])
    }

    // MARK: Parts

    private func streams(of group: String) async throws(EngineError) -> [LogStream] {
        try await core.read { (state) throws(EngineError) in state.logStreams(group: group) }
    }

    private func existingGroup(_ input: JSON) async throws(EngineError) -> String {
        let identifier = input["logGroupName"].string ?? input["logGroupIdentifier"].string ?? ""
        let group = identifier.hasPrefix("arn:") ? identifier.split(separator: ":").dropFirst(6).first.map(String.init) ?? "" : identifier
        let exists = try await core.read { (state) throws(EngineError) in
            state.state.logGroups[group] != nil || !state.logStreams(group: group).isEmpty
        }
        guard exists else { throw .noSuchLogGroup }
        return group
    }

    private func limit(_ input: JSON) throws(EngineError) -> Int {
        let limit = input["limit"].int ?? 10_000
        guard (1...10_000).contains(limit) else { throw .invalidParameter("limit must be between 1 and 10000, not \(limit).") }
        return limit
    }

    private static func position(_ token: String) throws(EngineError) -> Int {
        guard let position = Int(token.dropFirst(2)), token.hasPrefix("f/") || token.hasPrefix("b/") else {
            throw .invalidParameter("The specified nextToken is invalid.")
        }
        return position
    }

    /// The lines of a stream within the request's times, oldest first.
    private func lines(of stream: LogStream, _ input: JSON, after: Int?, tail: Int?) async throws(EngineError) -> [LogLine] {
        let start = max(input["startTime"].int.map { $0 * 1_000_000 } ?? 0, after.map { $0 + 1 } ?? 0)
        let end = input["endTime"].int.map { $0 * 1_000_000 }
        do {
            var lines: [LogLine] = []
            for try await line in try await docker.logs(stream.dockerID, since: start > 0 ? start : nil, tail: tail) {
                if line.timestamp >= start, end.map({ line.timestamp < $0 }) ?? true { lines.append(line) }
            }
            return lines
        } catch let error as DockerError where error.kind == .noSuchContainer {
            return []
        } catch {
            throw EngineError(code: "ServiceUnavailableException", message: "The log could not be read: \(error)", statusCode: 503)
        }
    }
}

extension Date {
    /// Milliseconds since 1970: how CloudWatch Logs writes a time.
    fileprivate var milliseconds: Int { Int(timeIntervalSince1970 * 1000) }
}
