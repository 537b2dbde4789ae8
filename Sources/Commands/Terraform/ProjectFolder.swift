import Foundation
import Terraform

/// The folder of all projects, in its repository.
struct ProjectFolder {
    /// Absolute, without links and without a slash at its end.
    let path: String

    init(_ path: String) throws {
        let folder = URL(filePath: path).resolvingSymlinksInPath().path()
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), isFolder.boolValue else {
            throw TerraformError("there is no folder \(path): name it with --root, or under terraform.root in jubako.yml")
        }
        self.path = folder.count > 1 && folder.hasSuffix("/") ? String(folder.dropLast()) : folder
    }

    /// The root of the repository around it; the folder itself when there is none.
    func repository() async throws -> String { (try? await Repository.around(path))?.root ?? path }

    /// All projects, or those that changed since a commit.
    func select(changedSince: String?, abandoned: [String]) async throws -> ProjectSelection {
        guard let changedSince else {
            let root = try await repository()
            return try ProjectSelection.all(root: root, top: below(root))
        }
        let repository = try await Repository.around(path)
        return try await ProjectSelection.changed(since: changedSince, in: repository, top: below(repository.root), abandoned: abandoned)
    }

    /// The projects that somebody named; all of them where nobody did.
    static func named(_ names: [String], in found: [Project]) throws -> [Project] {
        guard !names.isEmpty else { return found }
        return try names.map { name in
            guard let project = found.first(where: { $0.name == name || $0.path == name }) else {
                throw TerraformError("there is no project \(name): jubako terraform projects lists them")
            }
            return project
        }
    }

    private func below(_ root: String) -> String { path == root ? "" : String(path.dropFirst(root.count + 1)) }
}
