/// Reads the structure of HCL, as much of it as is needed to find blocks, attributes, and what their expressions read from disk.
struct HCLReader {
    let bytes: [UInt8]
    private(set) var position: Int
    var references: [PathReference] = []
    private var depth = 0

    init(bytes: [UInt8], at position: Int = 0) {
        self.bytes = bytes
        self.position = position
    }

    /// The functions that read files, and whether they take a folder.
    static let fileFunctions: Set<String> = [
        "file", "templatefile", "filebase64", "filebase64sha256", "filebase64sha512", "filemd5", "filesha1", "filesha256", "filesha512", "fileset",
        "fileexists",
    ]

    static func read(_ path: String, _ bytes: [UInt8]) throws(TerraformError) -> HCLFile {
        var reader = HCLReader(bytes: bytes, at: bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0)
        do {
            let body = try reader.body(isTop: true)
            return HCLFile(path: path, bytes: bytes, body: body, references: reader.references)
        } catch {
            throw TerraformError("\(path):\(error.message)")
        }
    }

    // MARK: - Structure

    private mutating func body(isTop: Bool) throws(TerraformError) -> HCLBody {
        depth += 1
        defer { depth -= 1 }
        guard depth < 64 else { throw error("blocks nested too deeply") }
        var body = HCLBody()
        while true {
            skipTrivia(newlines: true)
            guard let byte = peek() else {
                guard isTop else { throw error("a block is not closed") }
                return body
            }
            if byte == UInt8(ascii: "}") {
                guard !isTop else { throw error("'}' without a block") }
                return body
            }
            let start = position
            guard let name = identifier() else { throw error("expected the name of a block or an attribute") }
            skipTrivia(newlines: false)
            if peek() == UInt8(ascii: "="), peek(1) != UInt8(ascii: "=") {
                position += 1
                skipTrivia(newlines: false)
                body.attributes.append(HCLAttribute(name: name, start: start, value: try expression()))
            } else {
                body.blocks.append(try block(name, start))
            }
        }
    }

    private mutating func block(_ type: String, _ start: Int) throws(TerraformError) -> HCLBlock {
        var labels: [String] = []
        while true {
            skipTrivia(newlines: false)
            if peek() == UInt8(ascii: "\"") {
                labels.append(try template().text)
            } else if let label = identifier() {
                labels.append(label)
            } else if take("{") {
                break
            } else {
                throw error("expected '{' or '=' after \(type)")
            }
        }
        let first = position
        let body = try self.body(isTop: false)
        let inside = first..<position
        position += 1
        return HCLBlock(type: type, labels: labels, start: start, inside: inside, body: body)
    }

    /// Passes over an expression, and says where it was without the blanks around it.
    mutating func expression(endsAtComma: Bool = false) throws(TerraformError) -> Range<Int> {
        let start = position
        var last = position
        var level = 0
        while let byte = peek() {
            switch byte {
            case UInt8(ascii: "\n"):
                if level == 0 { return start..<last }
                position += 1
                continue
            case 0x20, 0x09, 0x0D:
                position += 1
                continue
            case UInt8(ascii: "#"), UInt8(ascii: "/"):
                if skipComment() { continue }
                position += 1
            case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"):
                level += 1
                position += 1
            case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"):
                if level == 0 { return start..<last }
                level -= 1
                position += 1
            case UInt8(ascii: ","):
                if level == 0, endsAtComma { return start..<last }
                position += 1
            case UInt8(ascii: "\""): try string()
            case UInt8(ascii: "<") where peek(1) == UInt8(ascii: "<"): try heredoc()
            default:
                if let word = identifier() { try call(word) } else { position += 1 }
            }
            last = position
        }
        guard level == 0 else { throw error("an expression is not closed") }
        return start..<last
    }

    /// The items of an object constructor; nil for another expression.
    mutating func items() throws(TerraformError) -> [(key: String?, start: Int, value: Range<Int>)]? {
        guard take("{") else { return nil }
        var items: [(key: String?, start: Int, value: Range<Int>)] = []
        while true {
            skipTrivia(newlines: true)
            while take(",") { skipTrivia(newlines: true) }
            if take("}") { return items }
            let start = position
            var key: String?
            if peek() == UInt8(ascii: "\"") {
                let template = try template()
                key = template.isComputed ? nil : template.text
            } else if let word = identifier() {
                if word == "for" { return nil }
                key = word
            } else if peek() == UInt8(ascii: "(") {
                position += 1
                _ = try expression()
                position += 1
            } else {
                return nil
            }
            skipTrivia(newlines: false)
            guard take("=") || take(":") else { return nil }
            skipTrivia(newlines: false)
            items.append((key, start, try expression(endsAtComma: true)))
        }
    }

    // MARK: - Tokens

    mutating func identifier() -> String? {
        let start = position
        while let byte = peek() {
            let isLetter = byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z") || byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z")
            let isLater = byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") || byte == UInt8(ascii: "-")
            guard isLetter || byte == UInt8(ascii: "_") || byte >= 0x80 || isLater && position > start else { break }
            position += 1
        }
        return position > start ? String(decoding: bytes[start..<position], as: UTF8.self) : nil
    }

    mutating func skipTrivia(newlines: Bool) {
        while let byte = peek() {
            if byte == 0x20 || byte == 0x09 || byte == 0x0D || newlines && byte == UInt8(ascii: "\n") {
                position += 1
            } else if !skipComment() {
                return
            }
        }
    }

    /// A comment to the end of its line leaves the end of the line.
    private mutating func skipComment() -> Bool {
        if peek() == UInt8(ascii: "#") || peek() == UInt8(ascii: "/") && peek(1) == UInt8(ascii: "/") {
            while let byte = peek(), byte != UInt8(ascii: "\n") { position += 1 }
            return true
        }
        guard peek() == UInt8(ascii: "/"), peek(1) == UInt8(ascii: "*") else { return false }
        position += 2
        while peek() != nil, !(peek() == UInt8(ascii: "*") && peek(1) == UInt8(ascii: "/")) { position += 1 }
        position = min(bytes.count, position + 2)
        return true
    }

    func peek(_ ahead: Int = 0) -> UInt8? { position + ahead < bytes.count ? bytes[position + ahead] : nil }

    mutating func take(_ mark: Unicode.Scalar) -> Bool {
        guard peek() == UInt8(ascii: mark) else { return false }
        position += 1
        return true
    }

    mutating func advance(_ count: Int = 1) { position = min(bytes.count, position + count) }

    func error(_ message: String) -> TerraformError { TerraformError("\(line(of: position)): \(message)") }

    /// Counted from 1.
    func line(of place: Int) -> Int { bytes[..<min(place, bytes.count)].reduce(into: 1) { if $1 == 0x0A { $0 += 1 } } }
}
