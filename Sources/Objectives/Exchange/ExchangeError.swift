/// Something in a foreign file that cannot be taken over, and where it stands.
public struct ExchangeProblem: Error, Sendable, Hashable, CustomStringConvertible {
    public let file: String
    /// Counted from 1.
    public let line: Int
    public let column: Int
    public let message: String

    public var description: String { "\(file):\(line):\(column): \(message)" }
}

/// Everything that is wrong with a foreign file.
public struct ExchangeProblems: Error, Sendable, Hashable, CustomStringConvertible {
    public let problems: [ExchangeProblem]

    public var description: String { problems.map(\.description).joined(separator: "\n") }
}

/// Objectives out of a foreign file.
public struct ImportedObjectives: Sendable, Hashable {
    /// An objective as it is written into a definition, by its app.
    public struct Item: Sendable, Hashable {
        public let app: String
        public let objective: WrittenObjective
    }

    public let items: [Item]
    /// What the file says that a definition cannot, and what was made of it.
    public let notes: [ExchangeProblem]

    /// The `objectives` of `app`, as text for its definition.
    public func text(app: String) -> String { WrittenObjective.text(items.filter { $0.app == app }.map(\.objective)) }
    public var apps: [String] { Array(Set(items.map(\.app))).sorted() }
}
