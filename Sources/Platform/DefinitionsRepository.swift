import Definitions
import Foundation
import Monitoring

/// The folder with `jubako.yml`, `apps/` and `rules/`: what a server knows of its apps.
struct DefinitionsRepository: Sendable {
    /// Nil when there is no `jubako.yml` around the definitions.
    let root: String?

    init(root: String?) { self.root = root }

    /// The nearest folder above the first definition that has a `jubako.yml`.
    init(around files: [String]) {
        var found: String?
        if let first = files.first {
            var folder = URL(filePath: Self.absolute(first)).deletingLastPathComponent()
            while found == nil, folder.path() != "/" {
                if FileManager.default.fileExists(atPath: folder.appending(path: "jubako.yml").path()) {
                    found = folder.path().hasSuffix("/") ? String(folder.path().dropLast()) : folder.path()
                }
                folder.deleteLastPathComponent()
            }
        }
        root = found
    }

    /// - Parameter files: definitions that count although they lie elsewhere.
    func catalog(with files: [String] = [], environment: [String: String]) async -> LiveCatalog {
        let apps = root.map { "\($0)/apps" }
        let isInside = { (file: String) in apps.map { Self.absolute(file).hasPrefix($0 + "/") } ?? false }
        return await LiveCatalog.load(
            CatalogSource(
                organizationFile: root.map { "\($0)/jubako.yml" },
                paths: (apps.map { FileManager.default.fileExists(atPath: $0) ? [$0] : [] } ?? []) + files.filter { !isInside($0) },
                loader: DefinitionLoader(environment: environment)))
    }

    func library() throws -> RuleLibrary { try RuleLibrary(folder: root.map { "\($0)/rules" } ?? "") }

    private static func absolute(_ path: String) -> String { URL(filePath: path).standardizedFileURL.path() }
}
