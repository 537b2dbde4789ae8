/// Why Prometheus or Alertmanager did not get a file.
public struct StackError: Error, Sendable, Hashable, CustomStringConvertible {
    public enum Code: String, Sendable, Hashable {
        /// A program is not installed.
        case missing
        /// The file cannot be written.
        case files
        /// The tool does not accept it; what was there before stays.
        case rejected
    }

    public let code: Code
    public let message: String

    public init(code: Code, message: String) {
        self.code = code
        self.message = message
    }

    public var description: String { message }
}
