import ServiceModel

/// Finds where Jsonnet sources write a key. What an evaluation gives has no positions, but most keys of a definition are written once.
struct KeyLocator: Sendable {
    let files: [String]

    /// The place of the last key of `path` that stands in exactly one place; the start of the entry file when there is none.
    func mark(of path: DocumentPath) -> Mark {
        let sources = files.compactMap { file in (try? SourceFile.read(file)).map { (file, $0) } }
        for component in path.reversed() {
            guard case .key(let key) = component else { continue }
            let places = sources.flatMap { Self.places(of: key, in: $0.1, $0.0) }
            if places.count == 1 { return places[0] }
        }
        return .start(of: files.first ?? "")
    }

    /// Where `bytes` writes `key:`, with or without quotes, also as `key+:` or `key::`.
    static func places(of key: String, in bytes: [UInt8], _ file: String) -> [Mark] {
        let word = Array(key.utf8)
        guard !word.isEmpty, bytes.count > word.count else { return [] }
        var places: [Mark] = []
        var line = 1
        var lineStart = 0
        for start in bytes.indices {
            if bytes[start] == UInt8(ascii: "\n") {
                line += 1
                lineStart = start + 1
            }
            guard bytes[start] == word[0], bytes[start...].starts(with: word), start == 0 || !isName(bytes[start - 1]) else { continue }
            var end = start + word.count
            let isQuoted = start > 0 && (bytes[start - 1] == UInt8(ascii: "'") || bytes[start - 1] == UInt8(ascii: "\""))
            if isQuoted {
                guard end < bytes.count, bytes[end] == bytes[start - 1] else { continue }
                end += 1
            }
            while end < bytes.count, bytes[end] == 0x20 || bytes[end] == UInt8(ascii: "+") { end += 1 }
            guard end < bytes.count, bytes[end] == UInt8(ascii: ":") else { continue }
            let column = bytes[lineStart..<(isQuoted ? start - 1 : start)].reduce(into: 1) { if $1 & 0xC0 != 0x80 { $0 += 1 } }
            places.append(Mark(file: file, line: line, column: column))
        }
        return places
    }

    private static func isName(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        case UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "$"): true
        default: false
        }
    }
}
