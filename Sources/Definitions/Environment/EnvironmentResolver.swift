import ServiceModel

/// Turns the `env` of one container into what ECS gets.
struct EnvironmentResolver {
    static let providersKey = "$providers"

    private(set) var providers: EnvironmentProviders
    private(set) var problems: [Problem] = []
    /// How the document spells a scalar, for the hint of a message.
    let spelling: (DocumentPath) -> String?

    init(directory: String, spelling: @escaping (DocumentPath) -> String?) {
        providers = EnvironmentProviders(directory: directory)
        self.spelling = spelling
    }

    /// The variables of `env` in its order, every `#{name}` replaced.
    ///
    /// - Parameter isExpanding: false leaves `#{name}` as it is and reads no provider.
    mutating func resolve(_ env: JSON, at path: DocumentPath, isExpanding: Bool) -> JSONObject {
        if env.isNull { return [:] }
        guard case .object(let members) = env else {
            problems.append(Problem("env must be a map of names to strings, not \(env.kindName)", at: path))
            return [:]
        }
        let sources = self.sources(members[Self.providersKey] ?? .null, at: path + [.key(Self.providersKey)])
        var templates: OrderedDictionary<String, EnvironmentTemplate> = [:]
        var result = JSONObject()
        for (name, value) in members where name != Self.providersKey {
            guard let text = value.string else {
                note(value, name, at: path + [.key(name)])
                continue
            }
            result[name] = value
            if let template = EnvironmentTemplate(text) {
                templates[name] = template
            } else {
                problems.append(Problem("an empty #{} is not allowed: name a variable, or write ##{} for the text", at: path + [.key(name)]))
            }
        }
        guard isExpanding, let sources else { return result }
        let values = self.values(of: templates, sources, at: path)
        for (name, template) in templates { result[name] = .string(template.filled(with: values)) }
        return result
    }

    private mutating func note(_ value: JSON, _ name: String, at path: DocumentPath) {
        let hint = value.scalarText.map { ": write '\(spelling(path) ?? $0)'" } ?? ""
        problems.append(Problem("\(name) must be a string, not \(value.kindName)\(hint)", at: path))
    }

    /// The providers, nil when one of them is wrong.
    private mutating func sources(_ list: JSON, at path: DocumentPath) -> [EnvironmentProvider]? {
        if list.isNull { return [] }
        guard case .array(let elements) = list else {
            problems.append(Problem("\(Self.providersKey) must be a list, not \(list.kindName)", at: path))
            return nil
        }
        var sources: [EnvironmentProvider] = []
        for (index, options) in elements.enumerated() {
            switch EnvironmentProvider.parse(options, at: path + [.index(index)]) {
            case .success(let provider): sources.append(provider)
            case .failure(let problem): problems.append(problem)
            }
        }
        return sources.count == elements.count ? sources : nil
    }

    /// Asks the providers in their order, each only for what is still open; what none of them knows is a problem at the value.
    private mutating func values(
        of templates: OrderedDictionary<String, EnvironmentTemplate>, _ sources: [EnvironmentProvider], at path: DocumentPath
    ) -> [String: String] {
        var open = Set(templates.values.flatMap(\.names))
        var values: [String: String] = [:]
        for (index, source) in sources.enumerated() where !open.isEmpty {
            do throws(ProviderError) {
                let known = try providers.values(of: source)
                for name in open where known[name] != nil { values[name] = known[name] }
                open = open.filter { known[$0] == nil }
            } catch {
                problems.append(Problem(error.message, at: path + [.key(Self.providersKey), .index(index), .key("path")]))
                return values
            }
        }
        let asked = sources.isEmpty ? "there are no $providers" : "asked: " + sources.map(\.description).joined(separator: ", ")
        for (name, template) in templates {
            for missing in OrderedSet(template.names) where open.contains(missing) {
                problems.append(Problem("no env provider has \(missing) (\(asked))", at: path + [.key(name)]))
            }
        }
        return values
    }
}
