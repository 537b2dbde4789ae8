/// Why the load balancer's process does not do what it should.
struct HAProxyError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What went wrong.
    struct Code: Sendable, Equatable {
        private let name: String

        static let missing = Code(name: "missing")
        static let portTaken = Code(name: "portTaken")
        static let configurationRejected = Code(name: "configurationRejected")
        static let startFailed = Code(name: "startFailed")
        static let reloadFailed = Code(name: "reloadFailed")
        static let noAnswer = Code(name: "noAnswer")
        static let stopped = Code(name: "stopped")
        static let files = Code(name: "files")
    }

    let code: Code
    let message: String

    var description: String { message }
}

/// Something that happened to the load balancer's process.
enum HAProxyEvent: Sendable, Equatable {
    case started(processID: Int)
    case reloaded
    /// The process ended by itself; it is started again.
    case exited(String)
    /// The process cannot be started now; it is tried again.
    case startFailed(String)
    /// A listener's port is taken by another process: the listener is left out until it is free.
    case listenerUnavailable(port: Int, message: String)
}
