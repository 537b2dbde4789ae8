/// A string with what is filled in: known when it is plain text, or starts with the path of the module.
struct HCLTemplate: Sendable, Hashable {
    var text = ""
    var base: PathReference.Base?
    var isComputed = false
    /// What stands before the first computed part.
    var known = ""
}

extension HCLReader {
    /// Passes over a string and notes what is read in it, and the string itself if it looks like a path.
    mutating func string() throws(TerraformError) {
        let start = position
        let template = try template()
        if template.isComputed {
            // somewhere below a folder that is known
            guard template.base != nil, let slash = template.known.lastIndex(of: "/") else { return }
            let folder = String(template.known[..<slash])
            return references.append(PathReference(function: nil, base: template.base, path: folder, start: start, line: line(of: start)))
        }
        let looksLikePath = template.text.hasPrefix("./") || template.text.hasPrefix("../")
        if template.base != nil ? template.text.contains("/") : looksLikePath {
            references.append(PathReference(function: nil, base: template.base ?? .root, path: template.text, start: start, line: line(of: start)))
        }
    }

    /// The string that starts here.
    mutating func template() throws(TerraformError) -> HCLTemplate {
        var template = HCLTemplate()
        var text: [UInt8] = []
        guard take("\"") else { throw error("expected a string") }
        while let byte = peek() {
            switch byte {
            case UInt8(ascii: "\""):
                advance()
                template.text = String(decoding: text, as: UTF8.self)
                return template
            case UInt8(ascii: "\n"): throw error("a string is not closed")
            case UInt8(ascii: "\\"):
                if let next = peek(1) { text.append(next == UInt8(ascii: "n") ? 0x0A : next) }
                advance(2)
            case UInt8(ascii: "$") where peek(1) == UInt8(ascii: "{"), UInt8(ascii: "%") where peek(1) == UInt8(ascii: "{"):
                // "$${" is text
                if position > 0, bytes[position - 1] == byte, text.last == byte {
                    text.append(UInt8(ascii: "{"))
                    advance(2)
                    continue
                }
                advance(2)
                _ = take("~")
                let start = position
                let isFirst = text.isEmpty && template.base == nil
                try interpolation()
                let inner = String(decoding: bytes[start..<(position - 1)], as: UTF8.self).filter { !$0.isWhitespace && $0 != "~" }
                if isFirst, let base = Self.base(of: inner) {
                    template.base = base
                } else {
                    if !template.isComputed { template.known = String(decoding: text, as: UTF8.self) }
                    template.isComputed = true
                }
            default:
                text.append(byte)
                advance()
            }
        }
        throw error("a string is not closed")
    }

    static func base(of expression: some StringProtocol) -> PathReference.Base? {
        switch expression {
        case "path.module": .module
        case "path.root", "path.cwd": .root
        default: nil
        }
    }

    /// Passes over what stands in `${…}`, its closing brace included.
    private mutating func interpolation() throws(TerraformError) {
        while true {
            _ = try expression()
            guard let byte = peek() else { throw error("an interpolation is not closed") }
            advance()
            if byte == UInt8(ascii: "}") { return }
        }
    }

    /// Passes over `<<EOT … EOT`; without a word behind it, `<<` is nothing.
    mutating func heredoc() throws(TerraformError) {
        advance(2)
        _ = take("-")
        guard let mark = identifier() else { return }
        let closing = Array(mark.utf8)
        while let byte = peek(), byte != UInt8(ascii: "\n") { advance() }
        while peek() != nil {
            advance()  // the end of the line before
            var start = position
            while start < bytes.count, bytes[start] == 0x20 || bytes[start] == 0x09 { start += 1 }
            var end = start
            while end < bytes.count, bytes[end] != UInt8(ascii: "\n") { end += 1 }
            let trimmed = bytes[start..<end].last == 0x0D ? end - 1 : end
            if bytes[start..<trimmed].elementsEqual(closing) {
                advance(trimmed - position)
                return
            }
            while let byte = peek(), byte != UInt8(ascii: "\n") {
                if byte == UInt8(ascii: "$") || byte == UInt8(ascii: "%"), peek(1) == UInt8(ascii: "{"), bytes[position - 1] != byte {
                    advance(2)
                    _ = take("~")
                    try interpolation()
                } else {
                    advance()
                }
            }
        }
        throw error("the text <<\(mark) is not closed")
    }

    /// After an identifier: notes what a function reads that opens files. The arguments themselves are read on as usual.
    mutating func call(_ name: String) throws(TerraformError) {
        guard Self.fileFunctions.contains(name), peek() == UInt8(ascii: "(") else { return }
        var ahead = HCLReader(bytes: bytes, at: position + 1)
        ahead.skipTrivia(newlines: true)
        let start = ahead.position
        var (base, path) = try ahead.path()
        if name == "fileset", let folder = path, ahead.take(",") {
            ahead.skipTrivia(newlines: true)
            // what stands before the first wildcard; a pattern that is computed may mean the whole folder
            let pattern = try ahead.path().path ?? ""
            let fixed = pattern.split(separator: "/", omittingEmptySubsequences: false).prefix { part in !part.contains { "*?[{".contains($0) } }
            path = ([folder] + fixed.map(String.init)).filter { !$0.isEmpty }.joined(separator: "/")
        }
        if path == nil { base = nil }
        references.append(PathReference(function: name, base: base, path: path, start: start, line: line(of: start)))
    }

    /// The argument that starts here, as a path; nil when it is computed.
    private mutating func path() throws(TerraformError) -> (base: PathReference.Base?, path: String?) {
        let start = position
        if peek() == UInt8(ascii: "\"") {
            let template = try template()
            skipTrivia(newlines: true)
            let isWhole = peek() == UInt8(ascii: ",") || peek() == UInt8(ascii: ")")
            if !template.isComputed, isWhole { return (template.base ?? .root, template.text) }
        }
        let range = try expression(endsAtComma: true)
        let base = Self.base(of: String(decoding: bytes[start..<range.upperBound], as: UTF8.self))
        return (base, base == nil ? nil : "")
    }
}
