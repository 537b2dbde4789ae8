import Foundation

/// The definitions that a folder holds.
enum DefinitionFiles {
    private static let extensions: Set<Substring> = ["yml", "yaml", "jsonnet", "json"]
    /// Folders of parts that definitions include or import.
    private static let partFolders: Set<String> = ["include", "lib"]

    /// The files at `path`, sorted: itself when it is one, else all that may be definitions in the folder and those below. Hidden files, files
    /// whose names start with `_`, and the folders `include` and `lib` are left out.
    static func all(at path: String) throws(FileError) -> [String] {
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else { throw FileError(path, "no such file or folder") }
        return isDirectory.boolValue ? try inFolder(path) : [path]
    }

    private static func inFolder(_ folder: String) throws(FileError) -> [String] {
        let names: [String]
        do { names = try FileManager.default.contentsOfDirectory(atPath: folder) } catch { throw FileError(folder, "cannot be listed") }
        var files: [String] = []
        for name in names.sorted() where !name.hasPrefix(".") {
            let path = SourceFile.join(folder, name)
            if name.contains("."), let last = name.split(separator: ".").last, extensions.contains(last) {
                if !name.hasPrefix("_") { files.append(path) }
            } else if !partFolders.contains(name), isFolder(path) {
                files += try inFolder(path)
            }
        }
        return files
    }

    /// Links to folders are not followed: they may lead in a circle.
    private static func isFolder(_ path: String) -> Bool {
        let type = try? FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType
        return type == .typeDirectory
    }
}
