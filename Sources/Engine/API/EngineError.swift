/// An error that goes to the caller in AWS's form.
struct EngineError: Error, Sendable, Hashable {
    /// AWS's name: `ClusterNotFoundException` (ECS), `TargetGroupNotFound` (load balancing).
    let code: String
    let message: String
    /// The HTTP status: 400 for the caller's mistakes, 500 for the engine's.
    var statusCode: Int
    /// Further members of the error's body, such as `resourceIds`.
    var resourceIDs: [String]

    init(code: String, message: String, statusCode: Int = 400, resourceIDs: [String] = []) {
        self.code = code
        self.message = message
        self.statusCode = statusCode
        self.resourceIDs = resourceIDs
    }

    static func invalidParameter(_ message: String) -> EngineError { EngineError(code: "InvalidParameterException", message: message) }
    static func client(_ message: String) -> EngineError { EngineError(code: "ClientException", message: message) }
    static let clusterNotFound = EngineError(code: "ClusterNotFoundException", message: "Cluster not found.")
    static let serviceNotFound = EngineError(code: "ServiceNotFoundException", message: "Service not found.")
    static let serviceNotActive = EngineError(code: "ServiceNotActiveException", message: "Service was not ACTIVE.")

    /// The engine's state could not be written; nothing was changed.
    static func unavailable(_ message: String) -> EngineError { EngineError(code: "ServerException", message: message, statusCode: 500) }
}
