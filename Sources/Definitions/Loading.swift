import ServiceModel

/// The loading of one definition, start to end. It blocks.
struct Loading: Sendable {
    let path: String
    let options: DefinitionLoader.Options
    let cache: JsonnetCache?

    private var appID: String { Definition.appID(of: path) }
    private var directory: String { SourceFile.directory(of: path) }

    func definition() -> Result<Definition, DefinitionProblems> {
        read().flatMap { document in build(document) }
    }

    func document() -> Result<JSON, DefinitionProblems> {
        read().flatMap { document in
            guard document.problems.isEmpty else { return .failure(failed(document.problems)) }
            return options.mode == .expand ? expanded(document) : .success(document.value)
        }
    }

    /// - Parameter isNamed: false for a file found in a folder, which need not be a definition.
    /// - Returns: nil when it is none.
    func definition(isNamed: Bool) -> Result<Definition?, DefinitionProblems> {
        read().flatMap { document in
            let isDefinition = document.value.object["app"] != nil || document.value.object["scheduler"] != nil
            guard isDefinition || isNamed else { return .success(nil) }
            return build(document).map { $0 }
        }
    }

    private func build(_ document: LoadedDocument) -> Result<Definition, DefinitionProblems> {
        var shown = document.value
        if options.mode == .expand, case .success(let value) = expanded(document) { shown = value }  // the builder finds what is wrong with env, too
        var builder = DefinitionBuilder(appID: appID, source: document, tag: options.tag, thresholds: options.thresholds)
        let definition = builder.build(file: path, document: shown, isExpanding: options.mode != .placeholders)
        guard builder.problems.isEmpty, document.problems.isEmpty else { return .failure(located(builder.problems, document)) }
        return .success(definition)
    }

    private func located(_ problems: [Problem], _ document: LoadedDocument) -> DefinitionProblems {
        let places = problems.map { DefinitionProblem($0.message, at: document.mark(of: $0.path, isAboutKey: $0.isAboutKey)) }
        return DefinitionProblems(Array(OrderedSet(document.problems + places)), entry: path)
    }

    private func failed(_ problems: [DefinitionProblem]) -> DefinitionProblems { DefinitionProblems(problems, entry: path) }

    private func read() -> Result<LoadedDocument, DefinitionProblems> {
        Result { () throws(DefinitionProblem) in try SourceKind(path) }.mapError { failed([$0]) }.flatMap { kind in
            do throws(FileError) {
                let bytes = try SourceFile.read(path)
                return kind == .yaml ? yaml(bytes) : jsonnet(bytes, isPlain: kind == .json)
            } catch {
                return .failure(failed([DefinitionProblem("cannot read the file: \(error.message)", at: .start(of: path))]))
            }
        }
    }

    private func yaml(_ bytes: [UInt8]) -> Result<LoadedDocument, DefinitionProblems> {
        var reader = YAMLReader()
        do throws(DefinitionProblem) {
            let root = try reader.read(bytes, of: path)
            guard reader.isComplete else { return .failure(failed(reader.problems)) }
            return .success(LoadedDocument(root, directory: directory, problems: reader.problems, files: reader.files))
        } catch {
            return .failure(failed(reader.problems + [error]))
        }
    }

    private func jsonnet(_ bytes: [UInt8], isPlain: Bool) -> Result<LoadedDocument, DefinitionProblems> {
        if isPlain, let document = json(bytes) { return .success(document) }
        var providers = EnvironmentProviders(directory: directory)
        let natives: JsonnetReader.Natives = options.mode == .resolve || options.mode == .expand ? .values : .placeholders
        do throws(DefinitionProblem) {
            let result = try JsonnetReader(cache: cache, natives: natives).read(path, bytes, appID: appID, &providers)
            let document = LoadedDocument(result, directory: directory)
            guard options.mode == .check else { return .success(document) }
            let missing = result.asked.compactMap { asked -> DefinitionProblem? in
                guard case .failure(let error) = JsonnetReader.value(asked, &providers) else { return nil }
                return DefinitionProblem(error.message, at: document.mark(of: [.key(asked.name)], isAboutKey: true))
            }
            return .success(LoadedDocument(result, directory: directory, problems: missing))
        } catch {
            return .failure(failed([error]))
        }
    }

    /// JSON text needs no evaluation: its value is itself, with the keys in the order that Jsonnet gives. What is not plain JSON, or has a key
    /// twice, is left to libjsonnet. The places come from reading it as YAML, of which it is a part.
    private func json(_ bytes: [UInt8]) -> LoadedDocument? {
        var reader = YAMLReader()
        guard let value = try? JSON(parsing: bytes), let root = try? reader.read(bytes, of: path), reader.problems.isEmpty else { return nil }
        return LoadedDocument(root, value: Self.sorted(value), directory: directory, files: [path])
    }

    private static func sorted(_ value: JSON) -> JSON {
        switch value {
        case .array(let elements): return .array(elements.map(sorted))
        case .object(let members):
            let pairs = members.map { ($0.key, sorted($0.value)) }.sorted { $0.0.unicodeScalars.lexicographicallyPrecedes($1.0.unicodeScalars) }
            return .object(JSONObject(uniqueKeysWithValues: pairs))
        default: return value
        }
    }

    /// The document with the values of its containers' `env` filled in.
    private func expanded(_ document: LoadedDocument) -> Result<JSON, DefinitionProblems> {
        var resolver = EnvironmentResolver(directory: directory) { document.spelling(of: $0) }
        var value = document.value
        func expand(_ container: inout JSON, at path: DocumentPath) {
            guard !container["env"].isNull else { return }
            container["env"] = .object(resolver.resolve(container["env"], at: path + [.key("env")], isExpanding: true))
        }
        expand(&value["app"], at: [.key("app")])
        for group in ["sidecars", "additional_containers"] {
            for name in value[group].object.keys { expand(&value[group][name], at: [.key(group), .key(name)]) }
        }
        return resolver.problems.isEmpty ? .success(value) : .failure(located(resolver.problems, document))
    }
}

/// How a file is read, by its extension.
private enum SourceKind {
    case yaml, jsonnet, json

    init(_ path: String) throws(DefinitionProblem) {
        switch path.split(separator: ".").last {
        case "yml", "yaml": self = .yaml
        case "jsonnet": self = .jsonnet
        case "json": self = .json
        default:
            throw DefinitionProblem("unknown extension: a definition is a .yml, .yaml, .jsonnet or .json file", at: .start(of: path))
        }
    }
}
