/// How a deploy ended. Each end has an exit code of its own, so that a script can act on it without reading texts.
public enum Outcome: Hashable, Sendable {
    /// The deployment completed.
    case deployed
    /// The app runs as its definition says.
    case nothingToDo
    /// The deployment started, and nobody waited for its end (`--no-wait`).
    case started
    /// The deployment failed; the service was not (or could not be) rolled back.
    case failed(String)
    /// The deployment failed, and the service runs the earlier revision again.
    case rolledBack(to: String, reason: String)
    /// The time was up; the deployment goes on.
    case timedOut
    /// Another deployment took the place of this one.
    case superseded(by: String)
    /// Somebody stopped watching; the deployment goes on.
    case interrupted

    /// The process's exit code.
    public var exitCode: Int32 {
        switch self {
        case .deployed, .nothingToDo, .started: 0
        case .failed, .rolledBack: 3
        case .timedOut: 4
        case .superseded: 6
        case .interrupted: 130
        }
    }

    /// One word for JSON output.
    public var word: String {
        switch self {
        case .deployed: "deployed"
        case .nothingToDo: "nothing-to-do"
        case .started: "started"
        case .failed: "failed"
        case .rolledBack: "rolled-back"
        case .timedOut: "timed-out"
        case .superseded: "superseded"
        case .interrupted: "interrupted"
        }
    }

    public var isSuccess: Bool { exitCode == 0 }
}

/// A flow that could not be carried out. Says what happened and what to do next.
public struct DeployError: Error, Hashable, Sendable, CustomStringConvertible {
    public let message: String

    public init(_ message: String) {
        self.message = message
    }

    public var description: String { message }
}

/// Somebody stopped a flow before it had changed anything that goes on by itself.
public struct Stopped: Error, Hashable, Sendable, CustomStringConvertible {
    public let message: String

    public init(_ message: String) {
        self.message = message
    }

    public var description: String { message }
}
