public import Alerting
import Foundation
import SystemPackage

/// The secret between the server and those who may talk to it on this machine: Prometheus, Alertmanager, the command line.
public struct AccessToken: Sendable {
    /// The file that holds it, readable by its owner only.
    public let path: String
    public let text: String

    public var bearer: BearerToken { BearerToken(text) }

    /// Reads the token in `folder`, and makes one if there is none.
    public static func load(folder: String) throws -> AccessToken {
        let path = "\(folder)/server.token"
        if let text = read(path) { return AccessToken(path: path, text: text) }
        let text = "jbk_" + (0..<32).map { _ in String(UInt8.random(in: .min ... .max), radix: 16).leftPadded }.joined()
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let file = try FileDescriptor.open(FilePath(path), .writeOnly, options: [.create, .exclusiveCreate], permissions: [.ownerRead, .ownerWrite])
        try file.closeAfter { _ = try file.writeAll(text.utf8) }
        return AccessToken(path: path, text: text)
    }

    /// The token in a file; nil when there is none.
    public static func read(_ path: String) -> String? {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines), !text.isEmpty else {
            return nil
        }
        return text
    }
}

extension String {
    /// Two hexadecimal digits.
    fileprivate var leftPadded: String { count == 1 ? "0" + self : self }
}
