import Crypto
import Foundation
import HTTPTypes
import ServiceModel
import SystemPackage
import Terraform

/// The bundles of proposed plans, encrypted where they lie: a plan file holds secrets in clear.
///
/// A folder of files, sealed with AES-256-GCM under a key of its own; the plan's number is part of what is sealed, so that one cannot be
/// put in another's place.
struct BundleVault: Sendable {
    private let folder: String
    private let key: SymmetricKey

    /// Reads the key in `folder`, and makes one if there is none.
    init(folder: String) throws {
        self.folder = "\(folder)/terraform"
        try FileManager.default.createDirectory(
            atPath: self.folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let path = "\(folder)/terraform.key"
        if let data = FileManager.default.contents(atPath: path), data.count == 32 {
            key = SymmetricKey(data: data)
            return
        }
        key = SymmetricKey(size: .bits256)
        let file = try FileDescriptor.open(FilePath(path), .writeOnly, options: [.create, .exclusiveCreate], permissions: [.ownerRead, .ownerWrite])
        _ = try file.closeAfter { try key.withUnsafeBytes { try file.writeAll($0) } }
    }

    /// Keeps a bundle. It blocks.
    func keep(_ transport: JSON, of plan: Int) throws {
        guard let sealed = try AES.GCM.seal(Data(transport.bytes), using: key, authenticating: Self.name(plan)).combined else { return }
        let path = self.path(plan)
        guard FileManager.default.createFile(atPath: "\(path).new", contents: sealed, attributes: [.posixPermissions: 0o600]),
            rename("\(path).new", path) == 0
        else { throw ConsoleError(status: .internalServerError, detail: "the bundle could not be written: look at the server's disk") }
    }

    /// A bundle; nil when it is not there any more. It blocks.
    ///
    /// - Throws: where the file was changed, or the key is another one.
    func bundle(of plan: Int) throws -> JSON? {
        guard let data = FileManager.default.contents(atPath: path(plan)) else { return nil }
        return try JSON(parsing: try AES.GCM.open(try AES.GCM.SealedBox(combined: data), using: key, authenticating: Self.name(plan)))
    }

    func has(_ plan: Int) -> Bool { FileManager.default.fileExists(atPath: path(plan)) }

    /// The plans whose bundles are here.
    func plans() -> [Int] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { $0.hasSuffix(".bundle") }.compactMap { Int($0.dropLast(".bundle".count)) }
    }

    /// Forgets a bundle that nobody will apply.
    func forget(_ plan: Int) { try? FileManager.default.removeItem(atPath: path(plan)) }

    private func path(_ plan: Int) -> String { "\(folder)/\(plan).bundle" }
    private static func name(_ plan: Int) -> Data { Data("plan \(plan)".utf8) }
}
