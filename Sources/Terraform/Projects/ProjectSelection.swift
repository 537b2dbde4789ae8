/// Which projects a change touches, and why.
public struct ProjectSelection: Sendable {
    public let projects: [Project]
    /// How many there are in all.
    public let total: Int
    /// How many files changed.
    public let changedFiles: Int

    /// All projects below `top`. It blocks.
    ///
    /// - Parameters:
    ///   - root: the repository's root, without symbolic links.
    ///   - top: the folder of all projects, from there.
    public static func all(root: String, top: String) throws(TerraformError) -> ProjectSelection {
        let map = try ProjectMap(root: root, top: top)
        let projects = map.projects.map { Project(name: map.name($0), path: $0, action: .plan, base: nil, reasons: []) }
        return ProjectSelection(projects: projects, total: projects.count, changedFiles: 0)
    }

    /// The projects that changed since `reference`.
    ///
    /// - Parameter abandoned: names of projects whose resources stay though their folders are gone.
    public static func changed(
        since reference: String, in repository: Repository, top: String, abandoned: [String]
    ) async throws(TerraformError) -> ProjectSelection {
        let base = try await repository.base(reference)
        let changes = try await repository.changes(since: base)
        let map = try ProjectMap(root: repository.root, top: top)
        var selector = ProjectSelector(map: map, changes: changes)
        selector.select()
        let gone = try await DeletedProjects(map: map, repository: repository, base: base, abandoned: abandoned).find(changes)
        let projects = (selector.chosen + gone).sorted { $0.path < $1.path }
        return ProjectSelection(projects: projects, total: map.projects.count, changedFiles: changes.count)
    }
}
