import NIOHTTP1
import ServiceModel

extension DockerClient {
    /// Makes a container and returns its id.
    ///
    /// - Throws: ``DockerError`` of kind `noSuchImage` if the image has to be pulled first, `conflict` if the name is taken.
    func createContainer(name: String, body: JSON) async throws -> String {
        let answer = try await call(.POST, "/containers/create", ["name": name], body: body, within: .seconds(120))
        guard let id = answer["Id"].string else { throw DockerError(.other, "Docker named no id for the container \(name)") }
        return id
    }

    /// Starts a container; one that runs already is no error.
    func start(_ container: String) async throws {
        try await call(.POST, "/containers/\(Self.encode(container))/start", within: .seconds(60))
    }

    /// SIGTERM (or the image's stop signal), and SIGKILL after `timeout` seconds. Returns when the container has ended; one that had ended
    /// already is no error.
    func stop(_ container: String, timeout: Int) async throws {
        try await call(.POST, "/containers/\(Self.encode(container))/stop", ["t": String(timeout)], within: .seconds(timeout + 10))
    }

    func kill(_ container: String, signal: String = "SIGKILL") async throws {
        try await call(.POST, "/containers/\(Self.encode(container))/kill", ["signal": signal])
    }

    /// Removes a container, with `volumes` its anonymous volumes too. One that is gone already, or being removed, is no error.
    func remove(_ container: String, force: Bool = false, volumes: Bool = false) async throws {
        do {
            try await call(
                .DELETE, "/containers/\(Self.encode(container))", ["force": force ? "true" : nil, "v": volumes ? "true" : nil], within: .seconds(60))
        } catch let error as DockerError where error.kind == .noSuchContainer || (error.kind == .conflict && force) {
            return
        }
    }

    /// - Parameter container: id or name.
    func inspect(_ container: String) async throws -> ContainerInspection {
        ContainerInspection(try await call(.GET, "/containers/\(Self.encode(container))/json"))
    }

    /// The containers that carry all `labels` (`key` or `key=value`), ended ones included.
    func list(labels: [String]) async throws -> [ContainerSummary] {
        let filters: JSON = ["label": JSON(labels)]
        return try await call(.GET, "/containers/json", ["all": "true", "filters": filters.text]).array.map { ContainerSummary($0) }
    }

    /// What a container wrote, oldest line first.
    ///
    /// - Parameters:
    ///   - since: only lines from this time on, in nanoseconds since 1970.
    ///   - until: only lines before this time, in nanoseconds since 1970.
    ///   - tail: only so many lines from the end.
    ///   - follow: go on with what it writes until it ends.
    func logs(
        _ container: String, since: Int? = nil, until: Int? = nil, tail: Int? = nil, follow: Bool = false
    ) async throws -> DockerStream<LogDecoder> {
        let query: Query = [
            "stdout": "true", "stderr": "true", "timestamps": "true", "since": since.map(DockerTime.parameter),
            "until": until.map(DockerTime.parameter), "tail": tail.map { String($0) }, "follow": follow ? "true" : nil,
        ]
        return try await stream(.GET, "/containers/\(Self.encode(container))/logs", query, decoder: LogDecoder())
    }
}
