/// Finds where the configuration has to change for a violation, and the change.
struct FixFinder {
    let directory: String
    /// What the directory is relative to, if that is not the current directory.
    let root: String?
    let configuration: PlanConfiguration
    private var folders: [String: ConfigurationFolder] = [:]
    private var edits: [String: (file: HCLFile, edits: [TextEdit])] = [:]

    init(directory: String, root: String?, configuration: PlanConfiguration) {
        self.directory = directory
        self.root = root
        self.configuration = configuration
    }

    /// Adds place and fix to a finding.
    mutating func locate(_ finding: inout TagFinding) {
        switch finding.place {
        case .attribute(let attribute):
            guard let (file, block) = resource(finding) else { return }
            let owner = attribute == "user_labels" ? block.body.blocks("settings").first ?? block : block
            let change = PairEdit(file: file, rule: finding.rule).set(attribute, in: owner)
            note(&finding, file, change.place ?? block.start, change.edit)
        case .tagBlock:
            guard let (file, block) = resource(finding) else { return }
            let change = PairEdit(file: file, rule: finding.rule).setTagBlock(in: block)
            note(&finding, file, change.place ?? block.start, change.edit)
        case .provider(let key):
            guard let (file, block) = provider(key) else {
                if let (file, block) = resource(finding) { note(&finding, file, block.start, nil) }
                return
            }
            let change = PairEdit(file: file, rule: finding.rule).setDefault(in: block)
            note(&finding, file, change.place ?? block.start, change.edit)
        }
    }

    /// All changes as one patch.
    var patch: String {
        edits.keys.sorted().compactMap { path in
            edits[path].map { UnifiedDiff.text(path, String(decoding: $0.file.bytes, as: UTF8.self), $0.edits) }
        }.joined()
    }

    private mutating func note(_ finding: inout TagFinding, _ file: HCLFile, _ place: Int, _ edit: TextEdit?) {
        finding.file = file.path
        finding.line = file.line(of: place)
        if let edit { edits[file.path, default: (file, [])].edits.append(edit) }
    }

    private mutating func folder(_ path: String) -> ConfigurationFolder {
        if let folder = folders[path] { return folder }
        let folder = ConfigurationFolder(path, root: root)
        folders[path] = folder
        return folder
    }

    private mutating func resource(_ finding: TagFinding) -> (HCLFile, HCLBlock)? {
        guard let path = moduleFolder(ModulePath(finding.moduleAddress ?? "").names) else { return nil }
        return folder(path).blocks("resource").first { $0.block.labels == [finding.type, finding.name] }
    }

    private mutating func provider(_ key: String) -> (HCLFile, HCLBlock)? {
        let provider = configuration.providers[key]
        guard let path = moduleFolder(ModulePath(provider?.module ?? "").names) else { return nil }
        let name = provider?.name ?? String(key.prefix { $0 != "." })
        return folder(path).blocks("provider").first { file, block in
            block.labels.first == name && file.literal(block.body.attribute("alias")) == provider?.alias
        }
    }

    /// Nil for a module that comes from elsewhere.
    private func moduleFolder(_ names: [String]) -> String? {
        var path = directory
        for count in 0..<names.count {
            guard let source = configuration.moduleSources[names[...count].joined(separator: ".")] else { return nil }
            guard source.hasPrefix("./") || source.hasPrefix("../") || source == "." || source == ".." else { return nil }
            path = ConfigurationFolder.join(path, source)
        }
        return path
    }
}

extension TagReport {
    /// Finds the places of the violations in the configuration that the plan was made of, and writes the patch. It blocks.
    ///
    /// - Parameters:
    ///   - directory: the project's folder, relative to where the patch will be applied.
    ///   - root: where that is; nil for the current directory.
    public mutating func locate(in directory: String, root: String? = nil) {
        var finder = FixFinder(directory: ConfigurationFolder.normal(directory), root: root, configuration: configuration)
        for index in findings.indices where findings[index].isViolation { finder.locate(&findings[index]) }
        patch = finder.patch
    }
}
