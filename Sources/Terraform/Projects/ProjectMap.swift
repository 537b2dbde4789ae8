/// All projects of a repository, and what each depends on.
struct ProjectMap: Sendable {
    private(set) var tree: Tree
    /// The folder of all projects, from the repository's root.
    let top: String
    private(set) var facts: [String: FolderFacts] = [:]
    /// The projects' folders, sorted.
    private(set) var projects: [String] = []

    /// Reads everything. It blocks.
    init(root: String, top: String) throws(TerraformError) {
        tree = try Tree(root: root, top: top)
        self.top = top
        var called: Set<String> = []
        var waiting = tree.folders.filter(\.value.holdsConfiguration).map(\.key)
        while let path = waiting.popLast() {
            guard facts[path] == nil else { continue }
            tree.add(path)
            let names = tree.folders[path]?.files ?? []
            let read = FolderFacts(ConfigurationFolder(path, names: names, root: root))
            facts[path] = read
            for module in read.modules {
                guard let target = target(of: module, in: path) else { continue }
                called.insert(target)
                waiting.append(target)
            }
        }
        projects = tree.folders.keys.filter { path in
            guard isBelowTop(path), let read = facts[path] else { return false }
            return read.hasBackend || !called.contains(path) && !path.split(separator: "/").contains("modules")
        }.sorted()
    }

    /// The folder of a module, its links followed; nil when there is none.
    func target(of module: FolderFacts.Module, in folder: String) -> String? {
        let path = ConfigurationFolder.join(folder, module.source)
        return tree.resolved(path).flatMap { tree.isFolder($0) ? $0 : nil }
    }

    /// A project's name: its path below the folder of all projects.
    func name(_ path: String) -> String {
        path == top ? String(path.split(separator: "/").last ?? ".") : top.isEmpty ? path : String(path.dropFirst(top.count + 1))
    }

    func isBelowTop(_ path: String) -> Bool { top.isEmpty || path == top || path.hasPrefix("\(top)/") }

    /// The folders of all modules that a project calls, and theirs, each with how it is reached.
    func modules(of project: String) -> (reached: [(path: String, way: [String])], missing: [String]) {
        var reached: [(path: String, way: [String])] = []
        var missing: [String] = []
        var seen: Set<String> = [project]
        var waiting: [(path: String, way: [String])] = [(project, [])]
        while let (path, way) = waiting.popLast() {
            for module in facts[path]?.modules ?? [] {
                guard let target = target(of: module, in: path) else {
                    missing.append("\(module.place): the module \(module.source) is not there")
                    continue
                }
                guard seen.insert(target).inserted else { continue }
                reached.append((target, way + [target]))
                waiting.append((target, way + [target]))
            }
        }
        return (reached, missing)
    }
}
