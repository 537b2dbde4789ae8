/// An XML element, as far as AWS's Query answers need one: a name, its child elements, its text. Attributes are read over.
struct XMLElement {
    var name: String
    var children: [XMLElement] = []
    var text = ""

    func child(_ name: String) -> XMLElement? { children.first { $0.name == name } }
}

/// Text that is not the XML of a Query answer.
public struct XMLSyntaxError: Error, Sendable, CustomStringConvertible {
    public let message: String
    public let offset: Int
    public var description: String { "\(message) at byte \(offset) of the XML text" }
}

extension XMLElement {
    /// Reads a document: elements, text, character references, CDATA and comments. Document types are refused, so nothing can be
    /// expanded without bound.
    init(parsing text: String) throws(XMLSyntaxError) {
        var reader = XMLReader(bytes: Array(text.utf8))
        self = try reader.document()
    }

    static func escape(_ text: String, into output: inout String) {
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": output += "&amp;"
            case "<": output += "&lt;"
            case ">": output += "&gt;"
            case "\"": output += "&quot;"
            case "\u{9}", "\u{A}", "\u{D}", "\u{20}"...: output.unicodeScalars.append(scalar)
            default: break  // not allowed in XML 1.0
            }
        }
    }
}

private struct XMLReader {
    let bytes: [UInt8]
    var position = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    mutating func document() throws(XMLSyntaxError) -> XMLElement {
        try skipMisc()
        guard take("<") else { throw error("expected an element") }
        let root = try element(depth: 0)
        try skipMisc()
        guard position == bytes.count else { throw error("unexpected text after the root element") }
        return root
    }

    /// Reads the rest of an element whose `<` is read.
    private mutating func element(depth: Int) throws(XMLSyntaxError) -> XMLElement {
        guard depth < 64 else { throw error("nested too deep") }
        var element = XMLElement(name: try name())
        guard try skipAttributes() else { return element }
        while true {
            let text = try characters()
            if element.children.isEmpty { element.text += text }
            if take("</") {
                guard try name() == element.name else { throw error("the closing tag does not match <\(element.name)>") }
                skipBlanks()
                guard take(">") else { throw error("expected '>'") }
                if !element.children.isEmpty { element.text = "" }
                return element
            } else if take("<!--") {
                try skip(past: "-->")
            } else if take("<![CDATA[") {
                let start = position
                try skip(past: "]]>")
                element.text += String(decoding: bytes[start..<position - 3], as: UTF8.self)
            } else if take("<") {
                element.children.append(try self.element(depth: depth + 1))
            } else {
                throw error("<\(element.name)> is not closed")
            }
        }
    }

    private mutating func characters() throws(XMLSyntaxError) -> String {
        var text = ""
        while position < bytes.count, bytes[position] != UInt8(ascii: "<") {
            let start = position
            while position < bytes.count, bytes[position] != UInt8(ascii: "<"), bytes[position] != UInt8(ascii: "&") { position += 1 }
            text += String(decoding: bytes[start..<position], as: UTF8.self)
            if take("&") { text.append(try reference()) }
        }
        return text
    }

    private mutating func reference() throws(XMLSyntaxError) -> Character {
        let start = position
        while position < bytes.count, bytes[position] != UInt8(ascii: ";"), position - start < 10 { position += 1 }
        let name = String(decoding: bytes[start..<position], as: UTF8.self)
        guard take(";") else { throw error("the reference &\(name) is not closed") }
        switch name {
        case "amp": return "&"
        case "lt": return "<"
        case "gt": return ">"
        case "quot": return "\""
        case "apos": return "'"
        default:
            let code = name.hasPrefix("#x") ? UInt32(name.dropFirst(2), radix: 16) : name.hasPrefix("#") ? UInt32(name.dropFirst()) : nil
            guard let scalar = code.flatMap(Unicode.Scalar.init) else { throw error("unknown reference &\(name);") }
            return Character(scalar)
        }
    }

    /// Reads over the attributes of an opening tag. Returns whether the element has content.
    private mutating func skipAttributes() throws(XMLSyntaxError) -> Bool {
        while true {
            skipBlanks()
            if take("/>") { return false }
            if take(">") { return true }
            _ = try name()
            skipBlanks()
            guard take("=") else { throw error("expected '=' after an attribute's name") }
            skipBlanks()
            guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") || bytes[position] == UInt8(ascii: "'") else {
                throw error("expected a quoted attribute value")
            }
            let quote = bytes[position]
            position += 1
            try skip(past: String(Character(Unicode.Scalar(quote))))
        }
    }

    private mutating func name() throws(XMLSyntaxError) -> String {
        let start = position
        while position < bytes.count, !" \t\r\n/>=<".utf8.contains(bytes[position]) { position += 1 }
        guard position > start else { throw error("expected a name") }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func skipMisc() throws(XMLSyntaxError) {
        while true {
            skipBlanks()
            if take("<?") {
                try skip(past: "?>")
            } else if take("<!--") {
                try skip(past: "-->")
            } else {
                return
            }
        }
    }

    private mutating func skip(past end: String) throws(XMLSyntaxError) {
        while position < bytes.count {
            if take(end) { return }
            position += 1
        }
        throw error("expected \(end)")
    }

    private mutating func skipBlanks() {
        while position < bytes.count, " \t\r\n".utf8.contains(bytes[position]) { position += 1 }
    }

    private mutating func take(_ text: String) -> Bool {
        guard bytes[position...].starts(with: text.utf8) else { return false }
        position += text.utf8.count
        return true
    }

    private func error(_ message: String) -> XMLSyntaxError { XMLSyntaxError(message: message, offset: position) }
}
