import Foundation

/// A word of an expression.
struct PromQLToken {
    enum Kind: Hashable {
        case identifier(String)
        case number(Double)
        /// Seconds.
        case duration(Double)
        case string(String)
        case symbol(String)
    }

    let kind: Kind
    let range: Range<Int>
}

/// Cuts an expression into words.
struct PromQLLexer {
    private let bytes: [UInt8]
    private var position = 0
    private var brackets = 0

    private init(bytes: [UInt8]) { self.bytes = bytes }

    static func tokens(of text: String) throws(PromQL.SyntaxError) -> [PromQLToken] {
        var lexer = PromQLLexer(bytes: Array(text.utf8))
        var tokens: [PromQLToken] = []
        while let token = try lexer.next() { tokens.append(token) }
        return tokens
    }

    private mutating func next() throws(PromQL.SyntaxError) -> PromQLToken? {
        skipBlanks()
        guard let byte = peek() else { return nil }
        let start = position
        let kind: PromQLToken.Kind
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): kind = try number()
        case UInt8(ascii: ".") where peek(1).map(Self.isDigit) == true: kind = try number()
        case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"): kind = .string(try string(quote: byte))
        case UInt8(ascii: ":") where brackets > 0: kind = symbol(1)
        case _ where Self.isWord(byte): kind = word()
        default: kind = try symbol()
        }
        return PromQLToken(kind: kind, range: start..<position)
    }

    private mutating func skipBlanks() {
        while let byte = peek() {
            if byte == UInt8(ascii: "#") {
                while let inside = peek(), inside != 0x0A { position += 1 }
            } else if byte == 0x20 || (0x09...0x0D).contains(byte) {
                position += 1
            } else {
                return
            }
        }
    }

    private mutating func word() -> PromQLToken.Kind {
        let start = position
        while let byte = peek(), Self.isWord(byte) || Self.isDigit(byte) {
            if byte == UInt8(ascii: ":"), brackets > 0 { break }
            position += 1
        }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        switch text.lowercased() {
        case "inf": return .number(.infinity)
        case "nan": return .number(.nan)
        default: return .identifier(text)
        }
    }

    private mutating func symbol() throws(PromQL.SyntaxError) -> PromQLToken.Kind {
        let pair = String(decoding: bytes[position..<min(position + 2, bytes.count)], as: UTF8.self)
        if ["==", "!=", "<=", ">=", "=~", "!~"].contains(pair) { return symbol(2) }
        guard let byte = peek(), "+-*/%^=<>(){}[],@".utf8.contains(byte) else {
            throw PromQL.SyntaxError(message: "unexpected character \(pair.prefix(1))", offset: position)
        }
        if byte == UInt8(ascii: "[") { brackets += 1 }
        if byte == UInt8(ascii: "]") { brackets -= 1 }
        return symbol(1)
    }

    private mutating func symbol(_ length: Int) -> PromQLToken.Kind {
        defer { position += length }
        return .symbol(String(decoding: bytes[position..<position + length], as: UTF8.self))
    }

    private mutating func number() throws(PromQL.SyntaxError) -> PromQLToken.Kind {
        let start = position
        while let byte = peek() {
            let isSign = byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-")
            let isExponent =
                position > start && (bytes[position - 1] | 0x20) == UInt8(ascii: "e")
                && (bytes[min(start + 1, bytes.count - 1)] | 0x20) != UInt8(ascii: "x")
            guard Self.isDigit(byte) || Self.isLetter(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_") || (isSign && isExponent) else {
                break
            }
            position += 1
        }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        if let seconds = PromQLDuration.seconds(text) { return .duration(seconds) }
        let plain = text.replacing("_", with: "")
        if plain.lowercased().hasPrefix("0x"), let value = UInt64(plain.dropFirst(2), radix: 16) { return .number(Double(value)) }
        // A leading zero makes it octal in Go.
        if plain.count > 1, plain.hasPrefix("0"), plain.utf8.allSatisfy({ (0x30...0x37).contains($0) }), let value = UInt64(plain, radix: 8) {
            return .number(Double(value))
        }
        guard let value = Double(plain) else { throw PromQL.SyntaxError(message: "\(text) is neither a number nor a duration", offset: start) }
        return .number(value)
    }

    private mutating func string(quote: UInt8) throws(PromQL.SyntaxError) -> String {
        let start = position
        position += 1
        var unescaped: [UInt8] = []
        while let byte = peek() {
            position += 1
            if byte == quote { return String(decoding: unescaped, as: UTF8.self) }
            if byte == UInt8(ascii: "\\"), quote != UInt8(ascii: "`") {
                escape(into: &unescaped)
            } else {
                unescaped.append(byte)
            }
        }
        throw PromQL.SyntaxError(message: "the string is not closed", offset: start)
    }

    /// Go's escapes.
    private mutating func escape(into unescaped: inout [UInt8]) {
        guard let byte = peek() else { return }
        position += 1
        let simple: [UInt8: UInt8] = [0x61: 7, 0x62: 8, 0x66: 12, 0x6E: 10, 0x72: 13, 0x74: 9, 0x76: 11]
        let digits: [UInt8: Int] = [UInt8(ascii: "x"): 2, UInt8(ascii: "u"): 4, UInt8(ascii: "U"): 8]
        if let plain = simple[byte] {
            unescaped.append(plain)
        } else if let count = digits[byte], let code = UInt32(hexadecimal(count), radix: 16), let scalar = Unicode.Scalar(code) {
            position += count
            unescaped.append(contentsOf: count == 2 ? [UInt8(code)] : Array(String(scalar).utf8))
        } else {
            unescaped.append(byte)
        }
    }

    private func hexadecimal(_ count: Int) -> String {
        String(decoding: bytes[position..<min(position + count, bytes.count)], as: UTF8.self)
    }

    private func peek(_ ahead: Int = 0) -> UInt8? { position + ahead < bytes.count ? bytes[position + ahead] : nil }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
    private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }
    private static func isWord(_ byte: UInt8) -> Bool { isLetter(byte) || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ":") }
}
