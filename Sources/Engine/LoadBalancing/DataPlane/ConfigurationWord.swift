/// Text as one word of an HAProxy configuration.
///
/// Only letters, digits and a few harmless marks stay as they are; every other byte is written as `\xHH`, which HAProxy reads as that byte
/// and never as syntax. So no value, wherever it comes from, can end its word, its line or its section.
enum ConfigurationWord {
    static func literal(_ text: String) -> String { escape(text.utf8, plain: "-._~/:*?=&,+@!;|<>") }

    /// For where HAProxy expects a log format: a `%` of the text stands for itself.
    static func format(_ text: String) -> String { literal(text.replacing("%", with: "%%")) }

    /// A regular expression that takes exactly what a pattern with `*` (any characters) and `?` (one) takes.
    static func pattern(_ pattern: String) -> String {
        var expression: [UInt8] = []
        for byte in pattern.utf8 {
            switch byte {
            case UInt8(ascii: "*"): expression += ".*".utf8
            case UInt8(ascii: "?"): expression += ".".utf8
            case _ where byte.isLetterOrDigit || byte >= 0x80 || "/-_~:=&,@!;<>".utf8.contains(byte): expression.append(byte)
            default: expression += [UInt8(ascii: "\\"), byte]
            }
        }
        return escape(Array("^".utf8) + expression + Array("$".utf8), plain: "-._~/:*?=&,+@!;|<>^$()[]{}")
    }

    private static func escape(_ bytes: some Sequence<UInt8>, plain: String) -> String {
        var word = ""
        for byte in bytes where byte != 0 {
            if byte.isLetterOrDigit || plain.utf8.contains(byte) {
                word.unicodeScalars.append(Unicode.Scalar(byte))
            } else if byte == UInt8(ascii: "\\") {
                word += "\\\\"
            } else {
                let digits = String(byte, radix: 16)
                word += digits.count == 1 ? "\\x0\(digits)" : "\\x\(digits)"
            }
        }
        return word
    }
}
