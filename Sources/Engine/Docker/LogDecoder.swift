import NIOCore

/// One line that a container wrote.
struct LogLine: Sendable, Hashable {
    enum Stream: UInt8, Sendable, Hashable {
        case stdout = 1
        case stderr = 2
    }

    /// When Docker read it, in nanoseconds since 1970.
    let timestamp: Int
    let stream: Stream
    /// Without the end of the line.
    let text: String
}

/// Reads Docker's log format with `timestamps=1`: frames with a header of 8 bytes (stream, three zeros, length), or raw text if the container
/// has a terminal. A line longer than 16 KiB comes in several parts, each with a time; they are put together again.
struct LogDecoder: StreamDecoder {
    /// The bytes of a line are cut here (an event of CloudWatch Logs holds no more), so that a container cannot fill the memory.
    static let longestLine = 262_144
    /// Docker passes longer lines on in parts of this length.
    private static let partLength = 16_384
    private static let longestFrame = 16 << 20

    private enum Format {
        case frames
        case raw
    }

    private struct Partial: Sendable {
        var timestamp: Int
        var bytes: [UInt8] = []
    }

    private var buffer = ByteBuffer()
    private var format: Format?
    private var partials: [LogLine.Stream: Partial] = [:]
    private var lastTimestamp = 0

    mutating func decode(_ chunk: ByteBuffer) throws -> [LogLine] {
        var chunk = chunk
        if buffer.readableBytes == 0 { buffer = chunk } else { buffer.writeBuffer(&chunk) }
        guard let first = buffer.getInteger(at: buffer.readerIndex, as: UInt8.self) else { return [] }
        if format == nil { format = first <= 2 ? .frames : .raw }  // raw text starts with the digits of a year
        var lines: [LogLine] = []
        switch format {
        case .frames: try readFrames(&lines)
        default: readRawLines(&lines)
        }
        buffer.discardReadBytes()
        return lines
    }

    mutating func finish() -> [LogLine] {
        var lines: [LogLine] = []
        if format == .raw, buffer.readableBytes > 0 {
            take(Array(buffer.readableBytesView), .stdout, &lines)
            buffer.clear()
        }
        for stream in [LogLine.Stream.stdout, .stderr] { emit(stream, &lines) }
        return lines
    }

    private mutating func readFrames(_ lines: inout [LogLine]) throws {
        while buffer.readableBytes >= 8 {
            let start = buffer.readerIndex
            guard let type = buffer.getInteger(at: start, as: UInt8.self), let length = buffer.getInteger(at: start + 4, as: UInt32.self) else {
                return
            }
            guard type <= 2, length <= Self.longestFrame else {
                throw DockerError(.other, "Docker's log stream is damaged: a frame of type \(type) with \(length) bytes")
            }
            guard buffer.readableBytes >= 8 + Int(length) else { return }
            buffer.moveReaderIndex(forwardBy: 8)
            take(buffer.readBytes(length: Int(length)) ?? [], LogLine.Stream(rawValue: type) ?? .stdout, &lines)
        }
    }

    private mutating func readRawLines(_ lines: inout [LogLine]) {
        while let end = buffer.readableBytesView.firstIndex(of: UInt8(ascii: "\n")) {
            take(buffer.readBytes(length: end - buffer.readerIndex + 1) ?? [], .stdout, &lines)
        }
        if buffer.readableBytes > Self.longestLine { take(buffer.readBytes(length: buffer.readableBytes) ?? [], .stdout, &lines) }
    }

    /// What one frame holds: usually one line, with its time in front.
    private mutating func take(_ bytes: [UInt8], _ stream: LogLine.Stream, _ lines: inout [LogLine]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            var timestamp = lastTimestamp
            if let space = rest.prefix(40).firstIndex(of: UInt8(ascii: " ")), let time = DockerTime.nanoseconds(rest[..<space]) {
                timestamp = time
                lastTimestamp = time
                rest = rest[(space + 1)...]
            }
            let end = rest.firstIndex(of: UInt8(ascii: "\n"))
            if format == .raw, rest.prefix(Self.partLength).count == Self.partLength, (end ?? rest.endIndex) > rest.startIndex + Self.partLength {
                let part = rest.prefix(Self.partLength)  // without frames, only its length tells where the next time stands
                partials[stream, default: Partial(timestamp: timestamp)].bytes += part
                rest = rest[part.endIndex...]
                continue
            }
            partials[stream, default: Partial(timestamp: timestamp)].bytes += rest[..<(end ?? rest.endIndex)]
            if end != nil || partials[stream, default: Partial(timestamp: 0)].bytes.count >= Self.longestLine { emit(stream, &lines) }
            rest = end.map { rest[($0 + 1)...] } ?? []
        }
    }

    private mutating func emit(_ stream: LogLine.Stream, _ lines: inout [LogLine]) {
        guard let partial = partials.removeValue(forKey: stream) else { return }
        let bytes = partial.bytes.last == UInt8(ascii: "\r") ? partial.bytes.dropLast() : partial.bytes[...]
        lines.append(LogLine(timestamp: partial.timestamp, stream: stream, text: String(decoding: bytes, as: UTF8.self)))
    }
}
