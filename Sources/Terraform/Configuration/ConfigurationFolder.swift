import Foundation
import ServiceModel

/// The configuration files of one folder, as Terraform and OpenTofu read them.
struct ConfigurationFolder: Sendable {
    /// More than any configuration file.
    static let maximumSize = 4 << 20

    let path: String
    private(set) var files: [HCLFile] = []
    /// Files in JSON syntax, by path.
    private(set) var documents: [(path: String, value: JSON)] = []
    /// Files that could not be read, and why.
    private(set) var problems: [String] = []

    /// Reads it. It blocks.
    ///
    /// - Parameters:
    ///   - names: the names of the folder's files; nil to look.
    ///   - root: what the folder is relative to, if that is not the current directory.
    init(_ path: String, names: [String]? = nil, root: String? = nil) {
        self.path = path
        let before = root.map { "\($0)/" } ?? ""
        let names = names ?? ((try? FileManager.default.contentsOfDirectory(atPath: before + (path.isEmpty ? "." : path))) ?? [])
        for name in names.sorted() where Self.isConfiguration(name) {
            let file = Self.join(path, name)
            guard let data = FileManager.default.contents(atPath: before + file), data.count <= Self.maximumSize else {
                problems.append("\(file) cannot be read")
                continue
            }
            add(file, [UInt8](data))
        }
    }

    /// Takes texts that are not on disk.
    init(_ path: String, texts: [(name: String, text: [UInt8])]) {
        self.path = path
        for (name, text) in texts where Self.isConfiguration(name) { add(Self.join(path, name), text) }
    }

    private mutating func add(_ file: String, _ bytes: [UInt8]) {
        do {
            if file.hasSuffix(".json") {
                documents.append((file, try JSON(parsing: bytes)))
            } else {
                files.append(try HCLReader.read(file, bytes))
            }
        } catch let error as TerraformError {
            problems.append(error.message)
        } catch {
            problems.append("\(file):\(error)")
        }
    }

    static func isConfiguration(_ name: String) -> Bool {
        [".tf", ".tf.json", ".tofu", ".tofu.json"].contains { name.hasSuffix($0) } && !name.hasPrefix(".")
    }

    /// Joins two paths, and resolves `.` and `..` by their names.
    static func join(_ folder: String, _ path: String) -> String {
        if path.hasPrefix("/") { return normal(path) }
        return normal(folder.isEmpty ? path : "\(folder)/\(path)")
    }

    static func normal(_ path: String) -> String {
        var parts: [Substring] = []
        for part in path.split(separator: "/") where part != "." {
            if part == "..", let last = parts.last, last != ".." { parts.removeLast() } else { parts.append(part) }
        }
        return (path.hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
    }

    /// All blocks of a type at the top of its files.
    func blocks(_ type: String) -> [(file: HCLFile, block: HCLBlock)] {
        files.flatMap { file in file.body.blocks(type).map { (file, $0) } }
    }
}
