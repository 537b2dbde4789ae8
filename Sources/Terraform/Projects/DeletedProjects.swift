/// Projects whose folders are gone: what they made is still there, unless somebody says what becomes of it.
struct DeletedProjects {
    let map: ProjectMap
    let repository: Repository
    let base: String
    let abandoned: [String]

    /// More folders than one change should ever delete.
    private static let maximum = 100

    func find(_ changes: [FileChange]) async throws(TerraformError) -> [Project] {
        var gone: [String: [String]] = [:]
        for change in changes where change.isDeleted {
            let (folder, name) = Self.split(change.path)
            guard map.isBelowTop(folder), ConfigurationFolder.isConfiguration(name) else { continue }
            guard map.tree.folders[folder]?.holdsConfiguration != true else { continue }
            gone[folder, default: []].append(name)
        }
        guard gone.count <= Self.maximum else {
            throw TerraformError(
                "\(gone.count) folders with Terraform configuration were deleted at once, more than \(Self.maximum): split the change")
        }
        var projects: [Project] = []
        for (folder, names) in gone.sorted(by: { $0.key < $1.key }) {
            var texts: [(name: String, text: [UInt8])] = []
            for name in names { texts.append((name, try await repository.contents(of: ConfigurationFolder.join(folder, name), at: base))) }
            let facts = FolderFacts(ConfigurationFolder(folder, texts: texts))
            // without a backend it was a module, or its state is on somebody's disk
            guard let state = facts.state else { continue }
            projects.append(project(folder, state))
        }
        return projects
    }

    private func project(_ folder: String, _ state: StateAddress) -> Project {
        let name = map.name(folder)
        let deleted = Project.Reason(kind: .deleted, text: "its folder was deleted")
        let (action, reason): (Project.Action, String) =
            if let heir = map.projects.first(where: { map.facts[$0]?.state?.isSame(state) == true }) {
                (.moved, "\(map.name(heir)) has its state now: nothing is to be destroyed")
            } else if abandoned.contains(name) {
                (.abandoned, "jubako.yml lists it as abandoned: what it made stays, and nobody looks after it")
            } else {
                (
                    .destroy,
                    "what it made is still there: it is planned to be destroyed, with its files of \(base.prefix(12)), unless jubako.yml lists it under terraform.abandoned"
                        + (state.isKnown ? "" : "; its backend's key is not in its files, so it may also have been moved: look first")
                )
            }
        return Project(name: name, path: folder, action: action, base: base, reasons: [deleted, .init(kind: .deleted, text: reason)])
    }

    private static func split(_ path: String) -> (folder: String, name: String) {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return ("", path) }
        return (String(path[..<slash]), String(path[path.index(after: slash)...]))
    }
}
