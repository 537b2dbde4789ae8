/// Something wrong with a definition, and where.
public struct DefinitionProblem: Error, Hashable, Sendable, CustomStringConvertible {
    public let file: String
    /// Counted from 1.
    public let line: Int
    /// Counted from 1, in characters.
    public let column: Int
    public let message: String

    public init(file: String, line: Int, column: Int, message: String) {
        self.file = file
        self.line = line
        self.column = column
        self.message = message
    }

    init(_ message: String, at mark: Mark) {
        self.init(file: mark.file, line: mark.line, column: mark.column, message: message)
    }

    public var description: String { "\(file):\(line):\(column): \(message)" }
}

/// Everything that is wrong with one definition, in the order of the lines.
public struct DefinitionProblems: Error, Hashable, Sendable, CustomStringConvertible {
    public let problems: [DefinitionProblem]

    /// - Parameter entry: the definition's own file, whose problems come before those of the files that it includes.
    init(_ problems: [DefinitionProblem], entry: String) {
        self.problems = problems.sorted {
            ($0.file == entry ? 0 : 1, $0.file, $0.line, $0.column, $0.message) < ($1.file == entry ? 0 : 1, $1.file, $1.line, $1.column, $1.message)
        }
    }

    public var description: String { problems.map(\.description).joined(separator: "\n") }
}
