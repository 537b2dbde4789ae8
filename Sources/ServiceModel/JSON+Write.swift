extension JSON {
    /// The value as JSON text without blanks.
    public var text: String { String(decoding: bytes, as: UTF8.self) }

    /// The value as JSON text without blanks, in UTF-8.
    public var bytes: [UInt8] {
        var writer = JSONWriter(indentation: nil)
        writer.write(self)
        return writer.output
    }

    /// The value as JSON text for people: indented by two blanks a level, as `jq` prints it.
    public var prettyText: String {
        var writer = JSONWriter(indentation: 0)
        writer.write(self)
        return String(decoding: writer.output, as: UTF8.self)
    }
}

private struct JSONWriter {
    var output: [UInt8] = []
    var indentation: Int?

    init(indentation: Int?) {
        self.indentation = indentation
        output.reserveCapacity(512)
    }

    mutating func write(_ value: JSON) {
        switch value {
        case .null: output.append(contentsOf: "null".utf8)
        case .bool(let value): output.append(contentsOf: (value ? "true" : "false").utf8)
        case .integer(let value): output.append(contentsOf: String(value).utf8)
        case .number(let value): write(value)
        case .string(let value): write(value)
        case .array(let elements):
            writeGroup("[", "]", elements) { $0.write($1) }
        case .object(let members):
            writeGroup("{", "}", members.elements) { writer, member in
                writer.write(member.key)
                writer.output.append(UInt8(ascii: ":"))
                if writer.indentation != nil { writer.output.append(UInt8(ascii: " ")) }
                writer.write(member.value)
            }
        }
    }

    private mutating func writeGroup<Elements: Collection>(
        _ open: Unicode.Scalar, _ close: Unicode.Scalar, _ elements: Elements, _ element: (inout JSONWriter, Elements.Element) -> Void
    ) {
        output.append(UInt8(ascii: open))
        if elements.isEmpty {
            output.append(UInt8(ascii: close))
            return
        }
        if let level = indentation { indentation = level + 1 }
        var isFirst = true
        for each in elements {
            if !isFirst { output.append(UInt8(ascii: ",")) }
            isFirst = false
            newLine()
            element(&self, each)
        }
        if let level = indentation { indentation = level - 1 }
        newLine()
        output.append(UInt8(ascii: close))
    }

    private mutating func newLine() {
        guard let indentation else { return }
        output.append(UInt8(ascii: "\n"))
        for _ in 0..<indentation { output.append(contentsOf: [0x20, 0x20]) }
    }

    private mutating func write(_ value: Double) {
        if let integer = Int(exactly: value), integer.magnitude < 1 << 53 {
            output.append(contentsOf: String(integer).utf8)
        } else {
            output.append(contentsOf: (value.isFinite ? "\(value)" : "null").utf8)  // JSON has no word for infinity
        }
    }

    private mutating func write(_ value: String) {
        output.append(UInt8(ascii: "\""))
        for byte in value.utf8 {
            switch byte {
            case UInt8(ascii: "\""): output.append(contentsOf: #"\""#.utf8)
            case UInt8(ascii: "\\"): output.append(contentsOf: #"\\"#.utf8)
            case 0x0A: output.append(contentsOf: #"\n"#.utf8)
            case 0x0D: output.append(contentsOf: #"\r"#.utf8)
            case 0x09: output.append(contentsOf: #"\t"#.utf8)
            case ..<0x20, 0x7F:
                let digits = String(byte, radix: 16)
                output.append(contentsOf: #"\u00"#.utf8)
                if digits.count == 1 { output.append(UInt8(ascii: "0")) }
                output.append(contentsOf: digits.utf8)
            default: output.append(byte)
            }
        }
        output.append(UInt8(ascii: "\""))
    }
}
