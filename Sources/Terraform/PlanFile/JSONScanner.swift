import ServiceModel

/// Reads JSON text in place, value by value, and builds nothing that is not asked for: a plan of 18 MB holds a few hundred
/// kilobytes that matter. What is passed over is checked all the same, so that a damaged file is never taken for a short one.
struct JSONScanner {
    /// Valid as long as the scanner.
    let bytes: UnsafeBufferPointer<UInt8>
    private(set) var position: Int
    private let end: Int
    private var depth = 0
    private static let maximumDepth = 256

    init(_ bytes: UnsafeBufferPointer<UInt8>, range: Range<Int>? = nil) {
        self.bytes = bytes
        position = range?.lowerBound ?? 0
        end = range?.upperBound ?? bytes.count
    }

    var isAtEnd: Bool {
        mutating get {
            skipBlanks()
            return position >= end
        }
    }

    /// The byte that the next value starts with.
    mutating func next() throws(TerraformError) -> UInt8 {
        skipBlanks()
        guard position < end else { throw error("the JSON text ends too early: the file is cut off") }
        return bytes[position]
    }

    /// Calls `body` for each member of an object; it has to read or skip the value.
    mutating func members(_ body: (inout JSONScanner, String) throws(TerraformError) -> Void) throws(TerraformError) {
        try open("{")
        if try take("}") { return close() }
        while true {
            guard try next() == UInt8(ascii: "\"") else { throw error("expected a key in double quotes") }
            let key = try string()
            guard try take(":") else { throw error("expected ':' after a key") }
            try body(&self, key)
            if try take("}") { return close() }
            guard try take(",") else { throw error("expected ',' or '}' in an object") }
        }
    }

    /// Calls `body` for each element of a list; it has to read or skip the value.
    mutating func elements(_ body: (inout JSONScanner) throws(TerraformError) -> Void) throws(TerraformError) {
        try open("[")
        if try take("]") { return close() }
        while true {
            try body(&self)
            if try take("]") { return close() }
            guard try take(",") else { throw error("expected ',' or ']' in a list") }
        }
    }

    /// Passes over a value, and says where it was.
    @discardableResult
    mutating func skip() throws(TerraformError) -> Range<Int> {
        let first = try next()
        let start = position
        switch first {
        case UInt8(ascii: "{"):
            try open("{")
            if try take("}") {
                close()
                break
            }
            while true {
                guard try next() == UInt8(ascii: "\"") else { throw error("expected a key in double quotes") }
                try skipString()
                guard try take(":") else { throw error("expected ':' after a key") }
                try skip()
                if try take("}") { break }
                guard try take(",") else { throw error("expected ',' or '}' in an object") }
            }
            close()
        case UInt8(ascii: "["): try elements { scanner throws(TerraformError) in try scanner.skip() }
        case UInt8(ascii: "\""): try skipString()
        case UInt8(ascii: "t"): try word("true")
        case UInt8(ascii: "f"): try word("false")
        case UInt8(ascii: "n"): try word("null")
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try skipNumber()
        default: throw error("unexpected text where a value should start")
        }
        return start..<position
    }

    /// The string that comes next.
    mutating func string() throws(TerraformError) -> String {
        guard try next() == UInt8(ascii: "\"") else { throw error("expected a string") }
        let start = position
        let isPlain = try skipString()
        if isPlain {
            guard let text = String(validating: bytes[(start + 1)..<(position - 1)], as: UTF8.self) else {
                throw error("a string is not valid UTF-8")
            }
            return text
        }
        return try value(at: start..<position).string ?? ""
    }

    /// The value at a place that ``skip()`` gave.
    func value(at range: Range<Int>) throws(TerraformError) -> JSON {
        do {
            return try JSON(parsing: UnsafeBufferPointer(rebasing: bytes[range]))
        } catch let problem {
            throw error("\(problem.message)", at: range.lowerBound)
        }
    }

    /// The value that comes next.
    mutating func value() throws(TerraformError) -> JSON {
        try value(at: try skip())
    }

    func error(_ message: String, at place: Int? = nil) -> TerraformError {
        let place = min(place ?? position, bytes.count)
        let line = bytes[..<place].reduce(into: 1) { if $1 == 0x0A { $0 += 1 } }
        return TerraformError("line \(line), byte \(place): \(message)")
    }

    private mutating func open(_ mark: Unicode.Scalar) throws(TerraformError) {
        guard try take(mark) else { throw error("expected '\(mark)'") }
        depth += 1
        guard depth <= Self.maximumDepth else { throw error("nested deeper than \(Self.maximumDepth) levels") }
    }

    private mutating func close() { depth -= 1 }

    private mutating func take(_ mark: Unicode.Scalar) throws(TerraformError) -> Bool {
        guard try next() == UInt8(ascii: mark) else { return false }
        position += 1
        return true
    }

    private mutating func skipBlanks() {
        while position < end {
            let byte = bytes[position]
            guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return }
            position += 1
        }
    }

    /// Whether the string has no escapes.
    @discardableResult
    private mutating func skipString() throws(TerraformError) -> Bool {
        var isPlain = true
        var index = position + 1
        while index < end {
            let byte = bytes[index]
            if byte == UInt8(ascii: "\"") {
                position = index + 1
                return isPlain
            }
            if byte == UInt8(ascii: "\\") {
                isPlain = false
                index += 1
            } else if byte < 0x20 {
                throw error("a control character in a string", at: index)
            }
            index += 1
        }
        throw error("the JSON text ends inside a string: the file is cut off")
    }

    private mutating func skipNumber() throws(TerraformError) {
        var digits = 0
        while position < end {
            switch bytes[position] {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digits += 1
            case UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"): break
            default:
                guard digits > 0 else { throw error("expected a digit") }
                return
            }
            position += 1
        }
    }

    private mutating func word(_ word: StaticString) throws(TerraformError) {
        for index in 0..<word.utf8CodeUnitCount {
            guard position < end, bytes[position] == word.utf8Start[index] else { throw error("unexpected word, perhaps \(word) was meant") }
            position += 1
        }
    }
}
