import NIOCore
import ServiceModel

/// Something that happened to a container.
struct DockerEvent: Sendable, Hashable {
    enum Action: Sendable, Hashable {
        case start
        case die(exitCode: Int)
        /// A process of the container was killed for want of memory, not necessarily its first one.
        case oom
        case health(ContainerHealth)
        case destroy
    }

    let action: Action
    let containerID: String
    /// The container's labels, and `name`, `image`, `exitCode`.
    let attributes: [String: String]
    /// Nanoseconds since 1970.
    let time: Int

    init(action: Action, containerID: String, attributes: [String: String] = [:], time: Int) {
        self.action = action
        self.containerID = containerID
        self.attributes = attributes
        self.time = time
    }

    /// Nil for events that nobody here needs.
    init?(_ json: JSON) {
        guard json["Type"].string ?? "container" == "container", let name = json["Action"].string,
            let id = json["Actor"]["ID"].string ?? json["id"].string
        else { return nil }
        let attributes = json["Actor"]["Attributes"].object.reduce(into: [:]) { $0[$1.key] = $1.value.string }
        switch name {
        case "start": action = .start
        case "die": action = .die(exitCode: attributes["exitCode"].flatMap { Int($0) } ?? 0)
        case "oom": action = .oom
        case "destroy": action = .destroy
        case "health_status: healthy": action = .health(.healthy)
        case "health_status: unhealthy": action = .health(.unhealthy)
        default: return nil
        }
        containerID = id
        self.attributes = attributes
        time = json["timeNano"].int ?? (json["time"].int ?? 0) * 1_000_000_000
    }
}

/// Reads one JSON document per line and turns it into what the caller wants; blank lines are skipped.
struct LineDecoder<Output: Sendable>: StreamDecoder {
    private static var longestLine: Int { 8 << 20 }

    let transform: @Sendable (JSON) throws -> Output?
    private var buffer = ByteBuffer()

    init(_ transform: @escaping @Sendable (JSON) throws -> Output?) {
        self.transform = transform
    }

    mutating func decode(_ chunk: ByteBuffer) throws -> [Output] {
        var chunk = chunk
        buffer.writeBuffer(&chunk)
        var outputs: [Output] = []
        while let end = buffer.readableBytesView.firstIndex(of: UInt8(ascii: "\n")) {
            let line = buffer.readBytes(length: end - buffer.readerIndex + 1) ?? []
            if let output = try decode(line: line) { outputs.append(output) }
        }
        guard buffer.readableBytes <= Self.longestLine else { throw DockerError(.other, "Docker sent a line without an end") }
        buffer.discardReadBytes()
        return outputs
    }

    mutating func finish() -> [Output] {
        let rest = buffer.readBytes(length: buffer.readableBytes) ?? []
        return (try? decode(line: rest)).flatMap { $0 }.map { [$0] } ?? []
    }

    private func decode(line: [UInt8]) throws -> Output? {
        guard line.contains(where: { $0 > 0x20 }) else { return nil }
        do {
            return try transform(try JSON(parsing: line))
        } catch let error as JSONSyntaxError {
            throw DockerError(.other, "Docker sent a line that is not JSON: \(error)")
        }
    }
}
