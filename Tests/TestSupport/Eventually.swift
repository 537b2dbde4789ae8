/// A condition that did not come true in time.
public struct ConditionNotMet: Error, CustomStringConvertible {
    public let description: String

    public init(description: String) { self.description = description }
}

/// Waits until `condition` is true, and fails when it is not within the deadline.
public func eventually(
    _ what: String, within deadline: Duration = .seconds(60), _ condition: () async throws -> Bool
) async throws {
    let end = ContinuousClock.now + deadline
    while try await !condition() {
        guard ContinuousClock.now < end else { throw ConditionNotMet(description: "not within \(deadline): \(what)") }
        try await Task.sleep(for: .milliseconds(10))
    }
}
