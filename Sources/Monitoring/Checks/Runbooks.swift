import Foundation

/// The runbooks of the repository that a rule file is in: docs/runbooks, in the folder of the file or one above it.
struct Runbooks: Sendable {
    static let folder = "docs/runbooks"

    let path: String
    /// Paths below the folder.
    private let files: Set<String>

    /// nil when there is no such folder.
    init?(of file: String) {
        var folder = URL(filePath: file).absoluteURL.standardizedFileURL.deletingLastPathComponent()
        while true {
            let candidate = folder.appending(path: Self.folder).path
            if let found = FileManager.default.enumerator(atPath: candidate) {
                let names = found.compactMap { $0 as? String }
                if !names.isEmpty {
                    path = candidate
                    files = Set(names)
                    return
                }
            }
            guard folder.pathComponents.count > 1 else { return nil }
            folder.deleteLastPathComponent()
        }
    }

    /// The part of a link that names a runbook of the repository, nil when it leads elsewhere.
    static func name(in link: String) -> String? {
        guard !link.contains("{{"), let start = link.range(of: folder + "/") else { return nil }
        let name = link[start.upperBound...].prefix { $0 != "#" && $0 != "?" }
        return name.isEmpty ? nil : String(name)
    }

    func has(_ name: String) -> Bool {
        let plain = name.hasSuffix("/") ? String(name.dropLast()) : name
        return files.contains(plain) || files.contains(plain + ".md")
    }
}
