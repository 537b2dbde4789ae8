import ServiceModel

/// A source of values for `#{name}` in `env` and for Jsonnet's `provide.*`: one entry of `$providers`.
struct EnvironmentProvider: Hashable, Sendable {
    enum Kind: String, CaseIterable, Sendable {
        case file, yaml
    }

    let kind: Kind
    /// As written: relative to the folder of the definition.
    let path: String
    var keySeparator = "."
    var listSeparator = ","

    var description: String { "\(kind.rawValue) \(path)" }

    /// Reads the options of one provider.
    ///
    /// - Parameter kind: when nil, the options name it as `type`.
    static func parse(_ options: JSON, kind given: Kind? = nil, at path: DocumentPath) -> Result<EnvironmentProvider, Problem> {
        guard case .object(let members) = options else { return .failure(Problem("a provider must be a map, not \(options.kindName)", at: path)) }
        for (key, value) in members where value.string == nil {
            return .failure(Problem("\(key) must be a string, not \(value.kindName)", at: path + [.key(key)]))
        }
        let names = Kind.allCases.map(\.rawValue).joined(separator: ", ")
        if given == nil, members["type"] == nil { return .failure(Problem("type is missing: one of \(names)", at: path)) }
        guard let kind = given ?? members["type"]?.string.flatMap(Kind.init) else {
            return .failure(Problem("there is no env provider \(members["type"]?.string ?? ""), only \(names)", at: path + [.key("type")]))
        }
        let known = ["type", "path"] + (kind == .yaml ? ["key_sep", "ary_sep"] : [])
        if let unknown = members.keys.first(where: { !known.contains($0) }) {
            let hint = Naming.nearest(to: unknown, among: known).map { ", did you mean \($0)?" } ?? ""
            return .failure(Problem("unknown key \(unknown)\(hint)", at: path + [.key(unknown)], isAboutKey: true))
        }
        guard let file = members["path"]?.string else { return .failure(Problem("path is missing", at: path)) }
        return .success(
            EnvironmentProvider(
                kind: kind, path: file, keySeparator: members["key_sep"]?.string ?? ".", listSeparator: members["ary_sep"]?.string ?? ","))
    }
}

/// The values that providers have, each file read once for a definition.
struct EnvironmentProviders {
    /// The folder of the definition.
    let directory: String
    private var read: [EnvironmentProvider: Result<[String: String], ProviderError>] = [:]

    init(directory: String) {
        self.directory = directory
    }

    /// All values of `provider` by name.
    mutating func values(of provider: EnvironmentProvider) throws(ProviderError) -> [String: String] {
        if let known = read[provider] { return try known.get() }
        let path = SourceFile.join(directory, provider.path)
        let values = Result { () throws(ProviderError) in
            switch provider.kind {
            case .file: try Self.lines(path)
            case .yaml: try Self.flattened(path, provider)
            }
        }
        read[provider] = values
        return try values.get()
    }

    /// `NAME=value` lines. Everything but leading blanks counts, quotes and trailing blanks too; a later line wins.
    private static func lines(_ path: String) throws(ProviderError) -> [String: String] {
        let bytes: [UInt8]
        do { bytes = try SourceFile.read(path) } catch { throw ProviderError(message: "cannot read \(error)") }
        var values: [String: String] = [:]
        for line in bytes.split(separator: UInt8(ascii: "\n")) {
            var line = line
            if line.last == UInt8(ascii: "\r") { line.removeLast() }
            line = line.drop { $0 == 0x20 || (0x09...0x0D).contains($0) }
            guard line.first != UInt8(ascii: "#"), let equals = line.firstIndex(of: UInt8(ascii: "=")) else { continue }
            values[String(decoding: line[..<equals], as: UTF8.self)] = String(decoding: line[(equals + 1)...], as: UTF8.self)
        }
        return values
    }

    private static func flattened(_ path: String, _ provider: EnvironmentProvider) throws(ProviderError) -> [String: String] {
        var reader = YAMLReader()
        let root: SourceNode
        do { root = try reader.read(path) } catch { throw ProviderError(message: "\(error)") }
        if let problem = reader.problems.first { throw ProviderError(message: "\(problem)") }
        guard case .map = root.content else { throw ProviderError(message: "\(path): must be a map of names to values, not \(root.json.kindName)") }
        var values: [String: String] = [:]
        flatten(root.json, "", provider, into: &values)
        return values
    }

    private static func flatten(_ value: JSON, _ name: String, _ provider: EnvironmentProvider, into values: inout [String: String]) {
        switch value {
        case .object(let members):
            for (key, value) in members { flatten(value, name.isEmpty ? key : name + provider.keySeparator + key, provider, into: &values) }
        case .array(let elements): values[name] = elements.map { $0.scalarText ?? "" }.joined(separator: provider.listSeparator)
        default: values[name] = value.scalarText ?? ""
        }
    }
}

/// A provider that could not be read.
struct ProviderError: Error, Sendable, Hashable {
    let message: String
}
