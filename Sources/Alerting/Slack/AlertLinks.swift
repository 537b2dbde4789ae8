/// The addresses that a message points to.
public struct AlertLinks: Sendable, Hashable {
    /// The console's address without a slash at its end; nil leaves its links out.
    public let console: String?

    public init(console: String?) {
        self.console = console.map { $0.hasSuffix("/") ? String($0.dropLast()) : $0 }
    }

    /// `/apps/APP`
    public func app(_ app: String?) -> String? {
        guard let console, let app else { return nil }
        return "\(console)/apps/\(Self.encode(app))"
    }

    /// `/silences/new?matcher=NAME%3DVALUE…`: the page with the matchers filled in.
    public func silence(_ labels: [String: String]) -> String? {
        guard let console else { return nil }
        let matchers = labels.sorted { $0.key < $1.key }.prefix(12).map { "matcher=" + Self.encode("\($0.key)=\($0.value.prefix(100))") }
        return "\(console)/silences/new?\(matchers.joined(separator: "&"))"
    }

    /// `/rules/NAME`
    public func rule(_ name: String?) -> String? {
        guard let console, let name else { return nil }
        return "\(console)/rules/\(Self.encode(name))"
    }

    static func encode(_ text: String) -> String {
        var encoded = ""
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"):
                encoded.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                encoded += (byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
            }
        }
        return encoded
    }
}
