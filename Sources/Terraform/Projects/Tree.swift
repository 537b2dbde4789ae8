import Foundation

/// The folders below a place with the names of their files, relative to the repository's root.
struct Tree: Sendable {
    struct Folder: Sendable {
        var files: [String] = []
        /// The names that are symbolic links, to files and to folders.
        var links: [String] = []
        var holdsConfiguration: Bool { files.contains(where: ConfigurationFolder.isConfiguration) }
    }

    /// More than any repository's folders of Terraform.
    static let maximumFolders = 200_000

    /// An absolute path without links.
    let root: String
    private(set) var folders: [String: Folder] = [:]

    /// Reads what is below `top`. It blocks.
    init(root: String, top: String) throws(TerraformError) {
        self.root = root
        var waiting = [top]
        while let path = waiting.popLast() {
            guard folders.count < Self.maximumFolders else { throw TerraformError("\(top) has more than \(Self.maximumFolders) folders") }
            let (folder, inside) = Self.read("\(root)/\(path)")
            folders[path] = folder
            waiting += inside.map { ConfigurationFolder.join(path, $0) }
        }
    }

    /// Adds a folder outside of what was read, such as a module beside the projects. It blocks.
    mutating func add(_ path: String) {
        guard folders[path] == nil, isFolder(path) else { return }
        folders[path] = Self.read("\(root)/\(path)").folder
    }

    /// Where a path leads when its symbolic links are followed; nil when there is nothing, or it is outside of the repository. It blocks.
    func resolved(_ path: String) -> String? {
        guard let real = realpath("\(root)/\(path)", nil) else { return nil }
        defer { free(real) }
        let found = String(cString: real)
        return found == root ? "" : found.hasPrefix("\(root)/") ? String(found.dropFirst(root.utf8.count + 1)) : nil
    }

    func isFolder(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: "\(root)/\(path)", isDirectory: &isFolder) && isFolder.boolValue
    }

    private static func read(_ path: String) -> (folder: Folder, inside: [String]) {
        var folder = Folder()
        var inside: [String] = []
        guard let stream = opendir(path) else { return (folder, inside) }
        defer { closedir(stream) }
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
            }
            guard ![".", "..", ".git", ".terraform"].contains(name) else { continue }
            var type = Int32(entry.pointee.d_type)
            if type == Int32(DT_UNKNOWN) {  // some file systems do not say
                let kind = (try? FileManager.default.attributesOfItem(atPath: "\(path)/\(name)"))?[.type] as? FileAttributeType
                type = Int32(kind == .typeDirectory ? DT_DIR : kind == .typeSymbolicLink ? DT_LNK : DT_REG)
            }
            if type == Int32(DT_DIR) {
                inside.append(name)
            } else {
                folder.files.append(name)
                if type == Int32(DT_LNK) { folder.links.append(name) }
            }
        }
        return (folder, inside)
    }
}
