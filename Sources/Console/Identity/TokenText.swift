/// What an API token looks like: `jbk_`, thirty random characters, and six of checksum, so that a scanner of leaked secrets can tell a real one
/// without asking anybody.
enum TokenText {
    static let prefix = "jbk_"
    private static let digits = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")

    static func make() -> String {
        var generator = SystemRandomNumberGenerator()
        let random = String((0..<30).map { _ in digits[Int.random(in: 0..<62, using: &generator)] })
        return prefix + random + checksum(random)
    }

    /// Whether a token may be one of ours: prefix, length, alphabet and checksum fit.
    static func isWellFormed(_ text: String) -> Bool {
        guard text.hasPrefix(prefix), text.utf8.count == 40 else { return false }
        let random = text.dropFirst(prefix.count).prefix(30)
        return text.hasSuffix(checksum(String(random))) && random.allSatisfy { digits.contains($0) }
    }

    /// The CRC-32 of a text in six digits to the base 62.
    static func checksum(_ text: String) -> String {
        var rest = crc32(text.utf8)
        var reversed: [Character] = []
        for _ in 0..<6 {
            reversed.append(digits[Int(rest % 62)])
            rest /= 62
        }
        return String(reversed.reversed())
    }

    /// As zlib and PNG have it: polynomial 0x04C11DB7, bits reversed.
    static func crc32(_ bytes: some Sequence<UInt8>) -> UInt32 {
        ~bytes.reduce(UInt32.max) { sum, byte in
            (0..<8).reduce(sum ^ UInt32(byte)) { sum, _ in sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
        }
    }
}
