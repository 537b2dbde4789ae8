public import Foundation
public import ServiceModel

/// What one plan of one project left behind, in a folder of its own: the plan file, its JSON without secrets, the lock file, and the facts
/// that tell whether the plan is still the one that was looked at.
public struct PlanBundle: Sendable {
    /// The names of its files.
    public enum File: String, Sendable, CaseIterable {
        case plan = "plan.tfplan"
        case json = "plan.json"
        case lock = "terraform.lock.hcl"
        case summary = "summary.md"
        case facts = "bundle.json"

        /// What the digest covers.
        static let sealed: [File] = [.plan, .json, .lock, .summary]
    }

    /// An absolute path.
    public let folder: String
    public let facts: BundleFacts

    public var digest: String { facts.digest }

    /// Reads a bundle, and looks whether each file is the one that it was made with. It blocks.
    ///
    /// - Throws: ``TerraformError`` that names the file that was changed.
    public init(folder: String) throws(TerraformError) {
        guard let data = FileManager.default.contents(atPath: "\(folder)/\(File.facts.rawValue)") else {
            throw TerraformError("\(folder) is no bundle of a plan, since it has no \(File.facts.rawValue): jubako terraform plan makes one")
        }
        let json: JSON
        do { json = try JSON(parsing: data) } catch { throw TerraformError("\(folder)/\(File.facts.rawValue):\(error)") }
        self.folder = folder
        facts = try BundleFacts(json)
        for (name, digest) in facts.files {
            guard !name.contains("/"), let contents = FileManager.default.contents(atPath: "\(folder)/\(name)") else {
                throw TerraformError("\(folder)/\(name) is missing, which the plan was sealed with: plan again")
            }
            guard SHA.text(contents) == digest else {
                throw TerraformError("\(folder)/\(name) was changed after the plan was sealed: plan again")
            }
        }
        guard facts.files[File.plan.rawValue] != nil else { throw TerraformError("\(folder) has no plan: plan again") }
    }

    /// Writes the facts beside the files that are there already. It blocks.
    init(sealing folder: String, _ facts: (_ files: [String: String]) -> BundleFacts) throws(TerraformError) {
        var files: [String: String] = [:]
        for file in File.sealed {
            guard let data = FileManager.default.contents(atPath: "\(folder)/\(file.rawValue)") else { continue }
            files[file.rawValue] = SHA.text(data)
        }
        self.folder = folder
        self.facts = facts(files)
        try Self.write(Data(self.facts.json.prettyText.utf8), to: "\(folder)/\(File.facts.rawValue)")
    }

    public func contents(_ file: File) -> Data? { FileManager.default.contents(atPath: "\(folder)/\(file.rawValue)") }

    /// The bundle as one value that travels to the server: all files, none of which but the plan holds a secret.
    public var transport: JSON {
        .object([
            "facts": facts.json,
            "files": .object(
                File.sealed.reduce(into: [:]) { files, file in
                    if let data = contents(file) { files[file.rawValue] = .string(data.base64EncodedString()) }
                }),
        ])
    }

    /// What travelled: the facts, and the files that are those of the facts.
    ///
    /// - Throws: ``TerraformError`` where one is missing or another.
    public static func open(_ transport: JSON) throws(TerraformError) -> (facts: BundleFacts, files: [File: Data]) {
        let facts = try BundleFacts(transport["facts"])
        var files: [File: Data] = [:]
        for (name, content) in transport["files"].object {
            guard let file = File(rawValue: name), File.sealed.contains(file), let data = content.string.flatMap({ Data(base64Encoded: $0) }) else {
                throw TerraformError("the bundle has a file that no bundle has: \(name.prefix(100))")
            }
            guard facts.files[name] == SHA.text(data) else {
                throw TerraformError("\(name) is not the one that the plan was sealed with: plan again")
            }
            files[file] = data
        }
        guard files.count == facts.files.count, files[.plan] != nil, files[.json] != nil else {
            throw TerraformError("the bundle lacks one of its files: \(facts.files.keys.sorted().joined(separator: ", "))")
        }
        return (facts, files)
    }

    /// Lays a bundle that travelled into a folder, which only its owner can read. It blocks.
    public static func unpack(_ transport: JSON, into folder: String) throws(TerraformError) -> PlanBundle {
        let (facts, files) = try open(transport)
        try makeFolder(folder)
        for (file, data) in files { try write(data, to: "\(folder)/\(file.rawValue)") }
        try write(Data(facts.json.prettyText.utf8), to: "\(folder)/\(File.facts.rawValue)")
        return try PlanBundle(folder: folder)
    }

    static func makeFolder(_ path: String) throws(TerraformError) {
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw TerraformError("\(path) cannot be made: \(error.localizedDescription)")
        }
    }

    /// Writes a file that only its owner can read.
    static func write(_ data: Data, to path: String) throws(TerraformError) {
        guard FileManager.default.createFile(atPath: path, contents: data, attributes: [.posixPermissions: 0o600]) else {
            throw TerraformError("\(path) cannot be written")
        }
    }
}
