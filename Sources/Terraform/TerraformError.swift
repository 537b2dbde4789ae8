/// Why nothing can be said about a plan or a project: what happened, where, what to do.
public struct TerraformError: Error, Sendable, Hashable, CustomStringConvertible {
    public let message: String

    public init(_ message: String) { self.message = message }

    public var description: String { message }
}
