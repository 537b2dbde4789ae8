import Crypto
import Foundation

/// All files that a project's plan is made of: its own folder, the local modules that it calls, and what its configuration reads.
struct ProjectInputs: Sendable {
    /// Folders and files from the repository's root, the project's own first.
    let places: [String]
    private let root: String

    /// Reads the configuration. It blocks.
    init(project: String, root: String) throws(TerraformError) {
        var tree = try Tree(root: root, top: project)
        var places = [project]
        var waiting = tree.folders.filter(\.value.holdsConfiguration).map(\.key)
        var seen = Set(waiting)
        func isOutside(_ path: String) -> Bool { path != project && !path.hasPrefix("\(project)/") && !project.isEmpty }
        func add(_ path: String) { if isOutside(path), !project.hasPrefix("\(path)/"), !path.isEmpty, !places.contains(path) { places.append(path) } }
        while let folder = waiting.popLast() {
            tree.add(folder)
            let facts = FolderFacts(ConfigurationFolder(folder, names: tree.folders[folder]?.files ?? [], root: root))
            for module in facts.modules {
                guard let target = tree.resolved(ConfigurationFolder.join(folder, module.source)), tree.isFolder(target) else { continue }
                add(target)
                if seen.insert(target).inserted { waiting.append(target) }
            }
            for (_, reference) in facts.references {
                guard let path = reference.path, !path.hasPrefix("/") || reference.base != nil else { continue }
                let base = reference.base == .module ? folder : project
                let target = ConfigurationFolder.join(base, path.hasPrefix("/") ? String(path.dropFirst()) : path)
                if !target.hasPrefix(".."), let real = tree.resolved(target) { add(real) }
            }
            for name in tree.folders[folder]?.links ?? [] {
                if let real = tree.resolved(ConfigurationFolder.join(folder, name)) { add(real) }
            }
        }
        self.places = places
        self.root = root
    }

    /// Over the names and contents of all files. It blocks.
    func digest() throws(TerraformError) -> String {
        var files: Set<String> = []
        for place in places {
            guard FileManager.default.fileExists(atPath: "\(root)/\(place)") else { continue }
            let tree = try Tree(root: root, top: place)
            var isFolder: ObjCBool = false
            _ = FileManager.default.fileExists(atPath: "\(root)/\(place)", isDirectory: &isFolder)
            if !isFolder.boolValue {
                files.insert(place)
                continue
            }
            for (path, folder) in tree.folders {
                for name in folder.files where !Self.isState(name) { files.insert(ConfigurationFolder.join(path, name)) }
            }
        }
        var hash = SHA256()
        for file in files.sorted() {
            hash.update(data: Data("\(file)\u{0}".utf8))
            hash.update(data: Data(SHA256.hash(data: FileManager.default.contents(atPath: "\(root)/\(file)") ?? Data())))
        }
        return SHA.text(hash.finalize())
    }

    /// The state of the local backend and its lock are no part of the configuration.
    private static func isState(_ name: String) -> Bool {
        name.hasSuffix(".tfstate") || name.contains(".tfstate.") || name == "crash.log"
    }
}
