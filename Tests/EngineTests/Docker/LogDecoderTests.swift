import NIOCore
import Testing

@testable import Engine

private func frame(_ stream: UInt8, _ text: String) -> [UInt8] {
    let length = UInt32(text.utf8.count)
    return [stream, 0, 0, 0] + [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: length >> $0) } + Array(text.utf8)
}

private func decode(_ bytes: [UInt8], chunk: Int) throws -> [LogLine] {
    var decoder = LogDecoder()
    var lines: [LogLine] = []
    for start in stride(from: 0, to: bytes.count, by: chunk) {
        lines += try decoder.decode(ByteBuffer(bytes: bytes[start..<min(start + chunk, bytes.count)]))
    }
    return lines + decoder.finish()
}

struct LogDecoderTests {
    @Test(arguments: [1, 3, 8, 9, 1000])
    func `frames are read in whatever pieces they come`(chunk: Int) throws {
        let bytes =
            frame(1, "2026-11-24T00:00:01.000000001Z one\n") + frame(2, "2026-11-24T00:00:02.500000000Z zwei ü\n")
            + frame(1, "2026-11-24T00:00:03.000000000Z \n") + frame(1, "2026-11-24T00:00:04.000000000Z no end")
        #expect(
            try decode(bytes, chunk: chunk) == [
                LogLine(timestamp: 1_795_478_401_000_000_001, stream: .stdout, text: "one"),
                LogLine(timestamp: 1_795_478_402_500_000_000, stream: .stderr, text: "zwei ü"),
                LogLine(timestamp: 1_795_478_403_000_000_000, stream: .stdout, text: ""),
                LogLine(timestamp: 1_795_478_404_000_000_000, stream: .stdout, text: "no end"),
            ])
    }

    @Test func `a long line that Docker split is put together, also across the other stream`() throws {
        let bytes =
            frame(1, "2026-11-24T00:00:01.000000000Z begin ") + frame(2, "2026-11-24T00:00:01.100000000Z error\n")
            + frame(1, "2026-11-24T00:00:01.200000000Z end\n")
        #expect(try decode(bytes, chunk: 7).map(\.text) == ["error", "begin end"])
    }

    @Test func `a line without an end does not fill the memory`() throws {
        let part = frame(1, "2026-11-24T00:00:01.000000000Z " + String(repeating: "x", count: 16_384))
        let lines = try decode(Array(repeating: part, count: 40).flatMap { $0 }, chunk: 5000)
        #expect(lines.map(\.text.count) == [262_144, 262_144, 131_072])
    }

    @Test(arguments: [1, 10, 1000])
    func `a terminal's output has no frames`(chunk: Int) throws {
        let bytes = Array("2026-11-24T00:00:01.000000000Z one\r\n2026-11-24T00:00:02.000000000Z two\r\n".utf8)
        #expect(try decode(bytes, chunk: chunk).map(\.text) == ["one", "two"])
    }

    @Test func `bytes that are no text are shown as well as they can be`() throws {
        var bytes = frame(1, "2026-11-24T00:00:01.000000000Z aXb\n")
        bytes[bytes.count - 3] = 0xFF
        #expect(try decode(bytes, chunk: 100).map(\.text) == ["a\u{FFFD}b"])
    }

    @Test func `a damaged stream is an error`() {
        #expect(throws: DockerError.self) { try decode([1, 0, 0, 0, 0xFF, 0, 0, 0, 1], chunk: 100) }
    }

    @Test(
        arguments: [
            ("1970-01-01T00:00:00Z", 0), ("2000-02-29T12:34:56.789Z", 951_827_696_789_000_000),
            ("2026-11-24T09:00:00+09:00", 1_795_478_400_000_000_000),
            ("0001-01-01T00:00:00Z", nil), ("2026-13-01T00:00:00Z", nil), ("yesterday", nil), ("", nil), ("2026-11-24T00:00:00", nil),
        ] as [(String, Int?)])
    func `times are read to the nanosecond`(text: String, nanoseconds: Int?) {
        #expect(DockerTime.nanoseconds(text.utf8) == nanoseconds)
    }
}
