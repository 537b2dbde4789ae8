import CJsonnet
import ServiceModel

/// What an evaluation gave: its value and everything that it was made of.
struct JsonnetResult: Sendable {
    struct File: Sendable, Hashable {
        let path: String
        let hash: String
    }

    /// A name that a native function was asked for. The value it gave is never kept.
    struct Asked: Sendable, Hashable {
        let kind: EnvironmentProvider.Kind
        let options: String
        let name: String
    }

    let value: JSON
    /// The entry, then the imports.
    let files: [File]
    let asked: [Asked]
}

/// Rendered definitions on disk. An entry holds while every file that the evaluation read has the content it had.
///
/// Only values without secrets come here: those of evaluations that asked no provider, or got placeholders from it.
struct JsonnetCache: Sendable {
    /// Grows when the format or the meaning of an evaluation changes.
    private static let version = 1

    let directory: String

    func result(for path: String, appID: String) -> JsonnetResult? {
        guard let bytes = try? SourceFile.read(file(path, appID)), let entry = try? JSON(parsing: bytes) else { return nil }
        var files: [JsonnetResult.File] = []
        for file in entry["files"].array {
            guard let path = file["path"].string, let hash = file["hash"].string, let content = try? SourceFile.read(path),
                SourceFile.hash(content) == hash
            else { return nil }
            files.append(.init(path: path, hash: hash))
        }
        guard files.first?.path == path else { return nil }
        var asked: [JsonnetResult.Asked] = []
        for each in entry["asked"].array {
            guard let kind = each["kind"].string.flatMap(EnvironmentProvider.Kind.init), let options = each["options"].string,
                let name = each["name"].string
            else { return nil }
            asked.append(.init(kind: kind, options: options, name: name))
        }
        return JsonnetResult(value: entry["value"], files: files, asked: asked)
    }

    /// Keeps `result`. A cache that cannot be written costs time, not correctness: the next run evaluates again.
    func keep(_ result: JsonnetResult, for path: String, appID: String) {
        let entry: JSON = [
            "files": .array(result.files.map { ["path": .string($0.path), "hash": .string($0.hash)] }),
            "asked": .array(result.asked.map { ["kind": .string($0.kind.rawValue), "options": .string($0.options), "name": .string($0.name)] }),
            "value": result.value,
        ]
        let bytes = entry.bytes
        do { try SourceFile.write(bytes, to: file(path, appID)) } catch {
            SourceFile.createDirectory(directory)
            try? SourceFile.write(bytes, to: file(path, appID))
        }
    }

    /// One file a definition and way to name it, so that the cache does not grow with every change.
    private func file(_ path: String, _ appID: String) -> String {
        let facts = ["\(Self.version)", String(cString: jsonnet_version()), appID, path, SourceFile.canonical(path)]
        return "\(directory)/\(SourceFile.hash(Array(facts.joined(separator: "\n").utf8))).json"
    }
}
