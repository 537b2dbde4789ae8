import ServiceModel

/// A file's content and the way back from a value to its place.
struct LoadedDocument: Sendable {
    private enum Places: Sendable {
        case nodes(SourceNode)
        case keys(KeyLocator)
    }

    let value: JSON
    /// The folder of the definition: paths of env providers start there.
    let directory: String
    /// What was found wrong while reading; the value is usable nevertheless.
    let problems: [DefinitionProblem]
    /// The files that were read, the entry first.
    let files: [String]
    private let places: Places

    init(_ root: SourceNode, value: JSON? = nil, directory: String, problems: [DefinitionProblem] = [], files: [String]) {
        self.value = value ?? root.json
        self.directory = directory
        self.problems = problems
        self.files = files
        places = .nodes(root)
    }

    init(_ result: JsonnetResult, directory: String, problems: [DefinitionProblem] = []) {
        value = result.value
        self.directory = directory
        self.problems = problems
        files = result.files.map(\.path)
        places = .keys(KeyLocator(files: result.files.map(\.path)))
    }

    func mark(of path: DocumentPath, isAboutKey: Bool) -> Mark {
        switch places {
        case .nodes(let root): root.mark(of: path, isAboutKey: isAboutKey)
        case .keys(let locator): locator.mark(of: path)
        }
    }

    /// How the file spells the scalar at `path`, when that is known.
    func spelling(of path: DocumentPath) -> String? {
        guard case .nodes(let root) = places, case .scalar(_, let spelling)? = root.node(at: path)?.content else { return nil }
        return spelling
    }
}
