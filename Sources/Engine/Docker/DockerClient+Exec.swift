import NIOHTTP1
import ServiceModel

extension DockerClient {
    /// Runs a command in a running container and returns its exit code, when it has ended.
    ///
    /// - Parameter limit: after so long the call fails; the command may go on.
    func exec(_ container: String, _ command: [String], within limit: Duration) async throws -> Int {
        // Its output is asked for and thrown away: the end of the output is the end of the command.
        let body: JSON = ["Cmd": JSON(command), "AttachStdout": true, "AttachStderr": true]
        guard let id = try await call(.POST, "/containers/\(Self.encode(container))/exec", body: body)["Id"].string else {
            throw DockerError(.other, "Docker named no id for a command in the container \(container)")
        }
        try await call(.POST, "/exec/\(id)/start", body: ["Detach": false, "Tty": false], within: limit)
        return try await call(.GET, "/exec/\(id)/json")["ExitCode"].int ?? -1
    }
}
