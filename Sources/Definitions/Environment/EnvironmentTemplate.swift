/// A value of `env`: text with names in `#{}`. `##{` stands for a literal `#{`.
struct EnvironmentTemplate: Hashable, Sendable {
    enum Part: Hashable, Sendable {
        case text(String)
        case name(String)
    }

    let parts: [Part]

    /// Reads a value. `#{` without a `}` in the same line is plain text, and so is `#` alone.
    ///
    /// - Returns: nil when the value has an empty `#{}`.
    init?(_ value: String) {
        let bytes = Array(value.utf8)
        var parts: [Part] = []
        var text: [UInt8] = []
        var position = 0
        func starts(_ word: StaticString) -> Bool {
            bytes[position...].starts(with: UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
        }
        while position < bytes.count {
            if starts("##{") {
                text.append(contentsOf: "#{".utf8)
                position += 3
            } else if starts("#{"), let end = bytes[position...].firstIndex(where: { $0 == UInt8(ascii: "}") || $0 == UInt8(ascii: "\n") }),
                bytes[end] == UInt8(ascii: "}")
            {
                let name = String(decoding: bytes[(position + 2)..<end], as: UTF8.self)
                guard !name.isEmpty else { return nil }
                if !text.isEmpty { parts.append(.text(String(decoding: text, as: UTF8.self))) }
                text = []
                parts.append(.name(name))
                position = end + 1
            } else {
                text.append(bytes[position])
                position += 1
            }
        }
        if !text.isEmpty { parts.append(.text(String(decoding: text, as: UTF8.self))) }
        self.parts = parts
    }

    var names: [String] {
        parts.compactMap { if case .name(let name) = $0 { name } else { nil } }
    }

    /// The value with the names filled in; a value that was put in is not read again.
    func filled(with values: [String: String]) -> String {
        parts.reduce(into: "") { result, part in
            switch part {
            case .text(let text): result += text
            case .name(let name): result += values[name] ?? ""
            }
        }
    }
}
