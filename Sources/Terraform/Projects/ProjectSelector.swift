/// Chooses projects by what they depend on. What cannot be known chooses a project, too: a plan too many costs a minute, one too few an outage.
struct ProjectSelector {
    let map: ProjectMap
    private let index: ChangeIndex
    /// The folders that hold symbolic links.
    private let linked: [(String, Tree.Folder)]
    private(set) var reasons: [String: [Project.Reason]] = [:]
    /// Reasons of one kind that are kept for a project.
    private static let kept = 5
    /// Files that choose the version of the program, for the folders below.
    private static let versionFiles = [".terraform-version", ".opentofu-version", ".tool-versions", ".terraformrc", "mise.toml", ".mise.toml"]

    init(map: ProjectMap, changes: [FileChange]) {
        self.map = map
        index = ChangeIndex(changes)
        linked = map.tree.folders.filter { !$0.value.links.isEmpty }.map { ($0.key, $0.value) }
    }

    var chosen: [Project] {
        map.projects.compactMap { path in
            guard let reasons = reasons[path], !reasons.isEmpty else { return nil }
            return Project(name: map.name(path), path: path, action: .plan, base: nil, reasons: reasons)
        }
    }

    mutating func select() {
        for project in map.projects {
            ownFiles(project)
            modules(project)
            versions(project)
        }
        states()
    }

    mutating func note(_ project: String, _ kind: Project.Reason.Kind, _ text: @autoclosure () -> String) {
        var list = reasons[project] ?? []
        guard list.count(where: { $0.kind == kind }) < Self.kept else { return }
        let reason = Project.Reason(kind: kind, text: text())
        if !list.contains(reason) { list.append(reason) }
        reasons[project] = list
    }

    /// Everything below its folder but other projects, and what nobody reads.
    private mutating func ownFiles(_ project: String) {
        let prefix = project.isEmpty ? "" : "\(project)/"
        let changed = index.below(project).filter { !$0.hasSuffix(".md") }
        if !changed.isEmpty {
            let inside = map.projects.filter { $0 != project && $0.hasPrefix(prefix) }.map { "\($0)/" }
            for path in changed where !inside.contains(where: path.hasPrefix) { note(project, .file, "\(path) changed") }
        }
        for (path, folder) in linked where path == project || path.hasPrefix(prefix) { links(project, path, folder) }
        disk(project, project, way: nil)
    }

    private mutating func modules(_ project: String) {
        let (modules, missing) = map.modules(of: project)
        for problem in missing { note(project, .unsure, "\(problem), so it is always planned") }
        for (path, way) in modules {
            let text = way.joined(separator: " → ")
            for file in index.directly(in: path) where !file.hasSuffix(".md") { note(project, .module, "\(file) changed, of the module \(text)") }
            if let folder = map.tree.folders[path] { links(project, path, folder) }
            disk(project, path, way: text)
        }
    }

    /// What a symbolic link leads to.
    private mutating func links(_ project: String, _ path: String, _ folder: Tree.Folder) {
        for name in folder.links {
            let link = ConfigurationFolder.join(path, name)
            guard let target = map.tree.resolved(link), let file = index.first(at: target) else { continue }
            note(project, .link, "\(file) changed, where \(link) leads")
        }
    }

    /// What the configuration of a folder reads from disk, and what is wrong with it.
    private mutating func disk(_ project: String, _ folder: String, way: String?) {
        guard let facts = map.facts[folder] else { return }
        for problem in facts.problems { note(project, .unsure, "\(problem), so it is always planned") }
        for (file, reference) in facts.references {
            guard let path = reference.path else {
                note(
                    project, .unsure,
                    "\(file):\(reference.line): the path of \(reference.function ?? "a file")() is computed, so it is always planned")
                continue
            }
            guard !path.hasPrefix("/") || reference.base != nil else { continue }
            let base = reference.base == .module ? folder : project
            let target = ConfigurationFolder.join(base, path.hasPrefix("/") ? String(path.dropFirst()) : path)
            guard !target.hasPrefix("..") else { continue }
            if target == project { continue }
            // a folder that holds the project itself: nobody can say what of it is read
            if target.isEmpty || project.hasPrefix("\(target)/") {
                guard reference.function != nil || reference.base != nil else { continue }
                note(project, .unsure, "\(file):\(reference.line) reads a folder that holds the project, so it is always planned")
                continue
            }
            if let changed = index.first(at: target) ?? map.tree.resolved(target).flatMap({ $0 != target && !$0.isEmpty ? index.first(at: $0) : nil })
            {
                note(project, .reference, "\(changed) changed, read by \(reference.function.map { "\($0)() in " } ?? "")\(file):\(reference.line)")
            }
        }
    }

    private mutating func versions(_ project: String) {
        var folder = project
        while true {
            for name in Self.versionFiles where folder != project {
                let path = ConfigurationFolder.join(folder, name)
                if index.contains(path) { note(project, .version, "\(path) changed") }
            }
            guard !folder.isEmpty else { return }
            folder = folder.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(folder[..<$0]) } ?? ""
        }
    }
}
