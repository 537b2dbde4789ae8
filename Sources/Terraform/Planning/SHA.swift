import Crypto
import Foundation

/// SHA-256, as bundles and journals write it: in small hexadecimal digits.
enum SHA {
    static func text(_ data: some DataProtocol) -> String { text(SHA256.hash(data: data)) }

    static func text(_ digest: SHA256.Digest) -> String { digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() }
}
