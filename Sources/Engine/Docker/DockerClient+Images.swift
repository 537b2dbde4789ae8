import NIOHTTP1
import ServiceModel

/// An image that Docker has.
struct ImageInspection: Sendable, Hashable {
    /// `sha256:…`
    let id: String
    /// `name@sha256:…` for each registry it came from; empty for an image built here.
    let digests: [String]
    /// Docker's `Config`: Cmd, Entrypoint, Env, ExposedPorts, …
    let config: JSON
}

extension DockerClient {
    func imageExists(_ reference: String) async throws -> Bool {
        try await inspectImage(reference) != nil
    }

    /// The image, or nil if Docker does not have it.
    func inspectImage(_ reference: String) async throws -> ImageInspection? {
        do {
            let json = try await call(.GET, "/images/\(Self.encode(reference))/json")
            return ImageInspection(id: json["Id"].string ?? "", digests: json["RepoDigests"].strings, config: json["Config"])
        } catch let error as DockerError where error.kind == .noSuchImage {
            return nil
        }
    }

    /// Fetches an image from its registry. Without a tag or digest in `reference` it is `latest`.
    ///
    /// - Throws: ``DockerError`` with the registry's own words.
    func pullImage(_ reference: String) async throws {
        let (name, tag) = Self.split(reference)
        let progress = try await stream(
            .POST, "/images/create", ["fromImage": name, "tag": tag], within: .seconds(120),
            decoder: LineDecoder { line -> Never? in
                guard let message = line["error"].string ?? line["errorDetail"]["message"].string else { return nil }
                throw DockerError(status: 404, message: message)
            })
        for try await _ in progress {}
    }

    /// Asked without a tag, Docker would fetch all tags of the repository.
    static func split(_ reference: String) -> (name: String, tag: String?) {
        if reference.contains("@") { return (reference, nil) }
        let lastPart = reference.lastIndex(of: "/").map { reference.index(after: $0) } ?? reference.startIndex
        guard let colon = reference[lastPart...].lastIndex(of: ":") else { return (reference, "latest") }
        return (String(reference[..<colon]), String(reference[reference.index(after: colon)...]))
    }
}
