/// Why rules could not be checked at all: what happened, where, what to do.
public struct RulesError: Error, Sendable, Hashable, CustomStringConvertible {
    public let message: String

    public init(_ message: String) { self.message = message }

    public var description: String { message }
}
